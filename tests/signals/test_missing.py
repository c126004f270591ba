"""Periods that are missing amid the others are named, not filled, and not mistaken for a fall."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from baken.signals.intake import take
from baken.signals.missing import missing, notes_of
from baken.signals.series import Frequency, Series
from baken.signals.watch import watch
from tests.signals.made import level, months, series

N = 40
WEEKS = tuple(
    "{}-W{:02d}".format(*(date(2023, 1, 2) + timedelta(weeks=i)).isocalendar()[:2])
    for i in range(60)
)
QUARTERS = tuple(f"{2018 + i // 4}-Q{i % 4 + 1}" for i in range(16))


def without(rows: set[int], one: Series) -> Series:
    """A series that has no rows there."""
    kept = [i for i in range(len(one.periods)) if i not in rows]
    pick = {k: tuple(getattr(one, k)[i] for i in kept) for k in ("periods", "values")}
    return replace(one, **pick)


def plain(periods: tuple[str, ...], frequency: Frequency = "month") -> Series:
    return Series("x", periods, (1.0,) * len(periods), frequency=frequency)


LACKS: dict[str, tuple[Series, list[str]]] = {
    "every month is there": (plain(months(N)), []),
    "no row for a month": (without({20}, plain(months(N))), ["2023-09"]),
    "the turn of the year": (without({23, 24}, plain(months(N))), ["2023-12", "2024-01"]),
    "a row without a value": (series([1, 2, None, 4, 5, 6], "x"), ["2022-03"]),
    "before the first and after the last nothing is missing": (
        series([None, 2, 3, 4, None], "x"), []
    ),
    "a week": (without({51, 52}, plain(WEEKS, "week")), ["2023-W52", "2024-W01"]),
    "a quarter": (without({5}, plain(QUARTERS, "quarter")), ["2019-Q2"]),
    "a month now and then is no monthly series": (
        without({*range(1, 39, 2)}, plain(months(N))), []
    ),
    "days that a shop is shut are no hole": (
        plain(("2024-01-05", "2024-01-08", "2024-01-09", "2024-01-10"), "day"), []
    ),
    "numbered rows": (plain(("1", "2", "5"), "position"), []),
    "nothing": (plain(()), []),
}  # fmt: skip


@pytest.mark.parametrize("name", LACKS)
def test_what_is_missing(name: str) -> None:
    one, lacks = LACKS[name]
    assert missing(one) == lacks


def test_the_answer_names_it_and_leaves_the_rows_as_given() -> None:
    one = without({20}, series(np.where(np.arange(N) < 30, 1.0, 0.5) * level(N)))
    (told,) = watch([one]).judged
    found = told.as_json()
    assert (found["n"], found["missing"]) == (N - 1, ["2023-09"])
    assert [(c["at"], c["index"]) for c in found["changes"]] == [("2024-07", 29)]


@pytest.mark.parametrize("rows", [{20}, {10, 20, 30}, {30, 31, 32}, {N - 2}])
@pytest.mark.parametrize("empty", [False, True])
def test_months_that_are_missing_are_no_fall(rows: set[int], empty: bool) -> None:
    for seed in range(4):
        one = series(level(N, seed=seed))
        if empty:
            values = [None if i in rows else v for i, v in enumerate(one.values)]
            one = replace(one, values=tuple(values))
        assert watch([one if empty else without(rows, one)]).alarms == []


@pytest.mark.parametrize(
    ("rows", "cause"),
    [(set(), None), ({10}, None), ({30}, None), ({28, 29, 30, 31, 32}, "data_gap")],
)
def test_an_alarm_of_which_half_is_missing_says_so(rows: set[int], cause: str | None) -> None:
    """Sales fall by half in July 2024, the 31st month."""
    fell = series(np.where(np.arange(N) < 30, 1.0, 0.5) * level(N))
    alarms = [a for a in watch([without(rows, fell)]).alarms if a.way == "down"]
    assert [a.cause for a in alarms] == [cause]


def test_one_note_names_all_series_of_a_firm_that_lack_the_same() -> None:
    names = ("omzet", "orders", "klanten", "klachten")
    made = [without({5}, replace(plain(months(12)), id=n, name=n, firm="F")) for n in names]
    (note,) = notes_of([*made, plain(months(12))])
    assert (note.file, note.note) == ("F: omzet, orders, klanten, ...", True)
    assert note.why == "the figures of 2022-06 are missing amid the others"


@pytest.mark.parametrize("long", [False, True])
def test_files_of_both_shapes_give_the_note(tmp_path: Path, long: bool) -> None:
    rows = [(p, 100 + i) for i, p in enumerate(months(12)) if i not in (4, 8)]
    head = "series,period,value" if long else "maand;omzet"
    lines = [f"omzet,{p},{v}" if long else f"{p};{v}" for p, v in rows]
    (tmp_path / "cijfers.csv").write_text("\n".join([head, *lines]), encoding="utf-8")
    files = take([tmp_path], date(2024, 6, 30)).files
    assert [r.why for r in files.rejected if r.note] == [
        "the figures of 2022-05, 2022-09 are missing amid the others"
    ]
