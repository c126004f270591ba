"""The long form for programs: ``[firm,][series,]period,value[,unit][,bad]``, one row a period.

It is read as a stream, line by line: a line that can't be read is set aside with its number, and
the rest goes on; a value that can't be used is missing in its row. Rows are kept as given, gaps are
not filled and periods are echoed letter by letter. Only periods of the calendar that do not stand
in order of time are put in order, and that is said; positions stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import PurePath

from baken.kernel.errors import BakenError
from baken.signals.read.day_order import day_order
from baken.signals.read.lone import lone
from baken.signals.read.long_lines import COLUMNS, Pass, Rows, heading, one_unit, take_line
from baken.signals.read.numbers import Mark
from baken.signals.read.periods import DayOrder, frequency_of, period_of
from baken.signals.read.questions import decimal_question
from baken.signals.read.quoted import records
from baken.signals.read.rhythm import calendar_of
from baken.signals.read.source import MAX_BYTES, Aside, Source, encoding_of, lines, too_large
from baken.signals.read.words import bad_of, kind_of
from baken.signals.series import Reading, Series

MAX_ROWS = 2_000_000
"""Rows of one file: a thousand firms with twelve series over sixty months take 720,000."""
SPARE = 1_000
"""Lines more than rows that a file may have, counted before it is read: headers and empty lines."""
CHUNK = 1_000_000


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
    _without_names(found)
    texts = {p for rows in found.rows.values() for p in rows.periods}
    days, open_ = day_order(texts, source.name, answers, found.aside)
    if open_ is not None:
        return Reading([], found.aside.all(), [open_])
    return _reading(found, source, days)


def _without_names(found: Pass) -> None:
    """Rows without a firm or series are set aside, unless none of the file has one."""
    for at, what in enumerate(("firm", "series")):
        bare = [key for key in found.rows if not key[at]]
        if len(bare) < len(found.rows):
            for key in bare:
                for line in found.rows.pop(key).lines:
                    found.aside.add(line, f"there is no {what}")


def _pass(source: Source, encoding: str, mark: Mark) -> Pass:
    """Reads all lines; ``mark`` is the decimal sign of numbers that can be read in two ways.

    A dot stands before decimals, as programs write it, until a file with commas shows otherwise.
    """
    found = Pass(mark, Aside(source.name))
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
    for at, cells in records(stream, delimiter, len(names)):
        if cells is not None and not any(cells):
            continue
        taken += 1
        if taken > MAX_ROWS:
            raise _too_many(source.name)
        take_line(found, cells, len(names), place, at)
    return found


def _too_many(name: str) -> BakenError:
    expected = f"at most {MAX_ROWS} rows; split it by firm or by year"
    return BakenError(name, f"there are more than {MAX_ROWS} rows", expected)


def _check_names(names: list[str], file: str, at: int, aside: Aside) -> None:
    twice = next((n for n in COLUMNS if names.count(n) > 1), None)
    if twice:
        raise BakenError(f"{file}, line {at}", f"the column '{twice}' stands twice", "each once")
    for name in names:
        if name and name not in COLUMNS:
            aside.note(at, f"the column '{name[:40]}' is not read; known are {', '.join(COLUMNS)}")


def _reading(found: Pass, source: Source, days: DayOrder) -> Reading:
    reading = Reading()
    stem = PurePath(source.name).stem
    for (firm, name), rows in found.rows.items():
        one = _series(firm, name, stem, rows, found.aside, days)
        if one:
            reading.series.append(one)
    if not found.rows and not found.aside.said:
        found.aside.add(None, "there is a header and no rows")
    reading.rejected = found.aside.all()
    return reading


def _series(
    firm: str, name: str, stem: str, rows: Rows, aside: Aside, days: DayOrder
) -> Series | None:
    frequency = frequency_of(rows.periods, days)
    if frequency is None:
        return None
    unit = one_unit(rows, aside)
    seen: dict[int, int] = {}
    kept: list[tuple[int, int]] = []
    for at, text in enumerate(rows.periods):
        period = period_of(text, frequency, days)
        if period is None:
            aside.add(rows.lines[at], f"'{text[:40]}' is no {frequency}, as the others are")
        elif period.order in seen:
            aside.add(rows.lines[at], f"'{text[:40]}' stands on line {seen[period.order]} already")
        else:
            seen[period.order] = rows.lines[at]
            kept.append((period.order, at))
    apart = lone([order for order, _ in kept], frequency)
    for order, at in kept:
        if order in apart:
            why = f"'{rows.periods[at][:40]}' lies far from all other periods of its series"
            aside.add(rows.lines[at], why)
    kept = [(order, at) for order, at in kept if order not in apart]
    if frequency != "position" and any(a > b for a, b in pairwise(kept)):
        kept.sort()
        told = f"the rows of '{(name or stem)[:40]}' were put in order of time"
        aside.note(None, f"{told} ({firm[:40]})" if firm else told)
    if frequency == "day":
        frequency = calendar_of([date.fromordinal(order) for order, _ in kept])
    values = tuple(rows.values[at] for _, at in kept)
    said = name or stem
    texts = [rows.periods[at] for _, at in kept]
    if days == "mdy":  # whoever reads them again takes the day first
        texts = [p.label if (p := period_of(t, "day", days)) else t for t in texts]
    places = tuple(rows.places[at] for _, at in kept)
    return Series(
        id=name or "value",
        periods=tuple(texts),
        values=values,
        bad=rows.bad or bad_of(said),
        kind=kind_of(said, unit, values),
        frequency=frequency,
        firm=firm,
        name=said,
        unit=unit,
        rows=() if places == tuple(range(len(places))) else places,
    )
