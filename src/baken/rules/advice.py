"""What would settle an unknown condition, and what would turn an unmet one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product
from math import ceil, floor
from typing import Any as Anything
from typing import cast

from baken.kernel.values import Choices, Interval, Number, SetOf, Value, is_known
from baken.rules.ast import Expr, FactRef
from baken.rules.atoms import (
    Atom,
    BoolAtom,
    DateAtom,
    DateTerm,
    HasAtom,
    NumberAtom,
    TextAtom,
)
from baken.rules.closures import Firm, compare_bounds, compile_form, date_bounds
from baken.rules.dates import shift
from baken.rules.normal import All, Any, Form, normalise
from baken.rules.types import AS_OF, Vocabulary, fact_type

# Conditions of people have few alternatives; past so many the first ones are good enough.
_MOST_TRIES = 64


@dataclass(frozen=True)
class FactChange:
    """One fact, what was found, and what it should be.

    ``bound`` is the nearest value that will do (a number or date; for a set or a text with one
    answer that text), ``options`` all texts that will do, ``drop`` set members that are in the
    way. ``wanted`` is the atom's own words.
    """

    fact: str
    found: Value
    wanted: str
    bound: Value = None
    options: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """The smallest set of changes after which the condition is no longer false."""

    facts: tuple[FactChange, ...]


def settles(expr: Expr, firm: Firm) -> frozenset[str]:
    """The facts that could settle an unknown condition; empty when it is settled.

    A part that no longer matters (``a`` in ``a or b`` when ``b`` is true) asks for nothing.
    """
    return frozenset(_open_facts(normalise(expr), firm))


def _open_facts(form: Form, firm: Firm) -> Iterator[str]:
    if compile_form(form)(firm) is not None:
        return
    if isinstance(form, All | Any):
        for part in form.parts:
            yield from _open_facts(part, firm)
    else:
        yield from (fact for fact in form.facts if not is_known(firm.get(fact)))


def smallest_change(expr: Expr, firm: Firm, vocabulary: Vocabulary) -> Change | None:
    """What to change of a false condition, in as few facts as can be, to make it not false.

    ``None`` when the condition is not false, or nothing that a firm could change would do
    (``as_of`` is nobody's to change). What is unknown stays so: the result may be open.
    """
    form = normalise(expr)
    judge = compile_form(form)
    if judge(firm) is not False:
        return None
    found = [
        changes
        for changes in islice(_ways(form, firm, vocabulary), _MOST_TRIES)
        if judge({**firm, **_applied(changes, firm)}) is not False
    ]
    if not found:
        return None
    return Change(min(found, key=lambda changes: (len(changes), _distance(changes))))


def _ways(form: Form, firm: Firm, vocabulary: Vocabulary) -> Iterator[tuple[FactChange, ...]]:
    """Sets of changes that each mend every false part; not yet checked against each other."""
    if compile_form(form)(firm) is not False:
        yield ()
    elif isinstance(form, Any):
        for part in form.parts:
            yield from _ways(part, firm, vocabulary)
    elif isinstance(form, All):
        per_part = [list(islice(_ways(p, firm, vocabulary), 8)) for p in form.parts]
        for chosen in product(*per_part):
            merged: dict[str, FactChange] = {}
            for change in (c for changes in chosen for c in changes):
                merged[change.fact] = change
            yield tuple(merged.values())
    else:
        yield from ((change,) for change in _atom_ways(form, firm, vocabulary))


def _atom_ways(atom: Atom, firm: Firm, vocabulary: Vocabulary) -> Iterator[FactChange]:
    match atom:
        case TextAtom(fact, texts, negated):
            choices = _choices(fact, vocabulary)
            if choices is None:
                options = () if negated else tuple(sorted(texts.values))
            else:
                options = tuple(c for c in choices if texts.match(c) is not negated)
            if options or choices is None:
                bound = options[0] if len(options) == 1 else None
                yield FactChange(fact.id, firm.get(fact.id), atom.wanted, bound, options)
        case HasAtom(fact, texts, negated):
            found = firm.get(fact.id)
            if negated:
                inside = found.members if isinstance(found, SetOf) else ()
                drop = sorted({m for c in inside for m in c if texts.match(m)})
                yield FactChange(fact.id, found, atom.wanted, drop=tuple(drop))
                return
            choices = _choices(fact, vocabulary)
            members = [c for c in choices or () if texts.match(c)] or sorted(texts.values)
            bound = members[0] if len(members) == 1 else None
            yield FactChange(fact.id, found, atom.wanted, bound, tuple(members))
        case BoolAtom(fact, value):
            yield FactChange(fact.id, firm.get(fact.id), atom.wanted, value)
        case NumberAtom():
            yield from _number_ways(atom, firm)
        case DateAtom():
            yield from _date_ways(atom, firm)


def _choices(fact: FactRef, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    found = fact_type(vocabulary, fact.id)
    return None if found is None else found.choices


def _number_ways(atom: NumberAtom, firm: Firm) -> Iterator[FactChange]:
    """Per fact the nearest number, the others held as they are."""
    for c, fact in atom.terms:
        others = [(d, firm.get(f.id)) for d, f in atom.terms if f != fact]
        if not all(isinstance(v, int | Decimal) for _, v in others):
            continue
        rest = Fraction(atom.bound) - sum(d * Fraction(cast(Number, v)) for d, v in others)
        scaled = rest / c * 10**fact.decimals
        op = (
            atom.op if c > 0 else {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(atom.op, atom.op)
        )
        found = firm.get(fact.id)
        if op == "=":
            if scaled.denominator != 1:
                continue
            steps = int(scaled)
        elif op == "<>":
            steps = int(scaled) + 1
        elif op in ("<", "<="):
            steps = ceil(scaled) - 1 if op == "<" else floor(scaled)
        else:
            steps = floor(scaled) + 1 if op == ">" else ceil(scaled)
        bound: Number = steps if not fact.decimals else Decimal(steps).scaleb(-fact.decimals)
        wanted = atom.wanted if atom.single else atom.text
        yield FactChange(fact.id, found, wanted, bound)


def _date_ways(atom: DateAtom, firm: Firm) -> Iterator[FactChange]:
    """Per date fact the nearest day; a fact that stands on both sides is left alone."""
    turned = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
    for term, op, other in (
        (atom.left, atom.op, atom.right),
        (atom.right, turned.get(atom.op, atom.op), atom.left),
    ):
        if not isinstance(term.base, FactRef) or term.base.id == AS_OF:
            continue
        edge = date_bounds(other)(firm)
        if edge is None or edge[0] is None or edge[0] != edge[1] or term.base == other.base:
            continue
        day = _nearest_day(term, op, cast(date, edge[0]))
        if day is not None:
            yield FactChange(term.base.id, firm.get(term.base.id), atom.wanted, day)


def _nearest_day(term: DateTerm, op: str, edge: date) -> date | None:
    """The outermost day that, moved by the shifts of ``term``, stands in ``op`` to ``edge``."""
    day = edge
    for n, unit in reversed(term.shifts):
        day = shift(day, -n, unit)
    # Month ends make going back inexact by a few days: look around.
    near = [day + timedelta(days=n) for n in sorted(range(-6, 7), key=abs)]
    fitting = [d for d in near if _holds(term, d, op, edge)]
    if not fitting:
        return None
    if op in ("<", "<="):
        return max(fitting)
    return min(fitting) if op in (">", ">=") else fitting[0]


def _holds(term: DateTerm, day: date, op: str, edge: date) -> bool:
    day = term.moved(day)
    return compare_bounds(op, (day, day), (edge, edge)) is True


def _applied(changes: tuple[FactChange, ...], firm: Firm) -> Mapping[str, Value]:
    """The changed facts as values, to judge the condition again."""
    after: dict[str, Value] = {}
    for change in changes:
        found = firm.get(change.fact)
        if isinstance(found, SetOf):
            kept = tuple(m for m in found.members if not m.intersection(change.drop))
            added = (frozenset(change.options),) if change.options else ()
            after[change.fact] = SetOf(kept + added, found.more)
        elif len(change.options) > 1:
            after[change.fact] = Choices(frozenset(change.options))
        else:
            after[change.fact] = change.bound
    return after


def _distance(changes: tuple[FactChange, ...]) -> tuple[float, str]:
    """How far the numbers must go, as a share of what they are; texts count as a whole step."""
    total = 0.0
    for change in changes:
        total += _step(change.found, change.bound)
    return total, ",".join(change.fact for change in changes)


def _step(found: Anything, bound: Anything) -> float:
    if isinstance(found, Interval):
        ends = [_step(end, bound) for end in (found.lo, found.hi) if end is not None]
        return min(ends)
    if isinstance(bound, date) and isinstance(found, date):
        return min(1.0, abs((bound - found).days) / 3652)
    if isinstance(bound, bool) or not isinstance(bound, int | Decimal):
        return 1.0
    if isinstance(found, int | Decimal):
        largest = max(abs(Fraction(found)), abs(Fraction(bound)), Fraction(1))
        return float(abs(Fraction(bound) - Fraction(found)) / largest)
    return 1.0
