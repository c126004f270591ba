"""Which documents count, on which side, and in which currency."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.signals.ledger.papers import (
    FROM_YOU,
    ME,
    NOTE,
    TO_ME,
    TO_OTHER,
    books,
    named,
    sold,
    values,
)
from tests.signals.read.ubl import ubl


def test_credit_notes_and_negative_invoices_lower_sales_and_count_apart(tmp_path: Path) -> None:
    made = books(
        tmp_path, sold(1, "1000"), sold(1, "100", "c1", **NOTE), sold(1, "-50", "c2"),
        sold(1, "-30", "c3", **NOTE), sold(2, "80", "c4", **NOTE),
    )  # fmt: skip
    assert values(made, "sales") == {"2025-01": 880, "2025-02": -80}
    assert values(made, "credit_notes") == {"2025-01": 3, "2025-02": 1}
    assert values(made, "credit_share") == {"2025-01": 0.12, "2025-02": None}
    assert named(made, "credit_share").weights == (1000, 0)
    assert values(made, "average_invoice")["2025-01"] == 1000
    assert values(made, "invoices") == {"2025-01": 1, "2025-02": 0}


def test_both_sides_and_a_self_billed_sale(tmp_path: Path) -> None:
    made = books(
        tmp_path, sold(1, "100"), sold(1, "40", "s", type="389"),
        ubl("70", issued="2025-01-05", seller=FROM_YOU, buyer=TO_ME),
        ubl("20", issued="2025-01-06", seller=FROM_YOU, buyer=TO_ME, number="c", **NOTE),
        ubl("30", issued="2025-01-07", seller=FROM_YOU, buyer=TO_ME, number="d", type="389"),
    )  # fmt: skip
    assert values(made, "sales") == {"2025-01": 140}
    assert values(made, "purchases") == {"2025-01": 80}


def test_what_is_not_counted_is_named(tmp_path: Path) -> None:
    made = books(
        tmp_path,
        sold(1, "100", "a"),
        sold(1, "100", "a").replace(b"<cbc:ID>1<", b"<cbc:ID>9<"),
        sold(1, "999", "a"),
        sold(1, "5", "pro", type="325"),
        sold(1, "5", "self", buyer=TO_ME),
        sold(1, "5", "foreign", seller=FROM_YOU, buyer=TO_OTHER),
        sold(1, "5", "usd", currency="USD"),
    )
    assert values(made, "sales") == {"2025-01": 100}
    twice = "the same invoice as p000.xml (seller, number, date and type), counted once"
    assert sorted((r.file[:4], r.why) for r in made.rejected) == [
        ("p001", twice),
        ("p002", f"{twice}; it says something else, though: 999 EUR, not 100"),
        ("p003", "a proforma invoice is no sale"),
        ("p004", "seller and buyer are the same firm"),
        ("p005", f"your firm ({ME}) is neither seller nor buyer"),
        ("p006", "it is in USD; the figures are in EUR and are not mixed"),
    ]
    assert made.notes == ["1 documents in USD stand apart: 5 in all"]


def test_numbers_that_start_again_each_year_are_no_duplicates(tmp_path: Path) -> None:
    papers = [ubl("10", issued=f"202{y}-01-05", number="1") for y in (3, 4, 5)]
    assert sum(v or 0 for v in values(books(tmp_path, *papers), "sales").values()) == 30


@pytest.mark.parametrize(
    ("other", "noted"),
    [
        ({"issued": "2025-01-12"}, True),
        ({"issued": "2025-04-30"}, False),
        ({"issued": "2025-01-12", "buyer": TO_OTHER}, False),
        ({"issued": "2025-01-12", "type": "384"}, False),
        ({"issued": "2025-01-12", **NOTE}, False),
    ],
)
def test_a_number_that_comes_again_soon_is_told_and_counts(
    other: dict[str, Any], noted: bool, tmp_path: Path
) -> None:
    """An invoice sent anew, corrected: nothing in it tells which one stands."""
    made = books(tmp_path, ubl("10", issued="2025-01-05"), ubl("30", **other), own=ME)
    assert sum(v or 0 for v in values(made, "sales").values()) == (-20 if "root" in other else 40)
    assert [n.split(":")[0] for n in made.notes] == (["p001.xml"] if noted else [])


@pytest.mark.parametrize(("many", "currency"), [(1, "EUR"), (2, "USD")])
def test_the_currency_most_used_is_that_of_the_figures(
    tmp_path: Path, many: int, currency: str
) -> None:
    dollars = [sold(1, "7", f"u{n}", currency="USD") for n in range(many)]
    made = books(tmp_path, sold(1), *dollars)
    assert (made.currency, named(made, "sales").unit) == (currency, currency)


ADVANCE: dict[str, Any] = {"type": "386", "gross": "242"}


@pytest.mark.parametrize(
    ("advance", "final", "february", "noted"),
    [
        (ADVANCE, {"prepaid": "242", "corrects": ("n1",)}, 800, False),
        (ADVANCE, {"prepaid": "242"}, 800, False),
        (ADVANCE, {"prepaid": "100", "corrects": ("n1",)}, 800, False),
        (ADVANCE, {"prepaid": "500"}, 1000, True),
        ({"gross": "242"}, {"prepaid": "242"}, 1000, True),
        (ADVANCE, {"prepaid": "242", "buyer": TO_OTHER}, 1000, True),
        (ADVANCE, {"prepaid": "-5"}, 1000, False),
        (ADVANCE, {}, 1000, False),
    ],
)
def test_an_advance_is_not_sold_twice(
    tmp_path: Path, advance: dict[str, Any], final: dict[str, Any], february: int, noted: bool
) -> None:
    made = books(tmp_path, sold(1, "200", **advance), sold(2, "1000", gross="1210", **final))
    assert values(made, "sales") == {"2025-01": 200, "2025-02": february}
    assert values(made, "invoices") == {"2025-01": 1, "2025-02": 1}
    assert bool(made.notes) is noted
