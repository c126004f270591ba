"""A measure's figures held beside the article of Regulation (EU) 651/2014 that it rests on.

Which article that is, ``legal_basis`` tells, or the words of a condition that name regulation and
article. A rate above what the article allows at most is an error; one between its basic rate and
that is a warning, since it takes a bonus.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from baken.landscape.dates import in_force
from baken.landscape.model import Instrument, Offer, Parameter
from baken.law.aid.reach import Reach, articles, reach
from baken.law.difficulty import END_OF_GBER

Row = tuple[Literal["error", "warning"], str, str, str]
"""Level, path, problem, expected."""


def named_articles(record: Instrument) -> list[str]:
    """The articles that its legal basis and the words of its conditions name."""
    texts = list(record.legal_basis)
    for c in record.conditions:
        texts += [t for t in (c.rests_on, c.says.nl, c.text, c.judged) if t]
    return list(dict.fromkeys(a for text in texts for a in articles(text)))


def over_article(record: Offer, name: str, as_of: date) -> Iterator[Row]:
    """What is above its article, and what is above the article's basic rate."""
    if not isinstance(record, Instrument):
        return
    day = min(as_of, END_OF_GBER)
    reaches = [r for a in named_articles(record) if (r := reach(a, day)) is not None]
    if reaches and as_of > END_OF_GBER:
        problem = f"Regulation 651/2014, on which it rests, ended on {END_OF_GBER}"
        yield "warning", f"{name}, legal_basis", problem, "its successor, once that is there"
    for what in ("rate_pct", "max_aid"):
        known = [r for r in reaches if r.what == what]
        if known:
            yield from _held(record, name, as_of, what, known)


def _held(
    record: Instrument, name: str, as_of: date, what: str, known: list[Reach]
) -> Iterator[Row]:
    """Each figure beside the widest of the articles: on which it rests is not told."""
    widest = max(known, key=lambda r: r.highest)
    base = max(r.base for r in known)
    held = "art. " + ", ".join(r.article for r in known)
    unit = "%" if what == "rate_pct" else "EUR"
    usable = [
        p for p in record.parameters
        if p.name == what and p.for_firm and in_force(p.valid_from, p.valid_to, as_of)
    ]  # fmt: skip
    for value, told in _claims(usable):
        path = f"{name}, parameters.{what}"
        if value > widest.highest:
            problem = f"{told} is above the {_n(widest.highest)} {unit} of 651/2014 {held}"
            yield "error", path, problem, f"at most {_n(widest.highest)} {unit}, or another article"
        elif value > base:
            problem = f"{told} is above the basic {_n(base)} {unit} of 651/2014 {held}"
            bonuses = [
                f"{b.id} ({_n(b.value)} {b.unit}, {b.article})" for r in known for b in r.bonuses
            ]
            yield "warning", path, problem, "a bonus that allows it: " + "; ".join(bonuses)


def _claims(usable: list[Parameter]) -> Iterator[tuple[Decimal, str]]:
    """The figures that a measure gives: each base and cap, and the highest base with its bonuses
    where no cap bounds them."""
    bases = [p.value for p in usable if p.part == "base"]
    caps = [p.value for p in usable if p.part == "cap"]
    bonuses = [p.value for p in usable if p.part == "bonus"]
    for value in dict.fromkeys([*bases, *caps]):
        yield value, _n(value)
    if bases and bonuses and not caps:
        whole = max(bases) + max(bonuses)
        yield whole, f"{_n(max(bases))} + {_n(max(bonuses))}"


def _n(value: Decimal) -> str:
    return f"{value:,f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:,f}"
