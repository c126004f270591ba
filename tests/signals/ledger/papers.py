"""Invoices of an invented bakery, and the books that are made of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from baken.signals.ledger import Ledger, ledger
from baken.signals.read.store import Store
from baken.signals.series import Series
from tests.signals.read.ubl import BUYER, OTHER, SELLER, party, put, ubl

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
