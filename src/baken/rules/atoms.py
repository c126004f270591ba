"""The atoms of a condition: the smallest questions, each about few facts.

Every atom has ``facts`` (ids), ``wanted`` (what is asked, readable), ``text`` (the atom as a
condition, which also names it: equal text, equal atom) and ``negation()``. Interpreters only
have to know these six.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeAlias

from baken.kernel.values import Number
from baken.rules.ast import FactRef, Kept
from baken.rules.dates import shift
from baken.rules.text import literal, shift_text

NEGATED = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


@dataclass(frozen=True)
class Texts:
    """A collection of texts: some written out, some by how they begin."""

    values: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()

    def match(self, text: str) -> bool:
        """Whether ``text`` belongs to the collection."""
        return text in self.values or (
            bool(self.prefixes) and any(text.startswith(p) for p in self.prefixes)
        )

    def union(self, other: Texts) -> Texts:
        """What is in one of both."""
        return Texts(self.values | other.values, self.prefixes | other.prefixes)

    def common(self, other: Texts) -> Texts:
        """What is in both."""
        values = {v for v in self.values if other.match(v)}
        values |= {v for v in other.values if self.match(v)}
        pairs = ((p, q) for p in self.prefixes for q in other.prefixes)
        prefixes = {max(p, q, key=len) for p, q in pairs if p.startswith(q) or q.startswith(p)}
        return Texts(frozenset(values), frozenset(prefixes))

    def without(self, other: Texts) -> Texts | None:
        """What is in this one only; ``None`` when that can't be said with texts and beginnings."""
        if self.prefixes:
            return None
        return Texts(frozenset(v for v in self.values if not other.match(v)))


@dataclass(frozen=True)
class TextAtom(Kept):
    """A choice or text is one of ``texts`` (or, ``negated``, none of them)."""

    fact: FactRef
    texts: Texts
    negated: bool = False

    @property
    def facts(self) -> tuple[str, ...]:
        return (self.fact.id,)

    def negation(self) -> Atom:
        return replace(self, negated=not self.negated)

    @cached_property
    def wanted(self) -> str:
        return _texts_wanted(self.texts, self.negated)

    @cached_property
    def text(self) -> str:
        name, texts = self.fact.id, self.texts
        said = []
        if texts.values or not texts.prefixes:
            # An empty list is no SQL: what no text answers to is written so that null stays null.
            listed = _listed(texts.values)
            said.append(f"{name} in ({listed})" if listed else f"{name} <> {name}")
        said += [f"{name} like {literal(p + '%')}" for p in sorted(texts.prefixes)]
        body = " or ".join(said)
        if self.negated:
            return f"not ({body})"
        return f"({body})" if len(said) > 1 else body


@dataclass(frozen=True)
class HasAtom(Kept):
    """A set has a member in ``texts`` (or, ``negated``, has none)."""

    fact: FactRef
    texts: Texts
    negated: bool = False

    @property
    def facts(self) -> tuple[str, ...]:
        return (self.fact.id,)

    def negation(self) -> Atom:
        return replace(self, negated=not self.negated)

    @cached_property
    def wanted(self) -> str:
        return ("has no member " if self.negated else "has a member ") + _texts_wanted(self.texts)

    @cached_property
    def text(self) -> str:
        asked = [literal(v) for v in sorted(self.texts.values)]
        asked += [literal(p + "%") for p in sorted(self.texts.prefixes)]
        body = " or ".join(f"has({self.fact.id}, {a})" for a in asked)
        if self.negated:
            return f"not ({body})"
        return f"({body})" if len(asked) > 1 else body


@dataclass(frozen=True)
class BoolAtom(Kept):
    """A yes-or-no fact is ``value``."""

    fact: FactRef
    value: bool

    @property
    def facts(self) -> tuple[str, ...]:
        return (self.fact.id,)

    def negation(self) -> Atom:
        return BoolAtom(self.fact, not self.value)

    @property
    def wanted(self) -> str:
        return f"= {literal(self.value)}"

    @cached_property
    def text(self) -> str:
        return f"{self.fact.id} = {literal(self.value)}"


