"""The class of each year, and the rule of two years.

Annex to Recommendation 2003/361/EC, art. 2 and 4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from baken.law.logic import later
from baken.law.parameters import Parameter
from baken.law.size.figures import Bound, Total, totals, within
from baken.law.size.group import Group, group_of
from baken.law.size.model import ACT, SIZES, SizeInput
from baken.law.steps import Step, Word


def ceilings(law: Mapping[str, Parameter]) -> list[tuple[str, tuple[Any, Any, Any]]]:
    """Per class its ceilings: heads, turnover, balance."""
    return [
        (size, (law[f"{size}_headcount"].value, law[f"{size}_turnover"].value,
                law[f"{size}_balance"].value))
        for size in SIZES[:3]
    ]  # fmt: skip


def classes_of(total: Total, law: Mapping[str, Parameter]) -> tuple[int, int]:
    """The lowest and the highest class (0 micro to 3 large) that a year's figures can give."""
    low = high = 3
    for at, (_, limits) in reversed(list(enumerate(ceilings(law)))):
        at_low, at_high = within(total, *limits)
        if at_low:
            low = at
        if at_high:
            high = at
    return low, high


A_MONTH = 31
"""Days between two years up to which they follow each other."""


@dataclass
class History:
    """A year, the classes that its figures allow, whether a take-over came in it, whether it lacks,
    and the heads of the group as it was then, where it was another one."""

    end: date
    low: int
    high: int
    take_over: bool = False
    lacks: bool = False
    then: Bound | None = None


def histories(
    given: SizeInput,
    law: Mapping[str, Parameter],
    group: Group,
    found: Sequence[Total],
) -> list[History]:
    """The years newest first; the group of an older year is that of its last day."""
    since = {x.since for x in given.links if x.since is not None and x.since <= given.as_of}
    linked = group.linked
    years: list[History] = []
    for at, total in enumerate(found):
        older = at > 0 and any(s > total.end for s in since)
        then, total_then = group, total
        if older:
            then = group_of(given, total.end, law, {})
            again, _ = totals(then.parts, given.enterprises, given.as_of, {})
            total_then = again[at] if at < len(again) else total
        low, high = classes_of(total_then, law)
        other = total_then.headcount if total_then.headcount != total.headcount else None
        years.append(History(total.end, low, high, then=other))
        if older and _taken_over(given, then.linked, linked, total.end):
            years[-2].take_over = True
        linked = then.linked
    if len(found) == 1 and given.previous_category is not None:
        months = _months(given, group, found[0].end)
        edge = later(found[0].end, months=-months)
        newest = group_of(given, edge, law, {})
        years[0].take_over = _taken_over(given, newest.linked, group.linked, edge)
    return _with_gaps(years, given, group)


def _with_gaps(years: list[History], given: SizeInput, group: Group) -> list[History]:
    """The years with one of which nothing is known where one lacks: only years that follow each
    other are consecutive (art. 4(2))."""
    out = years[:1]
    for year in years[1:]:
        newer = out[-1]
        begins = later(newer.end, months=-_months(given, group, newer.end))
        if (begins - year.end).days > A_MONTH and not newer.take_over:
            out.append(History(begins, 0, 3, lacks=True))
        out.append(year)
    return out


def _taken_over(given: SizeInput, before: frozenset[str], after: frozenset[str], day: date) -> bool:
    """Whether the linked enterprises changed since a day otherwise than by founding one."""
    if before - after:
        return True
    known = given.enterprises
    return any(
        (founded := known[name].founded_on) is None or founded <= day for name in after - before
    )


def _months(given: SizeInput, group: Group, end: date) -> int:
    """The length of the enterprise's own year that ends on a day."""
    for year in given.enterprises[group.parts[0].enterprise].years or ():
        if year.end == end and year.months is not None:
            return int(year.months)
    return 12


def _eve(end: date) -> date:
    """A year and a half before the end of a year: who is older had a year before it."""
    return later(end, months=-18)


State = tuple[bool, bool, bool]


def class_of(
    given: SizeInput,
    years: Sequence[History],
    top: Step,
    missing: dict[str, None],
    assumed: dict[str, None],
) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The classes that remain possible after the rule of two years, and how it worked.

    The rule runs for each ceiling apart: a class is lost or won when two consecutive years lie on
    the other side. Unknown years are followed in every way that they can be.
    """
    rule: dict[str, Any] = {
        "applied": False,
        "take_over": bool(years and years[0].take_over),
        "years": [
            {"end": y.end.isoformat(), "class": SIZES[y.low] if y.low == y.high else None}
            for y in years
        ],
    }
    _tell_years(top, years)
    if not years:
        return SIZES, rule
    newest, start = years[0], given.previous_category
    if newest.take_over:
        top.under("size.take_over", ACT + "art. 4(2)", end=newest.end)
        return tuple(SIZES[newest.low : newest.high + 1]), rule
    if start is not None and len(years) == 1:
        rule["applied"] = not newest.low == newest.high == SIZES.index(start)
        if rule["applied"]:
            top.under("size.one_year", ACT + "art. 4(2)", category=Word(f"size.{start}"))
            where = f"enterprises.{given.enterprise}.years[1]"
            assumed[f"{where}: no second year on the other side"] = None
        return (start,), rule
    years = years[:2] if start is not None else _since_take_over(years)
    states = _follow(years, start)
    possible = sorted({next((i for i, s in enumerate(state) if s), 3) for state in states})
    rule["applied"] = possible != list(range(newest.low, newest.high + 1))
    if rule["applied"] and len(possible) == 1:
        top.under("size.two_years", ACT + "art. 4(2)", category=Word(f"size.{SIZES[possible[0]]}"))
    for year in years:
        if year.lacks and len(possible) > 1:
            missing[f"enterprises.{given.enterprise}.years: the year to {year.end}"] = None
    founded = given.enterprises[given.enterprise].founded_on
    if start is None and len(years) == 1 and (founded is None or founded < _eve(newest.end)):
        assumed["previous_category = the class of the only year"] = None
    return tuple(SIZES[i] for i in possible), rule


def _tell_years(top: Step, years: Sequence[History]) -> None:
    if not years:
        top.under("size.no_years", ACT + "art. 4")
    for year in reversed(years):
        names = [Word(f"size.{SIZES[i]}") for i in range(year.low, year.high + 1)]
        step = top.under("size.year_class", ACT + "art. 2", end=year.end, classes=names)
        if year.then is not None and year.then.known is not None:
            step.under("size.then", ACT + "art. 4(2)", end=year.end, headcount=year.then.known)


def _since_take_over(years: Sequence[History]) -> Sequence[History]:
    """The years, newest first, up to the one in which the last take-over came."""
    last = next((i for i, y in enumerate(years) if y.take_over), len(years))
    return years[: last + 1]


def _follow(years: Sequence[History], start: str | None) -> set[State]:
    """Every state (is it micro, at most small, at most medium) that the years can lead to."""

    def state_of(size: int) -> State:
        return (size <= 0, size <= 1, size <= 2)

    oldest = years[-1]
    now: set[tuple[State, int]] = set()
    for size in range(oldest.low, oldest.high + 1):
        first = state_of(size) if start is None else state_of(SIZES.index(start))
        now.add((first, size))
    for year in reversed(years[:-1]):
        after: set[tuple[State, int]] = set()
        for state, before in now:
            for size in range(year.low, year.high + 1):
                flipped = []
                for k in range(3):
                    was, current = before <= k, size <= k
                    flipped.append(current if was == current else state[k])
                after.add(((flipped[0], flipped[1], flipped[2]), size))
        now = after
    return {state for state, _ in now}
