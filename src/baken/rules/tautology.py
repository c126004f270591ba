"""Conditions that are none: true for every firm, or false for every firm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from math import prod
from typing import cast

from baken.kernel.errors import BakenError
from baken.kernel.values import Value
from baken.rules.ast import And, Expr, Not, Or, facts_of
from baken.rules.atoms import Atom, BoolAtom, DateAtom, NullAtom, NumberAtom, TextAtom
from baken.rules.closures import compile_form
from baken.rules.normal import atoms_of, normalise
from baken.rules.text import to_text
from baken.rules.types import Vocabulary, fact_type

MOST_CASES = 20_000


def check_tautology(expr: Expr, vocabulary: Vocabulary, path: str = "") -> BakenError | None:
    """The error of a condition (or a part of it) that every firm meets, or that none can.

    Closed lists and yes-or-no facts are tried value by value, numbers and dates on both sides
    of each bound that the condition names. Facts that can't be listed are left unknown, so an
    error is always right; ``None`` when nothing is found or the cases are too many.
    """
    for part in _parts(expr):
        truths = _outcomes(part, vocabulary)
        if truths in ({True}, {False}):
            always = "always true" if True in truths else "never true"
            problem = f"'{to_text(part)}' is {always}: it is no condition"
            return BakenError(path, problem, "a condition that some firms meet and others don't")
    return None


def _parts(expr: Expr) -> Iterator[Expr]:
    """The whole first, then what is below: a part may be empty while the whole is not."""
    yield expr
    match expr:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _parts(part)
        case Not(part):
            yield from _parts(part)


def _outcomes(expr: Expr, vocabulary: Vocabulary) -> set[bool | None]:
    atoms = list(atoms_of(normalise(expr)))
    listed: dict[str, list[Value]] = {}
    for fact in facts_of(expr):
        asking = [a for a in atoms if fact in a.facts]
        plain = [a for a in asking if not isinstance(a, NullAtom)]
        # Any known value answers "is null" alike; the empty text stands for it.
        values = _cases(fact, plain, vocabulary) if plain else [cast(Value, "")]
        if len(plain) < len(asking):
            # "is null" is the one question that leaving the fact unknown would answer.
            if not values:
                return {None}
            values = [None, *values]
        if values:
            listed[fact] = values
    if not listed or prod(len(values) for values in listed.values()) > MOST_CASES:
        return {None}
    judge = compile_form(normalise(expr))
    found: set[bool | None] = set()
    for chosen in product(*listed.values()):
        found.add(judge(dict(zip(listed, chosen, strict=True))))
        if len(found) > 1:
            break
    return found


def _cases(fact: str, atoms: Sequence[Atom], vocabulary: Vocabulary) -> list[Value]:
    """Values that stand for all that the fact can be, as far as these atoms see it."""
    declared = fact_type(vocabulary, fact)
    if declared is not None and declared.kind == "choice" and declared.choices:
        return list(declared.choices)
    if all(isinstance(a, BoolAtom) for a in atoms):
        return [True, False]
    if all(isinstance(a, TextAtom) for a in atoms):
        texts = [a.texts for a in atoms if isinstance(a, TextAtom)]
        named = {v for t in texts for v in t.values}
        named |= {p + rest for t in texts for p in t.prefixes for rest in ("", "\x00")}
        return [*sorted(named), "\x00"]
    if all(isinstance(a, NumberAtom) and a.single for a in atoms):
        step = 1 if declared is None else declared.step
        bounds = {a.bound for a in atoms if isinstance(a, NumberAtom)}
        return [*sorted({b // step * step + n * step for b in bounds for n in (-1, 0, 1)})]
    if all(isinstance(a, DateAtom) and len(a.facts) == 1 for a in atoms):
        days = {end.base for a in atoms if isinstance(a, DateAtom) for end in (a.left, a.right)}
        plain = [d for d in days if isinstance(d, date)]
        shifted = any(t.shifts for a in atoms if isinstance(a, DateAtom) for t in (a.left, a.right))
        if plain and not shifted:
            return [*sorted({d + timedelta(days=n) for d in plain for n in (-1, 0, 1)})]
    return []
