"""Is an undertaking in difficulty? Regulation (EU) 651/2014, art. 2(18), grounds a to e.

The group test that Flanders asks beside the firm's own is VLAIO's practice ("Onderneming in
moeilijkheden"): the sum of the firm and what is linked to it, partners left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from baken.kernel.questions import Strict
from baken.law.difficulty.capital import (
    ACT,
    NO_CAPITAL,
    NOUGHT,
    UNLIMITED,
    Names,
    capital_grounds,
    lost,
    ratios,
    with_rubrics,
    word_of,
)
from baken.law.difficulty.model import AccountYear, DifficultyInput
from baken.law.logic import Truth, either, every, later, opposite
from baken.law.parameters import Parameter, in_force
from baken.law.size import read_size, size_of
from baken.law.steps import Step, with_steps

END_OF_GBER = date(2026, 12, 31)
"""Regulation (EU) 651/2014 as amended by 2023/1315, art. 59."""
FIRST_DAY = date(2014, 7, 1)
BEFORE = "the rule in force before 1 July 2014"
COVID_FROM, COVID_TO = date(2020, 7, 27), date(2022, 6, 30)
"""The days while aid was not barred for who fell in difficulty after 31 December 2019 only."""


@dataclass
class DifficultyResult:
    """The answer: the firm itself, each ground, the group beside it, and how it was found."""

    in_difficulty: Truth
    grounds: dict[str, Truth]
    group: dict[str, Any] | None
    step: Step
    missing: list[str]
    assumed: list[str]
    id: str | int | None = None

    def as_json(self, steps: bool = True) -> dict[str, Any]:
        """Plain values; ``steps`` False leaves the words out."""
        own = {
            "in_difficulty": self.in_difficulty,
            "grounds": self.grounds,
            "group": self.group,
            "missing": self.missing,
            "assumed": self.assumed,
        }
        return with_steps(self, own, steps)


def difficulty_of(given: DifficultyInput) -> DifficultyResult:
    """Whether the firm is in difficulty on ``given.as_of``, by ground.

    What could only help and is not said (an age, reserves) is taken as not there, what could only
    stand in the way as no obstacle; both are in ``assumed``. Figures that decide and are not
    there are in ``missing``.
    """
    missing, assumed, top = Names(), Names(), Step("difficulty", {})
    if given.as_of < FIRST_DAY:
        top.under("law.before", "651/2014, art. 59", day=given.as_of)
        none: dict[str, Truth] = dict.fromkeys("abcde")
        return DifficultyResult(None, none, None, top, [BEFORE], [], id=given.id)
    law = in_force("difficulty", given.as_of)
    _, sme = _size(given, missing, top)
    years = _closed(given.years, given.as_of)
    spared = _spared(given, sme, law, missing, assumed, top)
    grounds: dict[str, Truth] = {}
    half = law["lost_share"].value / 100
    own = lost(years[0] if years else None, given.legal_form, "years[0]", half, missing, assumed)
    grounds["a"], grounds["b"] = capital_grounds(given, own, spared, law, top)
    if None in (grounds["a"], grounds["b"]) and own.gone:
        if given.legal_form is None:
            missing.say("legal_form")
        elif given.legal_form in ("maatschap", "other", "public_body"):
            missing.say(f"whether ground a or b is for the form {given.legal_form}")
    grounds["c"] = _said(given.insolvency, "insolvency", assumed)
    grounds["d"] = _said(given.aid, "aid", assumed)
    top.under("difficulty.c." + _told(given.insolvency), f"{ACT}(c); WER art. XX.99")
    top.under("difficulty.d." + _told(given.aid), f"{ACT}(d)")
    grounds["e"] = ratios(sme, years, law, missing, top, assumed)
    outcome = either(grounds.values())
    if outcome is not None:
        missing.clear()
    group = _group(given, sme, spared, law, missing, assumed, top)
    top.under(f"difficulty.{word_of(outcome)}", ACT)
    if group is not None and group["in_difficulty"] and not outcome:
        top.under("difficulty.group_is", "VLAIO, onderneming in moeilijkheden")
    if outcome and COVID_FROM <= given.as_of <= COVID_TO:
        top.under("difficulty.covid", "651/2014, art. 1(4)(c)")
    if given.as_of > END_OF_GBER:
        top.under("gber.ended", "651/2014, art. 59", end=END_OF_GBER)
    return DifficultyResult(outcome, grounds, group, top, list(missing), list(assumed), id=given.id)


def _size(given: DifficultyInput, missing: Names, top: Step) -> tuple[str | None, Truth]:
    """The class, and whether it is an SME: also where only that is sure."""
    if given.group is not None:
        found = size_of(read_size({"as_of": given.as_of, **given.group}))
        top.steps += found.step.steps[-1:]
        if found.sme is None:
            for name in found.missing:
                missing.say(f"group.{name}")
        return found.category, found.sme
    return given.size, None if given.size is None else given.size != "large"


def _closed(years: Sequence[AccountYear] | None, as_of: date) -> list[AccountYear]:
    found = [y for y in years or () if y.end <= as_of]
    return sorted(found, key=lambda y: y.end, reverse=True)


def _spared(
    given: DifficultyInput,
    sme: Truth,
    law: Mapping[str, Parameter],
    missing: Names,
    assumed: Names,
    top: Step,
) -> Truth:
    """Whether grounds a and b do not count: an SME under three years, or one in its term of risk
    finance. A day that is not said can't spare it."""
    if sme is False:
        return False
    young = _early(given, law, assumed, top)
    if young and sme is None:
        missing.say("size")
        return None
    return young


