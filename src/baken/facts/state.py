"""What is known of one firm, each fact with where it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from baken.kernel.values import Value

OriginKind = Literal["given", "asked", "register", "figures", "law", "derived", "assumed"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from: its kind, a few words, and a date where there is one."""

    kind: OriginKind
    says: str = ""
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the reader must be told, in three languages."""

    code: str
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A computed value with its origin and how it came about: ``steps`` in words (each with
    ``code``, ``says`` and maybe ``source`` and ``steps``), what is missing, what was assumed."""

    value: Value
    origin: Origin
    steps: Sequence[Mapping[str, Any]] = ()
    missing: Sequence[str] = ()
    assumed: Sequence[str] = ()


@dataclass
class Facts:
    """Values and origins by fact id. A fact that is absent is unknown.

    ``papers`` are larger things that were handed over and that facts follow from (accounts, a
    group of firms), as the room that reads them made them; ``found`` keeps how a value came about.
    ``in_group``: the firm is told to belong to a group, whose figures nobody gave.
    """

    values: dict[str, Value] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    papers: Mapping[str, Any] = field(default_factory=dict)
    found: dict[str, Found] = field(default_factory=dict)
    in_group: bool = False

    def set(self, fact: str, value: Value, origin: Origin) -> None:
        """Keep a value; unknown is not kept."""
        if value is not None:
            self.values[fact] = value
            self.origins[fact] = origin

    def get(self, fact: str) -> Value:
        """The value, or None when it is unknown."""
        return self.values.get(fact)

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def __contains__(self, fact: object) -> bool:
        return fact in self.values
