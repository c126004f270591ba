"""Which column is what, in a table in which time runs down: dates, figures, keys, D or C."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from baken.signals.read.asked import date_column, name_of
from baken.signals.read.grid import Cell, kind_of_cell, text_of, year_in
from baken.signals.read.layout import Desk, Table
from baken.signals.read.make import title_of, under, unit_of
from baken.signals.read.numbers import is_missing
from baken.signals.read.periods import frequency_of, month_named, quarter_named
from baken.signals.read.running import RUNNING, plain_name
from baken.signals.read.words import COUNTED, bad_of, is_total, words_in
from baken.signals.series import Bad

DATES = frozenset(
    "datum date dag day jour maand month mois periode period week semaine kwartaal quarter"
    " trimestre jaar year annee boekjaar factuurdatum boekdatum boekingsdatum verrichtingsdatum"
    " uitvoeringsdatum verkoopdatum besteldatum".split()
)
YEARS = frozenset("jaar year annee boekjaar an".split())
PARTS = {
    "month": frozenset("maand month mois".split()),
    "quarter": frozenset("kwartaal quarter trimestre".split()),
    "week": frozenset("week semaine".split()),
}
LATER = frozenset(
    "vervaldatum vervaldag due echeance valutadatum valuta betaaldatum betaald paid payment"
    " paiement geboortedatum aangemaakt created gewijzigd modified value tot until end einde"
    " einddatum fin".split()
)
"""Words of dates that are not the day on which something happened."""
CODES = frozenset(
    "nr nummer number numero num id code postcode zip ref referentie reference volgnummer volgnr"
    " rekening rekeningnummer account compte iban telefoon phone gsm btwnummer ondernemingsnummer"
    " factuurnummer klantnummer artikelnummer klantnr factuurnr grootboekrekening dagboek lijn line"
    " rij row".split()
)
RATES = frozenset(
    "saldo balance solde prijs price prix stukprijs eenheidsprijs tarief percentage percent pct"
    " korting btw tva vat koers".split()
)
"""Figures that can't be added up over rows."""
FIRMS = frozenset("firm firma bedrijf onderneming entreprise company vennootschap".split())
COUNTING = frozenset("aantal count number nombre n".split())
VAGUE = COUNTING | frozenset("bedrag waarde totaal amount value total montant valeur som".split())
"""Headings that say nothing: what it is, stands in the title or the name of the file."""
GROSS = frozenset("incl inclusief tvac ttc bruto gross".split())
WITHOUT_VAT = frozenset("excl exclusief exclus htva ht".split())
NET = WITHOUT_VAT | {"netto", "net"}
BOUGHT = frozenset(
    "aankoop aankopen inkoop inkopen inkoopfacturen aankoopfacturen leverancier leveranciers achat"
    " achats fournisseur fournisseurs purchase purchases supplier suppliers kost kosten cost costs"
    " uitgaven depenses expenses".split()
)
"""Words that tell that amounts are paid, and not earned."""
DEBIT = re.compile(r"d|dr|db|debet|debit|af|uit|-", re.I)
CREDIT = re.compile(r"c|cr|credit|bij|in|\+", re.I)
CURRENCY_CODE = re.compile(r"[A-Za-z]{3}|[€$£]")
MAX_FIRMS = 2_000
SERIAL = (20_000, 60_000)
"""Days as spreadsheets number them: from 1954 to 2064."""


@dataclass
class Roles:
    """The columns by what they are; ``part`` is that of months beside a column of years."""

    date: int
    part: int | None = None
    values: list[int] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    firm: int | None = None
    flag: int | None = None
    currency: int | None = None
    names: dict[int, str] = field(default_factory=dict)


