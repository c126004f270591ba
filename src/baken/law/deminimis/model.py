"""What ``baken law de-minimis`` takes: an undertaking, its links, its aids and a new one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError

from baken.kernel.documents import Document, said_at
from baken.kernel.fields import A_TEXT, EUROS, NUMBER
from baken.kernel.questions import Strict, first_of, near_names, refuse_open, without_nulls
from baken.law.logic import later
from baken.law.size.model import (
    Day,
    Enterprise,
    Link,
    Percent,
    Positive,
    check_founded,
    check_holdings,
)
from baken.registers import nace

Regime = Literal["general", "agriculture", "fishery", "sgei"]
Euro = Positive
NACE = r"^([A-Va-v]|[0-9]{2}(\.?[0-9]{1,3})?)$"
"""A section, or a code of two to five digits."""
STATES = frozenset(
    "AT BE BG CY CZ DE DK EE EL ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
    " CH GB IS LI NO UK".split()
)


def _state(value: object) -> object:
    if isinstance(value, str) and value.strip().upper() in STATES:
        return value.strip().upper()
    if isinstance(value, bool):  # what YAML 1.1 reads in NO, the code of Norway
        raise ValueError(f"'{str(value).lower()}' is no text; expected {A_TEXT}")
    raise ValueError(f"'{value}' is no code of a state; expected two letters, such as BE or NL")


State = Annotated[str, BeforeValidator(_state)]
Years = Annotated[Decimal, Field(gt=0, le=100), NUMBER]
Rate = Annotated[Decimal, Field(ge=-5, le=100), NUMBER]


class Aid(Strict):
    """An aid granted: ``granted_on`` is the day of the legal right, ``amount`` its gross grant
    equivalent in euros."""

    id: str | None = None
    granted_on: Day
    amount: Euro
    regime: Regime
    to: str | None = None


class Event(Strict):
    """A merger, an acquisition or a split, on a day."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    kind: Literal["merger", "acquisition", "split"] | None = None
    on: Day | None = None
    from_: list[str] | None = Field(None, alias="from", min_length=1)
    into: list[str] | None = Field(None, min_length=1)
    aid_follows: dict[str, str] = Field(default_factory=dict)
    book_equity: dict[str, Annotated[Decimal, EUROS]] | None = None


class Instalment(Strict):
    """A part of an aid that is paid on a day."""

    on: Day | None = None
    amount: Euro | None = None


class Asked(Strict):
    """A new aid: a grant of ``amount``, or a loan or guarantee by its principal and years."""

    granted_on: Day
    regime: Regime
    amount: Euro | None = None
    instrument: Literal["grant", "loan", "guarantee"] = "grant"
    principal: Euro | None = None
    years: Years | None = None
    collateral_pct: Percent | None = None
    reference_rate_pct: Rate | None = None
    interest_rate_pct: Rate | None = None
    repayment: Literal["end", "linear"] | None = None
    guarantee_pct: Percent | None = None
    insolvency: bool | None = None
    instalments: list[Instalment] | None = None
    discount_rate_pct: Rate | None = None
    nace: Annotated[str, Field(pattern=NACE)] | None = None
    purpose: Literal["other", "export", "domestic_goods"] = "other"


class DeMinimisInput(Strict):
    """One question on de minimis aid; lists are complete unless they say otherwise."""

    id: str | int | None = None
    as_of: Day
    undertaking: str
    enterprises: dict[str, Enterprise] = Field(default_factory=dict)
    links: list[Link] = Field(default_factory=list)
    member_states: dict[str, State] = Field(default_factory=dict)
    aids: list[Aid] = Field(default_factory=list)
    events: list[Event] = Field(default_factory=list)
    asked: Asked | None = None
    separated_accounts: bool | None = None


