"""What answers make: the law's input, and what lacks or was filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from baken.web.reckon.walk import Slot


@dataclass
class Filled:
    """The law's input, and what is lacking or was filled in for it."""

    input: dict[str, Any] = field(default_factory=dict)
    asked_at: dict[str, tuple[Slot, str]] = field(default_factory=dict)
    lacking: list[Slot] = field(default_factory=list)
    blocked: bool = False
    size: str | None = None
    """The size that follows whatever the answers that lack would be."""
    defaults: list[tuple[Slot, str, Any]] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)
    """What was taken on a word that was not given, and on which the outcome hangs."""
    today: date | None = None
    said: dict[str, str] = field(default_factory=dict)
    """The first field of each answer: for what the page tells and the law room does not take."""
