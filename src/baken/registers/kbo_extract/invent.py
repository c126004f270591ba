"""One invented enterprise with its dirt: what it is called, where it is, what it does.

Each enterprise follows from the seed, its place in the list and its version alone, so that an
update can tell the old state of any of them without reading the full extract again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random

from baken.registers import bridge, nace
from baken.registers.kbo_extract.layout import printed, with_check
from baken.registers.text import rows

MOST_ESTABLISHMENTS = 8
MOST_ACTIVITIES = 957
"""The most rows of activities that one enterprise has in the real extract."""
_TRADES = tuple(
    "Bakkerij Slagerij Garage Kapsalon Schrijnwerkerij Drukkerij Brasserie Tuinaanleg Elektro "
    "Boulangerie Boucherie Menuiserie Coiffure Toitures Peinture Immo Consulting Trading Invest "
    "Logistics Bouw Metaal Textiel Optiek Apotheek Fietsen Bloemen Traiteur Interieur".split()
)
_HEADS = tuple(
    "ba be bo bra da de do du fa fe ga go ha he ka ki ko la le lo ma me mi mo na ne".split()
)
_MIDS = tuple(
    "ba do fe ga ke la li lo ma mi na ne ni pe ra re ri ro sa se ta te ti to va ve vi".split()
)
_ENDS = tuple(
    "ers ens ans aert inck mans ets ois ard aux ier elle is ka ley ne ven dt ghe ck".split()
)
_ODD = (
    'De "Gouden" {0}', "{0}, {1} & Zonen", "L'Étoile d'{0}", "Café {0} à la Crème", "{0} Łódź",
    "{0} Бг", "{0} 東京", "=cmd({0})", "<b>{0}</b>", "{0}\u202e{1}", "  {0}   {1}  ",
    "{0}; {1}", "'t {0}ke", "{0}/{1}", "{0}\t{1}", "Ets. {0} et Fils", "{0} (in vereffening)",
    '"{0}"', 'Vzw "{1}", {0}', "{0} \U0001f35e",
)  # fmt: skip
_FORMS = (
    ("610",) * 12 + ("015",) * 6 + ("014",) * 3 + ("017",) * 3 + ("008", "612", "011", "999", "")
)
_ABROAD = (
    ("Nederland", "Pays-Bas", "4811 AB", "Breda"),
    ("Frankrijk", "France", "59000", "Rijsel"),
)


@dataclass
class Invented:
    """The rows of one enterprise per table, without the line ends."""

    enterprise: list[tuple[str, ...]] = field(default_factory=list)
    establishment: list[tuple[str, ...]] = field(default_factory=list)
    denomination: list[tuple[str, ...]] = field(default_factory=list)
    address: list[tuple[str, ...]] = field(default_factory=list)
    activity: list[tuple[str, ...]] = field(default_factory=list)


@cache
def _codes() -> tuple[tuple[str, str], ...]:
    """Codes of 2008 with their first one of 2025."""
    return tuple((c, bridge.bridge(c, "2008", "2025").codes[0]) for c in nace.leaf_codes("2008"))


@cache
def _places() -> tuple[tuple[str, str, str], ...]:
    return tuple((code, nl or fr, fr or nl) for code, _, nl, fr in rows("postal_codes.csv"))


@cache
def _old_codes() -> tuple[str, ...]:
    return nace.leaf_codes("2003")


class Inventor:
    """Enterprises number 0 to ``size`` and on (updates add some) of one seed."""

    def __init__(self, size: int, seed: int, snapshot: date) -> None:
        self._seed = seed
        self._step = max(1, 7_900_000 // max(1, size))
        self._latest = snapshot.toordinal()
        self._rng = Random()  # noqa: S311

    def number(self, at: int) -> str:
        """The number of enterprise ``at``."""
        return printed(with_check(2_000_000 + at * self._step))

    def establishment_number(self, at: int, nth: int) -> str:
        return printed(with_check(20_000_000 + at * MOST_ESTABLISHMENTS + nth))

    def enterprise(self, at: int, version: int = 0) -> Invented:
        """All rows of enterprise ``at``; another ``version`` is its state after a change."""
        rng = self._rng
        rng.seed((self._seed * 7 + version) * 1_000_003 + at)
        out = Invented()
        number = self.number(at)
        natural = rng.random() < 0.4
        start = self._day(rng)
        out.enterprise.append(
            (
                number,
                "ST" if rng.random() < 0.02 else "AC",
                "000" if rng.random() < 0.94 else rng.choice(("012", "050", "014", "777")),
                "1" if natural else "2",
                "" if natural else rng.choice(_FORMS),
                "" if rng.random() < 0.9 else rng.choice(("612", "610", "017")),
                start,
            )
        )
        self._names(rng, out, number, natural)
        numbers = [number]
        for nth in range(_how_many(rng)):
            unit = self.establishment_number(at, nth)
            numbers.append(unit)
            out.establishment.append((unit, self._day(rng), number))
            if rng.random() < 0.25:
                trade = f"{rng.choice(_TRADES)} {_name(rng)}"
                out.denomination.append((unit, rng.choice("0222"), "003", trade))
            out.address.append(_address(rng, unit, "BAET"))
        if not natural:
            out.address.append(_address(rng, number, "REGO"))
        self._activities(rng, out, numbers)
        return out

    def _day(self, rng: Random) -> str:
        day = date.fromordinal(self._latest - int(rng.random() ** 2 * 20_000))
        kind = rng.random()
        if kind < 0.985:
            return f"{day.day:02d}-{day.month:02d}-{day.year}"
        if kind < 0.993:
            return day.isoformat()
        if kind < 0.996:
            return f"{day:%d/%m/%Y}"
        if kind < 0.998:
            return "31-02-2019"
        return "" if kind < 0.999 else f"{day + timedelta(days=25_000):%d-%m-%Y}"

    def _names(self, rng: Random, out: Invented, number: str, natural: bool) -> None:
        own = _name(rng)
        lang = rng.choice("2222200013")
        if natural:
            out.denomination.append((number, lang, "001", f"{own} {_name(rng)}"))
        elif rng.random() < 0.04:
            out.denomination.append((number, lang, "001", rng.choice(_ODD).format(own, _name(rng))))
        else:
            out.denomination.append((number, lang, "001", f"{rng.choice(_TRADES)} {own}"))
            if rng.random() < 0.12:
                out.denomination.append((number, lang, "002", own[:4].upper()))
            if rng.random() < 0.15:
                other = "0" if lang == "2" else "2"
                out.denomination.append((number, other, "001", f"{rng.choice(_TRADES)} {own}"))
        if rng.random() < 0.25:
            commercial = f"{rng.choice(_TRADES)} {own}"
            out.denomination.append((number, rng.choice("02234"), "003", commercial))
        if rng.random() < 0.005:
            out.denomination.append(out.denomination[-1])

    def _activities(self, rng: Random, out: Invented, numbers: list[str]) -> None:
        codes, add = _codes(), out.activity.append
        number = numbers[0]
        main = rng.choice(codes)
        kind = rng.random()
        if kind < 0.65:
            add((number, "001", "2025", main[1], "MAIN"))
            if rng.random() < 0.9:
                add((number, "001", "2008", main[0], "MAIN"))
            if rng.random() < 0.1:
                again = rng.choice(codes)
                add((number, "001", "2025", again[1], "MAIN"))
            if rng.random() < 0.15:
                add((number, "001", "2003", rng.choice(_old_codes()), "MAIN"))
            if rng.random() < 0.3:
                staff = main if rng.random() < 0.7 else rng.choice(codes)
                add((number, "006", "2025", staff[1], "MAIN"))
                add((number, "006", "2008", staff[0], "MAIN"))
            if rng.random() < 0.02:
                add((number, "003", "2008", "99998", "MAIN"))
        if kind < 0.92:
            more = min(MOST_ACTIVITIES // 2 - 10, int(rng.paretovariate(0.9) * 1.5))
            for code in rng.choices(codes, k=more):
                add((number, "001", "2025", code[1], "SECO"))
                add((number, "001", "2008", code[0], "SECO"))
        for unit in numbers[1:]:
            if rng.random() < 0.6:
                add((unit, "001", "2025", main[1], "MAIN" if kind < 0.65 else "SECO"))
                add((unit, "001", "2008", main[0], "MAIN" if kind < 0.65 else "SECO"))
                if rng.random() < 0.2:
                    add((unit, "001", "2025", rng.choice(codes)[1], "ANCI"))
        if out.activity and rng.random() < 0.01:
            add(out.activity[0])


def _how_many(rng: Random) -> int:
    kind = rng.random()
    if kind < 0.25:
        return 0
    if kind < 0.87:
        return 1
    return 2 if kind < 0.95 else rng.randint(3, MOST_ESTABLISHMENTS)


def _name(rng: Random) -> str:
    mids = "".join(rng.choices(_MIDS, k=1 + (rng.random() < 0.5)))
    name = (rng.choice(_HEADS) + mids + rng.choice(_ENDS)).capitalize()
    return name.replace("e", "é", 1) if rng.random() < 0.05 else name


def _address(rng: Random, number: str, kind: str) -> tuple[str, ...]:
    house, struck = str(rng.randint(1, 300)), ""
    dirt = rng.random()
    if dirt < 0.02:
        struck = f"0{rng.randint(1, 9)}-03-2019"
    if dirt > 0.98:
        land_nl, land_fr, code, town = rng.choice(_ABROAD)
        return (number, kind, land_nl, land_fr, code, town, town, "Weg", "Weg", house, "", "", "")
    code, nl, fr = rng.choice(_places())
    if 0.02 < dirt < 0.03:
        nl = nl.upper()
    if 0.03 < dirt < 0.035:
        code = "0000"
    return (
        number, kind, "", "", code, nl, fr, "Verzonnenstraat", "Rue Inventée", house, "", "",
        struck,
    )  # fmt: skip
