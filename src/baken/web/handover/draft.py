"""What an owner fills in to ask for help: what goes along, how and when to be reached."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import QueryDict

from baken.kernel.plain import plain
from baken.refer.dossier import Contact
from baken.refer.model import Absence
from baken.web.handover import slots
from baken.web.handover.windows import in_words, windows
from baken.web.typed import MOST_OF_MAIL, is_mail, line

MOST_TRIED, MOST_NAME = 1_000, 100
"""Signs that go along."""
MOST_BACK = 20_000
"""Signs of what is too long that still stand in the form that comes back."""
WHAT = ("tried",)
"""Fields of the first step, that can have a problem."""
REACH = ("name", "phone", "mail", "slot")
"""And of the second."""
ALL = (*WHAT, *REACH)
PHONE = re.compile(r"\+?[\d\s./()-]{8,30}")


@dataclass
class Draft:
    """The form as typed. ``key`` belongs to the page with the answer: one answer sends once to
    each organisation; ``slot`` is the chosen hour of those that the receiver offers.
    """

    to: str
    key: str
    ticks: frozenset[str] = frozenset({"need"})
    name: str = ""
    phone: str = ""
    mail: str = ""
    when: tuple[str, ...] = ()
    tried: str = ""
    may_pass_on: bool = False
    slot: datetime | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)
    """Field, and the text that says how to mend it."""

    def contact(self, lang: str) -> Contact:
        """How the owner can be reached, in words."""
        when = [in_words(lang, window) for window in self.when]
        hour = slots.in_words(lang, self.slot) if self.slot else ""
        return Contact(
            name=self.name, phone=self.phone, mail=self.mail, appointment=hour, when=when
        )


def blank(post: QueryDict) -> Draft:
    """The form before anything is filled in."""
    return Draft(to=post.get("to", "")[:200], key=_key(post))


def read(
    post: QueryDict,
    today: date,
    free: Collection[datetime] = (),
    until: date | None = None,
    away: Sequence[Absence] = (),
) -> Draft:
    """The form as it came, with its problems. A window that is over, that lies after
    the promised day (``until``), or on a day on which the receiver is ``away``, is left out; an
    hour must be one of those that are ``free``.
    """
    slot = slots.named(post.get("slot", "")[:40])
    tried = plain(post.get("tried", "")).strip()
    draft = Draft(
        to=post.get("to", "")[:200],
        key=_key(post),
        ticks=frozenset(post.getlist("item")),
        name=line(post.get("name", ""), MOST_BACK),
        phone=line(post.get("phone", ""), 40),
        mail=line(post.get("mail", ""), MOST_BACK),
        when=tuple(w for w in windows(today, until, away) if w in post.getlist("when")),
        tried=tried[:MOST_BACK],
        may_pass_on=post.get("may_pass_on") == "1",
        slot=slot if slot in free else None,
    )
    if len(tried) > MOST_TRIED:
        cut = len(tried) > MOST_BACK
        draft.problems.append(("tried", "send.wrong.tried_cut" if cut else "send.wrong.tried"))
    if len(draft.name) > MOST_NAME:
        draft.problems.append(("name", "send.wrong.name"))
    if slot is not None and slot not in free:
        draft.problems.append(("slot", "send.wrong.slot"))
    if draft.slot is not None and not draft.phone:
        draft.problems.append(("phone", "send.wrong.slot_phone"))
        return draft
    if not draft.phone and not draft.mail:
        draft.problems.append(("phone", "send.wrong.contact"))
    if draft.phone and not _is_phone(draft.phone):
        draft.problems.append(("phone", "send.wrong.phone"))
    if draft.mail and not (len(draft.mail) <= MOST_OF_MAIL and is_mail(draft.mail)):
        draft.problems.append(("mail", "send.wrong.mail"))
    return draft


def _key(post: QueryDict) -> str:
    return re.sub(r"[^0-9a-f]", "", post.get("key", ""))[:64]


def _is_phone(typed: str) -> bool:
    return bool(PHONE.fullmatch(typed)) and 8 <= sum(c.isdigit() for c in typed) <= 15
