"""The parts of a group: whose figures count, for which share, and through whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """An enterprise whose figures count, or that is exempt: how, for which share, through whom."""

    enterprise: str
    relation: str
    pct: Decimal
    via: str | None = None
    why: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


Note = tuple[str, dict[str, object]]
"""What is told of a group beside its parts: a code of the texts, and its values."""
