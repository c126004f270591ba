"""Annual accounts of the owner's firm: a few figures that go along with the visit, and what follows
from them.

Of a file only the figures stay from which a fact follows, and they travel in one field of the
owner's own page, in a plain form: ``file;2026-11-26;610;0|2025-12-31;12;20/58=412345.67;...``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from baken.kernel.errors import BakenError
from baken.law.papers import read_papers
from baken.match.firm import Firm, read_firm
from baken.registers.accounts import USED, accounts_of
from baken.web.owner.rows import Registered, Row, otherwise, row
from baken.web.texts import text
from baken.web.words import day

if TYPE_CHECKING:
    from baken.web.owner.asking import Asked

FACTS = (
    "headcount", "turnover", "balance_total", "equity", "staff_training_hours", "legal_form",
    "size", "in_difficulty",
)  # fmt: skip
"""What follows from accounts, in the order in which it is shown."""
MOST_YEARS, MOST_SIGNS = 4, 4_000
_HEAD = re.compile(r"(file|nbb);(\d{4}-\d\d-\d\d);([0-9A-Za-z ]{0,60});(\d{1,3})")
_CODE = re.compile(r"([0-9/]{1,12}[A-Z]?)=(-?[0-9]{1,16}(?:\.[0-9]{1,6})?)")
_MONTHS = re.compile(r"\d{0,2}")


@dataclass(frozen=True)
class Year:
    """A closed year: its last day, its months where they are known, its figures by their code."""

    end: date
    months: int | None
    codes: Mapping[str, Decimal]


@dataclass(frozen=True)
class Books:
    """What was kept of one or more filings, newest year first. ``form`` is the legal form as filed,
    ``held`` how many others are held for a quarter or more."""

    via: Literal["file", "nbb"]
    read_on: date
    form: str
    held: int
    years: tuple[Year, ...]

    def paper(self, denied: Sequence[str]) -> dict[str, Any]:
        """The paper ``accounts`` of a query, without what the owner called wrong."""
        years = [
            {"end": y.end, "rubrics": dict(y.codes)} | ({"months": y.months} if y.months else {})
            for y in self.years
        ]
        wrong = [f for f in FACTS if f in denied]
        return {
            "years": years, "legal_form": self.form or None, "participations": self.held,
            "without": wrong,
        }  # fmt: skip

    def __str__(self) -> str:
        head = f"{self.via};{self.read_on};{self.form};{self.held}"
        years = (
            ";".join([str(y.end), str(y.months or ""), *(f"{c}={v:f}" for c, v in y.codes.items())])
            for y in self.years
        )
        return "|".join([head, *years])


def read(typed: str) -> Books | None:
    """What the field holds.

    Raises:
        ValueError: for what this module did not write.
    """
    if not typed:
        return None
    head, *rows = typed.split("|")
    found = _HEAD.fullmatch(head)
    if found is None or not 1 <= len(rows) <= MOST_YEARS or len(typed) > MOST_SIGNS:
        raise ValueError("no accounts")
    via: Literal["file", "nbb"] = "nbb" if found[1] == "nbb" else "file"
    years = tuple(_year(r) for r in rows)
    return Books(via, date.fromisoformat(found[2]), found[3], int(found[4]), years)


def _year(typed: str) -> Year:
    end, months, *codes = typed.split(";")
    pairs = [_CODE.fullmatch(c) for c in codes]
    if not _MONTHS.fullmatch(months) or None in pairs:
        raise ValueError("no year")
    values = {p[1]: Decimal(p[2]) for p in pairs if p is not None and p[1] in USED}
    return Year(date.fromisoformat(end), int(months) if months else None, values)


def take(
    filings: Sequence[Mapping[str, Any]], via: Literal["file", "nbb"], today: date
) -> tuple[Books, str | None]:
    """What stays of filings, and the enterprise number that they tell.

    Raises:
        BakenError: for filings that do not add up, are of two firms, or of a year not yet ended.
    """
    books = read_papers({"accounts": list(filings)}, today)["accounts"]
    years = sorted((y for y in books.years if y["end"] <= today), key=lambda y: y["end"])[::-1]
    if not years:
        raise BakenError("accounts", "no year has ended yet", "a closed year")
    numbers = {accounts_of(f).number for f in filings} - {None}
    if len(numbers) > 1:
        raise BakenError("accounts", "these are accounts of two firms", "those of one firm")
    kept = tuple(
        Year(y["end"], y["months"], {c: v for c, v in y["rubrics"].items() if c in USED})
        for y in years[:MOST_YEARS]
    )
    form = re.sub(r"[^0-9A-Za-z ]", "", books.legal_form or "")[:60]
    return Books(via, today, form, min(books.participations, 999), kept), next(iter(numbers), None)


def fill(asked: Asked, as_of: str) -> None:
    """Add to what was asked what its accounts say of the firm, fact by fact."""
    if asked.books is None:
        return
    today = date.fromisoformat(as_of)
    register = (asked.registered.facts if asked.registered else None) or {}
    beside = {
        k: v for k, v in {**register, **asked.facts}.items() if k not in FACTS or k in register
    }
    try:
        whole = read_firm({**beside, "accounts": asked.books.paper(())}, "", today, asked.lang)
        now = read_firm(asked.all_facts, "", today, asked.lang)
    except BakenError:
        # What is wrong with a field is told where the engine reads it.
        asked.booked = Registered(source=source(asked.books, asked.lang))
        return
    told = tuple(_rows(whole, asked.lang, today))
    settled = asked.facts.keys() | register.keys() | set(asked.denied)
    asked.booked = Registered(
        source=source(asked.books, asked.lang),
        rows=tuple(r for r in _rows(now, asked.lang, today) if r.fact not in settled),
        wrong=tuple(r for r in told if r.fact in asked.denied),
        said=otherwise(told, asked, today),
    )


def source(books: Books, lang: str) -> str:
    """Where the figures come from, of which year, and of which day."""
    values = {"end": day(lang, str(books.years[0].end)), "day": day(lang, str(books.read_on))}
    return text(lang, f"books.source_{books.via}", **values)


def _follows(firm: Firm, fact: str) -> Any:
    """What accounts say of a fact, where that is one value."""
    value = firm.values.get(fact)
    origin = firm.origins.get(fact)
    of_books = origin is not None and (origin.says == "accounts" or origin.kind == "law")
    if not of_books or not isinstance(value, bool | int | str | Decimal):
        return None
    return float(value) if isinstance(value, Decimal) else value


def _rows(firm: Firm, lang: str, as_of: date) -> Iterator[Row]:
    """What accounts say of a firm."""
    for fact in FACTS:
        value = _follows(firm, fact)
        if value is not None:
            yield row(fact, value, lang, as_of)
