"""Which organisations take files: read from the operator's table (CSV).

The catalogue is public and holds no mail addresses; this table is the operator's, made with each
organisation's yes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.match.distress import listeners
from baken.refer.hours import Hours, parse
from baken.web import catalogue, words
from baken.web.handover import slots
from baken.web.handover.ceased import shut
from baken.web.handover.mended import send_all_again
from baken.web.handover.models import Receiver
from baken.web.texts import LANGS
from baken.web.typed import MAIL_FAULTS, mail_fault

COLUMNS = ("id", "address", "promise", "lang", "active", "hours")
NONE, GONE = "none", "gone"
ACTIVE = ("yes", "no", GONE)
PROMISES = ("1", "2", "3", "4", "5")


def set_receivers(lines: Iterable[str]) -> tuple[int, int]:
    """Bring the table to what the lines say, all or nothing; how many take files and how many do
    not. An organisation that the lines do not name stays as it is.

    Each organisation has one line. Columns: ``id`` of the catalogue and ``address``; ``promise``
    (working days, 1 to 5; 5), ``lang`` (nl), ``active`` (yes; no: no new questions; gone: it is
    there no more) may be left out. ``hours``: those that it offers for a first call (``mon
    09:00-12:00 | 2026-12-04 10:00-11:00``; no day that is over), ``none`` for none; left empty
    they stay as they are. Comma or semicolon.

    Raises:
        BakenError: with the line and column of the first thing that can't be used.
    """
    rows = _rows(list(lines))
    _once(rows)
    found = [_read(number, row) for number, row in rows]
    ceased = {row["id"] for _, row in rows if row.get("active") == GONE}
    with transaction.atomic():
        for record_id, values, hours in found:
            before = Receiver.objects.filter(record_id=record_id).first()
            mended = before is not None and before.address != values["address"]
            if mended:
                values["address_since"] = timezone.now()
            row, _ = Receiver.objects.update_or_create(record_id=record_id, defaults=values)
            if mended and not row.gone:
                send_all_again(row, timezone.now())
            if hours is not None:
                slots.replace(row, hours)
        for row in Receiver.objects.filter(record_id__in=ceased).order_by("pk"):
            shut(row, timezone.now())
    taking = sum(bool(values["active"]) for _, values, _ in found)
    return taking, len(found) - taking


def _rows(lines: list[str]) -> list[tuple[int, dict[str, str]]]:
    """Each row with the number of its line, empty ones counted."""
    head = lines[0] if lines else ""
    delimiter = ";" if ";" in head else ","
    reader = csv.DictReader(lines, delimiter=delimiter, restval="", strict=True)
    try:
        return _told(reader)
    except csv.Error as e:
        raise BakenError(f"line {reader.line_num + 1}", f"can't be read: {e}", "CSV") from e


def _told(reader: csv.DictReader[str]) -> list[tuple[int, dict[str, str]]]:
    columns = [name.strip() for name in reader.fieldnames or ()]
    if not {"id", "address"} <= set(columns) <= set(COLUMNS):
        raise BakenError("line 1", f"columns {', '.join(columns)}", ", ".join(COLUMNS))
    reader.fieldnames = columns
    rows = []
    for row in reader:
        if None in row:
            raise BakenError(f"line {reader.line_num}", "it has more fields than the first line")
        rows.append((reader.line_num, {name: value.strip() for name, value in row.items()}))
    return rows


def _once(rows: list[tuple[int, dict[str, str]]]) -> None:
    """Raises :class:`BakenError` where two lines are about one organisation: which of them is
    meant nobody can tell.
    """
    lines: dict[str, int] = {}
    for number, row in rows:
        first = lines.setdefault(row["id"], number)
        if first != number:
            problem = f"{row['id']!r} stands on line {first} too"
            raise BakenError(f"line {number}, id", problem, "one line for an organisation")


def _read(
    number: int, row: Mapping[str, str]
) -> tuple[str, dict[str, object], tuple[Hours, ...] | None]:
    record_id, address = row["id"], row["address"]
    record = catalogue.find("organisation", record_id)
    if record is None:
        raise BakenError(f"line {number}, id", f"no organisation {record_id!r}", "an id of /aanbod")
    if any(("organisation", record_id) in listeners(lang) for lang in LANGS):
        raise BakenError(f"line {number}, id", "who listens is called, no files go there", "none")
    if fault := mail_fault(address):
        raise BakenError(f"line {number}, address", MAIL_FAULTS[fault], "name@host")
    promise = _one_of(number, "promise", row.get("promise") or "5", PROMISES)
    lang = _one_of(number, "lang", row.get("lang") or "nl", LANGS)
    active = _one_of(number, "active", row.get("active") or "yes", ACTIVE)
    values = {
        "name": words.pick(record["names"], lang)[:300],
        "address": address,
        "promise": int(promise),
        "lang": lang,
        "active": active == "yes",
        "gone": active == GONE,
    }
    return record_id, values, _offered(number, row.get("hours", ""))


def _offered(number: int, typed: str) -> tuple[Hours, ...] | None:
    if not typed:
        return None
    try:
        hours = () if typed == NONE else parse(typed)
    except BakenError as e:
        raise BakenError(f"line {number}, hours", e.problem, e.expected) from None
    over = [each.day for each in hours if each.day and each.day < timezone.localdate()]
    if over:
        raise BakenError(f"line {number}, hours", f"{min(over)} is over", "a day from today on")
    return hours


def _one_of(number: int, column: str, value: str, expected: tuple[str, ...]) -> str:
    if value not in expected:
        raise BakenError(f"line {number}, {column}", repr(value), " or ".join(expected))
    return value
