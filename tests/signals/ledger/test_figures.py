"""Months and weeks of figures: sums, means, shares, customers and prices."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from baken.signals.ledger.customers import lost_on
from baken.signals.ledger.periods import first_day, index, label, last_complete
from tests.signals.ledger.papers import FROM_YOU, ME, TO_ME, TO_OTHER, books, named, sold, values
from tests.signals.read.ubl import line, ubl


def test_months_between_are_nought_for_sums_and_nothing_for_means(tmp_path: Path) -> None:
    made = books(tmp_path, sold(1, "100"), sold(1, "300", "b"), sold(3, "50"))
    assert values(made, "sales") == {"2025-01": 400, "2025-02": 0, "2025-03": 50}
    assert values(made, "invoices") == {"2025-01": 2, "2025-02": 0, "2025-03": 1}
    assert values(made, "average_invoice") == {"2025-01": 200, "2025-02": None, "2025-03": 50}
    assert named(made, "average_invoice").weights == (2, 0, 1)
    assert values(made, "customers") == {"2025-01": 1, "2025-02": 0, "2025-03": 1}
    sales = named(made, "sales")
    assert (sales.firm, sales.unit, sales.kind, sales.bad) == (ME, "EUR", "money", "down")


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        (date(2025, 3, 30), "2025-02"),
        (date(2025, 3, 31), "2025-03"),
        (date(2025, 4, 1), "2025-03"),
        (date(2025, 2, 1), "2025-01"),
    ],
)
def test_a_month_that_is_not_over_is_left_out(tmp_path: Path, as_of: date, last: str) -> None:
    made = books(tmp_path, *(sold(m) for m in range(1, 7)), as_of=as_of)
    assert named(made, "sales").periods[-1] == last
    after = [r.why for r in made.rejected if "after" in r.why]
    assert len(after) == 6 - as_of.month + (as_of.day < 10)


def test_share_of_the_largest_is_taken_over_a_year(tmp_path: Path) -> None:
    papers = [sold(m, "60", f"a{m}") for m in range(1, 13)]
    papers += [sold(m, "40", f"b{m}", buyer=TO_OTHER) for m in range(1, 13)]
    made = books(tmp_path, *papers)
    shares = values(made, "share_largest")
    assert [shares[f"2025-{m:02d}"] for m in (5, 6, 12)] == [None, 0.6, 0.6]
    assert named(made, "share_largest").weights[-1] == 1200
    assert set(values(made, "share_five").values()) == {None, 1.0}


def test_prices_of_suppliers_are_per_unit_and_weighed(tmp_path: Path) -> None:
    papers = []
    for month in range(1, 8):
        text = line("MEEL", "10", "2.00" if month < 5 else "2.50") + line("MEEL", "30", "100", "50")
        day = f"2025-{month:02d}-03"
        papers.append(
            ubl("80", issued=day, number=f"m{month}", seller=FROM_YOU, buyer=TO_ME, lines=text)
        )
    papers.append(
        ubl("1", issued="2025-07-09", seller=FROM_YOU, buyer=TO_ME, lines=line("KORREL", "1", "1"))
    )
    made = books(tmp_path, *papers)
    prices = values(made, "price.leverancier-a.artikel-a")
    assert [prices[f"2025-{m:02d}"] for m in (1, 4, 5)] == [2.0, 2.0, 2.125]
    assert named(made, "price.leverancier-a.artikel-a").weights[0] == 40
    assert made.names == {
        "leverancier-a": "Molen Fantasie",
        "leverancier-a.artikel-a": "Bloem van MEEL",
    }


def lines_of(month: int, *articles: tuple[str, str, str]) -> bytes:
    """An invoice of articles: name, quantity, price."""
    return sold(month, "100", lines="".join(line(*article) for article in articles))


def test_the_level_of_own_prices_and_what_a_mean_unit_brings(tmp_path: Path) -> None:
    """In March all is a tenth cheaper; in April the cheap article takes the place of the dear."""
    made = books(
        tmp_path,
        lines_of(1, ("a", "10", "2"), ("b", "10", "8"), ("c", "10", "5")),
        lines_of(2, ("a", "10", "2"), ("b", "10", "8"), ("c", "10", "5")),
        lines_of(3, ("a", "10", "1.8"), ("b", "10", "7.2"), ("c", "10", "4.5")),
        lines_of(4, ("a", "25", "1.8"), ("b", "5", "7.2")),
    )
    level = values(made, "sold.price")
    assert [round(v or 0, 3) for v in level.values()] == [1, 1, 0.9, 0.9]
    assert [round(v or 0, 2) for v in values(made, "sold.unit").values()] == [5, 5, 4.5, 2.7]
    assert not [s for s in made.weekly if s.id.startswith("sold.")]


def test_new_customers_are_counted_once_a_year_is_known(tmp_path: Path) -> None:
    papers = [ubl("100", issued=f"2024-{m:02d}-10", due="", number=f"y{m}") for m in range(1, 13)]
    papers += [sold(m, number=f"a{m}") for m in range(1, 13)]
    papers += [sold(m, number=f"b{m}", buyer=TO_OTHER) for m in (9, 11)]
    new = values(books(tmp_path, *papers), "customers_new")
    told = [new[month] for month in ("2024-07", "2025-01", "2025-02", "2025-09", "2025-11")]
    assert told == [None, None, 0, 1, 0]


@pytest.mark.parametrize(
    ("gaps", "lost"),
    [
        ([7] * 8, [36]),  # weekly: after 35 days
        ([30] * 8, [91]),  # monthly: after three months
        ([30, 30, 30, 100, 30], [201]),  # once a long gap: twice that one
        ([30] * 3, []),  # too few to know what is usual
        ([7] * 8 + [50, 7, 7], [36, 101]),  # back again, and lost again, with more patience
    ],
)
def test_lost_is_longer_than_usual_for_that_customer(gaps: list[int], lost: list[int]) -> None:
    days = [date(2020, 1, 1)]
    for gap in gaps:
        days.append(days[-1] + timedelta(days=gap))
    found = lost_on(days, date(2025, 1, 1))
    before = [max(d for d in days if d < on) for on in found]
    assert [(on - b).days for on, b in zip(found, before, strict=True)] == lost


def test_a_loss_is_not_known_before_its_day() -> None:
    days = [date(2025, 1, 1) + timedelta(days=7 * n) for n in range(9)]
    gone = days[-1] + timedelta(days=36)
    assert lost_on(days, gone - timedelta(days=1)) == []
    assert lost_on(days, gone) == [gone]


@pytest.mark.parametrize(
    ("day", "month", "week"),
    [
        (date(2024, 12, 30), "2024-12", "2025-W01"),
        (date(2025, 1, 1), "2025-01", "2025-W01"),
        (date(2021, 1, 3), "2021-01", "2020-W53"),
        (date(2025, 12, 31), "2025-12", "2026-W01"),
    ],
)
def test_periods(day: date, month: str, week: str) -> None:
    assert label(index(day, "month"), "month") == month
    assert label(index(day, "week"), "week") == week
    assert first_day(index(day, "week"), "week").weekday() == 0
    assert first_day(index(day, "month"), "month") == day.replace(day=1)


def test_a_week_is_complete_on_its_sunday() -> None:
    sunday = date(2025, 3, 16)
    assert last_complete(sunday, "week") == index(sunday, "week")
    assert last_complete(sunday - timedelta(days=1), "week") == index(sunday, "week") - 1
