"""Thresholds, rates and days of the law: each once, in data, with act, article and validity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml

FOLDER = Path(__file__).parent / "data" / "parameters"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure of the law: its value, unit, act and article, and the days on which it held."""

    id: str
    value: Decimal
    unit: str
    act: str
    article: str
    valid_from: date
    valid_to: date | None = None
    note: str = ""

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@lru_cache(maxsize=16)
def load(topic: str) -> tuple[Parameter, ...]:
    """Every parameter of a topic: one file of ``data/parameters``."""
    raw = own_yaml(FOLDER / f"{topic}.yaml")
    found = []
    for group in raw if isinstance(raw, list) else [raw]:
        shared = {k: group.get(k) for k in ("act", "valid_from", "valid_to")}
        for row in group["values"]:
            found.append(_parameter({**shared, **row}))
    return tuple(found)


def _parameter(row: Mapping[str, Any]) -> Parameter:
    return Parameter(
        row["id"],
        Decimal(str(row["value"])),
        row["unit"],
        row["act"],
        row["article"],
        row["valid_from"],
        row.get("valid_to"),
        row.get("note", ""),
    )


@lru_cache(maxsize=512)
def in_force(topic: str, day: date) -> Mapping[str, Parameter]:
    """The parameters of a topic that hold on a day, by id."""
    return {p.id: p for p in load(topic) if p.holds(day)}