def _early(given: DifficultyInput, law: Mapping[str, Parameter], assumed: Names, top: Step) -> bool:
    if given.founded_on is None:
        assumed.say("founded_on: three years ago or more")
    elif given.as_of < later(given.founded_on, years=int(law["young_years"].value)):
        top.under("difficulty.young", f"{ACT}(a)", day=given.founded_on)
        return True
    if given.purpose != "risk_finance":
        return False
    sale, registered = given.first_commercial_sale_on, given.founded_on
    by_sale = sale and given.as_of < later(sale, years=int(law["sale_years"].value))
    ten = law.get("registration_years")
    by_age = registered and ten and given.as_of < later(registered, years=int(ten.value))
    if by_sale or by_age:
        top.under("difficulty.risk_finance", f"{ACT}(a), 21(3)(b)")
        return True
    if sale is None:
        assumed.say("first_commercial_sale_on: seven years ago or more")
    return False


def _told(part: Strict) -> str:
    """How a step names what was said of a ground: "no" is not what was said by nobody."""
    values = part.model_dump().values()
    return "true" if any(values) else "assumed" if None in values else "false"


def _said(part: Strict, name: str, assumed: Names) -> bool:
    values = part.model_dump()
    for key, value in values.items():
        if value is None:
            assumed.say(f"{name}.{key}: no")
    return any(values.values())


def _group(
    given: DifficultyInput,
    sme: Truth,
    spared: Truth,
    law: Mapping[str, Parameter],
    missing: Names,
    assumed: Names,
    top: Step,
) -> dict[str, Any] | None:
    """The sum of the firm and what is linked to it, by the same grounds; None without any."""
    if not given.linked:
        return None
    step = top.under("difficulty.group", "VLAIO, onderneming in moeilijkheden")
    names = Names()
    half = law["lost_share"].value / 100
    newest: list[tuple[str, str | None, AccountYear | None]] = [
        ("years[0]", given.legal_form, next(iter(_closed(given.years, given.as_of)), None))
    ]
    for at, one in enumerate(given.linked):
        year = next(iter(_closed(one.years, given.as_of)), None)
        newest.append((f"linked[{at}].years[0]", one.legal_form, year))
    parts = [
        lost(year, form, where, half, names, assumed)
        for where, form, year in newest
        if form not in NO_CAPITAL
    ]
    gone: Truth = None
    if all(p.capital is not None and p.rest is not None for p in parts):
        whole = sum((p.capital or NOUGHT for p in parts), NOUGHT)
        rest = sum((p.rest or NOUGHT for p in parts), NOUGHT)
        gone = rest < 0 and -rest > whole * half
        step.under(f"difficulty.loss.{word_of(gone)}", f"{ACT}(a)", ground="a", capital=whole,
                   half=whole * half, rest=rest)  # fmt: skip
    elif all(p.rest is not None and p.rest >= 0 for p in parts):
        gone = False
    grounds: dict[str, Truth] = {
        "a": False,
        "b": False,
        "c": _said(given.insolvency, "insolvency", assumed),
        "d": _said(given.aid, "aid", assumed),
        "e": False,
    }
    ground = "b" if given.legal_form in UNLIMITED else "a"
    grounds[ground] = every([gone, opposite(_spared_group(given, spared, law))])
    if sme is False:
        grounds["e"] = _group_ratios(given, law, names)
    outcome = either(grounds.values())
    if outcome is None:
        for name in names:
            missing.say(name)
    return {"in_difficulty": outcome, "grounds": grounds}


def _spared_group(given: DifficultyInput, spared: Truth, law: Mapping[str, Parameter]) -> Truth:
    """A young firm does not spare a group with an older enterprise (the oldest counts)."""
    years = int(law["young_years"].value)
    for one in given.linked or ():
        old = one.founded_on is not None and given.as_of >= later(one.founded_on, years=years)
        if old and given.purpose != "risk_finance":
            return False
    return spared


def _group_ratios(given: DifficultyInput, law: Mapping[str, Parameter], names: Names) -> Truth:
    """Ground e on the sums of the firm and what is linked to it, year by year."""
    lists = [_closed(given.years, given.as_of)]
    lists += [_closed(one.years, given.as_of) for one in given.linked or ()]
    summed: list[AccountYear] = []
    for at in range(2):
        if any(len(years) <= at for years in lists):
            break
        year = [with_rubrics(years[at]) for years in lists]
        values = {
            name: None
            if any(getattr(y, name) is None for y in year)
            else sum((getattr(y, name) for y in year), NOUGHT)
            for name in ("debt", "equity", "ebitda", "interest")
        }
        summed.append(AccountYear.model_construct(end=year[0].end, **values))  # type: ignore[arg-type]
    return ratios(False, summed, law, names, Step("difficulty", {}))
