"""How far an article of Regulation (EU) 651/2014 goes: its basic rate and its highest possible one.

For holding a measure beside its article. Every figure is that of ``data/parameters/aid.yaml``; here
stands only which figures make the lowest and the highest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from baken.law.parameters import Parameter, in_force

ACT = re.compile(r"651/2014|\bAGVV\b|\bGBER\b|\bRGEC\b|groepsvrijstelling|block exemption", re.I)
ARTICLE = re.compile(
    r"\bart(?:ikel|icle|\.)?\s*(\d+)((?:\(\w+\))*)|\b(?:GBER|AGVV)\s+(\d+)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Which figures make an article's basic value, its highest (a sum, or a product where the last
    is a factor), and the bonuses between; ``what`` is the parameter of a measure to hold beside."""

    base: str
    highest: tuple[str, ...]
    bonuses: tuple[str, ...] = ()
    what: str = "rate_pct"


RULES: Mapping[str, Rule] = {
    "14": Rule(
        "map.be.c.large.min",
        ("map.be.a.luxembourg.large", "map.be.sme.small"),
        ("map.be.c.large.max", "map.be.sme.medium", "map.be.sme.small"),
    ),
    "17": Rule("17.medium", ("17.small",), ("17.small",)),
    "18": Rule("18.rate", ("18.rate",)),
    "19": Rule("19.rate", ("19.rate",)),
    "22": Rule(
        "22.grant.none",
        ("22.grant.a", "22.innovative_factor"),
        ("22.grant.c", "22.grant.a", "22.innovative_factor"),
        "max_aid",
    ),
    "25": Rule(
        "25.experimental",
        ("25.cap",),
        ("25.industrial", "25.size.medium", "25.size.small", "25.b", "25.c", "25.d"),
    ),
    "25(5)(a)": Rule("25.fundamental", ("25.fundamental",)),
    "26": Rule("26.rate", ("26.joint",), ("26.joint",)),
    "27": Rule("27.invest", ("27.invest", "27.invest.a"), ("27.invest.c", "27.invest.a")),
    "28": Rule("28.rate", ("28.advice",), ("28.advice",)),
    "29": Rule("29.large", ("29.sme",), ("29.sme",)),
    "31": Rule(
        "31.rate", ("31.cap",), ("31.disadvantaged", "31.medium", "31.small")
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reach:
    """The basic and the highest value of an article on a day, and the bonuses that lie between."""

    article: str
    what: str
    base: Decimal
    highest: Decimal
    bonuses: tuple[Parameter, ...]


def reach(article: str, day: date) -> Reach | None:
    """How far an article goes on a day; None for one that has no such value, or held no more."""
    rule = RULES.get(article)
    law = in_force("aid", day)
    if rule is None or any(name not in law for name in (rule.base, *rule.highest)):
        return None
    first, *others = (law[name] for name in rule.highest)
    highest = first.value
    for more in others:
        highest = highest * more.value if more.unit == "factor" else highest + more.value
    bonuses = tuple(law[name] for name in rule.bonuses if name in law)
    return Reach(article, rule.what, law[rule.base].value, highest, bonuses)


def articles(text: str) -> Iterator[str]:
    """The articles of the regulation that a text names; of one with a rule of its own for a
    paragraph (25(5)(a)) that paragraph.

    >>> list(articles("651/2014 art. 25(5)(a) and article 31; GBER 22"))
    ['25(5)(a)', '31', '22']
    >>> list(articles("artikel 25 van het decreet"))
    []
    """
    if ACT.search(text):
        for number, paragraph, short in ARTICLE.findall(text):
            whole = number + paragraph
            yield whole if whole in RULES else number or short
