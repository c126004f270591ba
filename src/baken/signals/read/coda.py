"""Bank statements (CODA): balance at the end of each month, money in and out, days below nought.

Statements of one account and currency are chained by their balances, over all files; one that
stands twice counts once, and one that is missing leaves its months without a figure. Nothing of a
counterparty is kept: no name, no account; what was written with a payment only as long as the
reading lasts, to find the invoice that it pays. Of the firm's own account the last four signs
name the series, where there are several.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from baken.kernel.errors import BakenError
from baken.signals.read.coda_lines import MAX_BYTES, Statement, statements
from baken.signals.read.ends import last_counted_day
from baken.signals.read.layout import Desk
from baken.signals.read.payments import Payment
from baken.signals.read.periods import days_in, month_of, months_between
from baken.signals.read.source import Aside, Source, refused
from baken.signals.series import Bad, Kind, Reading, Rejected, Series

NOUGHT = Decimal(0)
SLACK = 3
"""Days of a month that may pass before the first statement without making it half a month."""
OLDEST = date(1990, 1, 1)
FIGURES: tuple[tuple[str, str, Bad, Kind], ...] = (
    ("cash", "Saldo op het einde van de maand", "down", "money"),
    ("money-in", "Geld binnen", "down", "money"),
    ("money-out", "Geld buiten", "up", "money"),
    ("payments-in", "Aantal betalingen ontvangen", "down", "count"),
    ("days-below-zero", "Dagen onder nul", "up", "days"),
)


@dataclass(frozen=True)
class Part:
    """One statement: both balances with their days, and the moves by day."""

    file: str
    line: int
    sequence: str
    opened: date
    closed: date
    opening: Decimal
    closing: Decimal
    moves: tuple[tuple[date, Decimal], ...]
    received: tuple[Payment, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """What another statement has in common with it when it is the same once more."""
        return self.sequence, self.opened, self.closed, self.opening, self.closing, self.moves


@dataclass
class Account:
    """All statements of one account in one currency; ``firm`` is the holder's number, if told."""

    firm: str
    number: str
    currency: str
    parts: list[Part] = field(default_factory=list)
    seen: dict[tuple[object, ...], Part] = field(default_factory=dict)


@dataclass
class Bank(Reading):
    """A reading of bank statements, with the ``payments`` received: each statement counts once."""

    payments: list[Payment] = field(default_factory=list, repr=False)


def read_coda(
    sources: Sequence[Source],
    answers: Mapping[str, str] | None = None,
    *,
    as_of: date | None = None,
    today: date | None = None,
) -> Bank:
    """The series in bank statements, all files together. A file or statement that can't be read is
    set aside by name. The first and the last month count only where statements cover them.

    Raises:
        BakenError: when an answer is none of the choices.
    """
    reading = Bank()
    questions: list[dict[str, object]] = []
    now = today or date.today()  # noqa: DTZ011
    accounts: dict[tuple[str, str], Account] = {}
    for source in sources:
        try:
            for found in statements(source.read(MAX_BYTES), source.name):
                why = (
                    found if isinstance(found, BakenError) else _take(accounts, found, source, now)
                )
                if why:
                    reading.rejected.append(_rejected(why, source))
        except BakenError as e:
            reading.rejected.append(refused(e, source))
    firms = {a.firm for a in accounts.values()}
    for account in accounts.values():
        desk = Desk("CODA", answers or {}, now, Aside("CODA"), as_of)
        firm = account.firm if len(firms) > 1 else ""
        reading.series += _series(account, len(accounts) > 1, firm, desk, reading.rejected)
        reading.rejected += desk.aside.all()
        reading.payments += [p for part in account.parts for p in part.received]
        questions += desk.questions
    reading.questions = questions
    return reading


def _rejected(error: BakenError, source: Source) -> Rejected:
    """An error with its line taken out of the path."""
    whole = refused(error, source)
    _, _, line = error.path.rpartition("line ")
    if not line.isdigit():
        return whole
    return Rejected(source.name, int(line), whole.why.removeprefix(f"line {line}: "))


