"""Annual accounts as the National Bank files them (JSON): the figures of a firm, year by year.

What is read: ``Rubrics`` (Code, Value, Period N or NM1), the days of ``ExerciseDates``,
``ModelType``, ``EnterpriseName``, ``EnterpriseNumber``, ``LegalForm`` and the shares of
``ParticipatingInterests``. Names of persons (administrators, shareholders) are never looked at. The
size of the filing model is not the size of the firm: article 1:24 of the company code is another
test than 2003/361/EC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from baken.kernel.errors import BakenError
from baken.registers.kbo import enterprise

MAX_BYTES = 5_000_000
MAX_RUBRICS = 20_000
MAX_NUMBER = Decimal(10) ** 15
CSV = "csv"
END_LINE = "Accounting period end date"
"""The line of the CSV that tells the last day."""
PERIODS = {"N": 0, "NM1": 1}
"""The year of the accounts and the one before."""
TOLERANCE = Decimal(1)
"""Euros by which an identity may be off: sums of rounded items."""
ASSETS, LIABILITIES, EQUITY, TURNOVER = "20/58", "10/49", "10/15", "70"
HEADS = ("9087", "1003")
"""Average full-time equivalents: of the notes, else of the social balance."""
OWN_PARTS = (EQUITY, "16", "17/49")
"""What equity and liabilities are made of."""
TRAINING = ("5802", "5812", "5822", "5832", "5842", "5852")
"""Hours of training that staff had, men and women: formal, less formal, initial."""
USED = frozenset({
    ASSETS, LIABILITIES, *OWN_PARTS, TURNOVER, *HEADS, *TRAINING,
    "10", "10/11", "100", "101", "11", "110", "111", "12", "13", "14", "15", "19",
    "9901", "630", "650",
})  # fmt: skip
"""Codes from which a fact follows, here or in the law room."""
NEVER_BELOW = (ASSETS, LIABILITIES, *HEADS, *TRAINING)
"""Figures that can't be under nought. Equity can, and turnover after credit notes."""
FIRST_YEAR, LAST_YEAR = 1950, 2100
"""Between these a year of accounts lies: earlier or later is a slip of the pen."""
PARTNER = Decimal("0.25")
"""A holding of this share or more can make a partner or a linked enterprise."""
NOUGHT = Decimal(0)


@dataclass
class Unfit(BakenError):
    """A filing that can't be used, for a reason that a page tells in words of its own (``why``)."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class AccountsYear:
    """One closed year. ``heads`` are those on the payroll, without owners who work in the firm;
    ``turnover`` is None where the model leaves it out (abridged, micro)."""

    start: date | None
    end: date
    heads: Decimal | None
    turnover: Decimal | None
    balance_total: Decimal | None
    equity: Decimal | None
    rubrics: Mapping[str, Decimal]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        figures = {n: getattr(self, n) for n in ("heads", "turnover", "balance_total", "equity")}
        return {
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat(),
            **{n: plain(v) for n, v in figures.items()},
            "rubrics": {code: plain(v) for code, v in self.rubrics.items()},
        }


@dataclass(frozen=True, slots=True)
class Accounts:
    """The years of one filing, newest first. ``participations`` counts holdings of 25 % or more in
    others; ``legal_form`` is the code or name as filed, ``name`` that of the firm, ``number`` its
    enterprise number where the filing tells one that is right."""

    years: tuple[AccountsYear, ...]
    model: str | None = None
    legal_form: str | None = None
    participations: int = 0
    name: str | None = None
    number: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "name": self.name,
            "number": self.number,
            "model": self.model,
            "legal_form": self.legal_form,
            "participations": self.participations,
            "years": [y.as_json() for y in self.years],
            "remarks": list(self.remarks),
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """What can be so, and is worth a second look."""
        return tuple(
            f"the year to {y.end}: turnover ({TURNOVER}) is {plain(y.turnover)}, under nought; "
            "that is so only where credit notes exceed sales"
            for y in self.years
            if y.turnover is not None and y.turnover < 0
        )


def plain(value: Decimal | None) -> int | float | None:
    """A number for JSON: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def is_filing(raw: object) -> bool:
    """Whether decoded JSON is a filing of the National Bank."""
    return isinstance(raw, Mapping) and "Rubrics" in raw


