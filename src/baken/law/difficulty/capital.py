"""Grounds a and b: more than half of the capital lost. Ground e: the ratios of a large firm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from baken.law.difficulty.model import AccountYear, DifficultyInput
from baken.law.logic import Truth, every, later, opposite
from baken.law.parameters import Parameter
from baken.law.steps import Step, Word

ACT = "651/2014, art. 2(18)"
LIMITED = frozenset({"bv", "nv", "cv"})
UNLIMITED = frozenset({"vof", "commv"})
NO_CAPITAL = frozenset({"sole_trader", "vzw"})
"""No company and no capital to lose: grounds a and b can't hold (VAF, Interreg: no test)."""
NOUGHT = Decimal(0)


class Names(dict[str, None]):
    """Names in the order in which they came, each once."""

    def say(self, name: str) -> None:
        self[name] = None


@dataclass(frozen=True)
class Loss:
    """How much of the capital is gone: capital with premium, and what is left beside it."""

    gone: Truth
    capital: Decimal | None = None
    rest: Decimal | None = None


def lost(
    year: AccountYear | None,
    form: str | None,
    where: str,
    half: Decimal,
    missing: Names,
    assumed: Names,
) -> Loss:
    """Whether more than half of the capital (with premium) has gone by accumulated losses.

    The premium counts in the capital, and not in the reserves again (Commission reply on point
    20(a) of 2014/C 249/01).
    """
    if year is None:
        missing.say(where.split("[")[0])
        return Loss(None)
    if year.rubrics is not None:
        if _capital_of(year) is None:
            return _from_rubrics(year.rubrics, where, half, missing)
        year = year.model_copy(update={"equity": year.equity or equity_of(year.rubrics)})
    capital = _capital_of(year)
    premium = year.share_premium or NOUGHT
    losses, equity = year.accumulated_losses, year.equity
    if capital is None:
        rest = None if losses is None else (year.reserves or NOUGHT) - losses
        if rest is not None and rest >= 0:
            return Loss(False, None, rest)
        if equity is not None and equity < premium * half:  # however much the capital was
            return Loss(True)
        missing.say(f"{where}.subscribed_capital")
        return Loss(None)
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
        return Loss(None, whole)
    return Loss(rest < 0 and -rest > whole * half, whole, rest)


def _capital_of(year: AccountYear) -> Decimal | None:
    for value in (year.subscribed_capital, year.contributions, year.capital_in_accounts):
        if value is not None:
            return value
    return None


def equity_of(codes: Mapping[str, Decimal]) -> Decimal | None:
    """Equity: code 10/15, else the sum of what it is made of, where the contributions and the
    result carried forward (14) are there; an item that is not there is nought."""
    if "10/15" in codes or "14" not in codes:
        return codes.get("10/15")
    paid = codes.get("10/11")
    if paid is None and {"10", "11"} & codes.keys():
        paid = codes.get("10", NOUGHT) + codes.get("11", NOUGHT)
    if paid is None:
        return None
    return paid + sum((codes.get(c, NOUGHT) for c in ("12", "13", "14", "15", "19")), NOUGHT)


def _from_rubrics(codes: Mapping[str, Decimal], where: str, half: Decimal, missing: Names) -> Loss:
    """From codes of the standard accounts: 10/11 (or 10, 11) with 101, against 10/15."""
    equity = equity_of(codes)
    if equity is None:
        missing.say(f"{where}.rubrics.10/15")
        return Loss(None)
    paid = codes.get("10/11")
    if paid is None:
        if not {"10", "100", "11", "110", "111"} & codes.keys():
            missing.say(f"{where}.rubrics.10/11")
            return Loss(None)
        beside = codes.get("110", NOUGHT) + codes.get("111", NOUGHT)
        paid = codes.get("10", codes.get("100", NOUGHT)) + codes.get("11", beside)
    uncalled = codes.get("101")
    if uncalled is None:
        uncalled = codes["100"] - codes["10"] if {"100", "10"} <= codes.keys() else NOUGHT
    whole, rest = paid + uncalled, equity - paid
    return Loss(rest < 0 and -rest > whole * half, whole, rest)


def capital_grounds(
    given: DifficultyInput, own: Loss, spared: Truth, law: Mapping[str, Parameter], top: Step
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
            top.under(f"difficulty.loss.{word_of(own.gone)}", source, ground=name,
                      capital=own.capital, half=own.capital * half, rest=own.rest)  # fmt: skip
        else:
            top.under("difficulty.loss.open", source, ground=name)
    if form in ("bv", "cv") and not spared and own.capital is not None:
        top.under("difficulty.contributions", f"{ACT}(a); WVV art. 5:1, 6:1")
    a, b = found
    return a, b


def ratios(
    sme: Truth,
    years: Sequence[AccountYear],
    law: Mapping[str, Parameter],
    missing: Names,
    top: Step,
    assumed: Names | None = None,
) -> Truth:
    """Ground e: no SME, and in each of the two newest years too much debt and too little cover."""
    source = f"{ACT}(e)"
    if sme is None:
        sure = ratios(False, years, law, Names(), Step("difficulty", {}))
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
        if at >= len(years) or (at and not _follows(years[1], years[0])):
            missing.say(f"years[{at}]" if years else "years")
            found.append(None)
            continue
        year = with_rubrics(years[at])
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
        top.under("difficulty.e.year", source, end=year.end, heavy=shown(heavy), thin=shown(thin))
    return every(found)


def _follows(older: AccountYear, newer: AccountYear) -> bool:
    """Whether a year ends where the next one begins, give or take a month."""
    begins = later(newer.end, months=-int(newer.months or 12))
    return (begins - older.end).days <= 31


def shown(value: Truth) -> Word | bool:
    """A truth as a value of a step."""
    return Word("word.unknown") if value is None else value


def with_rubrics(year: AccountYear) -> AccountYear:
    """The year, with what its codes tell of equity, debt, EBITDA and interest."""
    codes = year.rubrics
    if codes is None:
        return year
    ebitda = codes["9901"] + codes.get("630", NOUGHT) if "9901" in codes else None
    told = {
        "equity": equity_of(codes),
        "debt": codes.get("17/49"),
        "ebitda": ebitda,
        "interest": codes.get("650"),
    }
    return year.model_copy(update={k: v for k, v in told.items() if getattr(year, k) is None})


def word_of(value: Truth) -> str:
    """How a step's code names a truth."""
    return {True: "true", False: "false", None: "open"}[value]