def _take(
    accounts: dict[tuple[str, str], Account], found: Statement, source: Source, now: date
) -> BakenError | None:
    """Adds a statement to its account, or tells why not."""
    raw, where = found.raw, f"{source.name}, line {found.line}"
    try:
        number, currency = raw.account.strip(), raw.account_currency.strip()
    except LookupError:
        number, currency = "", ""
    if not number or not currency.isalpha():
        return BakenError(where, "the account or its currency is not told", "an account in EUR")
    if not OLDEST <= raw.old_balance_date <= raw.new_balance_date <= now + timedelta(days=31):
        problem = f"it goes from {raw.old_balance_date} to {raw.new_balance_date}"
        return BakenError(where, problem, "days that can be true, in order")
    moves = [
        (min(max(m.entry_date, raw.old_balance_date), raw.new_balance_date), m.amount)
        for m in raw.moves
    ]
    holder = "".join(c for c in raw.company_id if c.isdigit())[-10:]
    account = accounts.setdefault(
        (number, currency), Account(holder if holder.strip("0") else "", number, currency)
    )
    part = Part(
        source.name,
        found.line,
        str(raw.old_sequence),
        raw.old_balance_date,
        raw.new_balance_date,
        raw.old_balance,
        raw.new_balance,
        tuple(moves),
        tuple(
            Payment(day, m.amount, currency, m.communication or "")
            for (day, _), m in zip(moves, raw.moves, strict=True)
            if m.amount > 0
        ),
    )
    twice = account.seen.setdefault(part.key, part)
    if twice is not part:
        problem = f"the statement stands in {twice.file}, line {twice.line}, already"
        return BakenError(where, problem)
    account.parts.append(part)
    return None


def _series(
    account: Account, several: bool, firm: str, desk: Desk, rejected: list[Rejected]
) -> Iterator[Series]:
    parts = sorted(account.parts, key=lambda p: (p.closed, p.opened, p.sequence))
    tail = account.number[-4:]
    label = f"CODA {tail} {account.currency}" if several else "CODA"
    last = last_counted_day(label, [p.closed.toordinal() for p in parts], desk)
    holes = list(_holes(parts, rejected))
    if last is None:
        return
    months = _months(parts, last)
    figures = [_figures(parts, m, holes) for m in months]
    if figures and parts[0].opened > days_in(months[0])[0] + timedelta(days=SLACK):
        figures[0] = (figures[0][0], None, None, None, None)
    for at, (name, said, bad, kind) in enumerate(FIGURES):
        values = [row[at] for row in figures]
        skipped = 0 if at == 0 else sum(1 for v in values[:1] if v is None)
        if all(v is None for v in values):
            continue
        yield Series(
            id=f"{name}.{tail.lower()}.{account.currency.lower()}" if several else name,
            periods=tuple(months[skipped:]),
            values=tuple(None if v is None else float(v) for v in values[skipped:]),
            bad=bad,
            kind=kind,
            firm=firm,
            name=f"{said} (rekening ...{tail}, {account.currency})" if several else said,
            unit=account.currency if kind == "money" else "",
        )


def _months(parts: Sequence[Part], last: date) -> list[str]:
    first = month_of(parts[0].opened + timedelta(days=1)).label
    end = min(month_of(parts[-1].closed).label, month_of(last).label)
    return months_between(first, end) if first <= end else []


def _holes(parts: Sequence[Part], rejected: list[Rejected]) -> Iterator[tuple[date, date]]:
    """The days between two statements of which the balances do not fit each other."""
    for one, other in pairwise(parts):
        if one.closing != other.opening:
            why = (
                f"between {one.closed} and {other.opened} a statement is missing: the balance was"
                f" {one.closing} and is {other.opening}; hand in all statements"
            )
            rejected.append(Rejected(other.file, other.line, why))
            yield one.closed, other.opened


Figures = tuple[Decimal | int | None, ...]


def _figures(parts: Sequence[Part], label: str, holes: Sequence[tuple[date, date]]) -> Figures:
    """The five figures of a month; None where they are not known."""
    first, last = days_in(label)
    balance = None if any(a < last < b for a, b in holes) else _balance(parts, last)
    if any((a < last or a == b <= last) and b >= first for a, b in holes):
        return balance, None, None, None, None
    moves = [(d, v) for p in parts for d, v in p.moves if first <= d <= last]
    plus = [v for _, v in moves if v > 0]
    by_day: dict[date, Decimal] = defaultdict(lambda: NOUGHT)
    for day, amount in moves:
        by_day[day] += amount
    standing = _balance(parts, first - timedelta(days=1))
    if standing is None:
        standing = parts[0].opening
    below = 0
    for at in range((last - first).days + 1):
        standing += by_day[first + timedelta(days=at)]
        below += standing < 0
    money_out = -sum((v for _, v in moves if v < 0), NOUGHT)
    return balance, sum(plus, NOUGHT), money_out, len(plus), below


def _balance(parts: Sequence[Part], day: date) -> Decimal | None:
    """The balance at the end of a day: of the last statement that began by then."""
    begun = [p for p in parts if p.opened <= day]
    if not begun:
        return None
    part = begun[-1]
    if part.closed <= day:
        return part.closing
    return part.opening + sum((v for d, v in part.moves if d <= day), NOUGHT)
