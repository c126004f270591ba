"""The long form for programs: ``[firm,][series,]period,value[,unit][,bad]``, one row a period.

It is read as a stream, line by line: a line that can't be read is set aside with its number, and
the rest goes on. Rows are kept as given, gaps are not filled and periods are echoed letter by
letter. Only periods of the calendar that do not stand in order of time are put in order, and that
is said; positions stay as they are.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import isfinite
from pathlib import PurePath

from baken.kernel.errors import BakenError
from baken.signals.read.numbers import MAX_NUMBER, Mark, Style, is_missing, read_number
from baken.signals.read.periods import frequency_of, period_of, readings
from baken.signals.read.questions import decimal_question
from baken.signals.read.source import MAX_BYTES, Aside, Source, encoding_of, lines, too_large
from baken.signals.read.words import bad_of, kind_of
from baken.signals.series import Bad, Reading, Series

COLUMNS = ("firm", "series", "period", "value", "unit", "bad")
DELIMITERS = ",;\t|"
MAX_ROWS = 2_000_000
"""Rows of one file: a thousand firms with twelve series over sixty months take 720,000."""
SPARE = 1_000
"""Lines more than rows that a file may have, counted before it is read: headers and empty lines."""
CHUNK = 1_000_000
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
class _Rows:
    periods: list[str] = field(default_factory=list)
    values: list[float | None] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    unit: str = ""
    bad: Bad | None = None


@dataclass
class _Pass:
    """One pass over the lines with one decimal sign."""

    mark: Mark
    aside: Aside
    style: Style = field(default_factory=Style)
    rows: dict[tuple[str, str], _Rows] = field(default_factory=dict)


def read_long(source: Source, answers: Mapping[str, str] | None = None) -> Reading:
    """The series of a long form, each firm apart.

    Raises:
        BakenError: when the file is too large or has more than two million rows, is no text, or
            has no header with ``period`` and ``value``.
    """
    if source.size() > MAX_BYTES:
        raise too_large(source.name, source.size(), MAX_BYTES)
    with source.open() as file:
        count = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK), b""))
    if count > MAX_ROWS + SPARE:
        raise _too_many(source.name)
    encoding = encoding_of(source.head())
    try:
        return _read(source, encoding, answers or {})
    except BakenError as e:
        if not isinstance(e.__cause__, UnicodeError) or encoding != "utf-8-sig":
            raise
    return _read(source, "cp1252", answers or {})


def _read(source: Source, encoding: str, answers: Mapping[str, str]) -> Reading:
    found = _pass(source, encoding, ".")
    style = found.style
    mark: Mark | None = "."
    if style.comma_doubt:
        mark = style.mark()
    elif style.dot_doubt and style.comma and not style.dot:
        mark = ","
    if mark is None:
        asked, mark = decimal_question(source.name, style.comma_doubt, answers)
        if mark is None:
            return Reading([], found.aside.all(), [asked])
    if mark == ",":
        found = _pass(source, encoding, ",")
    return _reading(found, source)


def _pass(source: Source, encoding: str, mark: Mark) -> _Pass:
    """Reads all lines; ``mark`` is the decimal sign of numbers that can be read in two ways.

    A dot stands before decimals, as programs write it, until a file with commas shows otherwise.
    """
    found = _Pass(mark, Aside(source.name))
    stream = lines(source, encoding)
    at, line = next(((n, t) for n, t in stream if t.strip()), (0, ""))
    if not at:
        raise BakenError(source.name, "the file is empty", "a header and rows")
    head = heading(line)
    if head is None:
        expected = "the header " + ",".join(COLUMNS)
        raise BakenError(f"{source.name}, line {at}", "there is no period and value", expected)
    delimiter, names = head
    _check_names(names, source.name, at, found.aside)
    place = {n: names.index(n) for n in COLUMNS if n in names}
    taken = 0
    for at, line in stream:
        if not line or line.isspace():
            continue
        taken += 1
        if taken > MAX_ROWS:
            raise _too_many(source.name)
        why = _take(found, _cells(line, delimiter), len(names), place, at)
        if why:
            found.aside.add(at, why)
    return found


def _too_many(name: str) -> BakenError:
    expected = f"at most {MAX_ROWS} rows; split it by firm or by year"
    return BakenError(name, f"there are more than {MAX_ROWS} rows", expected)


def _check_names(names: list[str], file: str, at: int, aside: Aside) -> None:
    twice = next((n for n in COLUMNS if names.count(n) > 1), None)
    if twice:
        raise BakenError(f"{file}, line {at}", f"the column '{twice}' stands twice", "each once")
    for name in names:
        if name not in COLUMNS:
            aside.add(at, f"the column '{name[:40]}' is not read; known are {', '.join(COLUMNS)}")


def _cells(line: str, delimiter: str) -> list[str] | None:
    """The cells of a line; None where a quote is not closed."""
    if '"' not in line:
        return line.split(delimiter)
    if line.count('"') % 2:
        return None
    return next(csv.reader([line], delimiter=delimiter))


def _take(
    found: _Pass,
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
    rows = found.rows.get((firm, series)) or found.rows.setdefault((firm, series), _Rows())
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


def _amount(found: _Pass, text: str) -> float | None:
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


def _reading(found: _Pass, source: Source) -> Reading:
    reading = Reading()
    stem = PurePath(source.name).stem
    for (firm, name), rows in found.rows.items():
        one = _series(firm, name, stem, rows, found.aside)
        if one:
            reading.series.append(one)
    if not found.rows and not found.aside.said:
        found.aside.add(None, "there is a header and no rows")
    reading.rejected = found.aside.all()
    return reading


def _series(firm: str, name: str, stem: str, rows: _Rows, aside: Aside) -> Series | None:
    frequency = frequency_of(rows.periods)
    if frequency is None:
        return None
    seen: dict[int, int] = {}
    kept: list[tuple[int, int]] = []
    for at, text in enumerate(rows.periods):
        period = period_of(text, frequency)
        if period is None:
            aside.add(rows.lines[at], f"'{text[:40]}' is no {frequency}, as the others are")
        elif period.order in seen:
            aside.add(rows.lines[at], f"'{text[:40]}' stands on line {seen[period.order]} already")
        else:
            seen[period.order] = rows.lines[at]
            kept.append((period.order, at))
    if frequency != "position" and any(a > b for a, b in pairwise(kept)):
        kept.sort()
        told = f"the rows of '{(name or stem)[:40]}' were put in order of time"
        aside.add(None, f"{told} ({firm[:40]})" if firm else told)
    values = tuple(rows.values[at] for _, at in kept)
    said = name or stem
    return Series(
        id=name or "value",
        periods=tuple(rows.periods[at] for _, at in kept),
        values=values,
        bad=rows.bad or bad_of(said),
        kind=kind_of(said, rows.unit, values),
        frequency=frequency,
        firm=firm,
        name=said,
        unit=rows.unit,
    )
