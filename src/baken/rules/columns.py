"""The columns of a population, encoded so that an atom is judged for all firms at once.

* :class:`TextColumn`: choices, texts and yes-or-no facts, as codes of a dictionary;
* :class:`SetColumn`: sets, their first members as codes per firm, further ones as loose rows;
* :class:`NumberColumn`: numbers (scaled to whole numbers by their decimals) and dates (as day
  numbers), known values in one array, narrowed ones as loose rows with both bounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from baken.rules.atoms import Texts
from baken.rules.bits import Bits, Mask, Planes, filled, pack, some, unpack
from baken.rules.dictionary import Codes, Dictionary

Ints: TypeAlias = NDArray[np.int64]


class TextColumn:
    """One text, one of several, or nothing known (code 0), per firm."""

    def __init__(self, codes: np.ndarray, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self.codes = Codes(codes, len(dictionary))
        self._unknown: Bits | None = None

    def forget(self) -> None:
        """Drop what was kept between atoms."""
        self.codes.forget()
        self._unknown = None

    @property
    def unknown(self) -> Bits:
        """The firms of which nothing is known."""
        if self._unknown is None:
            self._unknown = self.codes.bits(np.arange(len(self.dictionary)) == 0)
        return self._unknown

    def among(self, texts: Texts) -> Planes:
        """Whether the text is one of ``texts``."""
        sure, maybe = self.dictionary.hits(texts)
        true = self.codes.bits(sure)
        return Planes(true, (true if maybe is sure else self.codes.bits(maybe)) | self.unknown)


class SetColumn:
    """The members of a set per firm; a member is a text or one of several.

    ``slots`` hold a member each, as codes of shape ``(firms,)`` with 0 for none; ``rows`` and
    ``further`` are the firm and the code of every member that found no slot. ``null`` marks
    the unknown sets, ``open_`` those and the sets that may have more members.
    """

    def __init__(
        self,
        slots: Sequence[np.ndarray],
        rows: np.ndarray,
        further: np.ndarray,
        null: Mask,
        open_: Mask,
        dictionary: Dictionary,
    ) -> None:
        self.dictionary = dictionary
        self.size = len(null)
        self.slots = [Codes(slot, len(dictionary)) for slot in slots]
        self.rows = np.ascontiguousarray(rows, np.int64)
        self.further = np.ascontiguousarray(further, np.intp)
        self.unknown = pack(null)
        self.open = pack(open_)

    def forget(self) -> None:
        """Drop what was kept between atoms."""
        for slot in self.slots:
            slot.forget()

    def has(self, texts: Texts) -> Planes:
        """Whether a member is one of ``texts``."""
        sure, maybe = self.dictionary.hits(texts)
        true = self._any_member(sure)
        possible = true if maybe is sure else self._any_member(maybe)
        # An unknown set is open too: it is never surely without.
        return Planes(true, possible | self.open)

    def _any_member(self, chosen: Mask) -> Bits:
        found = some((slot.bits(chosen) for slot in self.slots), self.size)
        if len(self.rows) and chosen.any():
            mask = np.zeros(self.size, np.bool_)
            mask[self.rows[np.take(chosen, self.further)]] = True
            np.bitwise_or(found, pack(mask), out=found)
        return found


@dataclass(frozen=True)
class Ends:
    """Lowest and highest possible value per firm; where ``low_open``, there is no lowest."""

    low: np.ndarray
    high: np.ndarray
    low_open: Mask
    high_open: Mask


class NumberColumn:
    """Whole numbers per firm: known, unknown or between two bounds.

    ``values`` counts where ``known``; ``rows`` (sorted) are the narrowed firms, with ``ends``.
    """

    def __init__(
        self,
        values: np.ndarray,
        known: Mask,
        scale: int = 1,
        rows: np.ndarray | None = None,
        ends: Ends | None = None,
    ) -> None:
        largest = int(np.abs(values).max(initial=0)) if len(values) else 0
        kind = np.int32 if largest < 2**31 else np.int64
        self.values: np.ndarray = np.ascontiguousarray(values, dtype=kind)
        self.scale = scale
        self.rows = np.zeros(0, np.int64) if rows is None else rows
        self.ends = ends
        held = known
        if len(self.rows):
            held = known.copy()
            held[self.rows] = True
        self.held: Bits | None = None if held.all() else pack(held)
        # Two rows of booleans to write comparisons into: making new ones takes as long as filling.
        self._hits = np.empty((2, len(self.values)), np.bool_)

    def __len__(self) -> int:
        return len(self.values)

    def forget(self) -> None:
        """Nothing is kept between atoms."""

    @property
    def unknown(self) -> Bits:
        """The firms of which nothing is known."""
        return filled(len(self), False) if self.held is None else ~self.held

    def compare(self, op: str, bound: Fraction) -> Planes:
        """Whether the number stands in relation ``op`` to ``bound`` (in its own unit)."""
        exact = bound * self.scale
        if op in (">=", "<"):
            planes = self.inside(ceil(exact), None)
        elif op in (">", "<="):
            planes = self.inside(floor(exact) + 1, None)
        else:
            planes = self.inside(ceil(exact), floor(exact))
        return planes if op in (">=", ">", "=") else planes.negation()

    def inside(self, low: int | None, high: int | None) -> Planes:
        """Whether the whole number lies from ``low`` to ``high``, both included."""
        hit = self._within(low, high)
        if self.ends is None:
            true = possible = pack(hit)
        else:
            e = self.ends
            hit[self.rows] = _surely(e, low, high)
            true = pack(hit)
            hit[self.rows] = _maybe(e, low, high)
            possible = pack(hit)
        if self.held is None:
            return Planes(true, possible)
        return Planes(true & self.held, possible | ~self.held)

    def _within(self, low: int | None, high: int | None) -> Mask:
        hit, other = self._hits
        if low is None:
            hit.fill(True)
        elif low == high:
            np.equal(self.values, low, out=hit)
        else:
            np.greater_equal(self.values, low, out=hit)
        if high is not None and low != high:
            np.logical_and(hit, np.less_equal(self.values, high, out=other), out=hit)
        return hit

    def all_ends(self) -> Ends:
        """Both ends for every firm, for sums and comparisons of two columns."""
        open_ = unpack(self.unknown, len(self))
        values = self.values.astype(np.int64)
        if self.ends is None:
            return Ends(values, values, open_, open_)
        low, high, low_open, high_open = values, values.copy(), open_.copy(), open_
        for whole, part in (
            (low, self.ends.low),
            (high, self.ends.high),
            (low_open, self.ends.low_open),
            (high_open, self.ends.high_open),
        ):
            whole[self.rows] = part
        return Ends(low, high, low_open, high_open)


def _surely(ends: Ends, low: int | None, high: int | None) -> Mask:
    found = np.ones(len(ends.low), np.bool_)
    if low is not None:
        found &= ~ends.low_open & (ends.low >= low)
    if high is not None:
        found &= ~ends.high_open & (ends.high <= high)
    return found


def _maybe(ends: Ends, low: int | None, high: int | None) -> Mask:
    found = np.ones(len(ends.low), np.bool_)
    if low is not None:
        found &= ends.high_open | (ends.high >= low)
    if high is not None:
        found &= ends.low_open | (ends.low <= high)
    return found


def compare_ends(op: str, left: Ends, right: Ends) -> Planes:
    """``left op right`` firm by firm; the same steps as ``closures.compare_bounds``."""
    if op in (">", ">=", "<>"):
        return compare_ends({">": "<=", ">=": "<", "<>": "="}[op], left, right).negation()
    low_met = ~left.low_open & ~right.high_open
    high_met = ~left.high_open & ~right.low_open
    if op == "=":
        one = (left.low == left.high) & (right.low == right.high) & (left.low == right.low)
        true = one & low_met & high_met
        false = ((left.low > right.high) & low_met) | ((left.high < right.low) & high_met)
    else:
        compare = np.less if op == "<" else np.less_equal
        true = high_met & compare(left.high, right.low)
        false = low_met & ~compare(left.low, right.high)
    return Planes(pack(true.astype(np.bool_)), ~pack(false.astype(np.bool_)))


Column: TypeAlias = TextColumn | SetColumn | NumberColumn
