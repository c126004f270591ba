"""Which customer is named as gone: the largest who stays away, not one who buys less."""

from __future__ import annotations

import numpy as np
import pytest

from baken.signals.watch import watch
from baken.web.signalen.judge import Item
from baken.web.signalen.shelf import Shelf
from baken.web.signalen.telling import _gone
from tests.signals.made import level, series

COUNT = 48
LATE = np.arange(COUNT) >= 42


@pytest.mark.parametrize(
    ("name", "left", "named"),
    [
        ("the smaller one left, the larger buys less", {"a": 0.6, "b": 0.0}, "sales.klant-b"),
        ("both left", {"a": 0.0, "b": 0.0}, "sales.klant-a"),
        ("nobody left", {"a": 0.5, "b": 0.6}, None),
    ],
)
def test_the_largest_customer_who_stays_away_is_named(
    name: str, left: dict[str, float], named: str | None
) -> None:
    usual = {"a": 6_000.0, "b": 2_000.0}
    bought = {
        k: level(COUNT, usual[k], seed=i) * np.where(LATE, left[k], 1) for i, k in enumerate(usual)
    }
    sales = series(sum(bought.values()) + 4_000)
    parts = [series(v, id=f"sales.klant-{k}") for k, v in bought.items()]
    alarm = max(watch([sales], look_back=False).alarms, key=lambda a: a.detected)
    gone = _gone(Item(alarm, sales), Shelf("2025-12-31", series=[sales, *parts]))
    assert (gone.series.id if gone else None) == named, name
