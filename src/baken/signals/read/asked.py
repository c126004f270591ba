"""What a table leaves open: the order of day and month, a year, a name, which column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from baken.kernel.errors import BakenError
from baken.signals.read.day_order import day_order
from baken.signals.read.grid import text_of
from baken.signals.read.layout import YEAR, Desk, Table
from baken.signals.read.numbers import Style
from baken.signals.read.periods import DayOrder
from baken.signals.read.questions import Text, decimal_question, question

NAMES: tuple[tuple[str, Text], ...] = (
    ("sales", ("Omzet of verkoop", "Sales", "Ventes")),
    ("costs", ("Kosten of aankopen", "Costs or purchases", "Coûts ou achats")),
    ("customers", ("Klanten of bezoekers", "Customers or visitors", "Clients ou visiteurs")),
    ("complaints", ("Klachten of retours", "Complaints or returns", "Plaintes ou retours")),
    ("ignore", ("Niet gebruiken", "Do not use", "Ne pas utiliser")),
)


def days_of(texts: Iterable[str], table: Table, desk: Desk) -> DayOrder | None:
    """Whether the day or the month stands first in the dates of a table; None when it was asked."""
    days, asked = day_order(texts, table.label, desk.answers, desk.aside)
    if asked is None:
        return days
    desk.ask(asked)
    return None


def year_of(table: Table, desk: Desk) -> int | None:
    """The year of months that stand without one: from the titles, the sheet or the name of the
    file; else it is asked (None)."""
    known = table.year()
    if known is not None:
        return known
    years = [str(desk.today.year - back) for back in range(6)]
    asked = question(
        table.label,
        "year",
        (
            f"Over welk jaar gaan de maanden in {table.label}?",
            f"Which year are the months in {table.label} of?",
            f"De quelle année sont les mois dans {table.label} ?",
        ),
        [(y, (y, y, y)) for y in years],
    )
    asked["free"] = True
    told = desk.ask(asked)
    if told and not YEAR.fullmatch(told):
        problem = f"'{told[:40]}' is no answer to {asked['id']}"
        raise BakenError(table.label, problem, "a year such as 2024")
    return int(told) if told else None


def name_of(at: int, example: str, table: Table, desk: Desk) -> str | None:
    """The name of a column that has none, told by a person: a choice, or any name. None when it
    was asked; ``ignore`` when the column is not to be used."""
    asked = question(
        table.label,
        f"column-{at + 1}",
        (
            f"Wat staat er in kolom {at + 1} van {table.label} (zoals {example})?",
            f"What is in column {at + 1} of {table.label} (such as {example})?",
            f"Que contient la colonne {at + 1} de {table.label} (comme {example}) ?",
        ),
        NAMES,
    )
    asked["free"] = True
    return desk.ask(asked)


def one_of(what: str, text: Text, columns: Sequence[int], table: Table, desk: Desk) -> int | None:
    """Which of several columns is meant; None when it was asked."""
    choices = [(table.names[c] or str(c + 1), c) for c in columns]
    asked = question(table.label, what, text, [(n, (n, n, n)) for n, _ in choices])
    told = desk.ask(asked)
    return None if told is None else dict(choices)[told]


def date_column(columns: Sequence[int], table: Table, desk: Desk) -> int | None:
    """Which of several columns of dates counts; None when it was asked."""
    text = (
        f"Welke datum telt in {table.label}?",
        f"Which date counts in {table.label}?",
        f"Quelle date compte dans {table.label} ?",
    )
    return one_of("date-column", text, columns, table, desk)


def settle_numbers(table: Table, columns: Iterable[int], desk: Desk) -> bool:
    """Finds the decimal sign of a table from all its figures; False when it was asked."""
    style = Style()
    for at in columns:
        style.see_all(c for _, c in table.column(at) if isinstance(c, str) and c)
    mark = style.mark()
    if mark is None:
        where = _where(table, style.doubt)
        asked, mark = decimal_question(table.label, style.doubt, desk.answers, where)
        if mark is None:
            desk.ask(asked)
            return False
    desk.mark = mark
    return True


def _where(table: Table, figure: str) -> str:
    """The row and the column that a figure stands in, as people read them."""
    for _, cells in table.rows:
        for at, cell in enumerate(cells):
            if isinstance(cell, str) and cell.strip() == figure:
                beside = [text_of(cells[0])] if at else []
                return ", ".join(t[:30] for t in (table.names[at], *beside) if t)
    return ""
