"""Scans made for the tests: answers by their grade, 0 the most reactive, 3 the most proactive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from baken.scan.items import DONT_KNOW, POSTURE, items_of
from baken.scan.scan import Scan

DAY = date(2026, 11, 26)


def answers(domain: str, grades: Sequence[int | None]) -> dict[str, str]:
    """Answers to the questions of a domain, in their order; None is *I do not know*."""
    return {
        item.id: DONT_KNOW if grade is None else item.codes[grade]
        for item, grade in zip(items_of(domain), grades, strict=False)
    }


def scan(
    posture: Sequence[int | None] = (),
    level: Sequence[int | None] = (),
    domain: str = "customers_market",
    day: date = DAY,
) -> Scan:
    """A scan of one domain."""
    told = answers(POSTURE, posture) | answers(domain, level)
    return Scan(day, domain=domain, answers=told)
