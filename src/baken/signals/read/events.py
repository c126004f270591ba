"""Events by hand: a date per complaint, return, sick day, order or quote, or a count per month.

Counts are per month, and a month between the first and the last without an event is nought: that is
what nobody writes down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import PurePath

from baken.signals.read.dated import Dated
from baken.signals.read.ends import last_counted_day
from baken.signals.read.grid import text_of
from baken.signals.read.layout import Desk, Table
from baken.signals.read.make import Point, series_of, title_of
from baken.signals.read.periods import month, month_of, months_between
from baken.signals.read.roles import Roles
from baken.signals.read.words import COUNTED, OUTCOMES, bad_of, folded, words_in
from baken.signals.series import Series

SORTS = frozenset(
    "soort type categorie category kind sort gebeurtenis event evenement resultaat result resultat"
    " status uitkomst outcome reden".split()
)
MAX_SORTS = 12


def are_events(roles: Roles) -> bool:
    """Whether rows are events or counts of them: there are no figures, or all are of known words
    for what is counted."""
    if roles.flag is not None:
        return False
    return all(COUNTED & set(words_in(roles.names[at])) for at in roles.values)


def read_events(table: Table, roles: Roles, rows: Sequence[Dated], desk: Desk) -> list[Series]:
    """Counts per month of events, one series for each sort of event or column of counts; none when
    something must be asked first."""
    if rows[0].period.frequency == "day":
        last = last_counted_day(table.label, [r.period.order for r in rows], desk)
        rows = [r for r in rows if last and r.period.order <= last.toordinal()]
        placed = [(month_of(date.fromordinal(r.period.order)).label, r) for r in rows]
    elif rows[0].period.frequency == "month":
        placed = [(r.period.label, r) for r in rows]
    else:
        why = f"events are counted per month, and the rows are of a {rows[0].period.frequency}"
        desk.aside.add(table.header_line, why)
        return []
    if not placed:
        return []
    counts = _by_column(roles, placed, desk) if roles.values else _by_sort(table, roles, placed)
    months = months_between(placed[0][0], placed[-1][0])
    if not roles.values:
        bare = len(months) - len({label for label, _ in placed})
        why = f"{len(placed)} dates were counted per month; {bare} months between the first and"
        desk.aside.note(None, f"{why} the last without one are 0")
    made = []
    for name, found in counts.items():
        points = [Point(0, month(int(m[:4]), int(m[5:])), found.get(m, Decimal(0))) for m in months]
        one = series_of(name, points, desk, kind="count")
        if one:
            made.append(one)
    return made


def filled(series: Series, desk: Desk) -> Series:
    """A count per month with its missing months as nought, and that is said."""
    if series.frequency != "month" or series.kind != "count" or len(series.periods) < 2:
        return series
    values = dict(zip(series.periods, series.values, strict=True))
    months = months_between(series.periods[0], series.periods[-1])
    if bare := len(months) - len(values):
        why = f"{bare} months of '{series.name[:40]}' without a row are taken as 0"
        desk.aside.note(None, why)
    return replace(series, periods=tuple(months), values=tuple(values.get(m, 0.0) for m in months))


def _by_column(
    roles: Roles, placed: Sequence[tuple[str, Dated]], desk: Desk
) -> dict[str, dict[str, Decimal]]:
    counts: dict[str, dict[str, Decimal]] = {}
    for at in roles.values:
        name = roles.names[at]
        own = counts.setdefault(name, {})
        for label, row in placed:
            _, value = desk.value(row.cells[at], row.line, name)
            if value is not None and value < 0:
                desk.aside.add(row.line, f"a count is never below nought: {value} in '{name[:40]}'")
            elif value is not None:
                own[label] = own.get(label, Decimal(0)) + value
    return counts


def _by_sort(
    table: Table, roles: Roles, placed: Sequence[tuple[str, Dated]]
) -> dict[str, dict[str, Decimal]]:
    """Events by the column that tells their sort, else all together under the table's name."""
    title = _title(table, roles)
    sort = _sort(table, roles)
    texts = [text_of(r.cells[sort]) if sort is not None else "" for _, r in placed]
    if sort is None or len({folded(t) for t in texts if t}) > MAX_SORTS:
        texts = [""] * len(placed)
    spelled: dict[str, str] = {}
    found: dict[str, Counter[str]] = {}
    for text, (label, _) in zip(texts, placed, strict=True):
        said = spelled.setdefault(folded(text), text)
        known = not said or bad_of(said) != "both"
        name = (said or title) if known or bad_of(title) == "both" else f"{title}: {said}"
        found.setdefault(name, Counter())[label] += 1
    return {name: {m: Decimal(n) for m, n in own.items()} for name, own in found.items()}


def by_outcome(table: Table, roles: Roles, rows: Sequence[Dated]) -> dict[str, list[Dated]]:
    """Rows by how they ended (``gewonnen``, ``verloren``), where a column tells it in words that
    are known; other endings (``open``) are left out."""
    sort = _sort(table, roles)
    found: dict[str, list[Dated]] = {}
    spelled: dict[str, str] = {}
    for row in rows if sort is not None else ():
        text = text_of(row.cells[sort or 0])
        if set(words_in(text)) & (OUTCOMES | COUNTED) and bad_of(text) != "both":
            found.setdefault(spelled.setdefault(folded(text), text), []).append(row)
    return found if len(found) <= MAX_SORTS else {}


def _sort(table: Table, roles: Roles) -> int | None:
    return next((at for at in roles.keys if SORTS & set(words_in(table.names[at]))), None)


def _title(table: Table, roles: Roles) -> str:
    """What is counted: a known word in the title, the file or a heading; else the title."""
    title = title_of(table)
    stem = PurePath(table.file).stem
    texts = [title, stem, *(table.names[at] for at in (*roles.keys, roles.date))]
    return next((t for t in texts if COUNTED & set(words_in(t))), title)
