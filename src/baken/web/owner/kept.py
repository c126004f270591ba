"""What an owner keeps under a code of six words: the question, what was said, what was ticked.

Of the code only two things are stored: a keyed hash of its first two words, by which the row is
found, and a slow hash (scrypt) of all six. Without the server's key neither tells a word.
"""

from __future__ import annotations

import re
import secrets
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.core import signing
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from baken.web.owner import six_words
from baken.web.owner.asking import Asked
from baken.web.owner.models import KeptPlan, WrongCode
from baken.web.owner.plan_since import made_on
from baken.web.sweeping import forget_log
from baken.web.texts import text

STAY = timedelta(days=365)
"""So long after it was last opened a plan is kept."""
FEW, SPAN = 10, timedelta(minutes=15)
"""So many wrong codes one sender may give in that time."""
FIRST = 2
MARK = 24
FORM = re.compile(r"[A-Za-z0-9_-]{32}")
"""A mark of so many random bytes, as a page carries it."""


_SIGNER = signing.Signer(salt="baken.kept.row")


class TooMany(Exception):
    """A sender gave too many wrong codes."""


def keep(asked: Asked, today: date, form: str = "") -> tuple[KeptPlan, str]:
    """Keep what was asked; and the code that opens it, which is told once.

    ``form`` is the random mark of the page on which the button was pressed: pressed again, or the
    page that told the code loaded again, it is the same plan under the same code.
    """
    marked = FORM.fullmatch(form)
    code = six_words.make(_seed(form) if marked else b"")
    row = _opened_by(code, today) if marked else None
    told = {
        "state": _state(asked), "lang": asked.lang,
        "made_on": made_on(asked, today), "expires_on": today + STAY,
    }  # fmt: skip
    if row is not None:
        KeptPlan.objects.filter(pk=row.pk).update(**told)
        return row, code
    row = KeptPlan.objects.create(
        found_by=_found_by(code), code_hash=make_password(code, hasher="scrypt"), **told
    )
    return row, code


def keep_again(row: KeptPlan, asked: Asked, today: date) -> None:
    """Keep what was asked in a plan that is kept already: its six words open it as before. What
    is the same keeps the day that it has.
    """
    if not is_same(row, asked):
        row.made_on = made_on(asked, today)
    row.state, row.lang, row.expires_on = _state(asked), asked.lang, today + STAY
    row.save(update_fields=["state", "lang", "expires_on", "made_on"])


def row_of(asked: Asked) -> KeptPlan | None:
    """The kept plan that an asking comes from; none of another question."""
    row = of_token(asked.kept)
    return row if row is not None and row.state["need"] == asked.need else None


def is_same(row: KeptPlan, asked: Asked) -> bool:
    """Whether what was asked is what is kept, ticked in whatever order; what was never kept of a
    plan was empty.
    """
    told = _state(asked)
    return all(_plain(row.state.get(name)) == _plain(value) for name, value in told.items())


def _plain(value: Any) -> Any:
    return (sorted(value) if isinstance(value, list) else value) or None


def token_of(row: KeptPlan) -> str:
    """What the pages of a kept plan carry, to know it again; it opens nothing."""
    return str(_SIGNER.sign(row.pk))


def of_token(token: str) -> KeptPlan | None:
    """The plan that a page comes from; None where it was wiped, or is none of ours."""
    try:
        pk = int(_SIGNER.unsign(token))
    except signing.BadSignature:
        return None
    row: KeptPlan | None = KeptPlan.objects.filter(pk=pk).first()
    return row


def new_form() -> str:
    """A mark for a page with the button."""
    return secrets.token_urlsafe(MARK)


def _seed(form: str) -> bytes:
    return bytes(salted_hmac("baken.kept.form", form, algorithm="sha256").digest())


def _opened_by(code: str, today: date) -> KeptPlan | None:
    row: KeptPlan
    for row in KeptPlan.objects.filter(found_by=_found_by(code), expires_on__gte=today):
        if check_password(code, row.code_hash):
            return row
    return None


def _state(asked: Asked) -> dict[str, Any]:
    return {
        "need": asked.need, "facts": asked.facts, "asked": asked.asked,
        "denied": asked.denied, "pick": asked.picks, "books": str(asked.books or ""),
        "told_by": asked.told_by, "project": asked.project,
    }  # fmt: skip


def _found_by(code: str) -> str:
    first = " ".join(code.split()[:FIRST])
    return str(salted_hmac("baken.kept", first, algorithm="sha256").hexdigest())


def opened_by(typed: str) -> str:
    """What the page that a code opened carries beside it: that it did open a plan. Nobody else can
    make it.
    """
    return str(salted_hmac("baken.kept.opened", typed, algorithm="sha256").hexdigest())


def find(typed: str, sender: str, today: date, opened: str = "") -> KeptPlan | None:
    """What a code opens, typing errors forgiven; None where there is none, or no longer. Who has
    the plan open (``opened``, of :func:`opened_by`) guesses nothing, and waits for nobody who does.

    Raises:
        TooMany: for a sender with ten wrong codes in a quarter of an hour, whatever is typed now.
            Only six words of the list are a code: a slip or an empty field opens nothing anyhow.
    """
    now = timezone.now()
    who = str(salted_hmac("baken.code", sender, algorithm="sha256").hexdigest())
    WrongCode.objects.filter(at__lt=now - SPAN).delete()
    guesses = not constant_time_compare(opened, opened_by(typed))
    if guesses and WrongCode.objects.filter(sender=who).count() >= FEW:
        raise TooMany
    codes, _ = six_words.readings(typed)
    for code in codes:
        row = _opened_by(code, today)
        if row is not None:
            row.expires_on = today + STAY
            row.save(update_fields=["expires_on"])
            return row
    if codes:
        WrongCode.objects.create(sender=who, at=now)
    return None


def why_not(typed: str, lang: str) -> str:
    """Why what was typed opens nothing."""
    _, unknown = six_words.readings(typed)
    if unknown:
        return text(lang, "journey.code.unknown_word", word=unknown[0])
    if len(typed.split()) != six_words.WORDS:
        return text(lang, "journey.code.count")
    return text(lang, "journey.code.nothing")


def wipe(row: KeptPlan) -> None:
    """Throw it away, also as the database noted it on its way."""
    row.delete()
    forget_log()


def sweep() -> int:
    """Throw away what nobody opened for a year, and notes of wrong codes; how many plans."""
    WrongCode.objects.filter(at__lt=timezone.now() - SPAN).delete()
    count, _ = KeptPlan.objects.filter(expires_on__lt=timezone.localdate()).delete()
    forget_log()
    return int(count)
