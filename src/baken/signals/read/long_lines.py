"""The lines of a long form: its header, and each row taken in or told why not."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite

from baken.signals.read.numbers import MAX_NUMBER, Mark, Style, is_missing, read_number
from baken.signals.read.periods import readings
from baken.signals.read.source import Aside
from baken.signals.series import Bad

COLUMNS = ("firm", "series", "period", "value", "unit", "bad")
DELIMITERS = ",;\t|"
BADS: dict[str, Bad] = {"down": "down", "up": "up", "both": "both"}
LIMIT = float(MAX_NUMBER)


def heading(line: str) -> tuple[str, list[str]] | None:
    """The delimiter and the columns when a line is the header of a long form."""
    for mark in DELIMITERS:
        names = [n.strip().strip('"').strip().lower() for n in line.split(mark)]
        if {"period", "value"} <= set(names):
            return mark, names
    return None


@dataclass(slots=True)
class Rows:
    periods: list[str] = field(default_factory=list)
    values: list[float | None] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    unit: str = ""
    bad: Bad | None = None


@dataclass
class Pass:
    """One pass over the lines with one decimal sign."""

    mark: Mark
    aside: Aside
    style: Style = field(default_factory=Style)
    rows: dict[tuple[str, str], Rows] = field(default_factory=dict)


def take_line(
    found: Pass,
    cells: list[str] | None,
    width: int,
    place: Mapping[str, int],
    at: int,
) -> str | None:
    """Takes one line in, or tells why not."""
    if cells is None:
        return "a quote is not closed"
    if len(cells) > width and not any(c.strip() for c in cells[width:]):
        cells = cells[:width]
    if len(cells) > width:
        return (
            f"{len(cells)} cells, and the header has {width}; a value that holds the delimiter"
            " stands between quotes"
        )
    if len(cells) <= max(place["period"], place["value"]):
        return f"{len(cells)} cells, and the header has {width}"
    cells += [""] * (width - len(cells))
    firm, series, period, value, unit, bad = (
        cells[place[n]].strip() if n in place else "" for n in COLUMNS
    )
    if not firm and "firm" in place:
        return "there is no firm"
    if not series and "series" in place:
        return "there is no series"
    if not readings(period):
        return (
            f"'{period[:40]}' is no period; expected a day as 2024-05-31, a week as 2024-W05, a"
            " month as 2024-05, a quarter as 2024-Q1, a year, or a whole number"
        )
    amount: float | None = None
    if not is_missing(value):
        amount = _amount(found, value)
        if amount is None:
            return f"'{value[:40]}' is no number; expected one such as 1234.5"
    rows = found.rows.get((firm, series)) or found.rows.setdefault((firm, series), Rows())
    if unit and rows.unit and unit != rows.unit:
        return f"the unit is {unit[:20]}, and the series is in {rows.unit[:20]}; one unit a series"
    if bad:
        said = BADS.get(bad.lower())
        if said is None:
            return f"bad is '{bad[:20]}'; expected down, up or both"
        if rows.bad and said != rows.bad:
            return f"bad is {said}, and was {rows.bad} earlier in the series"
        rows.bad = said
    rows.unit = rows.unit or unit
    rows.periods.append(period)
    rows.values.append(amount)
    rows.lines.append(at)
    return None


def cells_of(line: str, delimiter: str) -> list[str] | None:
    """The cells of a line; None where a quote is not closed."""
    if '"' not in line:
        return line.split(delimiter)
    if line.count('"') % 2:
        return None
    return next(csv.reader([line], delimiter=delimiter))


def _amount(found: Pass, text: str) -> float | None:
    style = found.style
    if found.mark == "." and (text[-4:-3] != "." or style.dot or style.dot_doubt):
        try:
            value = float(text)
        except ValueError:
            pass
        else:
            if "." in text and (text[-4:-3] != "." or text.lstrip("+-")[0] in "0."):
                style.dot = True
            return value if isfinite(value) and abs(value) <= LIMIT and "_" not in text else None
    if style.see(text) is None:
        return None
    decimal = read_number(text, found.mark)
    return None if decimal is None else float(decimal)
