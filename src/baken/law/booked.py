"""What annual accounts say of themselves: the firm's figures, and its legal form as it was filed.

Registered with ``baken.facts.derive``. What a firm called wrong in its accounts does not follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from baken.facts.derive import derives
from baken.facts.state import Facts, Found, Notice, Origin
from baken.kernel.errors import BakenError
from baken.kernel.values import Interval, Value
from baken.law.difficulty import read_difficulty
from baken.law.difficulty.model import AccountYear
from baken.law.logic import later
from baken.law.papers import Books
from baken.law.size import SizeInput
from baken.law.size.figures import consolidated, figure
from baken.registers import legal_forms
from baken.registers.accounts import MAX_NUMBER, TRAINING

FIGURES = {"headcount": "headcount", "turnover": "turnover", "balance": "balance_total"}
"""A year's figures, and the facts that they are."""
FRESH = timedelta(days=730)
"""So long after its end a year still tells something of who is on the payroll."""
NEWER_MONTHS = 19
"""So long after a year's end the accounts of the next one are filed: twelve months on that year
ends too, within six its accounts are approved, and within thirty days filed (WVV, art. 3:1 and
3:10)."""
SHRUNK, GROWN = Decimal("0.75"), Decimal("2.5")
"""A firm with a yearly average of so many full-time equivalents has, a year on, between
three quarters (a quarter left) and two and a half times (all work half-time, a quarter came) as
many people on the payroll; one more or less besides. Ours: wide, so that a threshold that is near
stays a question."""
PER_HEAD = 2
MORE_THAN_HEADS = Notice(
    "contradiction.heads",
    {
        "nl": "Je noemde meer werknemers dan er mensen kunnen zijn met het aantal dat er werkt. Kijk even na welk van de twee klopt.",  # noqa: E501
        "en": "You named more employees than there can be with the number of people who work there. Please check which of the two is right.",  # noqa: E501
        "fr": "Vous avez indiqué plus de salariés que ne le permet le nombre de personnes qui travaillent chez vous. Vérifiez lequel des deux est juste.",  # noqa: E501
    },
)


def _newest(facts: Facts, as_of: date) -> Mapping[str, Any] | None:
    """The firm's newest closed year: of its accounts, else of its place in the group."""
    books: Books | None = facts.papers.get("accounts")
    if books is not None:
        if outdated(books, as_of):
            return None
        return next((y for y in books.figures if y["end"] <= as_of), None)
    group: SizeInput | None = facts.papers.get("group")
    if group is None or consolidated(group.enterprises[group.enterprise]):
        return None
    years = [y for y in group.enterprises[group.enterprise].years or () if y.end <= as_of]
    newest = max((y for y in years if not y.estimated), key=lambda y: y.end, default=None)
    if newest is None:
        return None
    return {"end": newest.end, "headcount": figure(newest, "headcount"),
            "turnover": figure(newest, "turnover"), "balance": newest.balance}  # fmt: skip


def plain_number(value: Any) -> Value:
    """A figure as a fact: whole where it is whole; None for what is none, or beyond reason."""
    if not isinstance(value, Decimal) or abs(value) > MAX_NUMBER:
        return None
    return int(value) if value == value.to_integral_value() else value


def outdated(books: Books, as_of: date) -> bool:
    """Whether there must be newer accounts than these: they tell nothing of the firm of today."""
    days = [date.fromisoformat(str(y["end"])) for y in books.years]
    ended = [day for day in days if day <= as_of]
    return bool(ended) and newer_due(max(ended), as_of)


def newer_due(end: date, as_of: date) -> bool:
    """Whether the accounts of the year after this one must have been filed."""
    return later(end, months=NEWER_MONTHS) < as_of


def booked(facts: Facts, as_of: date, *said: str) -> Books | None:
    """The accounts, unless there must be newer ones or the firm called one of these facts of them
    wrong."""
    books: Books | None = facts.papers.get("accounts")
    if books is None or books.without & set(said) or outdated(books, as_of):
        return None
    return books


