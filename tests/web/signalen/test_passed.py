"""Months that stood out for a reason that passes are told, and are no signals."""

from __future__ import annotations

import pytest

from tests.web.signalen.conftest import Owner, upload
from tests.web.signalen.test_result import words


def sales(giant: int | None) -> bytes:
    """Three years of sales that hardly move, with five times as much in one month or in none."""
    rows = ["month,omzet"]
    for m in range(36):
        value = (10_000 + 150 * (m * 7 % 5)) * (5 if m == giant else 1)
        rows.append(f"{2023 + m // 12}-{m % 12 + 1:02d},{value}")
    return "\n".join(rows).encode()


@pytest.mark.parametrize(("giant", "told"), [(30, True), (None, False)])
def test_one_giant_month_is_told_as_seen_and_explained(
    owner: Owner, giant: int | None, told: bool
) -> None:
    said = words(owner.give(upload(sales(giant), "omzet.csv")))
    assert said.lstrip().startswith("We zien niets dat afwijkt")
    assert ("juli 2025: één keer veel hoger dan anders" in said) == told
    assert ("Gezien en verklaard" in said) == told
