"""VAT returns as a table: grids (01, 54, 71 ...) as columns, as rows, or one to a line.

Turnover is what was sold less credit notes; a return is handed in each quarter or month, by nearly
every firm, in one fixed shape. What is made: ``turnover``, ``credit-notes`` as a share of what was
sold, ``purchases``, ``vat-on-sales`` (54), ``vat-deducted`` (59) and ``vat-to-pay`` (71, below
nought when 72 is given back).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from baken.signals.read.asked import days_of
from baken.signals.read.dated import believable
from baken.signals.read.grid import Cell, Grid, Row, text_of
from baken.signals.read.layout import Desk, Table
from baken.signals.read.numbers import Style, is_missing
from baken.signals.read.periods import Period, frequency_of, period_of, quarter, readings
from baken.signals.read.questions import decimal_question
from baken.signals.series import Bad, Kind, Series

GRIDS = frozenset(
    "00 01 02 03 44 45 46 47 48 49 54 55 56 57 59 61 62 63 64 71 72 81 82 83 84 85 86 87 88"
    " 91".split()
)
SOLD = ("00", "01", "02", "03", "44", "45", "46", "47")
CREDITED = ("48", "49")
BOUGHT = ("81", "82")
TELLING = frozenset("01 02 03 54 59 71 72".split())
"""Grids of which a return has several: by these a table is known."""
CODE = re.compile(r"(?:rooster|vak|grid|grille|case|code|r|g)?[ .:#_]*([0-9]{1,2})", re.I)
NOUGHT = Decimal(0)
Found = dict[Period, dict[str, tuple[int, Decimal]]]
"""For each period the amount of each grid with its line."""


def grid_of(cell: Cell) -> str | None:
    """The grid that a heading names: ``01``, ``1``, ``rooster 54``."""
    m = CODE.fullmatch(text_of(cell))
    code = f"{int(m[1]):02d}" if m else ""
    return code if code in GRIDS else None


def is_vat(grid: Grid) -> bool:
    """Whether a table holds VAT returns: a row, or a column, of codes of grids."""
    top = grid.rows[:12]
    if any(_are_codes(cells) for _, cells in top):
        return True
    width = max((len(c) for _, c in top), default=0)
    for at in range(min(width, 3)):
        cells = [c[at] for _, c in grid.rows[:400] if at < len(c) and text_of(c[at])]
        if _are_codes(cells[1:]):
            return True
    return False


def _are_codes(cells: Iterable[Cell]) -> bool:
    texts = [c for c in cells if any(d.isdigit() for d in text_of(c))]
    found = {g for c in texts if (g := grid_of(c))}
    telling = found & TELLING
    fits = sum(1 for c in texts if grid_of(c)) >= 0.8 * len(texts)
    return len(telling) >= 2 and fits and any(int(g) >= 44 for g in found)


def read_vat(grid: Grid, desk: Desk) -> list[Series]:
    """The series in VAT returns; none when something must be asked first."""
    if not _settle(grid, desk):
        return []
    found = _by_header(grid, desk) or _by_rows(grid, desk)
    if not found:
        desk.aside.add(None, "grids of a VAT return stand here without the period that they are of")
        return []
    for period, amounts in found.items():
        if amounts.get("71", (0, NOUGHT))[1] and amounts.get("72", (0, NOUGHT))[1]:
            why = f"grids 71 and 72 are both filled in {period.label}; one is due or given back"
            desk.aside.add(amounts["71"][0], why)
            del amounts["71"], amounts["72"]
    return list(_series(found))


def _settle(grid: Grid, desk: Desk) -> bool:
    style = Style()
    for _, cells in grid.rows:
        for c in cells:
            period = isinstance(c, str) and any(p.frequency != "position" for p in readings(c))
            if isinstance(c, str) and not is_missing(c) and not period and grid_of(c) is None:
                style.see(c)
    mark = style.mark()
    if mark is None:
        label = f"{grid.file}/{grid.name}" if grid.name else grid.file
        asked, mark = decimal_question(label, style.doubt, desk.answers)
        if mark is None:
            desk.ask(asked)
            return False
    desk.mark = mark
    return True


def _by_header(grid: Grid, desk: Desk) -> Found:
    """Grids as columns: a period on each row."""
    head = next((n for n, (_, cells) in enumerate(grid.rows) if _are_codes(cells)), None)
    if head is None:
        return {}
    columns = {at: g for at, c in enumerate(grid.rows[head][1]) if (g := grid_of(c))}
    rows = grid.rows[head + 1 :]
    free = [at for at in range(max(map(_width, rows), default=0)) if at not in columns]
    at = next((a for a in free if _periods([_at(r, a) for r in rows], grid, desk)), None)
    if at is None:
        return {}
    periods = _periods([_at(r, at) for r in rows], grid, desk) or {}
    found: Found = {}
    for line, cells in rows:
        period = periods.get(text_of(_at((line, cells), at)))
        if period is None:
            desk.aside.add(line, f"'{text_of(_at((line, cells), at))[:40]}' is no period")
        elif not believable(period, desk):
            desk.aside.add(line, f"{period.label} lies too far away to be a booking")
        elif period in found:
            desk.aside.add(line, f"{period.label} stands here a second time")
        else:
            found[period] = {}
            for column, code in columns.items():
                _put(found[period], code, _at((line, cells), column), line, desk)
    return found


def _by_rows(grid: Grid, desk: Desk) -> Found:
    """Grids as rows: periods as columns, or a period, a grid and an amount on each line."""
    width = max(map(_width, grid.rows), default=0)
    codes = next(
        (a for a in range(min(width, 3)) if _are_codes([_at(r, a) for r in grid.rows[1:]])), None
    )
    if codes is None:
        return {}
    found: Found = {}
    for n, (_, cells) in enumerate(grid.rows[:12]):
        heads = [c if at != codes else "" for at, c in enumerate(cells)]
        periods = _periods(heads, grid, desk)
        if periods and grid_of(_at(grid.rows[n], codes)) is None:
            for line, row in grid.rows[n + 1 :]:
                code = grid_of(_at((line, row), codes))
                for at, head in enumerate(heads):
                    period = periods.get(text_of(head))
                    if code and period:
                        own = found.setdefault(period, {})
                        _put(own, code, _at((line, row), at), line, desk)
            return found
    body = [r for r in grid.rows if grid_of(_at(r, codes))]
    others = [a for a in range(width) if a != codes]
    dated = next((a for a in others if _periods([_at(r, a) for r in body], grid, desk)), None)
    if dated is None:
        return {}
    periods = _periods([_at(r, dated) for r in body], grid, desk) or {}
    others = [a for a in others if a != dated and any(desk.number(_at(r, a)) for r in body)]
    for line, row in body:
        period = periods.get(text_of(_at((line, row), dated)))
        if period is None or not others:
            desk.aside.add(line, "there is no period or no amount beside the grid")
            continue
        if not believable(period, desk):
            desk.aside.add(line, f"{period.label} lies too far away to be a booking")
            continue
        code = grid_of(_at((line, row), codes)) or ""
        _put(found.setdefault(period, {}), code, _at((line, row), others[-1]), line, desk)
    return found


def _put(own: dict[str, tuple[int, Decimal]], code: str, cell: Cell, line: int, desk: Desk) -> None:
    fine, value = desk.value(cell, line, f"grid {code}")
    if not fine:
        return
    if code in own:
        desk.aside.add(line, f"grid {code} stands here a second time")
        return
    own[code] = (line, value or NOUGHT)


def _width(row: Row) -> int:
    return len(row[1])


def _at(row: Row, at: int) -> Cell:
    return row[1][at] if at < len(row[1]) else ""


def _periods(cells: Sequence[Cell], grid: Grid, desk: Desk) -> dict[str, Period] | None:
    """The quarter, month or year of each text; None where most are none. Days are the quarter that
    they end."""
    texts = [t for c in cells if (t := text_of(c))]
    table = Table(grid.file, grid.name, [], [], [], [], [], None, [])
    days = days_of(texts, table, desk) or "dmy"
    frequency = frequency_of(texts, days)
    if frequency in (None, "position", "week"):
        return None
    found: dict[str, Period] = {}
    for text in texts:
        period = period_of(text, frequency, days) if frequency else None
        if period is not None and frequency == "day":
            at = period.label
            period = quarter(int(at[:4]), (int(at[5:7]) + 2) // 3)
        if period is not None:
            found[text] = period
    return found if len(found) * 2 > len(set(texts)) - 1 and found else None


def _series(found: Mapping[Period, Mapping[str, tuple[int, Decimal]]]) -> Iterable[Series]:
    periods = sorted(found, key=lambda p: p.order)
    known = {code for amounts in found.values() for code in amounts}

    def total(period: Period, codes: Sequence[str]) -> Decimal:
        return sum((found[period].get(c, (0, NOUGHT))[1] for c in codes), NOUGHT)

    def one(name: str, said: str, bad: Bad, kind: Kind, values: Sequence[Decimal | None]) -> Series:
        return Series(
            id=name,
            periods=tuple(p.label for p in periods),
            values=tuple(None if v is None else float(v) for v in values),
            bad=bad,
            kind=kind,
            frequency=periods[0].frequency,
            name=said,
            unit="EUR" if kind == "money" else "",
            weights=tuple(float(v) for v in sold) if kind == "share" else (),
        )

    sold = [total(p, SOLD) for p in periods]
    if known & set(SOLD):
        net = [s - total(p, CREDITED) for s, p in zip(sold, periods, strict=True)]
        yield one("turnover", "Omzet volgens de btw-aangifte", "down", "money", net)
    if known & set(SOLD) and known & set(CREDITED):
        shares = [total(p, CREDITED) / s if s else None for s, p in zip(sold, periods, strict=True)]
        yield one("credit-notes", "Creditnota's als deel van de omzet", "up", "share", shares)
    if known & set(BOUGHT):
        bought = [total(p, BOUGHT) for p in periods]
        yield one("purchases", "Aankopen volgens de btw-aangifte", "up", "money", bought)
    if "54" in known:
        due = [total(p, ["54"]) for p in periods]
        yield one("vat-on-sales", "Btw op verkopen (54)", "down", "money", due)
    if "59" in known:
        back = [total(p, ["59"]) for p in periods]
        yield one("vat-deducted", "Aftrekbare btw (59)", "both", "money", back)
    if known & {"71", "72"}:
        pay = [total(p, ["71"]) - total(p, ["72"]) for p in periods]
        yield one(
            "vat-to-pay", "Btw te betalen (71) of terug te krijgen (72)", "both", "money", pay
        )
