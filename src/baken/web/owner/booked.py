"""What annual accounts (:mod:`baken.web.owner.books`) say of the owner's firm, fact by fact."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from baken.kernel.errors import BakenError
from baken.kernel.values import Interval
from baken.law.booked import form_of, newer_due
from baken.match.firm import Firm, read_firm
from baken.match.told import without_unsettled
from baken.registers.accounts import figures
from baken.web.owner.asking import Asked
from baken.web.owner.books import FACTS, Books
from baken.web.owner.rows import Registered, Row, otherwise, row
from baken.web.texts import text
from baken.web.words import day, value_label

FIGURES_OF = {"headcount": "heads", "turnover": "turnover", "balance_total": "balance_total",
              "equity": "equity"}  # fmt: skip
"""Facts, and the figures of a year that they were."""
FORM = "legal_form"
"""The one fact that both the register and accounts tell."""


def fill(asked: Asked, as_of: str) -> None:
    """Add to what was asked what its accounts say of the firm, fact by fact."""
    if asked.books is None:
        return
    today = date.fromisoformat(as_of)
    if newer_due(asked.books.years[0].end, today):
        asked.booked = _past(asked.books, asked.lang, today)
        return
    register = (asked.registered.facts if asked.registered else None) or {}
    beside = {
        k: v for k, v in {**register, **asked.facts}.items() if k not in FACTS or k in register
    }
    try:
        whole = read_firm({**beside, "accounts": asked.books.paper(())}, "", today, asked.lang)
        now = read_firm(asked.all_facts, "", today, asked.lang)
        now = without_unsettled(now, asked.need)
    except BakenError:
        # What is wrong with a field is told where the engine reads it.
        asked.booked = Registered(source=_source(asked.books, asked.lang))
        return
    told = tuple(_rows(whole, asked.lang, today, footed=False))
    known = asked.registered
    there = {r.fact: r.value for r in (*known.rows, *known.wrong, *known.said)} if known else {}
    settled = asked.facts.keys() | register.keys() | set(asked.denied)
    asked.booked = Registered(
        source=_source(asked.books, asked.lang),
        rows=tuple(
            r for r in _rows(now, asked.lang, today, typed=asked.facts) if r.fact not in settled
        ),
        wrong=tuple(r for r in told if r.fact in asked.denied and r.fact not in there),
        said=otherwise(told, asked.facts, asked.denied, asked.lang, today),
        dated=str(asked.books.years[0].end),
        other=_other_form(asked.books, there.get(FORM), asked, today),
    )


def _other_form(books: Books, mine: str | None, asked: Asked, today: date) -> str:
    """That accounts name another legal form than the register, which goes before them."""
    form = form_of(books.form or None)
    theirs = value_label(asked.lang, FORM, form, today) if form else None
    if mine is None or theirs is None or mine == theirs:
        return ""
    wrong = text(asked.lang, "journey.kbo.wrong")
    return text(asked.lang, "books.other_form", theirs=theirs, mine=mine, wrong=wrong)


def _past(books: Books, lang: str, today: date) -> Registered:
    """Accounts after which newer ones were filed: shown with their day, and not used."""
    year = books.years[0]
    found = figures(year.codes)
    rows = (_row(fact, float(value), lang, today) for fact, name in FIGURES_OF.items()
            if (value := found[name]) is not None)  # fmt: skip
    return Registered(
        source=_source(books, lang),
        past=tuple(rows),
        old=text(lang, "books.old", year=year.end.year),
        dated=str(year.end),
    )


def _source(books: Books, lang: str) -> str:
    """Where the figures come from, of which year, and of which day."""
    values = {"end": day(lang, str(books.years[0].end)), "day": day(lang, str(books.read_on))}
    return text(lang, f"books.source_{books.via}", **values)


def _follows(firm: Firm, fact: str) -> Any:
    """What accounts say of a fact: one value, or for people a range."""
    value = firm.values.get(fact)
    origin = firm.origins.get(fact)
    of_books = origin is not None and (origin.says == "accounts" or origin.kind == "law")
    if of_books and fact == "employees" and isinstance(value, Interval):
        return f"{value.lo}..{value.hi}"
    if not of_books or not isinstance(value, bool | int | str | Decimal):
        return None
    return float(value) if isinstance(value, Decimal) else value


def _rows(
    firm: Firm, lang: str, as_of: date, footed: bool = True, typed: Container[str] = ()
) -> Iterator[Row]:
    """What accounts say of a firm.

    Args:
        footed: with what they do not tell, where that counts.
        typed: the facts that the owner gave by hand; a size rests on those too.
    """
    by_hand = any(fact in typed for fact in FIGURES_OF)
    for fact in FACTS:
        value = _follows(firm, fact)
        if value is not None:
            shown = ""
            if fact == "employees":
                people = value_label(lang, fact, value, as_of)
                shown = text(lang, "books.people", people=people)
            elif fact == "size" and by_hand:
                size = value_label(lang, fact, value, as_of)
                shown = text(lang, "books.size_by_hand", size=size)
            elif fact == "in_difficulty" and footed and fact in firm.assumed:
                shown = text(lang, "books.no_difficulty")
            yield _row(fact, value, lang, as_of, shown)


def _row(fact: str, value: Any, lang: str, as_of: date, shown: str = "") -> Row:
    """A fact of accounts: they count who works there in full-time equivalents."""
    told = row(fact, value, lang, as_of, shown)
    return replace(told, label=text(lang, "books.full_time")) if fact == "headcount" else told
