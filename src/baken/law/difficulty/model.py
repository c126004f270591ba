"""What ``baken law difficulty`` takes: a firm, its closed years, and what is linked to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from baken.kernel.documents import Document, said_at
from baken.kernel.errors import BakenError
from baken.kernel.fields import EUROS, NUMBER, two_ways
from baken.kernel.questions import Strict, read_model
from baken.law.size import read_size
from baken.law.size.model import MAX_AMOUNT, Day, Months, Positive, Size, check_years
from baken.registers import legal_forms

Figure = Annotated[Decimal, Field(ge=-MAX_AMOUNT, le=MAX_AMOUNT, allow_inf_nan=False), NUMBER]
Euro = Annotated[Decimal, Field(ge=-MAX_AMOUNT, le=MAX_AMOUNT, allow_inf_nan=False), EUROS]


def _form(raw: Any) -> Any:
    """A spelling or KBO code as the choice that it stands for ("Eenmanszaak", "BVBA", "610")."""
    try:
        return legal_forms.normalise(raw) if isinstance(raw, str) and raw not in FORMS else raw
    except BakenError:
        return raw


FORMS = frozenset(legal_forms.CHOICES)
LegalForm = Annotated[
    Literal[
        "bv", "nv", "cv", "vof", "commv", "vzw", "sole_trader", "maatschap", "public_body", "other"
    ],
    BeforeValidator(_form),
]


CODE = re.compile(r"[0-9]{1,6}(?:/[0-9]{1,5})?[A-Z]?")
"""How a code of the standard accounts looks: 10, 10/15, 490/1, 9901, 8169P."""
EUROS_CODE = re.compile(r"[0-9]{1,3}|[0-9]+/[0-9]+|99[0-9]{2}")
"""Codes of euros; the social balance, of four digits, counts heads and hours too."""
CAPITAL = frozenset({"10", "100", "11", "110", "111", "10/11"})
"""Codes of what was brought in, which is never below nothing."""
TWICE = {"subscribed_capital": ("100", "10"), "equity": ("10/15",)}
"""Plain figures, and the codes that tell the same."""


def by_code(raw: Any) -> Any:
    """Rubrics as the National Bank writes them, rows of Code, Value and Period, as a mapping.

    Rows of the year before (Period NM1) belong to another year, and are left.
    """
    if isinstance(raw, Mapping):
        return {str(k) if type(k) is int else k: v for k, v in raw.items()}
    if not isinstance(raw, list):
        return raw
    found: dict[str, Any] = {}
    for at, row in enumerate(raw):
        if not isinstance(row, Mapping) or "Code" not in row:
            said = "Code, Value and Period, or a mapping of codes"
            raise ValueError(f"row {at + 1} is no rubric; expected {said}")
        period, value = row.get("Period", "N"), row.get("Value", "")
        if period not in ("N", "NM1"):
            raise ValueError(
                f"'{str(period)[:20]}' in row {at + 1} is no period; expected N or NM1"
            )
        code = str(row["Code"]).strip()
        if period == "N" and value != "" and found.setdefault(code, value) != value:
            raise ValueError(f"{code} stands twice; expected each code once a year")
    return found


class AccountYear(Strict):
    """A closed year: figures in euros, or codes of the Belgian standard accounts in ``rubrics``.

    ``reserves`` are all other own funds (reserves, profit carried forward, revaluation, capital
    subsidies); ``accumulated_losses`` is a positive number; ``equity`` may stand for its parts.
    """

    end: Day
    months: Months | None = None
    subscribed_capital: Positive | None = None
    contributions: Positive | None = None
    capital_in_accounts: Positive | None = None
    share_premium: Positive | None = None
    reserves: Euro | None = None
    accumulated_losses: Positive | None = None
    equity: Euro | None = None
    debt: Positive | None = None
    ebitda: Euro | None = None
    interest: Positive | None = None
    rubrics: Annotated[dict[str, Figure], BeforeValidator(by_code)] | None = None
    currency: Literal["EUR"] = "EUR"


class Insolvency(Strict):
    """Collective insolvency proceedings, or the criteria of Belgian law for them (art. XX.99)."""

    proceedings: bool | None = None
    criteria_met: bool | None = None


class EarlierAid(Strict):
    """Rescue aid not paid back, or a restructuring plan that still runs."""

    rescue_outstanding: bool | None = None
    restructuring_plan: bool | None = None


class Linked(Strict):
    """A linked enterprise: its closed years, newest first."""

    id: str | None = None
    founded_on: Day | None = None
    legal_form: LegalForm | None = None
    years: list[AccountYear] | None = None


class DifficultyInput(Strict):
    """One question on difficulty."""

    id: str | int | None = None
    as_of: Day
    size: Size | None = None
    group: dict[str, Any] | None = None
    founded_on: Day | None = None
    legal_form: LegalForm | None = None
    years: list[AccountYear] | None = None
    insolvency: Insolvency = Insolvency()
    aid: EarlierAid = EarlierAid()
    linked: list[Linked] | None = None
    purpose: Literal["other", "risk_finance"] = Field("other", alias="for")
    first_commercial_sale_on: Day | None = None


def read_difficulty(raw: Any, document: Document | None = None) -> DifficultyInput:
    """An input, checked.

    Raises:
        BakenError: with the path of the field, and the line when ``document`` is given.
    """
    found = read_model(
        DifficultyInput, raw, document, "this is no question on difficulty", "a mapping with as_of"
    )
    lists: list[tuple[tuple[str | int, ...], list[AccountYear] | None]] = [
        (("years",), found.years)
    ]
    lists += [(("linked", i, "years"), x.years) for i, x in enumerate(found.linked or ())]
    for where, years in lists:
        check_years(years, where, document)
        check_rubrics(years, where, document)
    founded: list[tuple[tuple[str | int, ...], date | None]] = [(("founded_on",), found.founded_on)]
    founded += [
        (("linked", i, "founded_on"), x.founded_on) for i, x in enumerate(found.linked or ())
    ]
    for where, day in founded:
        if day is not None and day > found.as_of:
            problem = f"{day} lies after as_of"
            raise said_at(document, where, problem, f"a day up to {found.as_of}")
    if found.group is not None:
        try:
            read_size({"as_of": found.as_of, **found.group})
        except BakenError as e:
            line = document.line(("group",)) if document else None
            place = f"{document.name}, line {line}, " if document and line else ""
            raise BakenError(f"{place}group.{e.path}", e.problem, e.expected, e.near) from e
    if found.size is not None and found.group is not None:
        raise said_at(document, ("size",), "both size and group are given", "one of the two")
    return found


def check_rubrics(
    years: Sequence[AccountYear] | None,
    where: tuple[str | int, ...],
    document: Document | None = None,
) -> None:
    """Codes are codes, capital is not below nothing, and what is told twice is told alike.

    Raises:
        BakenError: at the code, or at the plain figure that tells otherwise.
    """
    for at, year in enumerate(years or ()):
        codes = year.rubrics or {}
        for code, value in codes.items():
            place = (*where, at, "rubrics", code)
            if not CODE.fullmatch(code):
                problem = f"'{code[:40]}' is no code of the standard accounts"
                raise said_at(document, place, problem, "a code such as 10/15 or 9901")
            if value < 0 and code in CAPITAL:
                raise said_at(document, place, f"{value} is out of bounds", "0 or more")
            readings = two_ways(value) if EUROS_CODE.fullmatch(code) else None
            if readings is not None:
                raise said_at(document, place, f"{value} can be read in two ways", readings)
        for name, same in TWICE.items():
            told = getattr(year, name)
            known = {c: codes[c] for c in same if c in codes}
            if told is not None and known and all(abs(v - told) > 1 for v in known.values()):
                beside = " and ".join(f"rubric {c} {v}" for c, v in known.items())
                problem = f"{name} is {told}, and {beside}"
                raise said_at(document, (*where, at, name), problem, "one of them, or the same")
