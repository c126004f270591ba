"""The alarm bell of a company, where its accounts or what the owner said make it ring."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from baken.kernel.errors import BakenError
from baken.law.booked import form_of, outdated
from baken.law.papers import Books, read_papers
from baken.web.owner.asking import Asked
from baken.web.reckon.answers import ask
from baken.web.reckon.model import load
from baken.web.reckon.say.bell import WITH_BELL, says

Shown = dict[str, Any]


def rung(facts: Mapping[str, Any], as_of: date) -> tuple[Any, Any] | None:
    """What was asked of the law and its answer, where the bell rings; None where it does not, or
    that is not known. By the accounts, or where own funds were said to be negative.
    """
    form, years = facts.get("legal_form"), []
    with suppress(BakenError):
        books: Books | None = read_papers(facts, as_of).get("accounts")
        # What the owner calls wrong in them settles nothing, nor what newer ones must tell.
        wrong = {"equity", "balance_total", "legal_form"}
        if books is not None and not books.without & wrong and not outdated(books, as_of):
            years = books.years
            form = form or form_of(books.legal_form)
    equity = _below_nought(facts.get("equity"))
    if equity is not None:
        years = [{"end": as_of.isoformat(), "equity": equity}]
    if form not in WITH_BELL or not years:
        return None
    with suppress(BakenError):
        raw = {"as_of": as_of.isoformat(), "legal_form": form, "years": years}
        given, answer = ask("alarm_bell", raw)
        return (given, answer) if answer.rings else None
    return None


def bell_told(asked: Asked, as_of: date) -> Shown | None:
    """What the owner is told of it: that it rings, why and by when, and the tool that tells all."""
    found = rung(asked.all_facts, as_of)
    if found is None or "alarm_bell" in asked.reckoned:
        return None
    tool = load("alarm_bell")
    told = says(*found, None, asked.lang)
    return {
        "says": told["says"], "notes": told["notes"],
        "slug": tool.slug, "title": tool.title[asked.lang],
    }  # fmt: skip


def _below_nought(value: Any) -> int | None:
    """Own funds below nought: as a number, or as the range that was tapped (``..-1``)."""
    number = value.removeprefix("..") if isinstance(value, str) else value
    with suppress(TypeError, ValueError, OverflowError):
        whole = int(number)
        return whole if whole < 0 else None
    return None
