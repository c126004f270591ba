"""Notes of an owner on what was done about an alarm, from a CSV: ``series,on,did`` and ``firm``."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

from baken.kernel.errors import BakenError
from baken.signals.posture import Note
from baken.signals.read.source import Aside, decode
from baken.signals.series import Rejected

SHAPE = "a CSV with a header and the columns series, on (as 2025-09-15), did, and firm where needed"
MOST, LONGEST = 1_000, 1_000
"""Notes of a file, and letters of one."""


def read_notes(path: Path) -> tuple[list[Note], list[Rejected]]:
    """The notes of a file, and the lines that were set aside.

    Raises:
        BakenError: for a file that is no such table.
    """
    try:
        text = decode(path.read_bytes(), str(path))
    except OSError as e:
        raise BakenError(str(path), f"can't be opened: {e.strerror}", SHAPE) from e
    lines = text.splitlines()
    mark = ";" if lines and ";" in lines[0] else ","
    rows = csv.DictReader(lines, delimiter=mark, restval="")
    missing = {"series", "on", "did"} - {(n or "").strip() for n in rows.fieldnames or ()}
    if missing:
        raise BakenError(str(path), f"there is no column {', '.join(sorted(missing))}", SHAPE)
    notes: list[Note] = []
    aside = Aside(path.name)
    for row in rows:
        told = {str(k).strip(): v.strip() for k, v in row.items() if isinstance(v, str)}
        if len(notes) >= MOST:
            aside.add(rows.line_num, f"there are more than {MOST} notes; expected the newest only")
            break
        day = _day(told["on"])
        if day is None:
            why = f"'{told['on'][:40]}' is no day; expected one such as 2025-09-15"
            aside.add(rows.line_num, why)
            continue
        if not told["series"]:
            aside.add(rows.line_num, "no series stands beside this note; expected its name")
            continue
        notes.append(Note(told["series"], day, told["did"][:LONGEST], told.get("firm", "")))
    return notes, aside.all()


def _day(text: str) -> date | None:
    """A day as 2025-09-15, or as people write it, 15/9/2025."""
    numbers = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text, re.A)
    try:
        if numbers:
            return date(int(numbers[3]), int(numbers[2]), int(numbers[1]))
        return date.fromisoformat(text)
    except ValueError:
        return None