@dataclass(frozen=True)
class NumberAtom(Kept):
    """``sum of coefficient * fact op bound``; see :mod:`baken.rules.linear`."""

    terms: tuple[tuple[int, FactRef], ...]
    op: str
    bound: Number

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(f.id for _, f in self.terms)

    def negation(self) -> Atom:
        return replace(self, op=NEGATED[self.op])

    @cached_property
    def wanted(self) -> str:
        if self.single:
            return f"{self.op} {literal(self.bound)}"
        return self.text

    @property
    def single(self) -> bool:
        """One fact, compared with a figure as it is."""
        return len(self.terms) == 1 and self.terms[0][0] == 1

    @cached_property
    def text(self) -> str:
        said = ""
        for c, fact in self.terms:
            sign = (" - " if c < 0 else " + ") if said else ("-" if c < 0 else "")
            said += sign + (fact.id if abs(c) == 1 else f"{abs(c)} * {fact.id}")
        return f"{said} {self.op} {literal(self.bound)}"


@dataclass(frozen=True)
class DateTerm:
    """A date fact or a date, moved by ``shifts`` one after the other."""

    base: FactRef | date
    shifts: tuple[tuple[int, str], ...] = ()

    @property
    def text(self) -> str:
        base = self.base.id if isinstance(self.base, FactRef) else literal(self.base)
        return " ".join([base, *(shift_text(n, unit) for n, unit in self.shifts)])

    def moved(self, day: date) -> date:
        """``day`` after all shifts; a later day never becomes an earlier one."""
        for n, unit in self.shifts:
            day = shift(day, n, unit)
        return day

    def first_day(self, edge: date) -> int:
        """The first day number that, moved, reaches ``edge``; past the calendar if none does."""
        low, high = 1, date.max.toordinal() + 1
        while low < high:
            middle = (low + high) // 2
            if self.moved(date.fromordinal(middle)) >= edge:
                high = middle
            else:
                low = middle + 1
        return low


@dataclass(frozen=True)
class DateAtom(Kept):
    """``left op right`` on dates."""

    left: DateTerm
    op: str
    right: DateTerm

    @cached_property
    def facts(self) -> tuple[str, ...]:
        bases = (self.left.base, self.right.base)
        return tuple(dict.fromkeys(b.id for b in bases if isinstance(b, FactRef)))

    def negation(self) -> Atom:
        return replace(self, op=NEGATED[self.op])

    @cached_property
    def wanted(self) -> str:
        if isinstance(self.left.base, FactRef) and not self.left.shifts:
            return f"{self.op} {self.right.text}"
        return self.text

    @cached_property
    def text(self) -> str:
        return f"{self.left.text} {self.op} {self.right.text}"


@dataclass(frozen=True)
class NullAtom(Kept):
    """Nothing is known of the fact (or, ``negated``, something is)."""

    fact: FactRef
    negated: bool = False

    @property
    def facts(self) -> tuple[str, ...]:
        return (self.fact.id,)

    def negation(self) -> Atom:
        return replace(self, negated=not self.negated)

    @property
    def wanted(self) -> str:
        return "known" if self.negated else "unknown"

    @cached_property
    def text(self) -> str:
        return f"{self.fact.id} is {'not ' if self.negated else ''}null"


Atom: TypeAlias = TextAtom | HasAtom | BoolAtom | NumberAtom | DateAtom | NullAtom


def _listed(values: frozenset[str]) -> str:
    return ", ".join(literal(v) for v in sorted(values))


def _texts_wanted(texts: Texts, negated: bool = False) -> str:
    said = []
    if len(texts.values) == 1 and not negated:
        said.append(f"= {_listed(texts.values)}")
    elif texts.values:
        said.append(f"in ({_listed(texts.values)})")
    said += [f"like {literal(p + '%')}" for p in sorted(texts.prefixes)]
    body = " or ".join(said) or "nothing"
    return f"not {body}" if negated else body
