"""Notes of an owner on what was done about an alarm, from a CSV: ``series,on,did`` and ``firm``."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from baken.kernel.errors import BakenError
from baken.signals.posture import Note

SHAPE = "a CSV with a header and the columns series, on (as 2025-09-15), did, and firm where needed"
MOST, LONGEST = 1_000, 1_000
"""Notes of a file, and letters of one."""


def read_notes(path: Path) -> list[Note]:
    """The notes of a file.

    Raises:
        BakenError: naming the file and line, for what can't be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as e:
        raise BakenError(str(path), f"can't be opened: {e.strerror}", SHAPE) from e
    except UnicodeDecodeError as e:
        raise BakenError(str(path), "can't be read as UTF-8 text", SHAPE) from e
    lines = text.splitlines()
    mark = ";" if lines and ";" in lines[0] else ","
    rows = csv.DictReader(lines, delimiter=mark, restval="")
    missing = {"series", "on", "did"} - {(n or "").strip() for n in rows.fieldnames or ()}
    if missing:
        raise BakenError(str(path), f"there is no column {', '.join(sorted(missing))}", SHAPE)
    notes: list[Note] = []
    for row in rows:
        where = f"{path}, line {rows.line_num}"
        told = {str(k).strip(): v.strip() for k, v in row.items() if isinstance(v, str)}
        if len(notes) >= MOST:
            raise BakenError(where, f"there are more than {MOST} notes", "the newest only")
        if not told["series"]:
            raise BakenError(f"{where}, series", "is empty", "the name of a series")
        try:
            day = date.fromisoformat(told["on"])
        except ValueError:
            shown = told["on"][:40]
            raise BakenError(f"{where}, on", f"'{shown}' is no day", "such as 2025-09-15") from None
        notes.append(Note(told["series"], day, told["did"][:LONGEST], told.get("firm", "")))
    return notes