def read_de_minimis(raw: Any, document: Document | None = None) -> DeMinimisInput:
    """An input, checked.

    Raises:
        BakenError: with the path of the field, and the line when ``document`` is given.
    """
    if not isinstance(raw, Mapping):
        raise said_at(document, (), "this is no question on de minimis", "a mapping with as_of")
    refuse_open(raw, document)
    try:
        found = DeMinimisInput.model_validate(without_nulls(_with_on(raw)))
    except ValidationError as e:
        raise first_of(e, document, DeMinimisInput) from e
    check_holdings(found.links, document)
    check_founded(found.enterprises, found.as_of, document)
    seen: set[str] = set()
    for at, aid in enumerate(found.aids):
        if aid.id is not None and aid.id in seen:
            raise said_at(document, ("aids", at, "id"), f"'{aid.id}' stands twice", "each id once")
        seen.add(aid.id or "")
    if found.asked is not None:
        _check_asked(found.asked, document)
    seen.discard("")
    for at, event in enumerate(found.events):
        _check_event(event, at, seen, document)
    return found


def _check_asked(asked: Asked, document: Document | None) -> None:
    if asked.amount is None and asked.instalments is None:
        need = {"grant": "amount", "loan": "principal", "guarantee": "principal"}[asked.instrument]
        if getattr(asked, need) is None:
            raise said_at(document, ("asked", need), "this field is missing", "an amount in euros")
    if asked.instalments == []:
        expected = "at least one, or no `instalments`"
        raise said_at(document, ("asked", "instalments"), "the list is empty", expected)
    for at, part in enumerate(asked.instalments or ()):
        if part.on is not None and later(part.on, years=1) < asked.granted_on:
            problem = f"{part.on} lies more than a year before the day of granting"
            where = ("asked", "instalments", at, "on")
            raise said_at(document, where, problem, f"a day from {asked.granted_on} on")
    digits = (asked.nace or "").replace(".", "")
    if digits.isdigit() and not any(
        code.startswith(digits) for version in nace.VERSIONS for code in nace.table(version)
    ):
        problem = f"{asked.nace} is no code of NACE-BEL"
        raise said_at(document, ("asked", "nace"), problem, "a code of 2025 or 2008, such as 10.71")


def _check_event(event: Event, at: int, aids: set[str], document: Document | None) -> None:
    """Something changes hands, and the aid that follows is among the aids."""
    where = ("events", at)
    before, after = set(event.from_ or ()), set(event.into or ())
    left, right = (after, before) if event.kind == "split" else (before, after)
    if before and after and left <= right:
        names = ", ".join(sorted(before)), ", ".join(sorted(after))
        problem = f"nothing changes from {names[0]} into {names[1]}"
        raise said_at(document, (*where, "into"), problem, "another enterprise in from or into")
    for key, name in event.aid_follows.items():
        place = (*where, "aid_follows", key)
        if event.into is not None and name not in event.into:
            problem = f"'{name}' is not one of those it was split into"
            raise said_at(document, place, problem, ", ".join(event.into))
        if key not in aids:
            error = said_at(document, place, f"no aid has the id '{key}'", "an id of `aids`")
            error.near = near_names(key, dict.fromkeys(sorted(aids)))
            raise error
    if any(v < 0 for v in (event.book_equity or {}).values()):
        raise said_at(
            document, (*where, "book_equity"), "equity below nothing gives no share", "0 or more"
        )


def _with_on(raw: Mapping[str, Any]) -> dict[str, Any]:
    """In YAML 1.1 the bare word ``on`` is true: read it as the field that is meant."""

    def mend(row: Any) -> Any:
        if isinstance(row, Mapping) and True in row:
            return {("on" if k is True else k): v for k, v in row.items()}
        return row

    out = dict(raw)
    if isinstance(out.get("events"), list):
        out["events"] = [mend(e) for e in out["events"]]
    asked = out.get("asked")
    if isinstance(asked, Mapping) and isinstance(asked.get("instalments"), list):
        out["asked"] = {**asked, "instalments": [mend(i) for i in asked["instalments"]]}
    return out
