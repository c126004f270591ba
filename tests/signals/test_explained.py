"""Months that stood out for a reason that passes are told as seen, though they raised no alarm."""

from __future__ import annotations

import numpy as np
import pytest

from baken.signals.explained import explained
from baken.signals.series import Series
from baken.signals.watch import watch
from tests.signals.made import level, months, series

N = 36
AT = np.arange(N)
JULY, AUGUST = AT % 12 == 6, AT % 12 == 7


def told(values: np.ndarray, *more: Series) -> list[tuple[str, str]]:
    judged = watch([series(values), *more]).judged[0]
    assert not judged.alarms
    return [(one["at"], one["cause"]) for one in judged.explained]


MONTHS: dict[str, tuple[np.ndarray, list[tuple[str, str]]]] = {
    "a giant month": (np.where(AT == 30, 4.0, 1.0), [("2024-07", "one_off")]),
    "the last month: nobody knows yet whether it passes": (np.where(AT == N - 1, 4.0, 1.0), []),
    "two years ago": (np.where(AT == 13, 4.0, 1.0), []),
    "a leave that moved from July to August": (
        np.where(np.where(AT < 24, JULY, AUGUST), 0.6, 1.0), [("2024-08", "calendar")]
    ),
    "a leave as every year": (np.where(JULY, 0.6, 1.0), []),
    "a poor month": (np.where(AT == 33, 0.7, 1.0), []),
    "nothing": (np.ones(N), []),
}  # fmt: skip


@pytest.mark.parametrize("name", MONTHS)
def test_months_that_one_giant_or_the_calendar_explains(name: str) -> None:
    shape, found = MONTHS[name]
    assert told(shape * level(N, noise=0.02)) == found


DAYS = np.full(N, 20.0)
FALSE: dict[str, tuple[np.ndarray, str, np.ndarray | None]] = {
    "January after a good December, in sales that swing as much": (
        np.where(AT == 23, 1.25, np.where(AT == 24, 0.75, 1.0)), "sales", None
    ),
    "a leave that moved: the mean invoice has no days": (
        np.where(np.where(AT < 24, JULY, AUGUST), 0.6, 1.0), "average_invoice", None
    ),
    "July won nothing": (np.where(AUGUST & (AT > 24), 0.6, 1.0), "sales", None),
    "March and April swapped, and Easter was in the same month": (
        np.where(AT == 14, 0.7, np.where(AT == 15, 1.3, 1.0))[:26], "sales", None
    ),
    "one day less open for a fall of a third": (
        np.where(AT == 33, 0.65, 1.0), "sales", np.where(AT == 33, 19.0, DAYS)
    ),
    "as many days open": (np.where(AT == 33, 0.65, 1.0), "sales", DAYS),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_the_calendar_is_not_told_where_days_do_not_make_the_difference(name: str) -> None:
    shape, id_, open_ = FALSE[name]
    wanders = np.random.default_rng(3).normal(1, 0.15 if name.startswith("January") else 0.02, N)
    one = series(shape * (wanders * level(N, noise=0.0))[: len(shape)], id_)
    days = Series("werkdagen", months(N), tuple(open_), "both") if open_ is not None else None
    firm = {s.id: s for s in (one, days) if s is not None}
    assert [e["cause"] for e in explained(one, firm, [])] == []


def test_days_that_the_firm_was_open_are_counted_where_they_are_given() -> None:
    shut = np.where(AT == 33, 0.65, 1.0)
    values = tuple(map(float, 20 * shut))
    days = Series("werkdagen", months(N), values, "both", name="werkdagen")
    assert told(shut * level(N, noise=0.02), days) == [("2024-10", "calendar")]


def test_it_is_said_in_three_languages_and_stands_in_the_answer() -> None:
    (judged,) = watch([series(np.where(AT == 30, 4.0, 1.0) * level(N))]).judged
    (one,) = judged.as_json()["explained"]
    assert one["says"] == {
        "nl": "Verkoop, juli 2024: één keer veel hoger dan anders. Daarna weer als vroeger.",
        "en": "Sales, July 2024: much higher than usual, once. As before since then.",
        "fr": "Ventes, juillet 2024 : une seule fois beaucoup plus haut que d'habitude."
        " Ensuite comme avant.",
    }
