"""What is known of a fact: a value, nothing, or something in between.

A value of a fact is one of

* a plain Python value (``str``, ``bool``, ``int``, ``Decimal``, ``date``): *known*;
* ``None``: *unknown*;
* :class:`Choices`: *narrowed* to one of a few texts;
* :class:`Interval`: *narrowed* to a number or date between two bounds;
* :class:`SetOf`: a fact that is a set (establishments, activities, joint committees).

Money and other numbers are ``int`` or ``Decimal``, never ``float``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

Number: TypeAlias = int | Decimal
Scalar: TypeAlias = str | bool | int | Decimal | date
Truth: TypeAlias = bool | None
"""Kleene's three truth values: ``True``, ``False`` and ``None`` for unknown."""


@dataclass(frozen=True, slots=True)
class Choices:
    """One of ``options``; which one is not known. Holds two or more texts."""

    options: frozenset[str]

    def __post_init__(self) -> None:
        if len(self.options) < 2:
            raise ValueError("Choices needs two or more options; one option is a known value")


@dataclass(frozen=True, slots=True)
class Interval:
    """A number or a date from ``lo`` to ``hi``, both included; ``None`` is no bound."""

    lo: Number | date | None
    hi: Number | date | None

    def __post_init__(self) -> None:
        if self.lo is None and self.hi is None:
            raise ValueError("Interval needs at least one bound; no bound is unknown")
        if self.lo is not None and self.hi is not None and self.lo > self.hi:  # type: ignore[operator]
            raise ValueError(f"Interval from {self.lo} to {self.hi} is empty")


@dataclass(frozen=True, slots=True)
class SetOf:
    """A set whose members are known, or known to be one of a few candidates.

    ``members`` holds one frozenset per member: of one text when that member is known,
    of several when it is one of them. ``more`` says that there may be further members.

    >>> bakery = SetOf.of("10.71")
    >>> bakery.has(lambda code: code.startswith("10"))
    True
    >>> SetOf((frozenset({"10.71", "47.24"}),)).has(lambda code: code.startswith("10")) is None
    True
    """

    members: tuple[frozenset[str], ...]
    more: bool = False

    @classmethod
    def of(cls, *known: str, more: bool = False) -> SetOf:
        """A set of known members."""
        return cls(tuple(frozenset({k}) for k in known), more)

    @classmethod
    def one_of(cls, candidates: Iterable[str], more: bool = False) -> SetOf:
        """A set of one member that is one of ``candidates``."""
        return cls((frozenset(candidates),), more)

    def has(self, wanted: Callable[[str], bool]) -> Truth:
        """Whether a member answers to the predicate ``wanted``: true, false or unknown."""
        possible = self.more
        for candidates in self.members:
            hits = sum(1 for c in candidates if wanted(c))
            if hits == len(candidates) and hits:
                return True
            possible = possible or hits > 0
        return None if possible else False


Value: TypeAlias = Scalar | Choices | Interval | SetOf | None


def is_known(value: Value) -> bool:
    """True for a plain value and for a closed set of known members."""
    if isinstance(value, SetOf):
        return not value.more and all(len(m) == 1 for m in value.members)
    return value is not None and not isinstance(value, Choices | Interval)
