"""Tables: the long form for programs, and the shapes that people have, as text or spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import PurePath

from baken.signals.read.across import heads, read_across
from baken.signals.read.asked import settle_numbers
from baken.signals.read.book import book_grids
from baken.signals.read.down import read_down
from baken.signals.read.grid import Grid, csv_grid, text_of
from baken.signals.read.join import Lot, joined
from baken.signals.read.layout import Desk, lay_out
from baken.signals.read.long_form import read_long
from baken.signals.read.long_lines import heading
from baken.signals.read.ods import is_ods, ods_grids
from baken.signals.read.quarters import with_quarters
from baken.signals.read.returns import is_vat, read_vat
from baken.signals.read.source import Aside, Source, encoding_of
from baken.signals.read.trial_balance import Trials, take_trial
from baken.signals.read.trial_columns import is_trial
from baken.signals.read.trial_series import trial_series
from baken.signals.read.xls import MAGIC, xls_grids
from baken.signals.series import Reading, Series

BOOK = b"PK\x03\x04"


def is_long(head: bytes) -> bool:
    """Whether the first bytes of a file begin a long form."""
    text = head.decode(encoding_of(head), errors="replace").lstrip("\ufeff\r\n \t")
    return heading(text.splitlines()[0] if text else "") is not None


def read_table(
    source: Source,
    answers: Mapping[str, str] | None = None,
    *,
    as_of: date | None = None,
    today: date | None = None,
    trials: Trials | None = None,
) -> Reading:
    """The series in a table.

    ``as_of`` is the day at which is looked: months that were not over then are left out of sums.
    ``today`` bounds dates that can be true. Trial balances go to ``trials`` where that is given, so
    that those of several files are read together.

    Raises:
        BakenError: when the file as a whole can't be read, or an answer is none of the choices.
    """
    head = source.head()
    aside = Aside(source.name)
    desk = Desk(source.name, answers or {}, today or date.today(), aside, as_of)  # noqa: DTZ011
    if head.startswith(BOOK):
        grids = (ods_grids if is_ods(source) else book_grids)(source, aside)
    elif head.startswith(MAGIC):
        grids = xls_grids(source, aside)
    elif is_long(head):
        return read_long(source, answers)
    else:
        grids = [csv_grid(source, aside)]
    found: list[Lot] = []
    own = Trials() if trials is None else trials
    for grid in grids:
        if long := _long(grid, answers or {}):
            aside.said += long.rejected
            desk.questions += long.questions
            found.append(Lot(grid.name, grid.file, long.series))
        else:
            found.append(Lot(grid.name, grid.file, read_grid(grid, desk, own)))
    if trials is None:
        found.append(Lot("", source.name, trial_series(own, desk)))
    series = joined(found, aside.said)
    if not series and not desk.questions and not aside.said and not own.amounts:
        aside.add(None, "no figures were found in it")
    return Reading(series, aside.all(), desk.questions)


def read_grid(grid: Grid, desk: Desk, trials: Trials) -> list[Series]:
    """The series of one sheet; a trial balance goes to ``trials``."""
    desk.currency = {}
    if not with_quarters(grid, desk):
        return []
    if is_vat(grid):
        return read_vat(grid, desk)
    table = lay_out(grid, desk)
    if table is None:
        return []
    if is_trial(table):
        if settle_numbers(table, range(len(table.names)), desk):
            take_trial(table, trials, desk)
        return []
    across = heads(table)
    return read_across(table, across, desk) if across else read_down(table, desk)


def _long(grid: Grid, answers: Mapping[str, str]) -> Reading | None:
    """A long form on a sheet, read as the text that it would be in a file."""
    first = [text_of(c) for c in grid.rows[0][1]] if grid.rows else []
    if not grid.name or heading(",".join(first)) is None:
        return None
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    at = 1
    for line, cells in grid.rows:
        text.write("\n" * (line - at))
        at = line + 1
        lines.writerow(
            [text_of(c).replace("\n", " ") for c in cells] + [""] * (len(first) - len(cells))
        )
    name = f"{PurePath(grid.file).stem}/{grid.name}" if grid.name else grid.file
    reading = read_long(Source(grid.file, text.getvalue().encode()), answers)
    return reading if name else None
