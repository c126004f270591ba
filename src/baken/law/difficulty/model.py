"""What ``baken law difficulty`` takes: a firm, its closed years, and what is linked to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from baken.kernel.documents import Document, Strict, read_model, said_at
from baken.kernel.errors import BakenError
from baken.law.size import read_size
from baken.law.size.model import MAX_AMOUNT, Months, Size, check_years
from baken.registers import legal_forms

Euro = Annotated[Decimal, Field(ge=-MAX_AMOUNT, le=MAX_AMOUNT, allow_inf_nan=False)]
Positive = Annotated[Decimal, Field(ge=0, le=MAX_AMOUNT, allow_inf_nan=False)]


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


class AccountYear(Strict):
    """A closed year: figures in euros, or codes of the Belgian standard accounts in ``rubrics``.

    ``reserves`` are all other own funds (reserves, profit carried forward, revaluation, capital
    subsidies); ``accumulated_losses`` is a positive number; ``equity`` may stand for its parts.
    """

    end: date
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
    rubrics: dict[str, Euro] | None = None
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
    founded_on: date | None = None
    legal_form: LegalForm | None = None
    years: list[AccountYear] | None = None


class DifficultyInput(Strict):
    """One question on difficulty."""

    id: str | int | None = None
    as_of: date
    size: Size | None = None
    group: dict[str, Any] | None = None
    founded_on: date | None = None
    legal_form: LegalForm | None = None
    years: list[AccountYear] | None = None
    insolvency: Insolvency = Insolvency()
    aid: EarlierAid = EarlierAid()
    linked: list[Linked] | None = None
    purpose: Literal["other", "risk_finance"] = Field("other", alias="for")
    first_commercial_sale_on: date | None = None


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
    if found.founded_on is not None and found.founded_on > found.as_of:
        problem = f"{found.founded_on} lies after as_of"
        raise said_at(document, ("founded_on",), problem, "a day before")
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
