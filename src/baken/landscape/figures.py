"""What a measure gives, for whom: its rates and ceilings by the size of the firm and by purpose.

A figure for a size counts for that size alone, and a figure for a purpose is never told without
that purpose: a rate that is read too high costs a firm money.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from baken.landscape.dates import in_force
from baken.landscape.model import Offer, Parameter, Text
from baken.landscape.types import rule_types
from baken.rules import Expr, compile_closure, facts_of, parse

CAPS = ("max_aid", "max_loan", "max_guarantee", "max_equity")
OTHER_THAN_COSTS = frozenset({"tax", "hiring", "loan", "guarantee", "equity"})
"""Kinds of which a rate is no share of the costs: a deduction, a part of a wage, a pledge."""
NOUGHT = Decimal(0)


@dataclass(frozen=True)
class Figure:
    """A rate in per cent or a ceiling in euros. ``sizes`` for which it holds (empty: for every
    size that the firm may have); ``for_whom`` its purpose; ``per`` of what it is counted."""

    name: str
    value: Decimal
    sizes: tuple[str, ...]
    for_whom: Text | None
    per: Text | None
    source: int


def open_sizes(rules: Iterable[Expr], sizes: Sequence[str]) -> tuple[str, ...]:
    """Those of ``sizes`` that no rule shuts out; all of them where every one is shut out."""
    by_size = [compile_closure(r) for r in rules if "size" in facts_of(r)]
    left = tuple(s for s in sizes if all(rule({"size": s}) is not False for rule in by_size))
    return left or tuple(sizes)


def size_rules(record: Offer, as_of: date) -> list[Expr]:
    """The rules in force of a record that speak of size."""
    return [
        rule_of(c.rule)
        for c in record.conditions
        if c.rule and "size" in c.rule and in_force(c.valid_from, c.valid_to, as_of)
    ]


def met_by_size(rule: str | None, sizes: Sequence[str]) -> bool:
    """Whether a rule asks nothing of a firm of each of these sizes ("a large firm has room")."""
    if not rule or "size" not in rule:
        return False
    met = compile_closure(rule_of(rule))
    return all(met({"size": size}) is True for size in sizes)


@lru_cache(maxsize=1_000)
def rule_of(text: str) -> Expr:
    """A rule of a record, read."""
    return parse(text, rule_types())


def counting(record: Offer, as_of: date) -> list[Parameter]:
    """The figures for the firm that hold on a day."""
    return [
        p for p in record.parameters if p.for_firm and in_force(p.valid_from, p.valid_to, as_of)
    ]


def purposes_of(rows: Iterable[Parameter]) -> tuple[Text | None, ...]:
    """What the basic rates are for, each purpose once; None is any other project, or all of them
    where no rate has a purpose."""
    found = {_purpose(p): p.for_whom for p in rows if _is_base(p)}
    return tuple(found.values()) or (None,)


def for_purpose(rows: Sequence[Parameter], purpose: Text | None) -> list[Parameter]:
    """Those of the figures that hold for one purpose: its own basic rate, and what is not for
    another purpose that has a rate. A bonus or a limit of its own name ("samenwerking") counts."""
    named = {_purpose(p) for p in rows if _is_base(p)} - {None}
    mine = purpose.nl if purpose else None
    return [p for p in rows if _purpose(p) == mine or not (_is_base(p) or _purpose(p) in named)]


def _is_base(row: Parameter) -> bool:
    return row.name == "rate_pct" and row.part == "base"


def _purpose(row: Parameter) -> str | None:
    return row.for_whom.nl if row.for_whom else None


def rates_of(rows: Sequence[Parameter], sizes: Sequence[str]) -> tuple[Figure, ...]:
    """Every basic rate with the largest bonus for size, within the lowest cap.

    A bonus for working together or for a call abroad is not for every project.
    """
    found = []
    for size in sizes:
        held = [p for p in for_size(rows, size) if p.name == "rate_pct"]
        for purpose in purposes_of(held):
            mine = for_purpose(held, purpose)
            bonus = max((p.value for p in mine if p.part == "bonus" and p.sizes), default=NOUGHT)
            caps = [p.value for p in mine if p.part == "cap"]
            found += [(size, p, min([p.value + bonus, *caps])) for p in mine if _is_base(p)]
    return _joined(found, sizes)


def caps_of(rows: Sequence[Parameter], sizes: Sequence[str]) -> tuple[Figure, ...]:
    """Every ceiling on what is given or lent."""
    found = [(s, p, p.value) for s in sizes for p in for_size(rows, s) if p.name in CAPS]
    return _joined(found, sizes)


def for_size(rows: Iterable[Parameter], size: str) -> list[Parameter]:
    """Those of the figures that hold for a size."""
    return [p for p in rows if not p.sizes or size in p.sizes]


def _joined(
    found: Iterable[tuple[str, Parameter, Decimal]], sizes: Sequence[str]
) -> tuple[Figure, ...]:
    """What is the same for several sizes as one figure; those without a purpose first."""
    held: dict[tuple[object, ...], tuple[Parameter, Decimal, list[str]]] = {}
    for size, row, value in found:
        words = tuple(t.nl if t else None for t in (row.for_whom, row.per))
        held.setdefault((row.name, value, words), (row, value, []))[2].append(size)
    figures = [
        Figure(
            row.name, value, () if set(of) >= set(sizes) else tuple(dict.fromkeys(of)),
            row.for_whom, row.per, row.source,
        )
        for row, value, of in held.values()
    ]  # fmt: skip
    return tuple(sorted(figures, key=lambda f: f.for_whom is not None))
