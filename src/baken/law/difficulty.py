"""Is an undertaking in difficulty? Regulation (EU) 651/2014, art. 2(18), grounds a to e.

The group test that Flanders asks beside the firm's own is VLAIO's practice ("Onderneming in
moeilijkheden"): the sum of the firm and what is linked to it, partners left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from baken.kernel.documents import Document, Strict, read_model, said_at
from baken.kernel.errors import BakenError
from baken.law.logic import Truth, either, every, later, opposite
from baken.law.parameters import Parameter, in_force
from baken.law.size import read_size, size_of
from baken.law.size.model import MAX_AMOUNT, Months, Size, check_years
from baken.law.steps import Step, Word

ACT = "651/2014, art. 2(18)"
END_OF_GBER = date(2026, 12, 31)
"""Regulation (EU) 651/2014 as amended by 2023/1315, art. 59."""
FIRST_DAY = date(2014, 7, 1)
BEFORE = "the rule in force before 1 July 2014"
COVID_FROM, COVID_TO = date(2020, 7, 27), date(2022, 6, 30)
"""The days while aid was not barred for who fell in difficulty after 31 December 2019 only."""
LIMITED = frozenset({"bv", "nv", "cv"})
UNLIMITED = frozenset({"vof", "commv"})
NO_CAPITAL = frozenset({"sole_trader", "vzw"})
"""No company and no capital to lose: grounds a and b can't hold (VAF, Interreg: no test)."""
NOUGHT = Decimal(0)
Euro = Annotated[Decimal, Field(ge=-MAX_AMOUNT, le=MAX_AMOUNT, allow_inf_nan=False)]
Positive = Annotated[Decimal, Field(ge=0, le=MAX_AMOUNT, allow_inf_nan=False)]
LegalForm = Literal[
    "bv", "nv", "cv", "vof", "commv", "vzw", "sole_trader", "maatschap", "public_body", "other"
]


class AccountYear(Strict):
    """A closed year: figures in euros, or codes of the Belgian standard accounts in ``rubrics``.

    ``reserves`` are all other own funds (reserves, profit carried forward, revaluation, capital
    subsidies); ``accumulated_losses`` is a positive number; ``equity`` may stand for its parts.
    """

    end: date
    months: Months | None = None
    subscribed_capital: Positive | None = None
    contributions: Positive | None = None
    capital_in_accounts: Positive | None = None
    share_premium: Positive | None = None
    reserves: Euro | None = None
    accumulated_losses: Positive | None = None
    equity: Euro | None = None
    debt: Positive | None = None
    ebitda: Euro | None = None
    interest: Positive | None = None
    rubrics: dict[str, Euro] | None = None
    currency: Literal["EUR"] = "EUR"


class Insolvency(Strict):
    """Collective insolvency proceedings, or the criteria of Belgian law for them (art. XX.99)."""

    proceedings: bool | None = None
    criteria_met: bool | None = None


class EarlierAid(Strict):
    """Rescue aid not paid back, or a restructuring plan that still runs."""

    rescue_outstanding: bool | None = None
    restructuring_plan: bool | None = None


class Linked(Strict):
    """A linked enterprise: its closed years, newest first."""

    id: str | None = None
    founded_on: date | None = None
    legal_form: LegalForm | None = None
    years: list[AccountYear] | None = None


class DifficultyInput(Strict):
    """One question on difficulty."""

    id: str | int | None = None
    as_of: date
    size: Size | None = None
    group: dict[str, Any] | None = None
    founded_on: date | None = None
    legal_form: LegalForm | None = None
    years: list[AccountYear] | None = None
    insolvency: Insolvency = Insolvency()
    aid: EarlierAid = EarlierAid()
    linked: list[Linked] | None = None
    purpose: Literal["other", "risk_finance"] = Field("other", alias="for")
    first_commercial_sale_on: date | None = None


