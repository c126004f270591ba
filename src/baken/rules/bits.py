"""Packed bitmaps: one bit per firm, eight firms a byte (the first firm is the lowest bit).

The bits after the last firm are of no meaning; :func:`count` and :func:`unpack` leave them out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Bits: TypeAlias = NDArray[np.uint8]
Mask: TypeAlias = NDArray[np.bool_]


class Planes(NamedTuple):
    """Three truth values per firm in two bitmaps: surely true, and not surely false."""

    true: Bits
    possible: Bits

    def negation(self) -> Planes:
        """Kleene's not."""
        return Planes(~self.possible, ~self.true)


def pack(mask: Mask) -> Bits:
    """A bitmap of a row of booleans."""
    return np.packbits(mask, bitorder="little")


def unpack(bits: Bits, size: int) -> Mask:
    """The booleans of ``size`` firms."""
    return np.unpackbits(bits, count=size, bitorder="little").view(np.bool_)


def count(bits: Bits, size: int) -> int:
    """How many of the first ``size`` bits are set."""
    whole, rest = divmod(size, 8)
    total = int(np.bitwise_count(bits[:whole]).sum())
    return total + int(unpack(bits[whole : whole + 1], rest).sum()) if rest else total


def filled(size: int, value: bool) -> Bits:
    """A bitmap of ``size`` equal bits."""
    return np.full((size + 7) // 8, 255 if value else 0, np.uint8)


def every(parts: Iterable[Bits], size: int) -> Bits:
    """The bits that are set in all parts."""
    rows = list(parts)
    if not rows:
        return filled(size, True)
    found = rows[0].copy()
    for row in rows[1:]:
        np.bitwise_and(found, row, out=found)
    return found


def some(parts: Iterable[Bits], size: int) -> Bits:
    """The bits that are set in one part or more."""
    found = filled(size, False)
    for row in parts:
        np.bitwise_or(found, row, out=found)
    return found
