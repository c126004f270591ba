"""The alarm bell of a company, where its accounts or what the owner said make it ring; and what its
board must do where only words tell that the own funds are negative."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from baken.kernel.errors import BakenError
from baken.law.booked import form_of, outdated
from baken.law.papers import Books, read_papers
from baken.law.parameters import in_force
from baken.match.negative_equity import (
    tells_half_lost,
    tells_half_lost_of_nv,
    tells_negative_equity,
)
from baken.match.told_form import LEGAL_FORM, told_form
from baken.web import words
from baken.web.owner.asking import Asked
from baken.web.owner.plan_days import NOW, Step
from baken.web.reckon.answers import ask
from baken.web.reckon.model import load
from baken.web.reckon.say.bell import WITH_BELL, says
from baken.web.reckon.say.common import source
from baken.web.texts import text

Shown = dict[str, Any]
ARTICLES = {"bv": "5:153", "cv": "6:119", "nv": "7:228"}


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
    """What the owner is told of it: that it rings, why and by when, and the tool that tells all.
    Where the figures don't tell it and the words do, what a board must do then."""
    if "alarm_bell" in asked.reckoned:
        return None
    tool = load("alarm_bell")
    found = rung(asked.all_facts, as_of)
    told = says(*found, None, asked.lang) if found else _of_words(asked, as_of)
    if told is None:
        return None
    return {
        "says": told["says"], "notes": told["notes"],
        "slug": tool.slug, "title": tool.title[asked.lang],
    }  # fmt: skip


def with_bell(answer: Mapping[str, Any], bell: Shown | None) -> Mapping[str, Any]:
    """The answer with what was told of it, where it has something and nothing goes before."""
    return answer if bell is None or answer.get("urgent") else {**answer, "alarm_bell": bell}


def bell_json(query: Mapping[str, Any]) -> Shown | None:
    """What is told of it to who asked in JSON, of a query that was answered."""
    asked = Asked(query["lang"], query.get("need") or "", facts=dict(query.get("facts") or {}))
    asked.asked = list(query.get("asked") or [])
    return bell_told(asked, date.fromisoformat(query["as_of"]))


def bell_step(asked: Asked, as_of: date) -> list[Step]:
    """What can't wait in a plan, where the bell rings or the words say so."""
    if bell_told(asked, as_of) is None:
        return []
    form = _form(asked)
    why = "half" if form == "nv" else "words"
    why = "rings" if rung(asked.all_facts, as_of) else why
    says = text(asked.lang, f"journey.plan.bell.{why}", **_term(form, as_of, asked.lang))
    return [Step(NOW, "alarm_bell", says, first=True)]


def _of_words(asked: Asked, as_of: date) -> Shown | None:
    """What holds where the words tell that the own funds are negative, or those of an nv below
    half of its capital; None where they don't, or the firm has a form without a bell."""
    form, lang = _form(asked), asked.lang
    told = tells_negative_equity(asked.need) or (form == "nv" and tells_half_lost(asked.need))
    if form not in (None, *WITH_BELL) or not told:
        return None
    notes = [
        text(lang, f"journey.bell.{n}", **_term(form, as_of, lang)) for n in ("term", "liable")
    ]
    notes += [] if form else [text(lang, "journey.bell.others")]
    return {
        "says": text(lang, "journey.bell.half" if form == "nv" else "journey.bell.says"),
        "notes": [*notes, text(lang, "journey.bell.net")],
    }


def _form(asked: Asked) -> str | None:
    """The legal form: as the owner gave it, else as the words tell it, else as it is known."""
    given = asked.facts.get(LEGAL_FORM)
    if not isinstance(given, str) and LEGAL_FORM not in asked.asked:
        given = told_form(asked.need)
    given = given or asked.all_facts.get(LEGAL_FORM)
    if given is None and tells_half_lost_of_nv(asked.need):
        return "nv"
    return given if isinstance(given, str) else None


def _term(form: str | None, as_of: date, lang: str) -> dict[str, str]:
    """The months in which the meeting must be held, and the article that says so."""
    law = in_force("difficulty", as_of)["bell_months"]
    article = f"art. {ARTICLES[form]}" if form in ARTICLES else law.article
    return {
        "months": words.number(lang, int(law.value)), "article": source(f"WVV, {article}", lang)
    }  # fmt: skip


def _below_nought(value: Any) -> int | None:
    """Own funds below nought: as a number, or as the range that was tapped (``..-1``)."""
    number = value.removeprefix("..") if isinstance(value, str) else value
    with suppress(TypeError, ValueError, OverflowError):
        whole = int(number)
        return whole if whole < 0 else None
    return None
