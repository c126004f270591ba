"""Proposed corrections of records: what organisations said of themselves when they refused a file.

No firm and no file: the record, the part that seems wrong, the reason, how often, first and last
day. A reader of figures sees what was said five times or more, and months instead of days.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from baken.refer.model import day_of
from baken.refer.words import REFUSALS
from baken.web.desk.figures import LEAST, as_csv
from baken.web.desk.models import Member, Role
from baken.web.desk.roles import READS_CORRECTIONS, only
from baken.web.desk.supply import refused
from baken.web.negotiate import wants_json
from baken.web.texts import text


@dataclass(frozen=True)
class Correction:
    """The part ``field`` of the record of an organisation may be wrong: it refused ``count`` files
    of the last year for ``reason`` (a code of :data:`baken.refer.words.REFUSALS`). ``first`` and
    ``last``: ISO days, or months.
    """

    record: str
    name: str
    field: str
    reason: str
    count: int
    first: str
    last: str


COLUMNS = tuple(f.name for f in fields(Correction))


def corrections(member: Member, now: datetime) -> list[Correction]:
    """The proposed corrections of the last year that somebody may see, what was said most often
    first.
    """
    counts_only = member.role == Role.POLICY
    least, shown = (LEAST, len("2026-01")) if counts_only else (1, len("2026-01-01"))
    said: dict[tuple[str, str, str], list[date]] = defaultdict(list)
    whose = ("referral__receiver__record_id", "referral__receiver__name", "more", "at")
    for record, name, more, at in refused(now).values_list(*whose):
        said[record, name, more.get("reason", "")].append(day_of(at))
    found = [
        Correction(
            record,
            name,
            field,
            reason,
            len(days),
            min(days).isoformat()[:shown],
            max(days).isoformat()[:shown],
        )
        for (record, name, reason), days in said.items()
        if len(days) >= least
        and reason in REFUSALS
        and (field := REFUSALS[reason].corrects) is not None
    ]
    return sorted(found, key=lambda one: (-one.count, one.record, one.reason))


@only(READS_CORRECTIONS)
def corrections_page(request: HttpRequest) -> HttpResponse:
    """``/bureau/verbeteringen``."""
    found = corrections(request.user, timezone.now())
    if wants_json(request):
        return JsonResponse({"corrections": [asdict(one) for one in found]})
    rows = [_in_words(one, request.lang) for one in found]
    least = LEAST if request.user.role == Role.POLICY else None
    return render(request, "desk/corrections.html", {"rows": rows, "least": least})


@only(READS_CORRECTIONS)
def corrections_csv(request: HttpRequest) -> HttpResponse:
    """``/bureau/verbeteringen.csv``."""
    lang = request.lang
    head = [text(lang, f"desk.correction.{name}") for name in COLUMNS]
    found = corrections(request.user, timezone.now())
    rows = [list(_in_words(one, lang).values()) for one in found]
    return as_csv("verbeteringen.csv", [head, *rows])


def _in_words(one: Correction, lang: str) -> dict[str, object]:
    return {
        **asdict(one),
        "field": text(lang, f"desk.correction_of.{one.field}"),
        "reason": REFUSALS[one.reason].says[lang],
    }
