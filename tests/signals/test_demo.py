"""The invented firms: valid UBL, the same each time, and what was put in comes out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import peppol
import pytest
from stdnum.be import vat

from baken.signals.demo import KINDS, Kind, Plan, Truth, documents, papers, truth, write
from baken.signals.demo.firms import world
from baken.signals.demo.ubl import Item, Paper, xml
from baken.signals.ledger import Ledger, ledger
from baken.signals.read.invoices import read_invoice
from baken.signals.read.store import Store


@pytest.mark.parametrize("kind", KINDS)
def test_the_documents_are_valid_ubl_and_keep_the_rules_of_peppol(kind: Kind) -> None:
    plan = Plan(kind, months=2, credits=0, credits_step=0.2)
    some = list(documents(plan))
    notes = [d for d in some if b"<CreditNote" in d[1]]
    for name, data in [*some[::9], *notes[:5]]:
        valid, errors = peppol.validate_xsd(data)
        assert valid, (name, errors)
        assert [f for f in peppol.check_rules(data) if f.severity == "fatal"] == []
    assert notes


def test_an_advance_its_final_invoice_and_a_pdf_are_valid_too() -> None:
    place = world("metal")
    item = Item("LAS", "Laswerk & meer", "HUR", Decimal(3), Decimal("62.00"))
    day = date(2025, 3, 4)
    final = Paper(
        place.firm, place.customers[0].firm, "F&1", day, day, [item],
        prepaid=Decimal("100.00"), corrects="A1", attachment="QUJD",
    )  # fmt: skip
    advance = Paper(place.firm, place.customers[0].firm, "A1", day, day, [item], type="386")
    for paper in (final, advance):
        data = xml(paper)
        assert peppol.validate_xsd(data)[0]
        assert [f for f in peppol.check_rules(data) if f.severity == "fatal"] == []
    found = read_invoice(xml(final))
    assert (found.number, found.prepaid, found.corrects) == ("F&1", Decimal("100"), ("A1",))
    assert (found.net, found.gross) == (Decimal("186.00"), Decimal("225.06"))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_what_is_read(kind: Kind) -> None:
    for paper in papers(Plan(kind, months=1)):
        found = read_invoice(xml(paper))
        total = sum((i.amount for i in paper.items), Decimal(0))
        assert found.net == (-total if paper.credit else total)
        assert (found.number, found.issued, len(found.lines)) == (
            paper.number, paper.issued, len(paper.items),
        )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_of_firms_have_right_check_digits_and_stand_once(kind: Kind) -> None:
    place = world(kind)
    firms = [place.firm, *(t.firm for t in (*place.customers, *place.suppliers))]
    assert all(vat.is_valid(f.number) for f in firms)
    assert len({f.number for f in firms}) == len(firms)


def test_a_plan_gives_the_same_bytes_and_an_event_changes_nothing_else() -> None:
    plan, gone = Plan("metal", months=4), Plan("metal", months=4, gone=2)
    assert list(documents(plan)) == list(documents(plan))
    left = {n for n, _ in documents(plan)} - {n for n, _ in documents(gone)}
    buyer = world("metal").customers[0].firm
    assert left == {
        f"{p.issued}-{p.seller.number}-{p.number}.xml"
        for p in papers(plan)
        if p.buyer == buyer and p.issued >= date(2024, 3, 1)
    }
    assert set(documents(gone)) <= set(documents(plan))


def made(kind: Kind, folder: Path, **events: Any) -> tuple[Ledger, list[Truth]]:
    plan = Plan(kind, months=24, **events)
    write(plan, folder)
    with Store() as store:
        store.read([folder], workers=1)
        return ledger(store, date(2025, 12, 31)), truth(plan)


@pytest.mark.parametrize("kind", ["bakery", "metal"])
def test_what_was_put_in_shows_in_the_series(kind: Kind, tmp_path: Path) -> None:
    found, told = made(kind, tmp_path, gone=15, price_rise=12, credits=16, credits_step=0.06)
    assert [(t.kind, t.at) for t in told] == [
        ("customer-gone", "2025-04"), ("price-rise", "2025-01"), ("credit-notes", "2025-05"),
    ]  # fmt: skip
    assert found.rejected == []
    assert found.own_name == world(kind).firm.name
    series = {s.id: dict(zip(s.periods, s.values, strict=True)) for s in found.monthly}
    assert all(len(v) == 24 for v in series.values())
    who = next(a for a, n in found.names.items() if n == world(kind).customers[0].firm.name)
    assert all((v == 0) == (m >= "2025-04") for m, v in series[f"sales.{who}"].items())
    assert sum(v or 0 for m, v in series["customers_lost"].items() if m >= "2025-04") >= 1
    good = world(kind).suppliers[0].goods[0].name
    alias = next(a for a, n in found.names.items() if n == good)
    price = series[f"price.{alias}"]
    assert 1.1 < (price["2025-01"] or 0) / (price["2024-12"] or 1) < 1.3
    share = list(series["credit_share"].values())
    assert sum(v or 0 for v in share[16:]) / 8 > sum(v or 0 for v in share[:16]) / 16
