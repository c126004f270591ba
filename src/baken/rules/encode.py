"""From values to columns: the step before a population can be judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from baken.kernel.errors import BakenError
from baken.kernel.values import Choices, Interval, SetOf, Value
from baken.rules.bits import Mask
from baken.rules.columns import Column, Ends, NumberColumn, SetColumn, TextColumn
from baken.rules.dictionary import Dictionary
from baken.rules.types import NUMERIC, FactType

_FLAGS = {True: frozenset({"true"}), False: frozenset({"false"})}


def encode(values: Sequence[Value], fact: FactType) -> Column:
    """The column of one fact for all firms, in their order.

    Raises :class:`BakenError` for a value that is not of the kind of the fact, or a number
    with more decimals than it has.
    """
    if fact.kind == "set":
        return _sets(values, fact)
    if fact.kind == "date":
        return _numbers(values, fact, 1, _day)
    if fact.kind in NUMERIC:
        scale = 10**fact.decimals
        return _numbers(values, fact, scale, lambda value: _whole(value, scale))
    return _texts(values, fact)


def _refuse(fact: FactType, value: object, expected: str) -> BakenError:
    return BakenError(fact.id, f"{value!r} is no value of a {fact.kind}", expected)


def _texts(values: Sequence[Value], fact: FactType) -> Column:
    groups: dict[Value, frozenset[str]] = {}
    for value in set(values):
        if value is None:
            continue
        if fact.kind == "bool" and isinstance(value, bool):
            groups[value] = _FLAGS[value]
        elif fact.kind != "bool" and isinstance(value, str):
            groups[value] = frozenset({value})
        elif fact.kind != "bool" and isinstance(value, Choices):
            groups[value] = value.options
        else:
            raise _refuse(fact, value, "true or false" if fact.kind == "bool" else "a text")
    dictionary = _dictionary(groups.values())
    code_of: dict[Value, int] = {v: dictionary.codes[g] for v, g in groups.items()}
    code_of[None] = 0
    return TextColumn(np.array([code_of[v] for v in values], np.uint32), dictionary)


def _dictionary(groups: Any) -> Dictionary:
    distinct = set(groups)
    names = [next(iter(g)) for g in distinct if len(g) == 1]
    return Dictionary(names, [g for g in distinct if len(g) != 1])


def _sets(values: Sequence[Value], fact: FactType) -> Column:
    for value in values:
        if value is not None and not isinstance(value, SetOf):
            raise _refuse(fact, value, "a SetOf")
    sets: list[SetOf | None] = list(values)  # type: ignore[arg-type]
    dictionary = _dictionary(m for s in sets if s is not None for m in s.members)
    most = max((len(s.members) for s in sets if s is not None), default=0)
    sizes = [0 if s is None else len(s.members) for s in sets]
    # A slot that few firms fill costs more to read through than its members cost as loose rows.
    dense = max(1, sum(1 for n in range(most) if sum(s > n for s in sizes) * 20 > len(sets)))
    slots = np.zeros((dense, len(sets)), np.uint32)
    rows: list[int] = []
    further: list[int] = []
    for i, found in enumerate(sets):
        if found is None:
            continue
        for n, member in enumerate(found.members):
            if n < dense:
                slots[n, i] = dictionary.codes[member]
            else:
                rows.append(i)
                further.append(dictionary.codes[member])
    null: Mask = np.array([s is None for s in sets], np.bool_)
    open_: Mask = np.array([s is None or s.more for s in sets], np.bool_)
    loose = np.array(rows, np.int64), np.array(further, np.int64)
    return SetColumn(list(slots), *loose, null, open_, dictionary)


def _day(value: object) -> int | None:
    return value.toordinal() if isinstance(value, date) else None


def _whole(value: object, scale: int) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    scaled = value * scale
    return int(scaled) if scaled == int(scaled) else None


def _numbers(
    values: Sequence[Value], fact: FactType, scale: int, whole: Callable[[object], int | None]
) -> Column:
    def number(value: object) -> int:
        found = whole(value)
        if found is None:
            what = "a date" if fact.kind == "date" else f"at most {fact.decimals} decimals"
            raise _refuse(fact, value, what)
        if abs(found) >= 2**62:
            raise _refuse(fact, value, "a smaller number")
        return found

    held = np.zeros(len(values), np.int64)
    known = np.zeros(len(values), np.bool_)
    rows: list[int] = []
    ends: list[tuple[int, int, bool, bool]] = []
    for i, value in enumerate(values):
        if isinstance(value, Interval):
            rows.append(i)
            low = 0 if value.lo is None else number(value.lo)
            high = 0 if value.hi is None else number(value.hi)
            ends.append((low, high, value.lo is None, value.hi is None))
        elif value is not None:
            held[i], known[i] = number(value), True
    if not rows:
        return NumberColumn(held, known, scale)
    low_of, high_of, low_open, high_open = zip(*ends, strict=True)
    bounds = Ends(
        np.array(low_of, np.int64),
        np.array(high_of, np.int64),
        np.array(low_open, np.bool_),
        np.array(high_open, np.bool_),
    )
    return NumberColumn(held, known, scale, np.array(rows, np.int64), bounds)
