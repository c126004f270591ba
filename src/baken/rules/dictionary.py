"""Texts as small numbers: each distinct text, or narrowed group of texts, has one code."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from baken.rules.atoms import Texts
from baken.rules.bits import Bits, Mask, filled, pack

# Up to so many codes a column keeps one bitmap per code, and an atom is an "or" of a few.
FEW_CODES = 48
# Up to so many runs of codes a comparison per run is quicker than a look-up per firm.
FEW_RUNS = 6


class Dictionary:
    """Code 0 is nothing; then the known texts in their order; then the narrowed groups.

    The order makes the texts with one beginning neighbours.
    """

    def __init__(self, names: Iterable[str], groups: Iterable[frozenset[str]] = ()) -> None:
        self.names = sorted(set(names))
        self.groups = sorted(set(groups), key=sorted)
        self.codes: dict[frozenset[str], int] = {
            group: code
            for code, group in enumerate([*(frozenset({n}) for n in self.names), *self.groups], 1)
        }

    def __len__(self) -> int:
        return 1 + len(self.names) + len(self.groups)

    def hits(self, texts: Texts) -> tuple[Mask, Mask]:
        """Per code whether all of its texts are in ``texts``, and whether one is; both (codes,)."""
        sure = np.zeros(len(self), np.bool_)
        for text in texts.values:
            at = bisect_left(self.names, text)
            if at < len(self.names) and self.names[at] == text:
                sure[1 + at] = True
        for prefix in texts.prefixes:
            at = bisect_left(self.names, prefix)
            while at < len(self.names) and self.names[at].startswith(prefix):
                sure[1 + at] = True
                at += 1
        if not self.groups:
            return sure, sure
        maybe = sure.copy()
        for code, group in enumerate(self.groups, 1 + len(self.names)):
            found = [texts.match(text) for text in group]
            sure[code], maybe[code] = bool(found) and all(found), any(found)
        return sure, maybe


class Codes:
    """One code per firm, and bitmaps of the firms whose code is one of some."""

    def __init__(self, codes: np.ndarray, distinct: int) -> None:
        kind = np.uint8 if distinct <= 256 else np.uint16 if distinct <= 65536 else np.uint32
        self.codes: NDArray[np.unsignedinteger] = np.ascontiguousarray(codes, dtype=kind)
        self.distinct = distinct
        self._planes: dict[int, Bits] = {}
        self._room: tuple[NDArray[np.unsignedinteger], Mask, Mask] | None = None

    def __len__(self) -> int:
        return len(self.codes)

    def forget(self) -> None:
        """Drop the bitmaps kept per code."""
        self._planes.clear()

    def bits(self, chosen: Mask) -> Bits:
        """The firms whose code is marked in ``chosen`` (one boolean per code)."""
        hits = int(np.count_nonzero(chosen))
        if hits == 0 or hits == self.distinct:
            return filled(len(self), hits > 0)
        if self.distinct <= FEW_CODES:
            if hits * 2 > self.distinct:
                return ~self._one_of(np.flatnonzero(~chosen))
            return self._one_of(np.flatnonzero(chosen))
        edges = np.flatnonzero(np.diff(chosen, prepend=False, append=False))
        if len(edges) <= 2 * FEW_RUNS:
            return self._in_runs(edges.tolist())
        return pack(np.take(chosen, self.codes))

    def _one_of(self, codes: np.ndarray) -> Bits:
        found: Bits | None = None
        for code in codes.tolist():
            plane = self._planes.get(code)
            if plane is None:
                plane = self._planes[code] = pack(np.equal(self.codes, code))
            found = plane.copy() if found is None else np.bitwise_or(found, plane, out=found)
        return filled(len(self), False) if found is None else found

    def _in_runs(self, edges: list[int]) -> Bits:
        if self._room is None:
            # Written into by every run: making new arrays takes longer than comparing.
            hits = np.empty((2, len(self)), np.bool_)
            self._room = np.empty_like(self.codes), hits[0], hits[1]
        offset, found, run = self._room
        for n, (first, end) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
            # Unsigned numbers below `first` wrap around to large ones: one comparison does.
            np.subtract(self.codes, self.codes.dtype.type(first), out=offset)
            np.less(offset, end - first, out=run if n else found)
            if n:
                np.logical_or(found, run, out=found)
        return pack(found)
