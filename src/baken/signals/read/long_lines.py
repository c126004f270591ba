"""The lines of a long form: its header, and each row taken in or told why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite

from baken.signals.read.numbers import LEAST, MAX_NUMBER, Mark, Style, is_missing, read_number
from baken.signals.read.periods import readings
from baken.signals.read.source import Aside
from baken.signals.series import Bad

COLUMNS = ("firm", "series", "period", "value", "unit", "bad")
TIMES = frozenset("t time index date day week month quarter year timestamp tijd".split())
"""What programs call the period where they don't say so."""
DELIMITERS = ",;\t|"
BADS: dict[str, Bad] = {"down": "down", "up": "up", "both": "both"}
LIMIT, LEAST_FLOAT = float(MAX_NUMBER), float(LEAST)


def heading(line: str) -> tuple[str, list[str]] | None:
    """The delimiter and the columns when a line is the header of a long form."""
    for mark in DELIMITERS:
        names = [n.strip().strip('"').strip().lower() for n in line.split(mark)]
        times = [at for at, n in enumerate(names) if n in TIMES]
        if "period" not in names and len(times) == 1 and len(names) > 1:
            names[times[0]] = "period"
        if {"period", "value"} <= set(names):
            return mark, names
    return None


@dataclass(slots=True)
class Rows:
    """The rows of one series: ``places`` count from 0 all that were ``given``, also those that
    can't be used."""

    periods: list[str] = field(default_factory=list)
    values: list[float | None] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    given: int = 0
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
) -> None:
    """Takes one line in; what can't be used of it is set aside."""
    if cells is None:
        found.aside.add(at, "a quote is not closed")
        if "firm" not in place and "series" not in place and found.rows:
            next(iter(found.rows.values())).given += 1
        return
    if len(cells) > width and not any(c.strip() for c in cells[width:]):
        cells = cells[:width]
    why = ""
    if len(cells) > width:
        why = (
            f"{len(cells)} cells, and the header has {width}; a value that holds the delimiter"
            " stands between quotes"
        )
    elif len(cells) <= max(place["period"], place["value"]):
        why = f"{len(cells)} cells, and the header has {width}"
    cells = [*cells, *[""] * (width - len(cells))]
    firm, series, period, value, unit, bad = [
        cells[place[n]].strip() if n in place else "" for n in COLUMNS
    ]
    rows = found.rows.get((firm, series)) or found.rows.setdefault((firm, series), Rows())
    rows.given += 1
    if not why and not readings(period) and not readings(period, "mdy"):
        why = (
            f"'{period[:40]}' is no period; expected a day as 2024-05-31, a week as 2024-W05, a"
            " month as 2024-05, a quarter as 2024-Q1, a year, or a whole number"
        )
    if why:
        found.aside.add(at, why)
        return
    amount: float | None = None
    if not is_missing(value):
        amount = _amount(found, value)
        if amount is None:
            found.aside.add(at, f"'{value[:40]}' is no number; expected one such as 1234.5")
    if bad:
        _direct(found, rows, bad, at)
    rows.units.append(unit)
    rows.periods.append(period)
    rows.values.append(amount)
    rows.lines.append(at)
    rows.places.append(rows.given - 1)


def one_unit(rows: Rows, aside: Aside) -> str:
    """The unit of most rows; a value in another is missing, and said."""
    counts = Counter(u.casefold() for u in rows.units if u)
    if not counts:
        return ""
    most = max(counts.values())
    unit = next(u for u in rows.units if u and counts[u.casefold()] == most)
    for at, other in enumerate(rows.units if len(counts) > 1 else ()):
        if other and other.casefold() != unit.casefold():
            why = f"the unit is {other[:20]}, and the series is in {unit[:20]}; one unit a series"
            aside.add(rows.lines[at], why)
            rows.values[at] = None
    return unit


def _direct(found: Pass, rows: Rows, bad: str, at: int) -> None:
    """Which way is bad, by the first row of a series that says it."""
    said = BADS.get(bad.lower())
    if said is None:
        found.aside.note(at, f"bad is '{bad[:20]}'; expected down, up or both")
    elif rows.bad and said != rows.bad:
        found.aside.note(at, f"bad is {said}, and was {rows.bad} earlier in the series")
    else:
        rows.bad = said


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
            if not isfinite(value) or abs(value) > LIMIT or "_" in text:
                return None
            return value if abs(value) >= LEAST_FLOAT else 0.0
    if style.see(text) is None:
        return None
    decimal = read_number(text, found.mark)
    return None if decimal is None else float(decimal)
