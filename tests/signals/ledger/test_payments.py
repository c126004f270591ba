"""How long customers may take to pay, and how long they take."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from baken.signals.read.payments import Payment
from tests.signals.ledger.papers import books, values
from tests.signals.read.ubl import ubl


def test_days_to_due(tmp_path: Path) -> None:
    papers = [
        ubl(issued="2025-01-10", due="2025-02-09", number="a"),
        ubl(issued="2025-01-20", due="2025-01-30", number="b"),
        ubl(issued="2025-01-21", due="2025-01-01", number="c"),
        ubl(issued="2025-03-01", due="2025-03-31", number="d"),
    ]
    made = books(tmp_path, *papers)
    assert values(made, "days_to_due") == {"2025-01": 20, "2025-02": None, "2025-03": 30}


REFERENCE = (
    "<cac:PaymentMeans><cbc:PaymentID>+++091/0000/12345+++</cbc:PaymentID></cac:PaymentMeans>"
)


MARCH = date(2025, 3, 11)


@pytest.mark.parametrize(
    ("said", "paid", "days"),
    [
        ("091000012345", [("121", MARCH)], 60),
        ("+++091/0000/12345+++", [("121", MARCH)], 60),
        ("betaling 091/0000/12345", [("121", MARCH)], 60),
        ("factuur F-2025/12, dank", [("121", MARCH)], 60),
        ("f202512", [("121", MARCH)], 60),
        ("F2025-12 en F2025-13", [("500", MARCH)], 60),
        ("F2025-12 091000012345", [("121", MARCH)], 60),
        ("F2025-12", [("60", MARCH), ("61", date(2025, 3, 13))], 62),
        ("F2025-12 min 2 % contant", [("118.58", MARCH)], 60),
        ("F2025-12", [("60", MARCH)], None),
        ("F2025-123", [("121", MARCH)], None),
        ("huur", [("121", MARCH)], None),
        ("F2025-12", [("121", date(2025, 1, 9))], None),
        ("F2025-12", [("121", date(2027, 3, 11))], None),
        ("F2025-12", [("-121", MARCH)], None),
    ],
)
def test_a_payment_is_that_of_the_invoice_which_it_names(
    said: str, paid: list[tuple[str, date]], days: int | None, tmp_path: Path
) -> None:
    papers = [
        ubl("100", gross="121", issued="2025-01-10", number="F2025-12", before=REFERENCE),
        ubl("100", gross="121", issued="2025-03-20", number="other"),
    ]
    payments = [Payment(day, Decimal(much), "EUR", said) for much, day in paid]
    made = books(tmp_path, *papers, payments=payments)
    found = [s for s in made.monthly if s.id == "days_to_payment"]
    if days is None:
        assert found == []
    else:
        assert (found[0].values, found[0].weights) == ((None, None, days), (0, 0, 1))


def test_a_short_number_counts_with_the_amount_alone(tmp_path: Path) -> None:
    papers = [ubl("100", gross="121", issued="2025-01-10", number="12")]
    papers += [ubl("100", gross="121", issued="2025-03-20", number="other")]
    for much, found in (("121", True), ("130", False)):
        payments = [Payment(MARCH, Decimal(much), "EUR", "12 taarten")]
        made = books(tmp_path, *papers, payments=payments)
        assert any(s.id == "days_to_payment" for s in made.monthly) == found
