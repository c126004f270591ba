"""Filters over a list: what each choice would leave, with the other filters as they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Choice:
    """One choice of a filter: how many items it leaves, and whether it is chosen."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Sifted(Generic[T]):
    """The items that a set of filters leaves, and the choices of every filter."""

    items: tuple[T, ...]
    facets: Mapping[str, tuple[Choice, ...]]


def sift(
    items: Sequence[T],
    facets: Mapping[str, Callable[[T], Collection[str]]],
    chosen: Mapping[str, str],
) -> Sifted[T]:
    """The items that have the chosen value for every filter.

    Args:
        facets: what one can filter on: the values that an item has for it.
        chosen: a value per filter; filters that are not known, and empty values, do nothing.

    >>> found = sift(["ab", "b"], {"letter": set}, {"letter": "b"})
    >>> found.items, [(c.value, c.count) for c in found.facets["letter"]]
    (('ab', 'b'), [('a', 1), ('b', 2)])
    """
    wanted = {name: value for name, value in chosen.items() if value and name in facets}
    values = [{name: of(item) for name, of in facets.items()} for item in items]

    def meets(own: Mapping[str, Collection[str]], leave_out: str | None = None) -> bool:
        return all(v in own[name] for name, v in wanted.items() if name != leave_out)

    counted = {}
    for name in facets:
        counts: dict[str, int] = {}
        for own in values:
            if meets(own, name):
                for value in set(own[name]):
                    counts[value] = counts.get(value, 0) + 1
        if name in wanted:
            counts.setdefault(wanted[name], 0)
        counted[name] = tuple(
            Choice(value, counts[value], wanted.get(name) == value) for value in sorted(counts)
        )
    left = tuple(item for item, own in zip(items, values, strict=True) if meets(own))
    return Sifted(left, counted)
