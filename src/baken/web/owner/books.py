"""Annual accounts of the owner's firm: a few figures that go along with the visit.

Of a file only the figures stay from which a fact follows, and they travel in one field of the
owner's own page, in a plain form: ``file;2026-11-26;610;0|2025-12-31;12;20/58=412345.67;...``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from baken.kernel.errors import BakenError
from baken.law.papers import read_papers
from baken.registers.accounts import USED, Unfit, accounts_of
from baken.registers.kbo import enterprise

FACTS = (
    "headcount", "employees", "turnover", "balance_total", "equity", "staff_training_hours",
    "legal_form", "size", "in_difficulty",
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


def _check_number(filing: Mapping[str, Any]) -> None:
    """Refuse a filing with an enterprise number that can't be: it may be of anybody."""
    number = filing.get("EnterpriseNumber")
    if not number:
        return
    try:
        enterprise(str(number))
    except BakenError as e:
        raise Unfit("accounts", e.problem, e.expected, why="wrong_number") from e


def take(
    filings: Sequence[Mapping[str, Any]], via: Literal["file", "nbb"], today: date
) -> tuple[Books, str | None]:
    """What stays of filings, and the enterprise number that they tell.

    Raises:
        Unfit: for a wrong enterprise number, one year twice, or a year that has not ended.
        BakenError: for filings that do not add up or are of two firms (:mod:`baken.law.papers`).
    """
    ends = []
    for filing in filings:
        _check_number(filing)
        end = accounts_of(filing).years[0].end
        if end > today:
            raise Unfit("accounts", f"the year ends on {end}", "a closed year", why="not_over")
        if end in ends:
            problem = f"two filings are of the year to {end}"
            raise Unfit("accounts", problem, "each year once", why="twice")
        ends.append(end)
    books = read_papers({"accounts": list(filings)}, today)["accounts"]
    years = sorted((y for y in books.years if y["end"] <= today), key=lambda y: y["end"])[::-1]
    kept = tuple(
        Year(y["end"], y["months"], {c: v for c, v in y["rubrics"].items() if c in USED})
        for y in years[:MOST_YEARS]
    )
    form = re.sub(r"[^0-9A-Za-z ]", "", books.legal_form or "")[:60]
    return Books(via, today, form, min(books.participations, 999), kept), books.number
