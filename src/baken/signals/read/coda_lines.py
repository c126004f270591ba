"""The lines of a CODA file: cut into statements, each checked before it is read.

``febelfin-coda`` gives no statement for garbage, no balance for a file that is cut off, and a bare
AssertionError for sums that do not fit (none at all under ``python -O``). So the records are
insisted on here and the sums are made here too, and each fault is named with its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import StringIO

import coda

from baken.kernel.errors import BakenError

WIDTH = 128
MAX_BYTES = 50_000_000
SIMPLE = "0123"
"""Types of transactions that count in the totals; 5 to 9 are details of one of them."""
EXPECTED = "a CODA file as the bank gives it, whole"
NOUGHT = Decimal(0)
Line = tuple[int, str]


@dataclass(frozen=True)
class Statement:
    """A statement that was checked, with the line that it begins on."""

    line: int
    raw: coda.Statement


def is_coda(head: bytes) -> bool:
    """Whether a file begins as CODA does: a header record of version 2 and the opening balance."""
    rows = head.decode("cp1252", errors="replace").lstrip("\ufeff\r\n").splitlines()
    if not rows or len(rows[0].rstrip()) > WIDTH or not rows[0].startswith("00000"):
        return False
    return rows[0][5:11].isdigit() and (len(rows) < 2 or rows[1][:1] == "1")


def statements(data: bytes, name: str) -> Iterator[Statement | BakenError]:
    """Each statement of a file, or what is wrong with it; the others go on.

    Raises:
        BakenError: when it holds no statement at all.
    """
    text = data.decode("cp1252", errors="replace")
    lines = [(at, t) for at, t in enumerate(text.splitlines(), start=1) if t.strip("\x1a \0")]
    if not lines or not any(t.startswith("0") for _, t in lines):
        raise BakenError(name, "there is no header (record 0): this is no CODA", EXPECTED)
    if lines[0][1][0] != "0":
        at = lines[0][0]
        yield BakenError(f"{name}, line {at}", "the first record is no header (0)", EXPECTED)
    for many in _cut(lines):
        try:
            yield _read(many, name)
        except BakenError as e:
            yield e


def _cut(lines: list[Line]) -> Iterator[list[Line]]:
    begun: list[Line] = []
    for line in lines:
        if line[1][0] == "0":
            if begun:
                yield begun
            begun = []
        if begun or line[1][0] == "0":
            begun.append(line)
    if begun:
        yield begun


def _read(lines: list[Line], name: str) -> Statement:
    _check_records(lines, name)
    _check_sums(lines, name)
    # Details of details (type 9) make the library fail; they count in no total, as type 8.
    text = "\n".join(
        t[:53] + "8" + t[54:] if t[:2] == "21" and t[53] == "9" else t
        for _, t in ((at, t.ljust(WIDTH)) for at, t in lines)
    )
    first = lines[0][0]
    try:
        (found,) = coda.CODA(StringIO(text)).statements
    except (
        AssertionError,
        ArithmeticError,
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
    ) as e:
        problem = f"the statement can't be read ({type(e).__name__})"  # its text holds accounts
        raise BakenError(f"{name}, line {first}", problem, EXPECTED) from e
    if found.old_balance_date is None or found.new_balance_date is None:
        raise BakenError(f"{name}, line {first}", "a balance has no date", EXPECTED)
    return Statement(first, found)


def _check_records(lines: list[Line], name: str) -> None:
    """Record 0, 1, then moves and information, 8, free text, 9; nothing after it."""
    kinds = "".join(t[0] for _, t in lines)
    for at, text in lines:
        if len(text.rstrip()) > WIDTH:
            problem = f"the line has {len(text.rstrip())} characters"
            raise BakenError(f"{name}, line {at}", problem, f"records of {WIDTH} characters")
        if text[0] not in "0123489":
            raise BakenError(f"{name}, line {at}", f"record '{text[0]}' is not known", EXPECTED)
        if text[0] == "2" and text[1:2] not in ("1", "2", "3"):
            raise BakenError(f"{name}, line {at}", f"record '{text[:2]}' is not known", EXPECTED)
    if kinds[1:2] != "1":
        raise BakenError(f"{name}, line {lines[0][0]}", "no opening balance (record 1)", EXPECTED)
    for kind, what in (("8", "closing balance (record 8)"), ("9", "end (record 9)")):
        if kinds.count(kind) == 0:
            problem = f"there is no {what}: the statement was cut off"
            raise BakenError(f"{name}, line {lines[-1][0]}", problem, EXPECTED)
    if kinds.count("1") > 1 or kinds.count("8") > 1 or kinds.count("9") > 1:
        raise BakenError(
            f"{name}, line {lines[0][0]}", "a balance or an end stands twice", EXPECTED
        )
    if kinds[-1] != "9" or set(kinds[2 : kinds.index("8")]) - {"2", "3", "4"}:
        raise BakenError(f"{name}, line {lines[0][0]}", "its records are out of order", EXPECTED)


def _check_sums(lines: list[Line], name: str) -> None:
    """Opening balance plus moves is the closing balance; totals and the count are as told."""
    first, last = lines[1], lines[-1]
    close = next(line for line in lines if line[1][0] == "8")
    if first[1][5:42] != close[1][4:41]:
        problem = "the opening and the closing balance are of different accounts or currencies"
        raise BakenError(f"{name}, line {close[0]}", problem, EXPECTED)
    opening = _amount(first, slice(42, 58), name)
    closing = _amount(close, slice(41, 57), name)
    debit = credit = NOUGHT
    for line in lines:
        if line[1][:2] == "21" and line[1][53:54] in SIMPLE and line[1][53:54]:
            amount = _amount(line, slice(31, 47), name)
            debit, credit = debit - min(amount, NOUGHT), credit + max(amount, NOUGHT)
    told = _total(last, slice(22, 37), name), _total(last, slice(37, 52), name)
    counted = sum(1 for _, t in lines if t[0] in "1238")
    where = f"{name}, line {last[0]}"
    if told != (debit, credit):
        problem = f"record 9 tells {told[0]} out and {told[1]} in; the moves make {debit} out"
        raise BakenError(where, f"{problem} and {credit} in", EXPECTED)
    if opening + credit - debit != closing:
        problem = f"the balance goes from {opening} to {closing}, and the moves make "
        where = f"{name}, line {close[0]}"
        raise BakenError(where, f"{problem}{credit - debit}", EXPECTED)
    if last[1][16:22].strip() != f"{counted:06d}":
        problem = f"record 9 tells {last[1][16:22].strip()} records; there are {counted}"
        raise BakenError(where, problem, EXPECTED)


def _amount(line: Line, part: slice, name: str) -> Decimal:
    text = line[1][part]
    value = _digits(text[1:], line[0], name)
    if text[0] not in "01":
        raise BakenError(f"{name}, line {line[0]}", f"'{text[0]}' is no sign", "0 or 1")
    return -value if text[0] == "1" else value


def _total(line: Line, part: slice, name: str) -> Decimal:
    return _digits(line[1][part], line[0], name)


def _digits(text: str, at: int, name: str) -> Decimal:
    try:
        if len(text) > 13 and text.isascii() and text.isdigit():
            return Decimal(text) / 1000
    except InvalidOperation:
        pass
    raise BakenError(f"{name}, line {at}", f"'{text[:20]}' is no amount", "digits alone")