def read_difficulty(raw: Any, document: Document | None = None) -> DifficultyInput:
    """An input, checked.

    Raises:
        BakenError: with the path of the field, and the line when ``document`` is given.
    """
    found = read_model(
        DifficultyInput, raw, document, "this is no question on difficulty", "a mapping with as_of"
    )
    lists: list[tuple[tuple[str | int, ...], list[AccountYear] | None]] = [
        (("years",), found.years)
    ]
    lists += [(("linked", i, "years"), x.years) for i, x in enumerate(found.linked or ())]
    for where, years in lists:
        check_years(years, where, document)
    if found.founded_on is not None and found.founded_on > found.as_of:
        problem = f"{found.founded_on} lies after as_of"
        raise said_at(document, ("founded_on",), problem, "a day before")
    if found.group is not None:
        try:
            read_size({"as_of": found.as_of, **found.group})
        except BakenError as e:
            line = document.line(("group",)) if document else None
            place = f"{document.name}, line {line}, " if document and line else ""
            raise BakenError(f"{place}group.{e.path}", e.problem, e.expected, e.near) from e
    if found.size is not None and found.group is not None:
        raise said_at(document, ("size",), "both size and group are given", "one of the two")
    return found


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
        out: dict[str, Any] = {} if self.id is None else {"id": self.id}
        out |= {
            "in_difficulty": self.in_difficulty,
            "grounds": self.grounds,
            "group": self.group,
            "missing": self.missing,
            "assumed": self.assumed,
        }
        if steps:
            out["steps"] = [s.as_json() for s in self.step.steps]
        return out


class _Names(dict[str, None]):
    """Names in the order in which they came, each once."""

    def say(self, name: str) -> None:
        self[name] = None


def difficulty_of(given: DifficultyInput) -> DifficultyResult:
    """Whether the firm is in difficulty on ``given.as_of``, by ground.

    What could only help and is not said (an age, reserves) is taken as not there, what could only
    stand in the way as no obstacle; both are in ``assumed``. Figures that decide and are not
    there are in ``missing``.
    """
    missing, assumed, top = _Names(), _Names(), Step("difficulty", {})
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
    own = _lost(years[0] if years else None, given.legal_form, "years[0]", half, missing, assumed)
    grounds["a"], grounds["b"] = _capital(given, own, spared, law, top)
    if None in (grounds["a"], grounds["b"]) and own.gone:
        if given.legal_form is None:
            missing.say("legal_form")
        elif given.legal_form in ("maatschap", "other", "public_body"):
            missing.say(f"whether ground a or b is for the form {given.legal_form}")
    grounds["c"] = _said(given.insolvency, "insolvency", assumed)
    grounds["d"] = _said(given.aid, "aid", assumed)
    top.under("difficulty.c." + _word(grounds["c"]), f"{ACT}(c); WER art. XX.99")
    top.under("difficulty.d." + _word(grounds["d"]), f"{ACT}(d)")
    grounds["e"] = _ratios(sme, years, law, missing, top, assumed)
    outcome = either(grounds.values())
    if outcome is not None:
        missing.clear()
    group = _group(given, sme, spared, law, missing, assumed, top)
    top.under(f"difficulty.{_word(outcome)}", ACT)
    if outcome and COVID_FROM <= given.as_of <= COVID_TO:
        top.under("difficulty.covid", "651/2014, art. 1(4)(c)")
    if given.as_of > END_OF_GBER:
        top.under("gber.ended", "651/2014, art. 59", end=END_OF_GBER)
    return DifficultyResult(outcome, grounds, group, top, list(missing), list(assumed), id=given.id)


def _word(value: Truth) -> str:
    return {True: "true", False: "false", None: "open"}[value]


def _size(given: DifficultyInput, missing: _Names, top: Step) -> tuple[str | None, Truth]:
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
    missing: _Names,
    assumed: _Names,
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


def _early(
    given: DifficultyInput, law: Mapping[str, Parameter], assumed: _Names, top: Step
) -> bool:
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


@dataclass(frozen=True)
class _Loss:
    """How much of the capital is gone: capital with premium, and what is left beside it."""

    gone: Truth
    capital: Decimal | None = None
    rest: Decimal | None = None


