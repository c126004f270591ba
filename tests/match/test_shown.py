"""The ranked offers that are shown are drawn one by one: what nobody looks at is not judged."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from baken.landscape.catalogue import load_catalogue
from baken.match.rank import Ranked
from baken.match.shown import Drawn

RANKED = [Ranked(r, 1.0, {"named": np.zeros(9)}, at) for at, r in enumerate(load_catalogue())][:9]


@pytest.fixture
def drawn() -> tuple[Drawn, list[int]]:
    """Offers to draw, and which were drawn so far."""
    seen: list[int] = []

    def one_by_one() -> Iterator[Ranked]:
        for one in RANKED:
            seen.append(one.row)
            yield one

    return Drawn(one_by_one()), seen


def test_nothing_is_drawn_before_somebody_looks(drawn: tuple[Drawn, list[int]]) -> None:
    offers, seen = drawn
    assert seen == []
    assert [one.row for one, _ in zip(offers, range(3), strict=False)] == [0, 1, 2]
    assert seen == [0, 1, 2, 3]


def test_who_looks_again_sees_the_same_from_the_first_on(drawn: tuple[Drawn, list[int]]) -> None:
    offers, seen = drawn
    next(iter(offers))
    assert list(offers) == RANKED
    assert list(offers) == RANKED
    assert seen == list(range(9))
    assert offers[4] is RANKED[4]
