"""What an owner did about an alarm, and what the months after tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from baken.kernel.errors import BakenError
from baken.signals.aside import in_language
from baken.signals.notes import read_notes
from baken.signals.periods import last_day
from baken.signals.posture import Note, Posture, posture, postures
from baken.signals.series import Frequency, Series
from baken.signals.watch import watch
from tests.signals.made import level, months, series

FELL, DID = 36, 41
"""Sales fell in January 2025; something was done in June 2025."""
ON = date(2025, 6, 15)


def after(change: float, count: int = 54, on: date = ON) -> Posture:
    """Sales that lost 30 %, and from the month after the note moved by a share."""
    at = np.arange(count)
    values = level(count) * np.where(at >= FELL, 0.7, 1) * np.where(at > DID, 1 + change, 1)
    (judged,) = watch([series(values)], look_back=False).judged
    return posture(Note("sales", on, "belde klanten"), judged.series, judged.alarms)


@pytest.mark.parametrize(
    ("change", "count", "verdict"),
    [
        (0.3, 54, "better"), (0.3, DID + 4, "better"), (0.3, DID + 2, "too_early"),
        (0.0, DID + 4, "too_early"), (0.0, 54, "no_difference"), (-0.3, 54, "worse"),
    ],
)  # fmt: skip
def test_whether_it_helped(change: float, count: int, verdict: str) -> None:
    found = after(change, count)
    assert found.verdict == verdict
    if verdict in ("better", "worse"):
        assert found.moved == pytest.approx(change, abs=0.06)
        assert "bewijst niet" in found.says["nl"]
        assert "Van 100" in found.says["nl"]


def test_days_are_counted_from_the_end_of_the_month_in_which_it_was_seen() -> None:
    found = after(0.3)
    (alarm,) = watch([series(level(54) * np.where(np.arange(54) >= FELL, 0.7, 1))]).alarms
    assert found.days == (ON - (last_day(alarm.detected, "month") or ON)).days > 0


def test_a_note_before_any_alarm_has_nothing_to_compare_with() -> None:
    assert after(0.3, on=date(2024, 6, 1)).verdict == "no_alarm"
    assert postures([Note("nothing", ON, "x")], [])[0].verdict == "no_series"


def test_fewer_complaints_are_better() -> None:
    usual = [2, 1, 3, 2, 2, 1, 2, 3, 1, 2, 2, 2] * 3
    values = [*usual, 7, 8, 6, 9, 7, 8, 2, 1, 2, 3, 1, 2]
    (judged,) = watch([series(values, id="complaints", bad="up", kind="count")]).judged
    found = postures([Note("Complaints", ON, "x")], [(judged.series, judged.alarms)])[0]
    assert (found.verdict, found.periods) == ("better", 6)
    assert found.moved == pytest.approx(-0.75, abs=0.06)


def test_rare_orders_that_come_back_are_told_by_their_sum() -> None:
    rng = np.random.default_rng(3)
    rate = np.repeat([3.0, 0.7, 3.0], [FELL, DID + 1 - FELL, 18])
    sums = np.array([rng.gamma(3, 300, k).sum() for k in rng.poisson(rate)])
    (judged,) = watch([series(sums)], look_back=False).judged
    found = posture(Note("sales", ON, ""), judged.series, judged.alarms)
    real = sums[DID + 1 :].mean() / sums[FELL : DID + 1].mean() - 1
    assert found.verdict == "better"
    assert found.moved == pytest.approx(real, rel=0.35)


def test_of_a_hundred_firms_that_did_nothing_few_look_better() -> None:
    """Stated is 5 in 100 at most; forty firms give two, and five are too many."""
    at, better = np.arange(54), 0
    for seed in range(40):
        one = series(level(54, seed=seed) * np.where(at >= FELL, 0.7, 1))
        (judged,) = watch([one], look_back=False).judged
        better += posture(Note("sales", ON, ""), one, judged.alarms).verdict == "better"
    assert better <= 5


@pytest.mark.parametrize(
    ("period", "frequency", "day"),
    [
        ("2024-02", "month", "2024-02-29"), ("2024-12", "month", "2024-12-31"),
        ("2024-Q4", "quarter", "2024-12-31"), ("2024-Q1", "quarter", "2024-03-31"),
        ("2024", "year", "2024-12-31"), ("2024-W01", "week", "2024-01-07"),
        ("2024-05-31", "day", "2024-05-31"), ("17", "position", None),
    ],
)  # fmt: skip
def test_the_last_day_of_a_period(period: str, frequency: Frequency, day: str | None) -> None:
    assert last_day(period, frequency) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize("day", ["2025-06-15", "15/06/2025", "15-6-2025"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_notes_are_read(tmp_path: Path, day: str, encoding: str) -> None:
    path = tmp_path / "notes.csv"
    path.write_text(f"series;on;did\nomzet;{day};belde café\n", encoding=encoding)
    assert read_notes(path) == ([Note("omzet", ON, "belde café")], [])


@pytest.mark.parametrize("text", ["", "series,did\nx,y\n"])
def test_a_file_without_the_columns_of_notes_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "notes.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BakenError, match="column") as e:
        read_notes(path)
    assert e.value.path == str(path)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("omzet,15/6,y", "'15/6' is geen dag; verwacht: een dag als 2025-09-15"),
        ("omzet,2025-02-30,y", "'2025-02-30' is geen dag; verwacht: een dag als 2025-09-15"),
        ("omzet", "'' is geen dag; verwacht: een dag als 2025-09-15"),
        (",2025-06-15,y", "bij deze notitie staat geen reeks; verwacht: de naam ervan"),
    ],
)
def test_a_bad_line_is_set_aside_and_the_others_count(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "notes.csv"
    path.write_text(
        f"series,on,did\nomzet,2025-06-15,a\n{line}\nomzet,2025-06-15,b\n", encoding="utf-8"
    )
    notes, aside = read_notes(path)
    assert [n.did for n in notes] == ["a", "b"]
    assert [(r.file, r.line, in_language(r.why, "nl")) for r in aside] == [("notes.csv", 3, why)]


def test_of_more_than_a_thousand_notes_the_rest_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text("series,on,did\n" + "omzet,2025-06-15,a\n" * 1005, encoding="utf-8")
    notes, (aside,) = read_notes(path)
    assert (len(notes), aside.line) == (1000, 1002)


def test_a_short_series_breaks_nothing() -> None:
    one = Series("sales", months(4), (1.0, None, 2.0, 3.0))
    assert posture(Note("sales", ON, ""), one, []).verdict == "no_alarm"
