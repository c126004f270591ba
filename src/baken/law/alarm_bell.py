"""The alarm bell of the Belgian company code (WVV), art. 5:153, 6:119, 7:228 and 7:229.

Net assets are what the code says (art. 5:142, 6:115, 7:212): assets less provisions and debts, less
formation costs and costs of research and development that are not written off. So they are not the
equity on the balance sheet: the bell of an innovative firm rings sooner (CBN advice 2021/14).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from baken.kernel.documents import Document
from baken.kernel.fields import EUROS
from baken.kernel.questions import Strict, read_model
from baken.law.difficulty import AccountYear, LegalForm
from baken.law.difficulty.capital import equity_of
from baken.law.difficulty.model import check_rubrics
from baken.law.logic import Truth, either, later, opposite
from baken.law.parameters import in_force
from baken.law.size.model import MAX_AMOUNT, Day, Positive, check_years
from baken.law.steps import Step, plain, with_steps

FIRST_DAY = date(2019, 5, 1)
Euro = Annotated[Decimal, Field(ge=-MAX_AMOUNT, le=MAX_AMOUNT, allow_inf_nan=False), EUROS]
NOUGHT = Decimal(0)


OLD_LAW = "the rule in force before 1 May 2019"


class Balance(Strict):
    """What net assets are made of, in euros."""

    total_assets: Positive | None = None
    debts: Positive | None = None
    provisions: Positive | None = None
    formation_costs: Positive | None = None
    rnd_costs: Positive | None = None


class Previous(Strict):
    """An earlier call of the meeting, for a reason, in which the rules were kept or not."""

    convened_on: Day
    reason: Literal["net_assets", "liquidity", "half", "quarter"]
    complied: bool | None = None


class BellInput(Strict):
    """One question on the alarm bell."""

    id: str | int | None = None
    as_of: Day
    legal_form: LegalForm | None = None
    established_on: Day | None = None
    net_assets: Euro | None = None
    balance: Balance | None = None
    capital: Positive | None = None
    contributions: Positive | None = None
    caused_by_loss: bool | None = None
    threatens_negative: bool | None = None
    debts_payable_12_months: bool | None = None
    previous: Previous | None = None
    years: list[AccountYear] | None = None


def read_bell(raw: Any, document: Document | None = None) -> BellInput:
    """An input, checked.

    Raises:
        BakenError: with the path of the field, and the line when ``document`` is given.
    """
    found = read_model(
        BellInput, raw, document, "this is no question on the bell", "a mapping with as_of"
    )
    check_years(found.years, ("years",), document)
    check_rubrics(found.years, ("years",), document)
    return found


@dataclass
class Bell:
    """What rings, and what the board must do by when."""

    rings: Truth
    triggers: dict[str, Truth]
    net_assets: Decimal | None
    convene: Truth
    meeting_by: date | None
    silent_until: date | None
    dissolution_votes: str | None
    step: Step
    missing: list[str]
    assumed: list[str]
    id: str | int | None = None

    def as_json(self, steps: bool = True) -> dict[str, Any]:
        """Plain values; ``steps`` False leaves the words out."""
        own = {
            "rings": self.rings,
            "triggers": self.triggers,
            "net_assets": plain(self.net_assets),
            "convene": self.convene,
            "meeting_by": self.meeting_by and self.meeting_by.isoformat(),
            "silent_until": self.silent_until and self.silent_until.isoformat(),
            "dissolution_votes": self.dissolution_votes,
            "missing": self.missing,
            "assumed": self.assumed,
        }
        return with_steps(self, own, steps)


def alarm_bell(given: BellInput) -> Bell:
    """Whether the bell rings, and the last day for the general meeting.

    Before 1 May 2019 another code held: the answer is then unknown.
    """
    missing: dict[str, None] = {}
    assumed: dict[str, None] = {}
    top = Step("bell", {})
    form = given.legal_form
    if given.as_of < FIRST_DAY:
        top.under("bell.old_law", "law of 23 March 2019, art. 39", day=given.as_of)
        return Bell(None, {}, None, None, None, None, None, top, [OLD_LAW], [], given.id)
    if form is None:
        top.under("bell.no_form", "WVV, art. 5:153, 6:119, 7:228")
        return Bell(None, {}, None, None, None, None, None, top, ["legal_form"], [], given.id)
    if form not in ("bv", "cv", "nv"):
        top.under("bell.no_bell", "WVV, art. 2:51, 2:52")
        return Bell(False, {}, None, False, None, None, None, top, [], [], given.id)
    if given.as_of < date(2020, 1, 1):
        assumed["the company was founded on 1 May 2019 or later"] = None
    law = in_force("difficulty", given.as_of)
    worth = _net_assets(given, missing, assumed, top)
    if form == "nv":
        bell = _nv(given, worth, law, missing, assumed, top)
    else:
        bell = _bv(given, worth, law, assumed, top)
    if bell.convene:
        start = given.established_on or given.as_of
        if given.established_on is None:
            assumed["established_on: as_of"] = None
        bell.meeting_by = later(start, months=int(law["bell_months"].value))
        article = {"bv": "5:153", "cv": "6:119", "nv": "7:228"}[form]
        if given.established_on is None:
            top.under("bell.should_have", f"WVV, art. {article}")
            top.under("bell.meeting_if_today", f"WVV, art. {article}", day=bell.meeting_by)
        else:
            top.under("bell.meeting", f"WVV, art. {article}", day=bell.meeting_by)
        top.under("bell.report", f"WVV, art. {article}")
        top.under("bell.liability", f"WVV, art. {article}")
    settled = bell.rings is not None and bell.convene is not None
    bell.missing = [] if settled else list(missing)
    bell.assumed = list(assumed)
    bell.id = given.id
    return bell


def _net_assets(
    given: BellInput, missing: dict[str, None], assumed: dict[str, None], top: Step
) -> Decimal | None:
    if given.net_assets is not None:
        return given.net_assets
    b = given.balance
    if b is not None:
        if b.total_assets is None or b.debts is None:
            name = "total_assets" if b.total_assets is None else "debts"
            missing[f"balance.{name}"] = None
            return None
        for name in ("provisions", "formation_costs", "rnd_costs"):
            if getattr(b, name) is None:
                assumed[f"balance.{name}: 0"] = None
        owed = (b.provisions or NOUGHT) + b.debts
        costs = (b.formation_costs or NOUGHT) + (b.rnd_costs or NOUGHT)
        found = b.total_assets - owed - costs
        top.under("bell.net_assets", "WVV, art. 5:142, 6:115, 7:212", assets=b.total_assets,
                  owed=owed, costs=costs, amount=found)  # fmt: skip
        return found
    years = sorted(given.years or (), key=lambda y: y.end, reverse=True)
    newest = next((y for y in years if y.end <= given.as_of), None)
    equity = None
    if newest is not None:
        equity = newest.equity if newest.rubrics is None else equity_of(newest.rubrics)
        if equity is None and newest.rubrics is None:
            equity = _of_parts(newest, assumed)
    if equity is not None:
        assumed["formation costs and costs of research on the balance sheet: 0"] = None
        return equity
    missing["net_assets"] = None
    return None


def _of_parts(year: AccountYear, assumed: dict[str, None]) -> Decimal | None:
    """Own funds from their parts, where the capital and the losses are said."""
    paid = (year.subscribed_capital, year.contributions, year.capital_in_accounts)
    capital = next((p for p in paid if p is not None), None)
    if capital is None or year.accumulated_losses is None:
        return None
    for name in ("share_premium", "reserves"):
        if getattr(year, name) is None:
            assumed[f"years[0].{name}: 0"] = None
    return capital + (year.share_premium or 0) + (year.reserves or 0) - year.accumulated_losses


def _capital_of(year: AccountYear) -> Decimal | None:
    """The subscribed capital: as given, else code 100 or 10 of the accounts."""
    if year.subscribed_capital is not None or year.rubrics is None:
        return year.subscribed_capital
    return year.rubrics.get("100", year.rubrics.get("10"))


def _nv(
    given: BellInput, worth: Decimal | None, law: Mapping[str, Any],
    missing: dict[str, None], assumed: dict[str, None], top: Step,
) -> Bell:  # fmt: skip
    """Below half and a quarter of the capital by losses (7:228); under EUR 61,500 (7:229)."""
    capital = given.capital
    if capital is None:
        newest = max(given.years or (), key=lambda y: y.end, default=None)
        capital = _capital_of(newest) if newest is not None else None
    if capital is None:
        missing["capital"] = None
    loss = given.caused_by_loss
    if loss is None:
        assumed["caused_by_loss: yes"] = None
        loss = True
    half: Truth = None
    quarter: Truth = None
    if not loss:
        half = quarter = False
    elif worth is not None and worth < 0:  # below any part of any capital
        half = quarter = True
    elif worth is not None and capital is not None:
        half = worth < capital * law["bell_half"].value / 100
        quarter = worth < capital * law["bell_quarter"].value / 100
    under: Truth = None if worth is None else worth < law["bell_minimum"].value
    triggers = {"half": half, "quarter": quarter, "below_61500": under}
    for name, value in triggers.items():
        if value:
            article = "7:229" if name == "below_61500" else "7:228"
            top.under(f"bell.{name}", f"WVV, art. {article}")
    return Bell(
        either(triggers.values()), triggers, worth, half, None, None,
        "quarter" if quarter else None, top, [], [],
    )  # fmt: skip


def _bv(
    given: BellInput, worth: Decimal | None, law: Mapping[str, Any],
    assumed: dict[str, None], top: Step,
) -> Bell:  # fmt: skip
    """Net assets negative or about to be; debts not payable over twelve months."""
    article = "WVV, art. " + {"bv": "5:153", "cv": "6:119"}[given.legal_form or "bv"]
    negative: Truth = None if worth is None else worth < 0
    threatens = given.threatens_negative
    liquidity = opposite(given.debts_payable_12_months)
    for name, value in (
        ("threatens_negative", threatens),
        ("debts_payable_12_months", liquidity),
    ):
        if value is None and not (negative and name == "threatens_negative"):
            assumed[f"{name}: no obstacle"] = None
    triggers = {"negative": negative, "threatens": threatens, "liquidity": liquidity}
    for name, value in triggers.items():
        if value:
            top.under(f"bell.{name}", article)
    reasons = set()
    if negative or threatens:
        reasons.add("net_assets")
    if liquidity:
        reasons.add("liquidity")
    silent = None
    earlier = given.previous
    if earlier is not None and earlier.complied and earlier.reason in reasons:
        until = later(earlier.convened_on, months=int(law["bell_silence_months"].value))
        if given.as_of <= until:
            reasons.discard(earlier.reason)
            silent = until
            top.under("bell.silent", f"{article}, § 4", day=until)
    rings = either([negative, bool(threatens), bool(liquidity)])
    convene: Truth = True if reasons else (None if rings is None else False)
    return Bell(rings, triggers, worth, convene, None, silent, None, top, [], [])
