"""What the type checker must know of a fact. The vocabulary itself lives in another room."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["choice", "text", "bool", "number", "eur", "date", "set"]

NUMERIC: frozenset[str] = frozenset({"number", "eur"})
TEXTUAL: frozenset[str] = frozenset({"choice", "text"})
AS_OF = "as_of"


@dataclass(frozen=True, slots=True)
class FactType:
    """One fact as the rules see it.

    ``choices`` is the closed list of a ``choice``, or of the members of a ``set``; ``None``
    leaves the texts free. ``decimals`` is how many a ``number`` or ``eur`` may have.
    """

    id: str
    kind: Kind
    choices: tuple[str, ...] | None = None
    decimals: int = 0

    @property
    def step(self) -> int | Decimal:
        """The smallest difference between two values of a number: 1, 0.1, 0.01 ..."""
        return 1 if self.decimals == 0 else Decimal(1).scaleb(-self.decimals)


Vocabulary: TypeAlias = Mapping[str, FactType]

AS_OF_TYPE = FactType(AS_OF, "date")
"""The day at which everything is judged: known to the checker without being declared."""


def fact_type(vocabulary: Vocabulary, fact: str) -> FactType | None:
    """The declared fact, or ``None``; ``as_of`` is always there."""
    found = vocabulary.get(fact)
    return AS_OF_TYPE if found is None and fact == AS_OF else found


def near(name: str, known: Iterable[str]) -> list[str]:
    """At most three known names that look like ``name``, the nearest first."""
    return difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.55)
