"""One firm, one condition: compiled Python closures in Kleene's logic.

A firm is a mapping from fact id to :data:`~baken.kernel.values.Value`; a fact that is absent
or ``None`` is unknown. A narrowed value settles an atom when all its possible values agree.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any as Anything
from typing import TypeAlias

from baken.kernel.values import Choices, Interval, SetOf, Truth, Value
from baken.rules.ast import Expr, FactRef
from baken.rules.atoms import (
    Atom,
    BoolAtom,
    DateAtom,
    DateTerm,
    HasAtom,
    NullAtom,
    NumberAtom,
    TextAtom,
)
from baken.rules.normal import All, Any, Form, normalise

Firm: TypeAlias = Mapping[str, Value]
Judge: TypeAlias = Callable[[Firm], Truth]
Bounds: TypeAlias = tuple[Anything, Anything]
"""Lowest and highest possible value; ``None`` where there is no bound."""

_OPERATORS: dict[str, Callable[[Anything, Anything], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compile_closure(expr: Expr) -> Judge:
    """A function from a firm to true, false or ``None`` for unknown."""
    return compile_form(normalise(expr))


def compile_form(form: Form) -> Judge:
    """The same for a normal form; it is made once and kept on the form."""
    kept: Judge | None = form.__dict__.get("_judge")
    if kept is None:
        if isinstance(form, All):
            kept = _all([compile_form(p) for p in form.parts])
        elif isinstance(form, Any):
            kept = _any([compile_form(p) for p in form.parts])
        else:
            kept = compile_atom(form)
        form.__dict__["_judge"] = kept
    return kept


def _all(parts: list[Judge]) -> Judge:
    def judge(firm: Firm) -> Truth:
        truth: Truth = True
        for part in parts:
            found = part(firm)
            if found is False:
                return False
            if found is None:
                truth = None
        return truth

    return judge


def _any(parts: list[Judge]) -> Judge:
    def judge(firm: Firm) -> Truth:
        truth: Truth = False
        for part in parts:
            found = part(firm)
            if found:
                return True
            if found is None:
                truth = None
        return truth

    return judge


def compile_atom(atom: Atom) -> Judge:
    """The closure of one atom."""
    match atom:
        case TextAtom():
            return _text(atom)
        case HasAtom():
            return _has(atom)
        case BoolAtom(fact, wanted):
            return _flag(fact.id, wanted)
        case NumberAtom():
            return _single(atom) if atom.single else _sum(atom)
        case DateAtom():
            return _dates(atom)
        case NullAtom(fact, negated):
            name = fact.id
            return lambda firm: (firm.get(name) is None) is not negated


def _text(atom: TextAtom) -> Judge:
    name, match, yes = atom.fact.id, atom.texts.match, not atom.negated
    values = None if atom.texts.prefixes else atom.texts.values

    def judge(firm: Firm) -> Truth:
        value = firm.get(name)
        if value is None:
            return None
        if isinstance(value, Choices):
            hits = sum(1 for option in value.options if match(option))
            if hits == len(value.options):
                return yes
            return None if hits else not yes
        hit = value in values if values is not None else match(value)  # type: ignore[arg-type]
        return hit is yes

    return judge


def _has(atom: HasAtom) -> Judge:
    name, match, negated = atom.fact.id, atom.texts.match, atom.negated

    def judge(firm: Firm) -> Truth:
        value = firm.get(name)
        if not isinstance(value, SetOf):
            return None
        found = value.has(match)
        return None if found is None else found is not negated

    return judge


def _flag(name: str, wanted: bool) -> Judge:
    def judge(firm: Firm) -> Truth:
        value = firm.get(name)
        return None if value is None else value is wanted

    return judge


def compare_bounds(op: str, left: Bounds, right: Bounds) -> Truth:
    """``left op right`` when each side lies somewhere between its bounds.

    >>> compare_bounds("<", (10, 20), (50, 50)), compare_bounds("<", (None, 60), (50, 50))
    (True, None)
    """
    if op in (">", ">=", "<>"):
        found = compare_bounds({">": "<=", ">=": "<", "<>": "="}[op], left, right)
        return None if found is None else not found
    (lo, hi), (low, high) = left, right
    if op == "=":
        if lo is not None and lo == hi == low == high:
            return True
        apart = (lo is not None and high is not None and lo > high) or (
            hi is not None and low is not None and hi < low
        )
        return False if apart else None
    compare = _OPERATORS[op]
    if hi is not None and low is not None and compare(hi, low):
        return True
    if lo is not None and high is not None and not compare(lo, high):
        return False
    return None


def _single(atom: NumberAtom) -> Judge:
    name, op, bound = atom.terms[0][1].id, atom.op, atom.bound
    compare = _OPERATORS[op]

    def judge(firm: Firm) -> Truth:
        value = firm.get(name)
        if value is None:
            return None
        if isinstance(value, Interval):
            return compare_bounds(op, (value.lo, value.hi), (bound, bound))
        return compare(value, bound)

    return judge


def _sum(atom: NumberAtom) -> Judge:
    terms = [(c, f.id) for c, f in atom.terms]
    op, bound = atom.op, atom.bound

    def judge(firm: Firm) -> Truth:
        low: Anything = 0
        high: Anything = 0
        for c, name in terms:
            value: Anything = firm.get(name)
            if value is None:
                return None
            if isinstance(value, Interval):
                bounds: Bounds = (value.lo, value.hi)
                lo, hi = bounds if c > 0 else bounds[::-1]
                low = None if lo is None or low is None else low + c * lo
                high = None if hi is None or high is None else high + c * hi
            else:
                low = None if low is None else low + c * value
                high = None if high is None else high + c * value
        return compare_bounds(op, (low, high), (bound, bound))

    return judge


def date_bounds(term: DateTerm) -> Callable[[Firm], Bounds | None]:
    """A function from a firm to the bounds of a date; ``None`` where it is unknown."""
    base = term.base

    def moved(day: date | None) -> date | None:
        return None if day is None else term.moved(day)

    if isinstance(base, FactRef):
        name = base.id

        def bounds(firm: Firm) -> Bounds | None:
            value: Anything = firm.get(name)
            if value is None:
                return None
            if isinstance(value, Interval):
                return moved(value.lo), moved(value.hi)  # type: ignore[arg-type]
            day = moved(value)
            return day, day

        return bounds
    fixed = moved(base)
    return lambda firm: (fixed, fixed)


def _dates(atom: DateAtom) -> Judge:
    left, op, right = date_bounds(atom.left), atom.op, date_bounds(atom.right)

    def judge(firm: Firm) -> Truth:
        a, b = left(firm), right(firm)
        if a is None or b is None:
            return None
        return compare_bounds(op, a, b)

    return judge
