"""What ``baken law de-minimis`` takes: an undertaking, its links, its aids and a new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, ValidationError

from baken.kernel.documents import Document, Strict, first_of, said_at
from baken.law.size.model import MAX_AMOUNT, Enterprise, Link, Percent

Regime = Literal["general", "agriculture", "fishery", "sgei"]
Euro = Annotated[Decimal, Field(ge=0, le=MAX_AMOUNT, allow_inf_nan=False)]
Years = Annotated[Decimal, Field(gt=0, le=100)]
Rate = Annotated[Decimal, Field(ge=-5, le=100)]


class Aid(Strict):
    """An aid granted: ``granted_on`` is the day of the legal right, ``amount`` its gross grant
    equivalent in euros."""

    id: str | None = None
    granted_on: date
    amount: Euro
    regime: Regime
    to: str | None = None


class Event(Strict):
    """A merger, an acquisition or a split, on a day."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    kind: Literal["merger", "acquisition", "split"]
    on: date
    from_: list[str] = Field(alias="from", min_length=1)
    into: list[str] = Field(min_length=1)
    aid_follows: dict[str, str] = Field(default_factory=dict)
    book_equity: dict[str, Decimal] | None = None


class Instalment(Strict):
    """A part of an aid that is paid on a day."""

    on: date
    amount: Euro


class Asked(Strict):
    """A new aid: a grant of ``amount``, or a loan or guarantee by its principal and years."""

    granted_on: date
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
    nace: str | None = None
    purpose: Literal["other", "export", "domestic_goods"] = "other"


class DeMinimisInput(Strict):
    """One question on de minimis aid; lists are complete unless they say otherwise."""

    id: str | int | None = None
    as_of: date
    undertaking: str
    enterprises: dict[str, Enterprise] = Field(default_factory=dict)
    links: list[Link] = Field(default_factory=list)
    member_states: dict[str, str] = Field(default_factory=dict)
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
    try:
        found = DeMinimisInput.model_validate(_with_on(raw))
    except ValidationError as e:
        raise first_of(e, document) from e
    for at, link in enumerate(found.links):
        if link.owner == link.owned:
            raise said_at(document, ("links", at), f"{link.owner} holds itself", "two enterprises")
    ids = [a.id for a in found.aids if a.id is not None]
    twice = next((i for i in ids if ids.count(i) > 1), None) if len(ids) < 5000 else None
    if twice is not None:
        raise said_at(document, ("aids",), f"two aids have the id '{twice}'", "each id once")
    asked = found.asked
    if asked is not None and asked.amount is None and asked.instalments is None:
        need = {"grant": "amount", "loan": "principal", "guarantee": "principal"}[asked.instrument]
        if getattr(asked, need) is None:
            raise said_at(document, ("asked", need), "this field is missing", "an amount in euros")
    for at, event in enumerate(found.events):
        for name in event.aid_follows.values():
            if name not in event.into:
                problem = f"'{name}' is not one of those it was split into"
                where = ("events", at, "aid_follows")
                raise said_at(document, where, problem, ", ".join(event.into))
        if any(v < 0 for v in (event.book_equity or {}).values()):
            where = ("events", at, "book_equity")
            raise said_at(document, where, "equity below nothing gives no share", "0 or more")
    return found


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
