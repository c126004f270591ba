"""Which story is told: a level that moved, or swings that grew; never both of the same months."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from baken.signals.alarms import Alarm
from baken.signals.detect.rival import unmoved
from baken.signals.series import Series
from baken.signals.watch import Watch, watch
from tests.signals.made import level, months, series

COUNT = 60
MONTH = np.arange(COUNT)
AT = months(COUNT).index


def moved(seed: int, share: float, first: int = 34, last: int = COUNT) -> Series:
    """Sales that swing by 6 % and move by a share from a month on, or for a while."""
    within = (first <= MONTH) & (last > MONTH)
    return series(level(COUNT, noise=0.06, seed=seed) * np.where(within, 1 + share, 1))


def swinging(seed: int, factor: float, first: int = 30, halved: int = COUNT) -> Series:
    """Sales that swing by 5 %, from a month on so many times as much, and lose half in another."""
    errors = np.log(level(COUNT, usual=1, noise=0.05, seed=seed))
    values = 10_000 * np.exp(errors * np.where(first <= MONTH, factor, 1))
    return series(values * np.where(halved <= MONTH, 0.45, 1))


def told(one: Series) -> list[Alarm]:
    """The alarms from the thirtieth month on, as they came."""
    alarms = watch([one], look_back=False).alarms
    return sorted((a for a in alarms if AT(a.detected) >= 29), key=lambda a: a.detected)


@pytest.mark.parametrize(
    ("name", "one", "kinds"),
    [
        ("a fall", moved(3, -0.25), ["sales"]),
        ("a fall for four months", moved(3, -0.25, last=38), ["sales"]),
        ("a rise", moved(42, 0.35), []),
        ("a rise, other months", moved(63, 0.35), []),
        ("swings", swinging(3, 3.5), ["spread"]),
        ("swings, then half is lost", swinging(37, 3, first=26, halved=44), ["spread", "sales"]),
    ],
)  # fmt: skip
def test_the_likelier_story_is_told(name: str, one: Series, kinds: list[str]) -> None:
    assert [a.kind for a in told(one)] == kinds, name


@pytest.mark.parametrize(("seed", "factor"), [(7, 2.5), (7, 3.5), (3, 3.5)])
def test_the_same_swings_are_told_once(seed: int, factor: float) -> None:
    """What is told next began after the last was told."""
    wide = [a for a in told(swinging(seed, factor)) if a.kind == "spread"]
    assert wide
    for one, next_ in pairwise(wide):
        assert next_.since > one.detected


def test_swings_give_way_to_a_level_that_moved() -> None:
    wide, fall = told(swinging(37, 3, first=26, halved=44))
    assert (wide.kind, fall.kind) == ("spread", "sales")
    assert wide.cleared == fall.detected
    assert AT(wide.cleared) - AT(wide.detected) < 6


@pytest.mark.parametrize("seed", [3, 7, 36])
def test_swings_are_amber_and_stand_below_what_fell(seed: int) -> None:
    found = [a for a in told(swinging(seed, 3.5)) if a.kind == "spread"]
    assert found and {a.severity for a in found} == {"amber"}
    firm = Watch(watch([swinging(seed, 3.5), moved(3, -0.12)], look_back=False).judged)
    standing = {c: [a.kind for a in firm.alarms if (a.cleared is None) == c] for c in (True, False)}
    for kinds in standing.values():
        assert kinds == sorted(kinds, key=lambda k: k == "spread")


@pytest.mark.parametrize(
    ("errors", "left"),
    [
        ([1, -2, 2, -1], 3),
        ([1, -2, 2, 2, 2], 2),
        ([1, -2, 2, 0.1], 4),
        ([-1, -1, -1], 1),
        ([0.0], 1),
    ],
)
def test_the_last_errors_to_one_side_are_left_out(errors: list[float], left: int) -> None:
    assert len(unmoved(np.array(errors, dtype=float))) == left


def test_swings_of_what_never_moved_have_an_end() -> None:
    """Errors of a series that never moved are endless in its own spreads: they count for three."""
    values = np.full(COUNT, 12.0)
    values[[20, 32, *range(26, 40, 2)]] += 1
    values[27:40:4] -= 1
    for alarm in watch([series(values, id="heads", bad="both")]).alarms:
        assert alarm.size is None or abs(alarm.size) < 5
