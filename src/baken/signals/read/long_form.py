"""The long form for programs: ``[firm,][series,]period,value[,unit][,bad]``, one row a period.

It is read as a stream, line by line: a line that can't be read is set aside with its number, and
the rest goes on. Rows are kept as given, gaps are not filled and periods are echoed letter by
letter. Only periods of the calendar that do not stand in order of time are put in order, and that
is said; positions stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import PurePath

from baken.kernel.errors import BakenError
from baken.signals.read.long_lines import COLUMNS, Pass, Rows, cells_of, heading, take_line
from baken.signals.read.numbers import Mark
from baken.signals.read.periods import frequency_of, period_of
from baken.signals.read.questions import decimal_question
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
    return _reading(found, source)


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
    for at, line in stream:
        if not line or line.isspace():
            continue
        taken += 1
        if taken > MAX_ROWS:
            raise _too_many(source.name)
        why = take_line(found, cells_of(line, delimiter), len(names), place, at)
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


def _reading(found: Pass, source: Source) -> Reading:
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


def _series(firm: str, name: str, stem: str, rows: Rows, aside: Aside) -> Series | None:
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
    if frequency == "day":
        frequency = calendar_of([date.fromordinal(order) for order, _ in kept])
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