def accounts_of(raw: Mapping[str, Any], end: date | None = None, where: str = "") -> Accounts:
    """The accounts in a filing.

    Raises:
        BakenError: for a rubric that can't be read or stands twice, accounts that do not add up, or
            a year of which the last day is not known. ``where`` begins the path of the error.
    """
    days = raw.get("ExerciseDates")
    days = days if isinstance(days, Mapping) else {}
    last = end or _day(days.get("endDate"), _at(where, "ExerciseDates.endDate"))
    first = _day(days.get("startDate"), _at(where, "ExerciseDates.startDate"))
    if last is None:
        raise _endless(raw, where)
    for day in (first, last):
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            problem = f"{day} is no day of a year of accounts"
            expected = f"a year from {FIRST_YEAR} to {LAST_YEAR}"
            raise Unfit(_at(where, "ExerciseDates"), problem, expected, why="days")
    if first is not None and first > last:
        problem = f"the year begins on {first} and ends on {last}"
        expected = "the first day before the last"
        raise Unfit(_at(where, "ExerciseDates"), problem, expected, why="days")
    found = _rubrics(raw.get("Rubrics"), where)
    years = [_year(first, last, found[0], _at(where, "Rubrics, N"))]
    if found[1].keys() & {ASSETS, LIABILITIES}:
        before = first - timedelta(days=1) if first else _year_before(last)
        years.append(_year(None, before, found[1], _at(where, "Rubrics, NM1")))
    return Accounts(
        tuple(years),
        _text(raw.get("ModelType")),
        _text(raw.get("LegalForm")),
        _held(raw),
        _text(raw.get("EnterpriseName")),
        _firm(raw.get("EnterpriseNumber")),
    )


def _endless(raw: Mapping[str, Any], where: str) -> Unfit:
    """That the last day is lacking, in the words of the kind of file."""
    field, expected = "ExerciseDates", "ExerciseDates of its reference beside Rubrics"
    if raw.get("Format") == CSV:
        field, expected = END_LINE, f'the line "{END_LINE}","2025-12-31"'
    problem = "it does not tell the year's end"
    return Unfit(
        _at(where, field), problem, f"{expected}, or the last day by hand (--end)", why="no_end"
    )


def _firm(value: object) -> str | None:
    try:
        return enterprise(str(value)) if value else None
    except BakenError:
        return None


def figures(rubrics: Mapping[str, Decimal]) -> dict[str, Decimal | None]:
    """Heads, turnover, balance sheet total and equity as their codes tell them."""
    return {
        "heads": next((rubrics[c] for c in HEADS if c in rubrics), None),
        "turnover": rubrics.get(TURNOVER),
        "balance_total": rubrics.get(ASSETS, rubrics.get(LIABILITIES)),
        "equity": rubrics.get(EQUITY),
    }


def check_identities(rubrics: Mapping[str, Decimal], where: str = "") -> None:
    """Assets are liabilities (20/58 = 10/49), and these are the sum of equity, provisions and debts
    (10/15 + 16 + 17/49); an item that is not there is nought.

    Raises:
        BakenError: with both sums.
    """
    assets, liabilities = rubrics.get(ASSETS), rubrics.get(LIABILITIES)
    if assets is None and liabilities is None:
        raise BakenError(where, "there is no balance sheet total", f"{ASSETS} or {LIABILITIES}")
    if assets is not None and liabilities is not None and abs(assets - liabilities) > TOLERANCE:
        problem = f"assets ({ASSETS}) are {assets}, equity and liabilities ({LIABILITIES}) "
        raise BakenError(where, f"{problem}{liabilities}", "the same amount")
    total = liabilities if liabilities is not None else assets
    if not rubrics.keys() & set(OWN_PARTS) or total is None:
        return
    parts = sum((rubrics.get(code, NOUGHT) for code in OWN_PARTS), NOUGHT)
    if abs(parts - total) > TOLERANCE:
        problem = f"{' + '.join(OWN_PARTS)} is {parts}, and {LIABILITIES} is {total}"
        raise BakenError(where, problem, "the same amount")


