"""Reads the tables of worked examples: ``cases/*.yaml``, each with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from baken.kernel.documents import read_document

FOLDER = Path(__file__).parent / "cases"
WORDS = frozenset({"note", "missing_names"})
LISTED = {"missing_has": "missing", "assumed_has": "assumed"}
"""What a list of the answer must name, among other things."""


def rows(name: str, part: str | None = None) -> list[Any]:
    """The examples of a table as parameters of a test; those in doubt are left out."""
    raw = read_document(FOLDER / f"{name}.yaml").value
    if isinstance(raw, Mapping):
        raw = raw[part or "cases"]
    return [pytest.param(row, id=row["id"]) for row in raw if "doubt" not in row]


def differences(expected: Any, found: Any, path: str = "") -> Iterator[str]:
    """Where an answer is otherwise than expected; what the table does not name is free."""
    if isinstance(expected, Mapping):
        for key, value in expected.items():
            if key in WORDS:
                continue
            if key in LISTED:
                names = [value] if isinstance(value, str) else value
                said = found.get(LISTED[key], []) if isinstance(found, Mapping) else []
                for name in names:
                    if not any(name in one for one in said):
                        yield f"{path}.{LISTED[key]}: {name} is not in {said}"
                continue
            name = "on" if key is True else str(key)
            inner = found.get(name, "<none>") if isinstance(found, Mapping) else "<none>"
            yield from differences(value, inner, f"{path}.{name}")
    elif isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            yield f"{path}: expected {expected}, found {found}"
            return
        for at, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(one, other, f"{path}[{at}]")
    elif plain(expected) != plain(found):
        yield f"{path}: expected {expected}, found {found}"


def plain(value: Any) -> Any:
    """Numbers as such, days as ISO text."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float | Decimal):
        return round(Decimal(str(value)), 4)
    return value.isoformat() if isinstance(value, date) else value
