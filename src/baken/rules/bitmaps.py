"""A population judged at once: each distinct atom is computed one time, as two bitmaps.

    firms = Population.encode(list_of_firms, vocabulary, as_of=date(2026, 11, 1))
    verdict = firms.judge(conditions)      # fits, excluded and open as bitmaps

The bitmaps of atoms are kept: a what-if that changes one condition computes that one only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import cast

import numpy as np
from numpy.typing import NDArray

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
    Texts,
)
from baken.rules.bits import Bits, Planes, count, every, filled, pack, some, unpack
from baken.rules.closures import Firm
from baken.rules.columns import Column, Ends, NumberColumn, SetColumn, TextColumn, compare_ends
from baken.rules.dates import shift
from baken.rules.encode import encode
from baken.rules.normal import All, Any, Form, normalise
from baken.rules.types import AS_OF, Vocabulary

_TURNED = {"=": "=", "<>": "<>", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_OPERATORS = {
    "=": np.equal,
    "<>": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}
_LAST_DAY = date.max.toordinal()


@dataclass(frozen=True)
class Verdicts:
    """What became of ``size`` firms: two bitmaps, and what is in neither is open."""

    fits: Bits
    excluded: Bits
    size: int

    def counts(self) -> dict[str, int]:
        """How many firms fit, are excluded and are open."""
        fits, excluded = count(self.fits, self.size), count(self.excluded, self.size)
        return {"fits": fits, "excluded": excluded, "open": self.size - fits - excluded}

    def codes(self) -> NDArray[np.int8]:
        """Per firm 1 (fits), -1 (excluded) or 0 (open); shape ``(size,)``."""
        fits = unpack(self.fits, self.size).astype(np.int8)
        return fits - unpack(self.excluded, self.size).astype(np.int8)


class Population:
    """Firms as columns. A fact without a column is unknown for all of them."""

    def __init__(self, columns: Mapping[str, Column], size: int, as_of: date | None) -> None:
        self.columns = dict(columns)
        self.size = size
        self.as_of = as_of
        self._kept: dict[str, Planes] = {}

    @classmethod
    def encode(
        cls, firms: Sequence[Firm], vocabulary: Vocabulary, as_of: date | None = None
    ) -> Population:
        """The population of these firms, each a mapping from fact id to value."""
        facts = {fact for firm in firms for fact in firm}
        columns = {
            name: encode([firm.get(name) for firm in firms], vocabulary[name])
            for name in sorted(facts & set(vocabulary))
        }
        return cls(columns, len(firms), as_of)

    def forget(self) -> None:
        """Drop all that was computed, so that the next question starts from the columns."""
        self._kept.clear()
        for column in self.columns.values():
            column.forget()

    def judge(self, conditions: Sequence[Expr]) -> Verdicts:
        """All conditions true: fits; one false: excluded; else open."""
        planes = [self.planes(condition) for condition in conditions]
        fits = every((p.true for p in planes), self.size)
        return Verdicts(fits, ~every((p.possible for p in planes), self.size), self.size)

    def planes(self, expr: Expr) -> Planes:
        """The truth of one condition for every firm."""
        return self._form(normalise(expr))

    def truths(self, expr: Expr) -> list[bool | None]:
        """The same as one value per firm; for small populations and tests."""
        true, possible = (unpack(bits, self.size) for bits in self.planes(expr))
        both = zip(true.tolist(), possible.tolist(), strict=True)
        return [True if t else None if p else False for t, p in both]

    def _form(self, form: Form) -> Planes:
        if not isinstance(form, All | Any):
            kept = self._kept.get(form.text)
            if kept is None:
                kept = self._kept[form.text] = self._atom(form)
            return kept
        parts = [self._form(part) for part in form.parts]
        join = every if isinstance(form, All) else some
        return Planes(
            join((p.true for p in parts), self.size), join((p.possible for p in parts), self.size)
        )

    def _atom(self, atom: Atom) -> Planes:
        match atom:
            case TextAtom(fact, texts, negated):
                planes = self._among(fact, texts)
            case BoolAtom(fact, value):
                texts = Texts(frozenset({"true" if value else "false"}))
                planes, negated = self._among(fact, texts), False
            case HasAtom(fact, texts, negated):
                sets = self.columns.get(fact.id)
                planes = sets.has(texts) if isinstance(sets, SetColumn) else self._nothing()
            case NullAtom(fact, negated):
                planes = self._null(fact)
            case NumberAtom():
                planes, negated = self._number(atom), False
            case DateAtom():
                planes, negated = self._date(atom), False
        return planes.negation() if negated else planes

    def _nothing(self) -> Planes:
        return Planes(filled(self.size, False), filled(self.size, True))

    def _among(self, fact: FactRef, texts: Texts) -> Planes:
        column = self.columns.get(fact.id)
        return column.among(texts) if isinstance(column, TextColumn) else self._nothing()

    def _null(self, fact: FactRef) -> Planes:
        if fact.id in self.columns:
            unknown = self.columns[fact.id].unknown
        else:
            unknown = filled(self.size, fact.id != AS_OF or self.as_of is None)
        return Planes(unknown, unknown)

    def _numeric(self, name: str) -> NumberColumn | None:
        return cast("NumberColumn | None", self.columns.get(name))

    def _number(self, atom: NumberAtom) -> Planes:
        columns = [self._numeric(f.id) for _, f in atom.terms]
        if any(column is None for column in columns):
            return self._nothing()
        held = [column for column in columns if column is not None]
        if len(held) == 1:
            return held[0].compare(atom.op, Fraction(atom.bound) / atom.terms[0][0])
        # All columns in one unit, small enough for the bound: then everything is whole.
        unit = max(column.scale for column in held)
        while (Fraction(atom.bound) * unit).denominator != 1:
            unit *= 10
        bound = int(Fraction(atom.bound) * unit)
        factors = [c * (unit // col.scale) for (c, _), col in zip(atom.terms, held, strict=True)]
        reach = sum(abs(f) * _reach(column) for f, column in zip(factors, held, strict=True)) + abs(
            bound
        )
        if reach < 2**62 and all(column.ends is None for column in held):
            return self._known_sum(atom.op, factors, held, bound)
        total: Ends | None = None
        for factor, column in zip(factors, held, strict=True):
            part = _times(column.all_ends(), factor, exact=reach >= 2**62)
            total = part if total is None else _plus(total, part)
        edge = np.array([bound], dtype=object if reach >= 2**62 else np.int64)
        closed = np.zeros(1, np.bool_)
        return compare_ends(atom.op, cast(Ends, total), Ends(edge, edge, closed, closed))

    def _known_sum(
        self, op: str, factors: list[int], columns: list[NumberColumn], bound: int
    ) -> Planes:
        """A sum in which nothing is narrowed: one comparison where all facts are known."""
        total = np.multiply(columns[0].values, factors[0], dtype=np.int64)
        for factor, column in zip(factors[1:], columns[1:], strict=True):
            total += np.multiply(column.values, factor, dtype=np.int64)
        hit = pack(_OPERATORS[op](total, bound))
        unknown = some((column.unknown for column in columns), self.size)
        return Planes(hit & ~unknown, hit | unknown)

    def _date(self, atom: DateAtom) -> Planes:
        left, right = self._fixed(atom.left), self._fixed(atom.right)
        if left is None and right is None:
            return self._two_dates(atom)
        if left is not None and right is not None:
            closed = np.zeros(self.size, np.bool_)
            a, b = (np.full(self.size, day.toordinal()) for day in (left, right))
            return compare_ends(atom.op, Ends(a, a, closed, closed), Ends(b, b, closed, closed))
        moving, op, edge = (
            (atom.left, atom.op, right) if right else (atom.right, _TURNED[atom.op], left)
        )
        column = self._numeric(cast(FactRef, moving.base).id)
        if column is None or edge is None:
            return self._nothing()
        first = moving.first_day(edge)
        after = moving.first_day(shift(edge, 1, "day")) if edge < date.max else _LAST_DAY + 1
        if op in (">=", "<"):
            planes = column.inside(first, None)
        elif op in (">", "<="):
            planes = column.inside(after, None)
        else:
            planes = column.inside(first, after - 1)
        return planes if op in (">=", ">", "=") else planes.negation()

    def _fixed(self, term: DateTerm) -> date | None:
        """The date of a term that is the same for all firms."""
        day: date | None
        if isinstance(term.base, FactRef):
            if term.base.id != AS_OF or AS_OF in self.columns:
                return None
            day = self.as_of
        else:
            day = term.base
        return None if day is None else term.moved(day)

    def _two_dates(self, atom: DateAtom) -> Planes:
        ends = []
        for term in (atom.left, atom.right):
            column = self._numeric(term.base.id) if isinstance(term.base, FactRef) else None
            if column is None:
                return self._nothing()
            found = column.all_ends()
            low, high = _shifted(found.low, term), _shifted(found.high, term)
            ends.append(Ends(low, high, found.low_open, found.high_open))
        return compare_ends(atom.op, ends[0], ends[1])


def _shifted(days: np.ndarray, term: DateTerm) -> np.ndarray:
    distinct, index = np.unique(days, return_inverse=True)
    # An open end holds 0, which is no day; what becomes of it is masked afterwards.
    moved = [term.moved(date.fromordinal(max(1, d))).toordinal() for d in distinct.tolist()]
    return np.array(moved, np.int64)[index]


def _reach(column: NumberColumn) -> int:
    arrays = [column.values] + ([column.ends.low, column.ends.high] if column.ends else [])
    return max(int(np.abs(a).max(initial=0)) for a in arrays)


def _times(ends: Ends, factor: int, exact: bool) -> Ends:
    low, high = (a.astype(object) if exact else a for a in (ends.low, ends.high))
    low_open, high_open = ends.low_open, ends.high_open
    if factor < 0:
        low, high, low_open, high_open = high, low, high_open, low_open
    return Ends(low * factor, high * factor, low_open, high_open)


def _plus(a: Ends, b: Ends) -> Ends:
    return Ends(a.low + b.low, a.high + b.high, a.low_open | b.low_open, a.high_open | b.high_open)