def _lost(
    year: AccountYear | None,
    form: str | None,
    where: str,
    half: Decimal,
    missing: _Names,
    assumed: _Names,
) -> _Loss:
    """Whether more than half of the capital (with premium) has gone by accumulated losses.

    The premium counts in the capital, and not in the reserves again (Commission reply on point
    20(a) of 2014/C 249/01).
    """
    if year is None:
        missing.say(where.split("[")[0])
        return _Loss(None)
    if year.rubrics is not None:
        if _capital_of(year) is None:
            return _from_rubrics(year.rubrics, where, half, missing)
        year = year.model_copy(update={"equity": year.equity or year.rubrics.get("10/15")})
    capital = _capital_of(year)
    premium = year.share_premium or NOUGHT
    losses, equity = year.accumulated_losses, year.equity
    if capital is None:
        rest = None if losses is None else (year.reserves or NOUGHT) - losses
        if rest is not None and rest >= 0:
            return _Loss(False, None, rest)
        if equity is not None and equity < premium * half:  # however much the capital was
            return _Loss(True)
        missing.say(f"{where}.subscribed_capital")
        return _Loss(None)
    if year.share_premium is None and form == "nv":
        assumed.say(f"{where}.share_premium: 0")
    whole = capital + premium
    if losses is not None and (year.reserves is not None or equity is None):
        if year.reserves is None and losses > whole * half:
            assumed.say(f"{where}.reserves: 0")
        rest = (year.reserves or NOUGHT) - losses
    elif equity is not None:
        rest = equity - whole
    else:
        missing.say(f"{where}.accumulated_losses")
        return _Loss(None, whole)
    return _Loss(rest < 0 and -rest > whole * half, whole, rest)


def _capital_of(year: AccountYear) -> Decimal | None:
    for value in (year.subscribed_capital, year.contributions, year.capital_in_accounts):
        if value is not None:
            return value
    return None


def _from_rubrics(
    codes: Mapping[str, Decimal], where: str, half: Decimal, missing: _Names
) -> _Loss:
    """From codes of the standard accounts: 10/11 (or 10, 11) with 101, against 10/15."""
    equity = codes.get("10/15")
    if equity is None:
        missing.say(f"{where}.rubrics.10/15")
        return _Loss(None)
    paid = codes.get("10/11")
    if paid is None:
        if not {"10", "100", "11", "110", "111"} & codes.keys():
            missing.say(f"{where}.rubrics.10/11")
            return _Loss(None)
        beside = codes.get("110", NOUGHT) + codes.get("111", NOUGHT)
        paid = codes.get("10", codes.get("100", NOUGHT)) + codes.get("11", beside)
    uncalled = codes.get("101")
    if uncalled is None:
        uncalled = codes["100"] - codes["10"] if {"100", "10"} <= codes.keys() else NOUGHT
    whole, rest = paid + uncalled, equity - paid
    return _Loss(rest < 0 and -rest > whole * half, whole, rest)


def _capital(
    given: DifficultyInput, own: _Loss, spared: Truth, law: Mapping[str, Parameter], top: Step
) -> tuple[Truth, Truth]:
    """Grounds a (limited liability) and b (unlimited)."""
    form = given.legal_form
    half = law["lost_share"].value / 100
    limited: Truth = form in LIMITED if form in LIMITED | UNLIMITED | NO_CAPITAL else None
    unlimited: Truth = form in UNLIMITED if form in LIMITED | UNLIMITED | NO_CAPITAL else None
    if form == "maatschap":
        limited = False
    found: list[Truth] = []
    for name, applies in (("a", limited), ("b", unlimited)):
        value = every([applies, own.gone, opposite(spared)])
        found.append(value)
        source = f"{ACT}({name})"
        if applies is False:
            top.under(f"difficulty.{name}.other_form", source)
        elif spared:
            top.under(f"difficulty.{name}.spared", source)
        elif own.capital is not None and own.rest is not None:
            top.under(f"difficulty.loss.{_word(own.gone)}", source, ground=name,
                      capital=own.capital, half=own.capital * half, rest=own.rest)  # fmt: skip
        else:
            top.under("difficulty.loss.open", source, ground=name)
    if form in ("bv", "cv") and not spared and own.capital is not None:
        top.under("difficulty.contributions", f"{ACT}(a); WVV art. 5:1, 6:1")
    a, b = found
    return a, b


def _said(part: Strict, name: str, assumed: _Names) -> bool:
    values = part.model_dump()
    for key, value in values.items():
        if value is None:
            assumed.say(f"{name}.{key}: no")
    return any(values.values())