def roles_of(table: Table, desk: Desk) -> Roles | None:
    """The roles; None when there is no date, or something must be asked first."""
    kinds = {at: _kinds(table, at) for at in range(len(table.names))}
    dates = [at for at, found in kinds.items() if _is_date(table, at, found)]
    numbered = [at for at in dates if _numbers_things(table, at)]
    if any("period" in kinds[at] for at in dates if at not in numbered):
        dates = [at for at in dates if at not in numbered]
        kinds |= {at: ["text"] * len(kinds[at]) for at in numbered}
    pair = _pair(table)
    if pair:
        roles = Roles(pair[0], pair[1])
    else:
        if len(dates) > 1:
            plain = [at for at in dates if not LATER & set(words_in(table.names[at]))]
            dates = plain or dates
        if len(dates) > 1:
            chosen = date_column(dates, table, desk)
            dates = [chosen] if chosen is not None else []
            if not dates:
                return None
        if not dates:
            why = "there is no column of dates, months or years"
            desk.aside.add(table.header_line, f"{table.sheet}: {why}" if table.sheet else why)
            return None
        roles = Roles(dates[0])
    taken = {roles.date, roles.part}
    for at, found in kinds.items():
        if at not in taken:
            if found:
                _place(table, at, found, roles, desk)
            _lost(table, at, found, roles, desk)
    return roles if _named(table, roles, desk) else None


def _kinds(table: Table, at: int) -> list[str]:
    return [k for _, c in table.column(at) if (k := kind_of_cell(c)) != "empty"]


def is_code(name: str) -> bool:
    """Whether a heading names a number that tells things apart, and measures nothing."""
    words = words_in(name)
    return bool(CODES & set(words)) or any(w.endswith(("nummer", "nr")) for w in words)


def _is_date(table: Table, at: int, kinds: list[str]) -> bool:
    if not kinds or is_code(table.names[at]):
        return False
    if kinds.count("period") >= 0.7 * len(kinds):
        return True
    cells = [c for _, c in table.column(at) if text_of(c)]
    years = [y for c in cells if (y := year_in(c)) is not None]
    words = set(words_in(table.names[at]))
    if len(years) == len(cells) and (words & YEARS or (at == 0 and not words)):
        return True
    if not words & DATES:
        return False
    if sum(is_serial(c) for c in cells) > 0.7 * len(cells):
        return True
    found = frequency_of(text_of(c) for c in cells)
    return found is not None and (found != "position" or bool(words & {"periode", "period"}))


def _numbers_things(table: Table, at: int) -> bool:
    """Whether a column only looks like quarters or months: customers K1 and K2, somebody Jan."""
    texts = [text_of(c) for _, c in table.column(at)]
    periods = [t for t in texts if kind_of_cell(t) == "period"]
    words = set(words_in(table.names[at]))
    bare = all(quarter_named(t) or month_named(t) for t in periods)
    return bool(words and periods) and not words & DATES and bare


def is_serial(cell: Cell) -> bool:
    """Whether a cell can be a day as a spreadsheet numbers it."""
    text = text_of(cell)
    return text.isdigit() and text.isascii() and SERIAL[0] <= int(text[:9]) <= SERIAL[1]


def _pair(table: Table) -> tuple[int, int] | None:
    """A column of years with one of months, quarters or weeks."""
    years = [at for at, n in enumerate(table.names) if set(words_in(n)) & YEARS]
    for words in PARTS.values():
        parts = [at for at, n in enumerate(table.names) if set(words_in(n)) & words]
        for at in parts:
            cells = [c for _, c in table.column(at) if text_of(c)]
            if years and at not in years and all(part_of(c) for c in cells):
                return years[0], at
    return None


def part_of(cell: Cell) -> int | None:
    """The number of a month, quarter or week that stands without its year."""
    text = text_of(cell)
    if text.isdigit() and text.isascii() and 1 <= int(text[:4]) <= 53 and len(text) < 3:
        return int(text)
    return month_named(text) or quarter_named(text)


