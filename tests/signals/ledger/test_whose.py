"""Whose invoices they are, and names that stay out of the figures."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from baken.kernel.errors import BakenError
from baken.signals.ledger import read_invoices
from tests.signals.ledger.papers import (
    END,
    FROM_OTHER,
    FROM_YOU,
    ME,
    TO_ME,
    TO_OTHER,
    books,
    named,
    sold,
    values,
)
from tests.signals.read.ubl import line, party, put


def test_own_side_is_the_party_most_often_there(tmp_path: Path) -> None:
    made = books(tmp_path, sold(1), sold(1, buyer=TO_OTHER, number="b"), own=None)
    assert (made.own, made.own_name) == (ME, "Bakkerij Verzonnen")


@pytest.mark.parametrize(
    "own", ["BE 1999.000.150", "1999000150", "1999.000.150", "0208:1999000150", "9925:BE1999000150"]
)
def test_own_side_in_any_form(tmp_path: Path, own: str) -> None:
    assert books(tmp_path, sold(1), own=own).own == ME


@pytest.mark.parametrize(
    ("own", "problem"),
    [
        (None, "2 parties stand equally often"),
        ("1999000447", "is a party to none of the invoices"),
        ("1999000151", "its check digits are wrong"),
    ],
)
def test_when_it_is_not_clear_whose_they_are(tmp_path: Path, own: str | None, problem: str) -> None:
    with pytest.raises(BakenError, match=problem) as error:
        books(tmp_path, sold(1), own=own)
    assert error.value.path == "own"


def test_names_of_customers_stand_in_no_series_and_letters_stay(tmp_path: Path) -> None:
    papers = [sold(m, "60", f"a{m}") for m in range(1, 13)]
    papers += [sold(m, "40", f"b{m}", buyer=TO_OTHER) for m in range(2, 13)]
    made = books(tmp_path, *papers)
    assert made.names == {"klant-a": "Hotel Luchtkasteel", "klant-b": "Café Nergens"}
    assert values(made, "sales.klant-b")["2025-01"] == 0
    assert values(made, "sales.klant-a")["2025-12"] == 60
    assert named(made, "sales.klant-a").name == "Verkoop aan klant A"
    for word in ("Luchtkasteel", "Nergens", "249", "348"):
        assert word not in str([*made.monthly, *made.weekly])


def last_day(month: int) -> date:
    return date(2025, month, monthrange(2025, month)[1])


def test_letters_stay_whatever_comes_later(tmp_path: Path) -> None:
    """A customer who begins in March overtakes all in September, and one of years ago comes to
    matter: whoever had a letter keeps it, in every later month and without a store."""
    papers = [sold(m, "60", f"a{m}") for m in range(1, 13)]
    papers += [sold(m, "1" if m < 9 else "900", f"b{m}", buyer=TO_OTHER) for m in range(1, 13)]
    third = party("AccountingCustomerParty", "0123456749", "Zaak Drie")
    papers += [sold(m, "50", f"c{m}", buyer=third) for m in range(3, 13)]
    had: dict[str, str] = {}
    for month in range(6, 13):
        now = books(tmp_path, *papers, as_of=last_day(month)).names
        assert now | had == now, month
        had = now
    assert list(had.values()) == ["Hotel Luchtkasteel", "Zaak Drie", "Café Nergens"]


def test_letters_of_suppliers_and_articles_stay_too(tmp_path: Path) -> None:
    """A dear article that is bought from April on is followed first; its letter is the second."""
    papers = []
    for m in range(1, 13):
        more: dict[str, Any] = {"seller": FROM_YOU, "buyer": TO_ME}
        papers.append(sold(m, "10", f"a{m}", lines=line("MEEL", "10", "1"), **more))
        if m > 3:
            more["seller"] = FROM_OTHER
            papers.append(sold(m, "900", f"b{m}", lines=line("OVEN", "1", "900"), **more))
    names = {m: books(tmp_path, *papers, as_of=last_day(m)).names for m in (7, 12)}
    assert set(names[7]) == {"leverancier-a", "leverancier-a.artikel-a"}
    assert names[12] | names[7] == names[12]
    assert names[12]["leverancier-b"] == "Café Nergens"


def test_reading_asks_whose_invoices_they_are(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a_xml=sold(1), b_pdf=b"x")
    reading = read_invoices([folder], END)
    assert reading.series == []
    assert [q["id"] for q in reading.questions] == ["own"]
    assert reading.questions[0]["choices"] == [
        {"value": ME, "text": "Bakkerij Verzonnen"},
        {"value": "1999.000.249", "text": "Hotel Luchtkasteel"},
    ]
    reading = read_invoices([folder], END, ME)
    assert [r.file for r in reading.rejected] == ["b.pdf"]
    weekly = read_invoices([folder], END, ME, weekly=True).series
    assert {s.frequency for s in weekly} == {"week"}


def test_reading_where_nothing_could_be_read(tmp_path: Path) -> None:
    reading = read_invoices([put(tmp_path / "in", b_pdf=b"x")], END)
    assert (reading.series, len(reading.rejected)) == ([], 1)
    with pytest.raises(BakenError, match="no invoice that could be read"):
        read_invoices([put(tmp_path / "empty")], END)
