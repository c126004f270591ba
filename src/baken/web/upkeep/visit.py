"""What the site holds of one owner, found by the links and codes that the owner has.

There is no account, so nothing joins what one owner left in several places: each link or code
opens its own. ``as_json`` gives all of it, ``wipe`` throws it away.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from baken.refer.model import Who
from baken.web.handover import lives, proof, question
from baken.web.handover.models import Referral
from baken.web.handover.reach import called, names_of
from baken.web.owner import kept, six_words
from baken.web.owner.models import KeptPlan, PlanReminder
from baken.web.scan import keep as scans
from baken.web.scan import under_words
from baken.web.scan.models import Folder, ScanReminder
from baken.web.signalen import keep as figures
from baken.web.signalen.models import Deposit
from baken.web.signalen.reading import SHELF
from baken.web.sweeping import forget_log
from baken.web.texts import text

TOKEN = re.compile(r"[\w-]{20,}")
MOST = 20
"""Links and codes that are looked at in one go."""
MAX_LINE = 500


@dataclass(frozen=True)
class Held:
    """One thing that the site holds: ``kind`` is ``figures``, ``scan``, ``plan``, ``referral``.
    ``forget`` takes from the device what it kept of it; ``at`` names the organisations that have
    it, in a language.
    """

    kind: str
    key: int
    as_json: Callable[[], dict[str, Any]]
    wipe: Callable[[], None]
    forget: Callable[[HttpResponse], None] = lambda response: None
    at: Callable[[str], str] = lambda lang: ""


def find(
    typed: str, sender: str, known: Callable[[Referral], bool]
) -> tuple[list[Held], list[int]]:
    """What the lines open, each once; and the numbers (from 1) of lines that open nothing.

    ``known``: whether this device may open what the owner sent (:mod:`baken.web.handover.proof`).

    Raises:
        baken.web.owner.kept.TooMany: for a ``sender`` that gave too many wrong codes of six words.
    """
    found: dict[tuple[str, int], Held] = {}
    unknown = []
    for number, line in enumerate(typed.splitlines(), 1):
        if not line.strip():
            continue
        held = _open(line.strip()[:MAX_LINE], sender, known) if number <= MOST else None
        if held is None:
            unknown.append(number)
        else:
            found.setdefault((held.kind, held.key), held)
    return list(found.values()), unknown


def _open(line: str, sender: str, known: Callable[[Referral], bool]) -> Held | None:
    for token in [line, *TOKEN.findall(line)]:
        held = _figures(token) or _scan(token) or _referral(token, known)
        if held is not None:
            return held
    return _plan(line, sender)


def _plan(line: str, sender: str) -> Held | None:
    """A plan that was kept under six words; other lines are no try at a code."""
    if not six_words.readings(line)[0]:
        return None
    found = kept.find(line, sender, timezone.localdate())
    if found is None:
        return None
    return Held("plan", found.pk, lambda: _plan_json(found), lambda: under_words.wipe(found))


def _plan_json(found: KeptPlan) -> dict[str, Any]:
    sent = PlanReminder.objects.filter(plan=found).values("address", "days").first()
    days = {"made_on": found.made_on, "expires_on": found.expires_on}
    plan = {**days, "lang": found.lang, "reminders": sent, **found.state}
    door = under_words.row_of(found, timezone.localdate())
    return {**plan, "scan": _scan_json(door.folder)} if door else plan


def _figures(code: str) -> Held | None:
    found = figures.find(code)
    if found is None:
        return None
    return Held("figures", found.pk, lambda: _figures_json(found), lambda: figures.wipe(found))


def _figures_json(found: Deposit) -> dict[str, Any]:
    folder = figures.files(found)
    return {
        "made_at": found.made_at,
        "expires_at": found.expires_at,
        "files": [
            {"name": p.name, "bytes": p.stat().st_size} for p in sorted(folder.rglob("*"))
            if p.is_file()
        ],
        "read": figures.read_json(found, SHELF),
        "notes": list(found.seen.values(
            "series", "way", "since", "detected", "first_shown", "explained", "until", "why",
            "did", "did_on",
        )),
    }  # fmt: skip


def _scan(token: str) -> Held | None:
    try:
        found = scans.find(token, timezone.localdate())
    except scans.Gone:
        return None
    return Held("scan", found.pk, lambda: _scan_json(found), lambda: scans.wipe(found))


def _scan_json(found: Folder) -> dict[str, Any]:
    rounds = found.rounds.values("begun_on", "as_of", "need", "domain", "answers")
    return {
        "expires_on": found.expires_on,
        "kept": found.kept,
        "facts": found.facts,
        "given_for_study": found.study or None,
        "reminder": ScanReminder.objects.filter(folder=found).values("address", "due_on").first(),
        "rounds": list(rounds),
    }


def _referral(token: str, known: Callable[[Referral], bool]) -> Held | None:
    link = lives.of_owner(token)
    now = timezone.now()
    shut = link is None or not lives.open_on(link, timezone.localdate())
    if link is None or shut or not known(link.referral):
        return None
    row = link.referral
    begun, doors = question.begun(row), question.doors(row)
    return Held(
        "referral", begun[0].pk,
        lambda: question_json(row), lambda: _wipe_question(row, now),
        lambda response: proof.forget(response, begun),
        lambda lang: names_of(doors, lang),
    )  # fmt: skip


def question_json(row: Referral) -> dict[str, Any]:
    """A question at all its doors, the first one first."""
    return {"doors": [referral_json(one) for one in question.doors(row)]}


def referral_json(found: Referral) -> dict[str, Any]:
    """Everything of a referral that is its owner's: not what only the receiver knows."""
    permission = found.permission
    return {
        "receiver": found.receiver.name,
        "sent_on": found.sent_on,
        "faster_clocks": found.crisis,
        "next_doors": [one for one in (found.alternative, *found.later) if one],
        "owner_address": found.owner_address,
        "shared": found.dossier,
        "permission": {
            "text": permission.text_version,
            "items": permission.items,
            "given_at": permission.given_at,
            "may_pass_on": permission.may_pass_on,
            "may_pass_on_until": permission.no_next_at,
            "withdrawn_at": permission.withdrawn_at,
        },
        "notes": _notes(found),
        "events": list(found.events.order_by("pk").values("kind", "by", "at", "more")),
        "letters": list(
            found.intents.filter(to=Who.OWNER).order_by("pk").values("letter", "stage", "done_at")
        ),
    }


def _notes(found: Referral) -> dict[str, Any]:
    """How many notes the organisation keeps on the file, and whom to ask for them: their words can
    be of others too, and whether they may go out is that organisation's to weigh.
    """
    count = found.notes.count()
    to = called(found, found.lang)
    says = text(found.lang, "data.notes_ask", to=to) if count else ""
    return {"count": count, "says": says}


def _wipe_question(row: Referral, now: datetime) -> None:
    question.wipe(row, now)
    forget_log()