def _ratios(
    sme: Truth,
    years: Sequence[AccountYear],
    law: Mapping[str, Parameter],
    missing: _Names,
    top: Step,
    assumed: _Names | None = None,
) -> Truth:
    """Ground e: no SME, and in each of the two newest years too much debt and too little cover."""
    source = f"{ACT}(e)"
    if sme is None:
        sure = _ratios(False, years, law, _Names(), Step("difficulty", {}))
        if sure:
            missing.say("size")
            return None
        if assumed is not None and sure is None and "size" not in missing:
            assumed.say("size: an SME")
    if sme is not False:
        top.under("difficulty.e.sme", source)
        return False
    found: list[Truth] = []
    for at in range(2):
        if at >= len(years):
            missing.say(f"years[{at}]" if years else "years")
            found.append(None)
            continue
        year = _with_rubrics(years[at])
        debt, equity, ebitda, interest = year.debt, year.equity, year.ebitda, year.interest
        heavy: Truth = None
        if debt is not None and equity is not None and equity > 0:
            heavy = debt / equity > law["debt_to_equity"].value
        thin: Truth = None
        if interest is not None and interest == 0:
            thin = False if ebitda is not None and ebitda >= 0 else None
        elif ebitda is not None and interest is not None:
            thin = ebitda / interest < law["interest_cover"].value
        value = every([heavy, thin])
        if value is None:
            for name in ("debt", "equity", "ebitda", "interest"):
                if getattr(year, name) is None:
                    missing.say(f"years[{at}].{name}")
            if interest == 0 and ebitda is not None and ebitda < 0:
                missing.say(f"years[{at}]: cover has no meaning without interest")
            if equity is not None and equity <= 0:
                missing.say(f"years[{at}]: debt to equity has no meaning, equity is not above 0")
        found.append(value)
        top.under("difficulty.e.year", source, end=year.end, heavy=_shown(heavy), thin=_shown(thin))
    return every(found)


def _shown(value: Truth) -> Word | bool:
    return Word("word.unknown") if value is None else value


def _with_rubrics(year: AccountYear) -> AccountYear:
    codes = year.rubrics
    if codes is None:
        return year
    ebitda = codes["9901"] + codes.get("630", NOUGHT) if "9901" in codes else None
    told = {
        "equity": codes.get("10/15"),
        "debt": codes.get("17/49"),
        "ebitda": ebitda,
        "interest": codes.get("650"),
    }
    return year.model_copy(update={k: v for k, v in told.items() if getattr(year, k) is None})


def _group(
    given: DifficultyInput,
    sme: Truth,
    spared: Truth,
    law: Mapping[str, Parameter],
    missing: _Names,
    assumed: _Names,
    top: Step,
) -> dict[str, Any] | None:
    """The sum of the firm and what is linked to it, by the same grounds; None without any."""
    if not given.linked:
        return None
    step = top.under("difficulty.group", "VLAIO, onderneming in moeilijkheden")
    names = _Names()
    half = law["lost_share"].value / 100
    newest: list[tuple[str, str | None, AccountYear | None]] = [
        ("years[0]", given.legal_form, next(iter(_closed(given.years, given.as_of)), None))
    ]
    for at, one in enumerate(given.linked):
        year = next(iter(_closed(one.years, given.as_of)), None)
        newest.append((f"linked[{at}].years[0]", one.legal_form, year))
    parts = [
        _lost(year, form, where, half, names, assumed)
        for where, form, year in newest
        if form not in NO_CAPITAL
    ]
    gone: Truth = None
    if all(p.capital is not None and p.rest is not None for p in parts):
        whole = sum((p.capital or NOUGHT for p in parts), NOUGHT)
        rest = sum((p.rest or NOUGHT for p in parts), NOUGHT)
        gone = rest < 0 and -rest > whole * half
        step.under(f"difficulty.loss.{_word(gone)}", f"{ACT}(a)", ground="a", capital=whole,
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


def _group_ratios(given: DifficultyInput, law: Mapping[str, Parameter], names: _Names) -> Truth:
    """Ground e on the sums of the firm and what is linked to it, year by year."""
    lists = [_closed(given.years, given.as_of)]
    lists += [_closed(one.years, given.as_of) for one in given.linked or ()]
    summed: list[AccountYear] = []
    for at in range(2):
        if any(len(years) <= at for years in lists):
            break
        year = [_with_rubrics(years[at]) for years in lists]
        values = {
            name: None
            if any(getattr(y, name) is None for y in year)
            else sum((getattr(y, name) for y in year), NOUGHT)
            for name in ("debt", "equity", "ebitda", "interest")
        }
        summed.append(AccountYear.model_construct(end=year[0].end, **values))  # type: ignore[arg-type]
    return _ratios(False, summed, law, names, Step("difficulty", {}))
