"""From documents to series: each once, on the right side, in one currency, as known then."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from baken.kernel.errors import BakenError
from baken.signals.ledger import Ledger, ledger, read_invoices
from baken.signals.ledger.customers import lost_on
from baken.signals.ledger.periods import first_day, index, label, last_complete
from baken.signals.read.payments import Payment
from baken.signals.read.store import Store
from baken.signals.series import Series
from tests.signals.read.ubl import BUYER, OTHER, SELLER, line, party, put, ubl

ME = "1999.000.150"
END = date(2025, 12, 31)
NOTE: dict[str, Any] = {"root": "CreditNote", "type": "381"}
TO_ME = party("AccountingCustomerParty", SELLER, "Bakkerij Verzonnen")
TO_OTHER = party("AccountingCustomerParty", OTHER, "Café Nergens")
FROM_YOU = party("AccountingSupplierParty", BUYER, "Molen Fantasie")
FROM_OTHER = party("AccountingSupplierParty", OTHER, "Café Nergens")


def books(
    tmp_path: Path, *papers: bytes, as_of: date = END, own: str | None = ME, **more: Any
) -> Ledger:
    folder = put(tmp_path / "in", **{f"p{at:03d}_xml": data for at, data in enumerate(papers)})
    with Store() as store:
        store.read([folder], workers=1)
        return ledger(store, as_of, own, **more)


def named(made: Ledger, id: str, weekly: bool = False) -> Series:
    return next(s for s in (made.weekly if weekly else made.monthly) if s.id == id)


def values(made: Ledger, id: str) -> dict[str, float | None]:
    one = named(made, id)
    return dict(zip(one.periods, one.values, strict=True))


def sold(month: int, net: str = "100", number: str = "", **more: Any) -> bytes:
    day = f"2025-{month:02d}-10"
    return ubl(net, issued=day, due="", number=number or f"n{month}", **more)


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


def test_share_of_the_largest_is_taken_over_a_year(tmp_path: Path) -> None:
    papers = [sold(m, "60", f"a{m}") for m in range(1, 13)]
    papers += [sold(m, "40", f"b{m}", buyer=TO_OTHER) for m in range(1, 13)]
    made = books(tmp_path, *papers)
    shares = values(made, "share_largest")
    assert [shares[f"2025-{m:02d}"] for m in (5, 6, 12)] == [None, 0.6, 0.6]
    assert named(made, "share_largest").weights[-1] == 1200
    assert set(values(made, "share_five").values()) == {None, 1.0}


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
