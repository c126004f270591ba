"""Makes CODA statements as a bank writes them: records of 128 characters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

ACCOUNT = "BE68539007547034"
Move = tuple[date, str] | tuple[date, str, str] | tuple[date, str, str, str]
"""A day and an amount; then the type of the transaction (0 simple, 5 a detail), and what is written
with it (after ``0`` free, ``1101`` a structured reference)."""


def amount(text: str | Decimal, signed: bool = True) -> str:
    value = Decimal(text)
    return ("1" if value < 0 else "0") * signed + f"{int(abs(value) * 1000):015d}"


def day(value: date) -> str:
    return value.strftime("%d%m%y")


def statement(
    opened: date,
    closed: date,
    opening: str,
    moves: Sequence[Move] = (),
    *,
    account: str = ACCOUNT,
    currency: str = "EUR",
    sequence: int = 1,
    company: str = "00403019261",
    name: str = "Jan Peeters",
) -> str:
    """The text of one statement, with both totals and the count as they should be."""
    where = f"{account:<34}{currency}"
    lines = [
        f"0{'0' * 4}{day(closed)}300{'05'} {'':7}{'REF':<10}{'BAKKERIJ':<26}{'KREDBEBB':<11}"
        f"{company} {'':5}",
        f"12{sequence:03d}{where}{amount(opening)}{day(opened)}{'BAKKERIJ':<26}{'':35}{sequence:03d}",
    ]
    total = {True: Decimal(0), False: Decimal(0)}
    parent = detail = 0
    for on, much, *rest in moves:
        kind, said = (*rest, "0", "0huur")[:2] if len(rest) != 1 else (rest[0], "0huur")
        value = Decimal(much)
        if kind in "0123":
            total[value > 0] += abs(value)
            parent, detail = parent + 1, 0
        else:
            detail += 1
        at = f"{parent:04d}{detail:04d}"
        lines.append(
            f"21{at}{'BANKREF':<21}{amount(value)}{day(on)}{kind}0150000"
            f"{said:<54}{day(on)}{sequence:03d}0"
        )
        lines.append(f"22{at}{'':53}{'':35}{'GEBABEBB':<11}{'':8}")
        lines.append(f"23{at}{'BE71096123456769':<37}{name:<35}{'mededeling':<43}")
    closing = Decimal(opening) + total[True] - total[False]
    lines.append(f"8{sequence:03d}{where}{amount(closing)}{day(closed)}")
    count = len(lines) - 1
    lines.append(
        f"9{'':15}{count:06d}{amount(total[False], False)}{amount(total[True], False)}{'':75}2"
    )
    lines[0] = f"{lines[0]:<127}2"
    return "".join(f"{line:<128}\n" for line in lines)


def year(opening: str = "1000", **more: str) -> str:
    """Twelve months of 2025, one statement each: 500 in on the 10th, 400 out on the 20th."""
    text = ""
    balance = Decimal(opening)
    opened = date(2024, 12, 31)
    for month in range(1, 13):
        closed = date(2025, month, 28)
        moves = [(date(2025, month, 10), "500"), (date(2025, month, 20), "-400")]
        text += statement(opened, closed, str(balance), moves, sequence=month, **more)
        balance, opened = balance + 100, closed
    return text
