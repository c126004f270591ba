"""The class of an enterprise: micro, small, medium or large, and whether it is an SME.

Annex to Recommendation 2003/361/EC, art. 2 (ceilings), 3(4) (public bodies) and 4 (two years).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from baken.law.logic import later
from baken.law.parameters import Parameter, in_force
from baken.law.size.figures import FIELDS, Bound, Total, closed, figure, taken, totals, within
from baken.law.size.group import Group, Part, Reader
from baken.law.size.model import SIZES, SizeInput
from baken.law.steps import Step, Word, plain

ACT = "2003/361/EC, annex, "
FIRST_DAY = date(2005, 1, 1)
BEFORE = "the rule in force before 1 January 2005"


@dataclass
class SizeResult:
    """The answer on size; its shape is in ``as_json``."""

    category: str | None
    sme: bool | None
    totals: list[Total]
    parts: list[Part]
    two_year_rule: dict[str, Any]
    step: Step
    missing: list[str]
    assumed: list[str]
    covered: Mapping[str, str] = field(default_factory=dict)
    possible: tuple[str, ...] = ()
    id: str | int | None = None

    def as_json(self, steps: bool = True) -> dict[str, Any]:
        """Plain values; ``steps`` False leaves the words out."""
        out: dict[str, Any] = {} if self.id is None else {"id": self.id}
        out |= {
            "category": self.category,
            "sme": self.sme,
            "possible": list(self.possible),
            "totals": [
                {"end": t.end.isoformat()} | {f: plain(getattr(t, f).known) for f in FIELDS}
                for t in self.totals
            ],
            "parts": [self._part(p) for p in self.parts],
            "two_year_rule": self.two_year_rule,
            "missing": self.missing,
            "assumed": self.assumed,
        }
        if steps:
            out["steps"] = [s.as_json() for s in self.step.steps]
        return out

    def _part(self, part: Part) -> dict[str, Any]:
        out = {
            "enterprise": part.enterprise,
            "relation": part.relation,
            "pct": plain(part.pct),
            "via": part.via,
        }
        if part.enterprise in self.covered:
            out["in_accounts_of"] = self.covered[part.enterprise]
        return out


def size_of(given: SizeInput) -> SizeResult:
    """The class of ``given.enterprise`` on ``given.as_of``.

    What is missing is named in ``missing``; when every value of it gives the same class, that class
    is given. ``assumed`` lists what was not said and is taken as no obstacle.
    """
    if given.as_of < FIRST_DAY:
        before = Step("size", {})
        before.under("law.before", "2003/361/EC, art. 3", day=given.as_of)
        rule: dict[str, Any] = {"applied": False, "take_over": False, "years": []}
        return SizeResult(None, None, [], [], rule, before, [BEFORE], [], {}, SIZES, given.id)
    law = in_force("size", given.as_of)
    assumed: dict[str, None] = {}
    missing: dict[str, None] = {}
    top = Step("size", {})
    reader = Reader(given, given.as_of, law, assumed)
    group = reader.group()
    public, above = reader.public(group.linked)
    body = given.enterprises[given.enterprise].kind in ("public_body", "local_authority")
    found, cover = totals(group.parts, given.enterprises, given.as_of, missing)
    for part in group.parts:
        for year in given.enterprises[part.enterprise].years or ():
            if part.pct and year.end > given.as_of and not year.estimated:
                assumed[f"{part.enterprise}: the year to {year.end} is not closed"] = None
            if part.pct and year.staff:
                assumed.update({f"{part.enterprise}: {t}": None for t in taken(year)})
    _tell_group(top, given, group, cover)
    for total in found:
        _tell_total(top, total, group.parts, cover, given)
    if public >= law["public_share"].value:
        top.under("size.public", ACT + "art. 3(4)", pct=public, enterprise=given.enterprise)
        rule = {"applied": False, "take_over": False, "years": []}
        return _result(given, ("large",), found, group, rule, top, {}, assumed, cover)
    histories = _histories(given, law, group, found)
    possible, rule = _class(given, histories, top, missing, assumed)
    for name in cover.values():
        if given.enterprises[name].accounts is None:
            assumed[f"{name}: accounts = consolidated"] = None
    if body:
        top.under("size.body", ACT + "art. 3(4)", enterprise=given.enterprise)
        missing[f"whether {given.enterprise}, a public body, is an enterprise at all"] = None
        possible = SIZES
    if above is not None and possible != ("large",):
        top.under("size.public_above", ACT + "art. 3(4)", name=above)
        missing[f"links: whether public bodies control {given.enterprise} through {above}"] = None
        possible = tuple(s for s in SIZES if s in {*possible, "large"})
    return _result(given, possible, found, group, rule, top, missing, assumed, cover)


def _result(
    given: SizeInput,
    possible: tuple[str, ...],
    found: list[Total],
    group: Group,
    rule: dict[str, Any],
    top: Step,
    missing: Mapping[str, None],
    assumed: Mapping[str, None],
    cover: Mapping[str, str],
) -> SizeResult:
    category = possible[0] if len(possible) == 1 else None
    smes = {s != "large" for s in possible}
    sme = smes.pop() if len(smes) == 1 else None
    if category is not None:
        code = "size.is_sme" if sme else "size.is_large"
        top.under(code, ACT + "art. 2", category=Word(f"size.{category}"))
    else:
        top.under("size.open", values_possible=[Word(f"size.{s}") for s in possible])
    holders = {p.relation for p in group.parts if p.why == "above" or p.relation == "exempt"}
    if given.dispersed_capital_declaration and not holders:
        top.under("size.dispersed", ACT + "art. 3(5)")
    settled = {} if category is not None else missing
    return SizeResult(
        category, sme, found, group.parts, rule, top, list(settled), list(assumed), cover,
        possible, given.id,
    )  # fmt: skip


# -- the class of each year, and the two years ------------------------------------------------
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


def _histories(
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
            then = Reader(given, total.end, law, {}).group()
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
        newest = Reader(given, edge, law, {}).group()
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


def _class(
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
    if not years:
        top.under("size.no_years", ACT + "art. 4")
        return SIZES, rule
    for year in reversed(years):
        names = [Word(f"size.{SIZES[i]}") for i in range(year.low, year.high + 1)]
        step = top.under("size.year_class", ACT + "art. 2", end=year.end, classes=names)
        if year.then is not None and year.then.known is not None:
            step.under("size.then", ACT + "art. 4(2)", end=year.end, headcount=year.then.known)
    newest = years[0]
    if newest.take_over:
        top.under("size.take_over", ACT + "art. 4(2)", end=newest.end)
        return tuple(SIZES[newest.low : newest.high + 1]), rule
    start = given.previous_category
    if start is None and any(y.take_over for y in years):
        years = years[: next(i for i, y in enumerate(years) if y.take_over) + 1]
    if start is not None:
        years = years[:2]
        if len(years) == 1:
            only = set(range(newest.low, newest.high + 1))
            before = SIZES.index(start)
            rule["applied"] = only != {before}
            if only == {before}:
                return (start,), rule
            top.under("size.one_year", ACT + "art. 4(2)", category=Word(f"size.{start}"))
            where = f"enterprises.{given.enterprise}.years[1]"
            assumed[f"{where}: no second year on the other side"] = None
            return (start,), rule
    states = _follow(years, start)
    possible = sorted({next((i for i, s in enumerate(state) if s), 3) for state in states})
    last = range(newest.low, newest.high + 1)
    rule["applied"] = possible != list(last)
    if rule["applied"] and len(possible) == 1:
        top.under("size.two_years", ACT + "art. 4(2)", category=Word(f"size.{SIZES[possible[0]]}"))
    for year in years:
        if year.lacks and len(possible) > 1:
            missing[f"enterprises.{given.enterprise}.years: the year to {year.end}"] = None
    founded = given.enterprises[given.enterprise].founded_on
    if start is None and len(years) == 1 and (founded is None or founded < _eve(newest.end)):
        assumed["previous_category = the class of the only year"] = None
    return tuple(SIZES[i] for i in possible), rule


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


# -- words --------------------------------------------------------------------------------------
def _tell_group(top: Step, given: SizeInput, group: Group, cover: Mapping[str, str]) -> None:
    step = top.under("size.group", ACT + "art. 3", enterprise=given.enterprise)
    for part in group.parts[1:]:
        values = {**part.values, "enterprise": part.enterprise, "via": part.via, "share": part.pct}
        if part.relation == "linked" and part.why != "of_partner":
            why = part.why if part.values.get("votes") is None else "votes"
            step.under(f"size.linked.{why or 'group'}", ACT + "art. 3(3)", **values)
        elif part.relation == "linked":
            step.under("size.linked.of_partner", ACT + "art. 6(3)", **values)
        elif part.relation == "partner":
            step.under(f"size.partner.{part.why}", ACT + "art. 3(2), 6(2)", **values)
        else:
            values["kind"] = Word(f"kind.{part.why}")
            step.under("size.exempt", ACT + "art. 3(2)", **values)
        if part.enterprise in cover:
            step.under("size.covered", ACT + "art. 6(2)", name=part.enterprise,
                       accounts=cover[part.enterprise])  # fmt: skip
    for code, more in group.notes:
        step.under(code, ACT + "art. 3(2)", **more)
    if len(group.parts) == 1 and not group.notes:
        step.under("size.autonomous", ACT + "art. 3(1)", enterprise=given.enterprise)


def _tell_total(
    top: Step, total: Total, parts: Sequence[Part], cover: Mapping[str, str], given: SizeInput
) -> None:
    step = top.under(
        "size.total", ACT + "art. 6", end=total.end,
        heads=_shown(total.headcount.known), turnover=_shown(total.turnover.known),
        balance=_shown(total.balance.known),
    )  # fmt: skip
    if total is not None and len(parts) > 1:
        _tell_shares(step, total, parts, cover, given)


def _tell_shares(
    step: Step, total: Total, parts: Sequence[Part], cover: Mapping[str, str], given: SizeInput
) -> None:
    """One line for each part: 25 % of B's 40 heads = 10."""
    at = given_index(total, parts, cover, given)
    for part in parts:
        if part.pct == 0 or part.enterprise in cover:
            continue
        years = closed(given.enterprises[part.enterprise], given.as_of)
        if at >= len(years):
            continue
        own = figure(years[at], "headcount")
        if own is None:
            continue
        step.under("size.share", ACT + "art. 6", pct=part.pct, enterprise=part.enterprise,
                   heads=own, counted=own * part.pct / 100)  # fmt: skip


def given_index(
    total: Total, parts: Sequence[Part], cover: Mapping[str, str], given: SizeInput
) -> int:
    """Which of its years, newest first, a total is of."""
    lead = parts[0].enterprise
    while lead in cover:
        lead = cover[lead]
    ends = [y.end for y in closed(given.enterprises[lead], given.as_of)]
    return ends.index(total.end) if total.end in ends else 0


def _shown(value: Any) -> Any:
    return Word("word.unknown") if value is None else value