def _figure(facts: Facts, as_of: date, name: str) -> Value | Found:
    year = _newest(facts, as_of)
    if year is None or ("accounts" in facts.papers and booked(facts, as_of, FIGURES[name]) is None):
        return None
    origin = Origin("figures", "accounts", year["end"].isoformat())
    return Found(plain_number(year.get(name)), origin)


@derives("headcount")
def _headcount(facts: Facts, as_of: date) -> Value | Found:
    return _figure(facts, as_of, "headcount")


@derives("employees", "headcount")
def _employees(facts: Facts, as_of: date) -> Value | Found:
    """People on the payroll, roughly: full-time equivalents of a year are no heads of today.
    Without accounts, no more than the people who are said to work there allow.
    """
    year = _newest(facts, as_of) if booked(facts, as_of, "employees", "headcount") else None
    average = year.get("headcount") if year is not None else None
    if year is None or not isinstance(average, Decimal) or as_of - year["end"] > FRESH:
        return _of_heads(facts)
    low = max(0, int((average * SHRUNK).to_integral_value(ROUND_CEILING)) - 1)
    high = int((average * GROWN).to_integral_value(ROUND_FLOOR)) + 1
    return Found(Interval(low, high), Origin("figures", "accounts", year["end"].isoformat()))


def _of_heads(facts: Facts) -> Value:
    """At most two employees for each that works there: who works half-time may count for a half.
    How few there are does not follow, for owners and helpers work along. Where the firm tells
    more, it is told that the two do not go together.
    """
    heads = facts.get("headcount")
    most = heads.hi if isinstance(heads, Interval) else heads
    given = "headcount" in facts and facts.origins["headcount"].kind == "given"
    if not given or isinstance(most, bool) or not isinstance(most, int | Decimal):
        return None
    most = int(most * PER_HEAD)
    said = facts.get("employees")
    least = said.lo if isinstance(said, Interval) else said
    if isinstance(least, int | Decimal) and least > most:
        facts.notices.append(MORE_THAN_HEADS)
        return None
    return Interval(0, most)


@derives("turnover")
def _turnover(facts: Facts, as_of: date) -> Value | Found:
    return _figure(facts, as_of, "turnover")


@derives("balance_total")
def _balance(facts: Facts, as_of: date) -> Value | Found:
    return _figure(facts, as_of, "balance")


@derives("equity")
def _equity(facts: Facts, as_of: date) -> Value | Found:
    newest = _last_year(booked(facts, as_of, "equity"), as_of)
    if newest is None:
        return None
    value = newest.equity if newest.rubrics is None else newest.rubrics.get("10/15")
    return Found(plain_number(value), Origin("figures", "accounts", newest.end.isoformat()))


def _last_year(books: Books | None, as_of: date) -> AccountYear | None:
    """The newest closed year as difficulty reads it."""
    if books is None:
        return None
    years = read_difficulty({"as_of": as_of, "years": books.years}).years or []
    return max((y for y in years if y.end <= as_of), key=lambda y: y.end, default=None)


@derives("staff_training_hours")
def _training(facts: Facts, as_of: date) -> Value | Found:
    """Hours of training that staff had, of the social balance."""
    newest = _last_year(booked(facts, as_of, "staff_training_hours"), as_of)
    codes = (newest.rubrics if newest is not None else None) or {}
    if newest is None or not codes.keys() & set(TRAINING):
        return None
    hours = sum((codes.get(c, Decimal(0)) for c in TRAINING), Decimal(0))
    return Found(plain_number(hours), Origin("figures", "accounts", newest.end.isoformat()))


@derives("legal_form")
def _legal_form(facts: Facts, as_of: date) -> Value | Found:
    books = booked(facts, as_of, "legal_form")
    if books is None or books.legal_form is None:
        return None
    form = form_of(books.legal_form)
    if form is None:
        return None
    return Found(form, Origin("figures", "accounts"))


def form_of(text: str | None) -> str | None:
    """The choice that a form as filed stands for; None for one that nobody knows."""
    try:
        return None if text is None else legal_forms.normalise(text)
    except BakenError:
        return None