def _year(
    start: date | None, end: date, rubrics: Mapping[str, Decimal], where: str
) -> AccountsYear:
    check_identities(rubrics, where)
    for code in NEVER_BELOW:
        if rubrics.get(code, NOUGHT) < 0:
            problem = f"{code} is {plain(rubrics[code])}, and can't be under nought"
            raise Unfit(where, problem, "a figure of 0 or more", why="below")
    return AccountsYear(start=start, end=end, rubrics=rubrics, **figures(rubrics))


def _rubrics(rows: object, where: str) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    path = _at(where, "Rubrics")
    if not isinstance(rows, list) or not rows:
        raise BakenError(path, "there are no rubrics", "a list of Code, Value and Period")
    if len(rows) > MAX_RUBRICS:
        raise BakenError(path, f"there are {len(rows)} rubrics", f"at most {MAX_RUBRICS}")
    found: tuple[dict[str, Decimal], dict[str, Decimal]] = ({}, {})
    for at, row in enumerate(rows):
        here = f"{path}[{at}]"
        if not isinstance(row, Mapping) or not {"Code", "Value", "Period"} <= row.keys():
            raise BakenError(here, "this is no rubric", "Code, Value and Period")
        code = str(row["Code"]).strip()
        period = str(row["Period"])
        if period not in PERIODS:
            problem = f"'{period[:20]}' is no period"
            raise BakenError(f"{here}.Period", problem, "N or NM1")
        value = _number(row["Value"], f"{here}.Value")
        year = found[PERIODS[period]]
        if value is not None and year.setdefault(code, value) != value:
            problem = f"{code} stands twice in {period}: {year[code]} and {value}"
            raise BakenError(here, problem, "each code once a year")
    return found


def _number(raw: object, where: str) -> Decimal | None:
    """A number; an empty one says nothing."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    try:
        value = None if isinstance(raw, bool) else Decimal(str(raw).strip())
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite() or abs(value) > MAX_NUMBER:
        raise BakenError(where, f"'{str(raw)[:40]}' is no number", "a number such as 1234.56")
    return value


def _day(raw: object, where: str) -> date | None:
    if raw is None:
        return None
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(str(raw)[:10])
    except ValueError:
        problem = f"'{str(raw)[:40]}' is no day"
        raise Unfit(where, problem, "a day as YYYY-MM-DD", why="days") from None


def _year_before(end: date) -> date:
    """The same day a year earlier; the last of February stays the last."""
    after = end + timedelta(days=1)
    try:
        return after.replace(year=after.year - 1) - timedelta(days=1)
    except ValueError:
        return date(end.year - 1, 2, 28)


def _held(raw: Mapping[str, Any]) -> int:
    """How many other enterprises are held for a quarter or more."""
    rows = raw.get("ParticipatingInterests")
    held = 0
    for row in rows if isinstance(rows, list) else ():
        shares = row.get("ParticipatingInterestHeld") if isinstance(row, Mapping) else None
        total = NOUGHT
        for share in shares if isinstance(shares, list) else ():
            if isinstance(share, Mapping):
                total += _number(share.get("PercentageDirectlyHeld"), "ParticipatingInterests") or 0
        held += total >= PARTNER
    return held


def _text(raw: object) -> str | None:
    return raw.strip()[:100] or None if isinstance(raw, str) else None


def _at(where: str, field: str) -> str:
    return f"{where}, {field}" if where else field
