"""Three invented firms: whom they sell to, what, how often, and from whom they buy.

No number here is that of a firm that exists, and no name is that of a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from baken.signals.demo.ubl import Firm, kbo

Kind = Literal["bakery", "metal", "webshop"]
KINDS: tuple[Kind, ...] = ("bakery", "metal", "webshop")


@dataclass(frozen=True)
class Good:
    """What is sold or bought: a middle quantity per line and a price for one unit."""

    code: str
    name: str
    unit: str
    price: str
    quantity: float
    vat: int = 21


@dataclass(frozen=True)
class Trader:
    """A customer or supplier: ``monthly`` is how many invoices a month there are in the middle,
    ``size`` how much larger its orders are than those of others; ``steady`` is on fixed days.
    """

    firm: Firm
    monthly: float
    size: float = 1.0
    steady: bool = True
    goods: tuple[Good, ...] = ()


@dataclass(frozen=True)
class World:
    """A firm with those around it. ``season`` has a factor for each month of the year."""

    firm: Firm
    customers: tuple[Trader, ...]
    suppliers: tuple[Trader, ...]
    goods: tuple[Good, ...]
    season: tuple[float, ...]
    spread: float
    credits: float
    """The share of sales invoices that a credit note follows, when all is well."""


def _firm(serial: int, name: str, postcode: str = "9999", city: str = "Nergenshuizen") -> Firm:
    return Firm(kbo(serial), name, f"Verzonnenstraat {serial % 90 + 1}", postcode, city)


def _suppliers(first: int, *rows: tuple[str, float, float, tuple[Good, ...]]) -> tuple[Trader, ...]:
    return tuple(
        Trader(_firm(first + at, name), monthly, size, True, goods)
        for at, (name, monthly, size, goods) in enumerate(rows)
    )


def _bakery() -> World:
    names = (
        ("Hotel Luchtkasteel", 4.3, 3.0), ("Broodjeszaak De Lege Trommel", 4.3, 1.6),
        ("Rusthuis Avondrust Verzonnen", 4.3, 2.4), ("School De Papieren Pen", 2.0, 1.2),
        ("Café Nergens", 2.0, 0.6), ("Buurtwinkel Fictie", 4.3, 0.8),
        ("Traiteur Denkbeeld", 2.0, 1.0), ("Kantine Bedachte Werken", 2.0, 0.9),
        ("Bistro De Droomtafel", 2.0, 0.7), ("Crèche Wolkenland", 1.0, 0.5),
        ("Frituur Het Verzinsel", 1.0, 0.4), ("Museumcafé Zonder Muren", 1.0, 0.5),
    )  # fmt: skip
    return World(
        _firm(1, "Bakkerij Verzonnen Korst BV"),
        tuple(Trader(_firm(100 + i, n), m, s) for i, (n, m, s) in enumerate(names)),
        _suppliers(
            200,
            ("Molen Fantasie", 2.0, 1.0, (
                Good("T65", "Tarwebloem T65", "KGM", "0.62", 900, 6),
                Good("VOL", "Volkorenmeel", "KGM", "0.71", 350, 6),
            )),
            ("Zuivel Wolkenweide", 4.3, 1.0, (
                Good("BOT", "Boter", "KGM", "6.40", 40, 6),
                Good("MLK", "Volle melk", "LTR", "0.98", 120, 6),
            )),
            ("Stroom uit de Lucht", 1.0, 1.0, (Good("KWH", "Elektriciteit", "KWH", "0.24", 5200),)),
            ("Verpakking Doos en Droom", 1.0, 1.0, (
                Good("ZAK", "Broodzakken", "C62", "0.04", 6000),
            )),
        ),
        (
            Good("BR1", "Groot brood", "C62", "2.35", 60, 6),
            Good("PIS", "Pistolets", "C62", "0.42", 160, 6),
            Good("KOF", "Koffiekoeken", "C62", "1.10", 80, 6),
            Good("TRT", "Taart voor acht", "C62", "17.50", 3, 6),
        ),
        (0.92, 0.97, 1.0, 1.04, 1.03, 1.0, 0.78, 0.94, 1.02, 1.02, 1.03, 1.25),
        0.16,
        0.02,
    )  # fmt: skip


def _metal() -> World:
    names = (
        ("Machinebouw Schijnwereld NV", 3.0, 3.2), ("Trappen en Treden Fictief", 1.4, 1.0),
        ("Stallenbouw De Lege Wei", 1.2, 1.4), ("Poorten Denkbeeldig", 1.6, 0.9),
        ("Brouwerij Het Bedachte Vat", 0.8, 1.2), ("Scheepswerf Droogdok Droom", 0.7, 1.8),
        ("Liften Omhoog Verzonnen", 1.1, 1.1), ("Serres Glas en Gras Fictie", 0.8, 1.0),
        ("Gemeentewerken Nergenshuizen", 0.6, 0.8),
    )  # fmt: skip
    return World(
        _firm(2, "Metaalwerken Schijnstaal BV"),
        tuple(Trader(_firm(300 + i, n), m, s, False) for i, (n, m, s) in enumerate(names)),
        _suppliers(
            400,
            ("Staalhandel Verbeelding", 3.0, 1.0, (
                Good("S235", "Staalplaat S235", "KGM", "0.92", 2600),
                Good("RVS", "Inox 304", "KGM", "3.35", 320),
            )),
            ("Gassen Lucht en Leegte", 1.0, 1.0, (Good("ARG", "Argon", "MTQ", "4.10", 90),)),
            ("Stroom uit de Lucht", 1.0, 1.0, (Good("KWH", "Elektriciteit", "KWH", "0.22", 7400),)),
        ),
        (
            Good("LAS", "Laswerk", "HUR", "62.00", 22),
            Good("SNIJ", "Lasersnijden", "HUR", "95.00", 7),
            Good("PLT", "Plooiwerk", "C62", "14.50", 45),
        ),
        (0.95, 1.0, 1.08, 1.02, 1.0, 1.08, 0.62, 0.72, 1.1, 1.12, 1.08, 0.83),
        0.55,
        0.03,
    )  # fmt: skip


def _webshop() -> World:
    what = ("Bureau", "Atelier", "Winkel", "Praktijk", "Studio", "Kantoor", "Club", "Salon")
    names = (
        "Verzinsel",
        "Fictie",
        "Droomland",
        "Denkbeeld",
        "Luchtbel",
        "Nergens",
        "Schijn",
        "Mist",
    )
    customers = tuple(
        Trader(
            _firm(1000 + i, f"{what[i % 8]} {names[i // 8 % 8]} {i + 1}"),
            1.0 if i < 40 else 0.4,
            1.8 if i < 5 else 0.9,
            False,
        )
        for i in range(110)
    )
    return World(
        _firm(3, "Webwinkel Papieren Vlieger BV"),
        customers,
        _suppliers(
            500,
            ("Groothandel Luchtkasteel", 4.3, 1.0, (
                Good("NOT", "Notitieboeken", "C62", "3.10", 420),
                Good("PEN", "Vulpotloden", "C62", "0.85", 900),
            )),
            ("Pakjesdienst Van Hier Naar Daar", 2.0, 1.0, (
                Good("PAK", "Verzending", "C62", "4.95", 70),
            )),
            ("Doos en Droom", 1.0, 1.0, (Good("DOZ", "Verzenddozen", "C62", "0.48", 600),)),
        ),
        (
            Good("N1", "Notitieboek gelinieerd", "C62", "7.90", 9),
            Good("P1", "Vulpotlood, set", "C62", "11.50", 5),
            Good("K1", "Kalender", "C62", "9.25", 6),
            Good("M1", "Archiefmap", "C62", "4.40", 14),
        ),
        (1.02, 0.93, 0.95, 0.94, 0.96, 0.92, 0.74, 0.9, 1.2, 1.05, 1.14, 1.25),
        0.4,
        0.04,
    )  # fmt: skip


def world(kind: Kind) -> World:
    """The firm of a kind and those around it."""
    return {"bakery": _bakery, "metal": _metal, "webshop": _webshop}[kind]()