def _place(table: Table, at: int, kinds: list[str], roles: Roles, desk: Desk) -> None:
    name = table.names[at]
    words = set(words_in(name))
    figures = kinds.count("number") + kinds.count("wrong")
    texts = {text_of(c) for _, c in table.column(at) if text_of(c)}
    if all(DEBIT.fullmatch(t) or CREDIT.fullmatch(t) for t in texts):
        roles.flag = at
    elif {"valuta", "munt", "currency", "devise", "devies", "munteenheid"} & words and all(
        CURRENCY_CODE.fullmatch(t) for t in texts
    ):
        roles.currency = at
    elif kinds.count("period") > figures:
        pass
    elif figures * 2 < len(kinds) and words & FIRMS and len(texts) <= MAX_FIRMS:
        roles.firm = at
    elif figures * 2 < len(kinds):
        roles.keys.append(at)
    elif is_total(name) or (RUNNING.search(name) and plain_name(name) in table.names):
        roles.totals.append(at)
    elif is_code(name) or name.strip() in ("#", "%"):
        desk.aside.note(table.header_line, f"the column '{name[:40]}' holds codes, left out")
    else:
        roles.values.append(at)


def _lost(table: Table, at: int, kinds: list[str], roles: Roles, desk: Desk) -> None:
    """Names a column that is not used and looks as if figures were meant."""
    name = table.names[at][:40]
    texts = [text_of(c) for _, c in table.column(at) if text_of(c)]
    if not name or at in {*roles.values, *roles.totals, roles.firm, roles.flag, roles.currency}:
        return
    odd = [t for t in texts if kind_of_cell(t) == "empty" and not is_missing(t)]
    if kinds.count("period") > len(kinds) / 2:
        desk.aside.note(table.header_line, f"the column '{name}' holds other dates, left out")
    elif odd or ("number" in kinds and at in roles.keys and not is_code(name)):
        example = (odd or [t for t in texts if kind_of_cell(t) == "text"])[0]
        why = f"the column '{name}' holds more text ({example[:20]}) than figures, left out"
        desk.aside.add(table.header_line, why)


def _named(table: Table, roles: Roles, desk: Desk) -> bool:
    """Sees that each figure has a name; False when one must be asked first."""
    if not roles.values:
        roles.values, roles.totals = roles.totals, []
    for at in roles.totals:
        desk.aside.note(
            table.header_line, f"the column '{table.names[at][:40]}' is a total, left out"
        )
    bare = [at for at in roles.values if not table.names[at]]
    fine = True
    title = title_of(table)
    for at in roles.values:
        roles.names[at] = under(title, table.names[at])
    if len(roles.values) == 1 and not bare and bad_of(title) != "both":
        (at,) = roles.values
        words = set(words_in(unit_of(table.names[at])[0]))
        if words <= COUNTING or (words <= VAGUE and not COUNTED & set(words_in(title))):
            roles.names[at] = title
    if len(bare) == 1 and len(roles.values) == 1 and (table.titles or bad_of(title) != "both"):
        roles.names[bare[0]] = title
        return True
    for at in bare:
        example = next((text_of(c) for _, c in table.column(at) if text_of(c)), "")
        told = name_of(at, example[:20], table, desk)
        if told is None:
            fine = False
        elif told == "ignore":
            roles.values.remove(at)
        else:
            roles.names[at] = told
    return fine and bool(roles.values or not bare)


def is_vague(name: str) -> bool:
    """Whether a heading says nothing of what its figures are: ``Bedrag excl. btw``."""
    words = set(words_in(unit_of(name)[0]))
    return bool(words) and words <= VAGUE | NET | GROSS | {"btw", "tva", "vat"}


def bad_under(table: Table, name: str) -> Bad:
    """Which way is bad for figures of which the heading says nothing: as the title says, else an
    amount without VAT is of sales, where no word tells of purchases."""
    told = bad_of(title_of(table))
    if told != "both" or not WITHOUT_VAT & set(words_in(name)):
        return told
    texts = (table.file, table.sheet, *table.titles, *table.names)
    return "both" if BOUGHT & {w for t in texts for w in words_in(t)} else "down"


def serial_day(cell: Cell) -> int:
    """The ordinal of a day as a spreadsheet numbers it."""
    return int(Decimal(text_of(cell))) + 693_594
