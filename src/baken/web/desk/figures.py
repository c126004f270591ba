"""Months in figures, and lists as CSV.

A month is that of the sending. Where nobody's own files are counted (a reader of figures), what
is under five is not told.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from statistics import median

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from baken.refer.model import TOO_LONG, Handling, Outcome
from baken.registers.workdays import working_days_since
from baken.web import words
from baken.web.desk import files, inbox
from baken.web.desk.models import Member, Role
from baken.web.desk.roles import COUNTS, SEES_FILES, counted_for, only
from baken.web.handover.models import Referral
from baken.web.keeping import to_keep
from baken.web.negotiate import wants_json
from baken.web.owner.errors import error_response
from baken.web.texts import text

MONTHS = 12
LEAST = 5
"""Fewer than this are not told to a reader of figures."""


@dataclass(frozen=True)
class Month:
    """Counts of the files sent in a month; None: too few to tell. ``days``: median working days
    from the sending to the first contact. ``in_time``: by the day that was promised then, as the
    list has it (of an hour, after days away or "full until", in a crisis). ``full``: left by the
    clock for another door, as this one said to be full for too long; none of them is ``expired``.
    An outcome counts only after a contact.
    """

    month: str
    sent: int | None
    contact: int | None
    in_time: int | None
    days: float | None
    refused: int | None
    full: int | None
    expired: int | None
    withdrawn: int | None
    helped: int | None
    partly: int | None
    not_helped: int | None


LIST = (
    "id", "to", "about", "handling", "sent_on", "contact_until", "late", "asks_outcome", "holder",
    "tries",
)  # fmt: skip
"""Columns of the list of files."""
COUNTED = ("sent_on", "handling", "contact_on", "in_time", "owner_says")
COLUMNS = tuple(f.name for f in fields(Month))


def months(member: Member, today: date) -> list[Month]:
    """The last twelve months, newest first, of the files that this member's figures count."""
    wanted = _last(today)
    first = date.fromisoformat(f"{wanted[-1]}-01")
    by_month: dict[str, list[Referral]] = {month: [] for month in wanted}
    rows = counted_for(member).filter(sent_on__gte=first).select_related(None).only(*COUNTED)
    for row in rows:
        by_month.setdefault(row.sent_on.isoformat()[:7], []).append(row)
    least = LEAST if member.role == Role.POLICY else 0
    shut = inbox.shut_for(rows.filter(handling=Handling.EXPIRED))
    full = {pk for pk, why in shut.items() if why == TOO_LONG}
    return [_counted(month, by_month[month], full, least) for month in wanted]


@only(COUNTS)
def month_page(request: HttpRequest) -> HttpResponse:
    """``/bureau/maand``."""
    found = months(request.user, timezone.localdate())
    if wants_json(request):
        return JsonResponse({"months": [_as_dict(one) for one in found]})
    context = {
        "months": [(one.month, list(_as_dict(one).values())[1:]) for one in found],
        "columns": COLUMNS,
        "few": request.user.role == Role.POLICY,
    }
    return render(request, "desk/month.html", context)


@only(COUNTS)
def month_csv(request: HttpRequest) -> HttpResponse:
    """``/bureau/maand.csv``."""
    head = [text(request.lang, f"desk.column.{name}") for name in COLUMNS]
    found = months(request.user, timezone.localdate())
    rows = [[_number(cell, request.lang) for cell in _as_dict(one).values()] for one in found]
    return as_csv("maanden.csv", [head, *rows])


def _number(cell: object, lang: str) -> object:
    """A figure as the language writes it, so that a spreadsheet in it reads a number."""
    return words.number(lang, cell, 1) if isinstance(cell, float) else cell


@only(SEES_FILES)
def files_csv(request: HttpRequest) -> HttpResponse:
    """``/bureau/dossiers.csv``: the list of a filter; each file that goes out is in the trail."""
    which = request.GET.get("toon", "open")
    if which not in inbox.FILTERS:
        return error_response(request, 404)
    lang = request.lang
    lines = files.taken_out(request.user, which, timezone.now(), lang)
    for line in lines:
        line["handling"] = text(lang, f"desk.state.{line['stands']}", to=line["passed_to"])
    rows = [[_cell(line[name], lang) for name in LIST] for line in lines]
    return as_csv("dossiers.csv", [[text(lang, f"desk.list.{name}") for name in LIST], *rows])


def harmless(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless(" @x"), harmless("-2 uur"), harmless(-2), harmless("bakker")
    ("'=1+1", "' @x", "'-2 uur", -2, 'bakker')
    """
    if not isinstance(cell, str):
        return cell
    risky = cell.startswith(("\t", "\r", "\n")) or cell.lstrip().startswith(("=", "+", "-", "@"))
    return f"'{cell}" if risky else cell


def as_csv(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A file of rows, the first of them its head, apart by semicolons, as Excel here reads."""
    response = to_keep(HttpResponse(content_type="text/csv; charset=utf-8"), name)
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return response


def _counted(month: str, sent: Sequence[Referral], full: set[int], least: int) -> Month:
    """A month of its files; ``full``: the numbers of those that left a door full for too long."""
    met = [file for file in sent if file.contact_on is not None]
    days = [working_days_since(file.sent_on, file.contact_on) for file in met]
    told = [file.owner_says for file in met]
    shut = [file for file in sent if file.handling == Handling.EXPIRED]

    def shown(count: int) -> int | None:
        return count if count >= least else None

    def ended(how: Handling) -> int | None:
        return shown(sum(file.handling == how for file in sent))

    return Month(
        month=month,
        sent=shown(len(sent)),
        contact=shown(len(met)),
        in_time=shown(sum(bool(file.in_time) for file in met)),
        days=float(median(days)) if len(days) >= max(1, least) else None,
        refused=ended(Handling.REFUSED),
        full=shown(sum(file.pk in full for file in shut)),
        expired=shown(sum(file.pk not in full for file in shut)),
        withdrawn=ended(Handling.WITHDRAWN),
        helped=shown(told.count(Outcome.HELPED)),
        partly=shown(told.count(Outcome.PARTLY)),
        not_helped=shown(told.count(Outcome.NOT)),
    )


def _last(today: date) -> list[str]:
    found, year, month = [], today.year, today.month
    for _ in range(MONTHS):
        found.append(f"{year}-{month:02d}")
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found


def _as_dict(one: Month) -> dict[str, object]:
    return {name: getattr(one, name) for name in COLUMNS}


def _cell(value: object, lang: str) -> object:
    if isinstance(value, bool):
        return text(lang, "desk.yes" if value else "desk.no")
    return ", ".join(map(str, value)) if isinstance(value, list) else value
