"""What the law settles of a firm, registered with ``baken.facts.derive``: importing this is enough.

From the papers that a firm hands over (:mod:`baken.law.papers`) follow ``size``, ``in_difficulty``,
``de_minimis_room_left`` and ``rnd_class``, each with its steps. Without papers the size follows
from this year's heads and money alone, by the same ceilings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from baken.facts.derive import derives
from baken.facts.state import Facts, Found, Origin
from baken.kernel.values import Choices, Interval, Number, SetOf, Value
from baken.law.booked import FIGURES, booked, form_of, outdated, plain_number
from baken.law.delineation import DelineateInput, delineate
from baken.law.deminimis import DeMinimisInput, room_of
from baken.law.difficulty import DifficultyResult, difficulty_of, read_difficulty
from baken.law.logic import either, later
from baken.law.papers import PAPERS, Books, alone, read_papers
from baken.law.parameters import in_force
from baken.law.size import SizeInput, read_size, size_of
from baken.law.size.classes import FIRST_DAY
from baken.law.size.model import SIZES
from baken.law.size.years import ceilings
from baken.law.steps import Step

OUTCOMES = ("difficulty.true", "difficulty.false", "difficulty.open")
RESEARCH = frozenset({"fundamental_research", "industrial_research", "experimental_development"})
BY_ITSELF = (
    "group: no linked and no partner enterprises",
    "headcount: nobody who works in the firm is outside its payroll",
)
"""What is taken of a firm of which only the accounts are known."""


# -- size ---------------------------------------------------------------------------------------
@derives("size", "headcount", "turnover", "balance_total")
def _size(facts: Facts, as_of: date) -> Value | Found:
    group: SizeInput | None = facts.papers.get("group")
    books: Books | None = facts.papers.get("accounts")
    if group is not None:
        result = size_of(group)
        return _found(_one_of(result.possible), "2003/361/EC", result.step.steps, result)
    if books is not None and "size" in books.without:
        return None
    if books is None or not books.figures or outdated(books, as_of):
        return size_by_figures(facts, as_of)
    result = size_of(read_size(alone(_as_given(facts, books, as_of), as_of)))
    value = _narrower(_one_of(result.possible), size_by_figures(facts, as_of))
    if facts.in_group:
        return _at_least(value)
    steps = [s for s in result.step.steps if s.code != "size.group"]
    if value != _one_of(result.possible):
        steps.pop()
    found = _found(value, "2003/361/EC", steps, result)
    return Found(value, found.origin, found.steps, found.missing, [*found.assumed, *BY_ITSELF])


def _as_given(facts: Facts, books: Books, as_of: date) -> list[dict[str, Any]]:
    """The years, the newest with the figures that were given by hand: those hold. What was called
    wrong is of no year."""
    wrong = {n for n, fact in FIGURES.items() if fact in books.without}
    rows = [{k: v for k, v in y.items() if k not in wrong} for y in books.figures]
    newest = next((y for y in rows if y["end"] <= as_of), None)
    for name, fact in FIGURES.items():
        value = facts.get(fact)
        given = fact in facts and facts.origins[fact].kind != "figures"
        if newest is not None and given and isinstance(value, int | Decimal):
            newest[name] = value
    return rows


def _one_of(possible: Sequence[str]) -> Value:
    if len(possible) == 1:
        return possible[0]
    return None if len(possible) == len(SIZES) else Choices(frozenset(possible))


def _narrower(one: Value, other: Value) -> Value:
    """What two readings leave; the first where they have nothing in common or it is sure."""
    if one is None or isinstance(one, str):
        return other if one is None else one
    left = _options(one) & _options(other)
    return _one_of([s for s in SIZES if s in left]) if left else one


def _options(value: Value) -> frozenset[str]:
    if isinstance(value, Choices):
        return value.options
    return frozenset({value} if isinstance(value, str) else SIZES)


def size_by_figures(facts: Facts, as_of: date) -> Value:
    """The possible size classes by this year's figures alone.

    Heads set a floor: with 12 a firm is no micro one. Money can only lift it above that when
    both turnover and balance total are over (the better of the two counts). With fewer than 50
    heads that is so rare that it stays at the classes up to medium while money is unknown; from
    50 on a firm may well be large by its money, so that stays open. Of a firm in a group, whose
    heads and money count too (2003/361/EC, annex, art. 3 and 6), they tell only the least.
    """
    limits = [row for _, row in ceilings(in_force("size", max(as_of, FIRST_DAY)))]
    heads, *money = (tuple(row[at] for row in limits) for at in range(3))
    low, high = _bounds(facts.get("headcount"))
    first = 0 if low is None else _band(low, heads, below=True)
    last = 3 if high is None else _band(high, heads, below=True)
    floors, caps = [], []
    for name, most in zip(("turnover", "balance_total"), money, strict=True):
        lo, hi = _bounds(facts.get(name))
        floors.append(0 if lo is None else _band(lo, most, below=False))
        caps.append(None if hi is None else _band(hi, most, below=False))
    known = [c for c in caps if c is not None]
    lowest = max(first, min(floors))
    unknown = 2 if first < 2 else 3
    highest = max(last, min(known) if known else unknown, lowest)
    value = _one_of(SIZES[lowest : highest + 1])
    return _at_least(value) if facts.in_group else value


def _at_least(value: Value) -> Value:
    """A size and all above it: what is linked to a firm makes it larger, never smaller."""
    lowest = min(SIZES.index(s) for s in SIZES if s in _options(value))
    return _one_of(SIZES[lowest:])


def _bounds(value: Value) -> tuple[Number | None, Number | None]:
    if isinstance(value, bool):
        return None, None
    if isinstance(value, int | Decimal):
        return value, value
    if isinstance(value, Interval):
        low = value.lo if isinstance(value.lo, int | Decimal) else None
        high = value.hi if isinstance(value.hi, int | Decimal) else None
        return low, high
    return None, None


def _band(value: Number, limits: Sequence[Number], below: bool) -> int:
    return sum(1 for limit in limits if (value >= limit if below else value > limit))


# -- difficulty, de minimis, research -----------------------------------------------------------
def _linked(facts: Facts) -> list[dict[str, Any]] | None:
    """What is linked to the firm, with its filings; None where none of it has any."""
    group: SizeInput | None = facts.papers.get("group")
    filings: Mapping[str, Books] = facts.papers.get("filings") or {}
    if group is None:
        return None
    names = [
        p.enterprise for p in size_of(group).parts
        if p.relation == "linked" and p.pct == 100
        and group.enterprises[p.enterprise].kind == "enterprise"
    ]  # fmt: skip
    if not any(name in filings for name in names):
        return None
    return [
        {"id": n, "legal_form": form_of(filings[n].legal_form), "years": filings[n].years}
        if n in filings else {"id": n}
        for n in names
    ]  # fmt: skip


@derives("in_difficulty", "size", "legal_form", "founded_on", "insolvency")
def _in_difficulty(facts: Facts, as_of: date) -> Value | Found:
    """By the accounts; what hangs on an unknown founding day or insolvency stays unknown."""
    books = booked(facts, as_of, "in_difficulty", "equity", "balance_total")
    if books is None:
        return None
    said: dict[str, Any] = {"as_of": as_of, "years": books.years, **books.beside}
    if "linked" not in said:
        said["linked"] = _linked(facts)
    form, size = facts.get("legal_form"), facts.get("size")
    said["legal_form"] = form if isinstance(form, str) else None
    if isinstance(size, Choices) and "large" not in size.options:
        size = "medium"
    said["size"] = size if isinstance(size, str) else None
    insolvent = facts.get("insolvency")
    if insolvent is False and "insolvency" not in said:
        said["insolvency"] = {"proceedings": False}
    days = _founding(facts.get("founded_on"), as_of)
    results = [difficulty_of(read_difficulty({**said, "founded_on": d})) for d in days]
    values = {_whole(r) for r in results}
    value = values.pop() if len(values) == 1 else None
    missing = list(results[0].missing)
    if len(days) > 1 and value is None and not missing:
        missing = ["founded_on"]
    if insolvent is True and value is False:
        value, missing = None, ["insolvency: whether proceedings run"]
    steps = results[0].step.steps
    if value != results[0].in_difficulty:
        steps = [s for s in steps if s.code not in OUTCOMES]
    found = _found(value, "651/2014, art. 2(18)", steps, results[0])
    return Found(value, found.origin, found.steps, missing, found.assumed)


def half_said(facts: Facts, as_of: date) -> bool:
    """Whether a given yes on difficulty may rest on lost capital alone where that does not count.

    The one question names lost capital and insolvency proceedings. An SME that exists for less
    than three years is spared the first (651/2014, art. 2(18)(a) and (b)), so its yes settles
    nothing: unless it is told to be insolvent, or its papers find it in difficulty. A firm of
    which the age is not known is taken at its word.
    """
    found = facts.found.get("in_difficulty")
    events = facts.get("event")
    bankrupt = isinstance(events, SetOf) and events.has(lambda one: one == "bankruptcy") is True
    insolvent = bankrupt or facts.get("insolvency") is True
    sure = insolvent or (found is not None and found.value is True)
    given = "in_difficulty" in facts and facts.origins["in_difficulty"].kind == "given"
    if not given or facts.get("in_difficulty") is not True or sure or facts.get("size") == "large":
        return False
    founded = facts.get("founded_on")
    oldest = founded.lo if isinstance(founded, Interval) else founded
    young = in_force("difficulty", as_of).get("young_years")
    if young is None or not isinstance(oldest, date):
        return False
    return as_of < later(oldest, years=int(young.value))


def _whole(result: DifficultyResult) -> bool | None:
    """The firm itself, or the firm with what is linked to it: either is in the way."""
    group = result.group["in_difficulty"] if result.group else False
    return either([result.in_difficulty, group])


def _founding(value: Value, as_of: date) -> list[date | None]:
    """The founding days to try: the one that is known, else the oldest and the youngest."""
    if isinstance(value, date):
        return [value]
    if isinstance(value, Interval):
        oldest = value.lo if isinstance(value.lo, date) else None
        youngest = value.hi if isinstance(value.hi, date) else as_of
        return [oldest, youngest]
    return [None, as_of]


@derives("de_minimis_room_left")
def _room_left(facts: Facts, as_of: date) -> Value | Found:
    """Whether anything is left below the ceiling; with a new aid asked, whether that fits."""
    given: DeMinimisInput | None = facts.papers.get("aids")
    if given is None:
        return None
    result = room_of(given)
    left = None if result.room is None else result.room > 0
    value = left if given.asked is None else result.fits
    return _found(value, f"{result.regulation}", result.step.steps, result)


@derives("de_minimis_received")
def _received(facts: Facts, as_of: date) -> Value | Found:
    given: DeMinimisInput | None = facts.papers.get("aids")
    if given is None:
        return None
    result = room_of(given)
    return Found(plain_number(result.used), Origin("law", f"{result.regulation}"))


@derives("rnd_class")
def _rnd_class(facts: Facts, as_of: date) -> Value | Found:
    given: DelineateInput | None = facts.papers.get("activity")
    if given is None:
        return None
    result = delineate(given)
    return _found(result.gber, "651/2014, art. 2(84) to (97)", result.step.steps, result)


@derives("rnd_project", "rnd_class")
def _rnd_project(facts: Facts, as_of: date) -> Value | Found:
    """Research or development where the manual and the regulation say the same."""
    given: DelineateInput | None = facts.papers.get("activity")
    if given is None:
        return None
    result = delineate(given)
    frascati, gber = result.frascati["rnd"], result.gber
    value: bool | None = None
    if gber in RESEARCH and frascati is True:
        value = True
    elif gber is not None and gber not in RESEARCH | {"feasibility_study"} and frascati is False:
        value = False
    return Found(value, Origin("law", "Frascati Manual 2015; 651/2014, art. 2"))


def _found(value: Value, source: str, steps: Sequence[Step], result: Any) -> Found:
    told = [s.as_json() for s in steps]
    return Found(value, Origin("law", source), told, list(result.missing), list(result.assumed))


__all__ = ["PAPERS", "half_said", "read_papers", "size_by_figures"]
