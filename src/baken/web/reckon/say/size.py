"""What an answer on size says."""

from __future__ import annotations

from datetime import date
from typing import Any

from baken.law.logic import later
from baken.law.parameters import in_force
from baken.law.size.classes import FIRST_DAY
from baken.web import words
from baken.web.reckon import pictures
from baken.web.reckon.filled import Filled
from baken.web.reckon.say.common import LOOKS, Shown, euro, number, reason
from baken.web.texts import text

OLD_YEARS = 2
"""Accounts that ended longer ago than this are hardly the latest ones."""


def says(given: Any, answer: Any, filled: Filled | None, lang: str) -> Shown:
    """The class, why, and the figures with the group."""
    key = answer.category or ("open_sme" if answer.sme else "open")
    notes = []
    if answer.category is None and answer.possible:
        names = ", ".join(text(lang, f"reckon.size.class_{s}") for s in answer.possible)
        notes.append(text(lang, "reckon.size.possible", names=names))
    if answer.category == "large":
        notes.append(_why_large(given, answer, lang))
    rule, assumed = _two_years(answer, lang)
    totals = [
        {
            "end": words.day(lang, t.end.isoformat()),
            "heads": number(lang, t.headcount.known),
            "turnover": euro(lang, t.turnover.known),
            "balance": euro(lang, t.balance.known),
        }
        for t in answer.totals[:5]
    ]
    return {
        "says": text(lang, f"reckon.size.{key}"),
        "look": LOOKS[answer.sme],
        "notes": [*notes, *rule, *old(answer.totals[:1], given.as_of, lang)],
        "assumed": assumed,
        "group": pictures.group(given, answer, lang),
        "totals": totals,
    }


def _why_large(given: Any, answer: Any, lang: str) -> str:
    by_public = reason(answer.step, {"size.public"}, lang)
    if by_public or not answer.totals:
        return by_public
    law = in_force("size", max(given.as_of, FIRST_DAY))
    return text(
        lang, "reckon.size.why_large",
        heads=number(lang, law["medium_headcount"].value),
        turnover=euro(lang, law["medium_turnover"].value),
        balance=euro(lang, law["medium_balance"].value),
    )  # fmt: skip


def _two_years(answer: Any, lang: str) -> tuple[list[str], list[str]]:
    """A note where the rule of two years decided, and what it takes of the years before."""
    years = answer.two_year_rule.get("years", [])
    if not answer.two_year_rule.get("applied") or answer.category is None or len(years) < 2:
        return [], []
    newest, oldest = years[0]["class"], years[-1]
    now = text(lang, f"reckon.size.class_{answer.category}")
    if newest is None or newest == answer.category:
        return [text(lang, "reckon.size.two_years", now=now)], []
    note = text(
        lang, "reckon.size.two_years_but", now=now, newest=text(lang, f"reckon.size.class_{newest}")
    )
    if oldest["class"] is None:
        return [note], []
    before = text(
        lang, "reckon.size.before", day=words.day(lang, oldest["end"]),
        was=text(lang, f"reckon.size.class_{oldest['class']}"),
    )  # fmt: skip
    return [note], [before]


def old(years: Any, as_of: date, lang: str) -> list[str]:
    """A remark on accounts that ended too long ago to be the latest."""
    for year in years:
        if year.end < later(as_of, years=-OLD_YEARS):
            return [text(lang, "reckon.old_accounts", date=words.day(lang, year.end.isoformat()))]
    return []
