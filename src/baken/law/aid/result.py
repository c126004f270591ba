"""The answer on aid: rate, highest amount, incentive effect, threshold and cumulation.

Regulation (EU) 651/2014, art. 1(4), 4, 6, 7, 8 and chapter III. The EU maximum and the rate of
a Flemish measure are two things: this is the first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from baken.law.aid.cumulation import cumulation
from baken.law.aid.model import CONTENTS, AidInput
from baken.law.aid.rate import NOUGHT, Bonus, Rate, Reader, down, eligible_costs, is_vat
from baken.law.aid.rates import rate_of
from baken.law.aid.research import research_threshold
from baken.law.difficulty import COVID_FROM, COVID_TO
from baken.law.logic import Truth, every
from baken.law.parameters import in_force
from baken.law.steps import Step, plain, tell, with_steps

ADVICE = ("innovation_advice", "innovation_support")
FIRST, LAST = date(2014, 7, 1), date(2026, 12, 31)
GRACE = date(2027, 6, 30)
"""Schemes that are exempt go on for six months: art. 58(4)."""


@dataclass
class AidResult:
    """The answer on aid; its shape is in ``as_json``."""

    article: str | None
    base_pct: Decimal | None
    bonuses: list[Bonus]
    max_pct: Decimal | None
    max_aid: Decimal | None
    incentive_effect: Truth
    threshold: Decimal | None
    cumulation: dict[str, Any]
    allowed: Truth
    step: Step
    missing: list[str]
    assumed: list[str]
    next_bonus: list[Bonus] = field(default_factory=list)
    parts: list[dict[str, Any]] = field(default_factory=list)
    id: str | int | None = None

    def as_json(self, steps: bool = True) -> dict[str, Any]:
        """Plain values; ``steps`` False leaves the words out."""
        own: dict[str, Any] = {
            "article": self.article,
            "base_pct": plain(self.base_pct),
            "bonuses": [_bonus(b) for b in self.bonuses],
            "max_pct": plain(self.max_pct),
            "max_aid": plain(self.max_aid),
            "incentive_effect": self.incentive_effect,
            "notification_threshold": plain(self.threshold),
            "cumulation": self.cumulation,
            "allowed": self.allowed,
            "next_bonus": [_bonus(b) for b in self.next_bonus],
            "missing": self.missing,
            "assumed": self.assumed,
        }
        if self.parts:
            own["parts"] = self.parts
        return with_steps(self, own, steps)


def _bonus(bonus: Bonus) -> dict[str, Any]:
    return {
        "pct": plain(bonus.pct),
        "why": bonus.why,
        "says": tell(f"bonus.{bonus.why}", {}),
        "source": bonus.source,
    }


def aid_of(given: AidInput) -> AidResult:
    """What a project may get at most on ``given.as_of``, and whether what is asked is allowed."""
    missing: dict[str, None] = {}
    assumed: dict[str, None] = {}
    top = Step("aid", {})
    if given.as_of < FIRST or given.as_of > GRACE:
        code = "aid.before" if given.as_of < FIRST else "aid.after"
        top.under(code, "651/2014, art. 59", day=given.as_of)
        name = "an earlier regulation" if given.as_of < FIRST else "the successor of 651/2014"
        none = {"max_total": None, "total": None, "ok": None}
        return AidResult(None, None, [], None, None, None, None, none, None, top, [name], [],
                         id=given.id)  # fmt: skip
    law = in_force("aid", min(given.as_of, LAST))
    reader = Reader(given, law, missing, assumed, top)
    rate, max_aid, parts = _rate_and_aid(reader)
    rate.possible = _within_cap(rate)
    _tell_rate(top, rate, max_aid)
    incentive = _incentive(given, rate, assumed, missing, top)
    open_to = _open(given, rate, assumed, missing, top)
    beside, fits = cumulation(given, rate, max_aid, law, assumed, missing, top)
    allowed = every([open_to, incentive, fits])
    if given.as_of > LAST:
        top.under("aid.grace", "651/2014, art. 58(4), 59")
        missing["whether the scheme was exempt on 31 December 2026"] = None
        allowed = every([allowed, None])
    elif (LAST - given.as_of).days < 400:
        top.under("aid.ends", "651/2014, art. 59")
    top.under(
        {True: "aid.allowed", False: "aid.not_allowed", None: "aid.open"}[allowed], "651/2014"
    )
    return AidResult(
        rate.article, rate.base, rate.bonuses, rate.highest, max_aid, incentive,
        rate.threshold, beside, allowed, top, list(missing), list(assumed),
        rate.possible, parts, given.id,
    )  # fmt: skip


def _within_cap(rate: Rate) -> list[Bonus]:
    """What a project could still gain: nothing that the cap takes away again."""
    if rate.highest is None:
        return rate.possible
    left = rate.cap - rate.highest
    return [Bonus(min(b.pct, left), b.why, b.source) for b in rate.possible if left > 0]


def _rate_and_aid(r: Reader) -> tuple[Rate, Decimal | None, list[dict[str, Any]]]:
    project = r.project
    if project.parts is not None:
        return _in_parts(r)
    rate = rate_of(r, project.kind or "")
    low, high = eligible_costs(project)
    _tell_vat(r)
    for at, cost in enumerate(project.costs if isinstance(project.costs, list) else []):
        if "eligible" not in cost.model_fields_set:
            r.assumed[f"project.costs[{at}].eligible: yes"] = None
    if rate.article == "25" and project.kind is not None:
        rate.threshold = research_threshold(r, {project.kind: low or NOUGHT})
    if rate.amount is not None:
        return rate, rate.amount, []
    if rate.article == "14" and low is not None and low > r.value("large_investment_project"):
        return _large_investment(r, rate, low)
    if low is None or low != high:
        _name_costs(r)
        _bounds(r, rate, low, high)
        if project.kind in ADVICE and rate.open_to is not False:
            rate.unsettled = True
        return rate, None, []
    if project.kind in ADVICE:
        return rate, _advice(r, rate, low), []
    if rate.highest is None:
        return rate, None, []
    return rate, down(low * rate.highest / 100), []


def _bounds(r: Reader, rate: Rate, low: Decimal | None, high: Decimal | None) -> None:
    """Between what the highest aid lies when an item of the costs is not known."""
    if rate.base is None or rate.pct is not None:
        return
    if rate.article == "14" and (high is None or high > r.value("large_investment_project")):
        return
    if low is not None and rate.highest is not None:
        rate.least = down(low * rate.highest / 100)
        if high is not None:
            advice = r.project.kind in ADVICE
            rate.most = high if advice else down(high * rate.highest / 100)


def _tell_vat(r: Reader) -> None:
    """Refundable VAT is no eligible cost (art. 7(1)): an item that is VAT, or a part of a sum."""
    project = r.project
    if project.costs is None or project.kind == "startup":
        return
    if isinstance(project.costs, list) and any(is_vat(c) for c in project.costs):
        if project.vat_refundable:
            r.top.under("aid.vat", "651/2014, art. 7(1)")
        r.no_obstacle("vat_refundable", project.vat_refundable)
    elif project.vat_refundable is not False:
        r.assumed["project.costs: without refundable VAT"] = None


def _name_costs(r: Reader) -> None:
    """What of the costs is not known."""
    costs = r.project.costs
    if not isinstance(costs, list):
        r.missing["project.costs"] = None
        return
    for at, cost in enumerate(costs):
        if r.project.vat_refundable and is_vat(cost):
            continue
        if cost.amount is None and cost.eligible is not False:
            r.missing[f"project.costs[{at}].amount"] = None
        if cost.eligible is None and cost.amount != 0:
            r.missing[f"project.costs[{at}].eligible"] = None


def _large_investment(
    r: Reader, rate: Rate, costs: Decimal
) -> tuple[Rate, Decimal | None, list[dict[str, Any]]]:
    """Art. 2(20), 14(12): above EUR 50 million no bonus for size, half of the rate on the second
    slice, nothing above; a threshold of its own (art. 4(1)(a))."""
    rate.bonuses = []
    first, last = r.value("adjusted.A"), r.value("adjusted.B_to")
    counted = min(costs, first) + max(NOUGHT, min(costs, last) - first) / 2
    r.top.under("aid.large_investment", "651/2014, art. 2(20), 14(12)", first=first, last=last)
    if rate.base is None:
        return rate, None, []
    if costs >= last:
        found = r.law.get(f"threshold.14.map_{int(rate.base)}")
        rate.threshold = found.value if found else down(rate.base * counted / 100)
    return rate, down(counted * rate.base / 100), []


def _advice(r: Reader, rate: Rate, costs: Decimal) -> Decimal:
    """Art. 28(4): up to 100 % as long as such aid stays within a ceiling over three years."""
    earlier = r.project.earlier_advice_aid_3_years
    r.no_obstacle("earlier_advice_aid_3_years", earlier)
    room = max(NOUGHT, r.value("28.advice.cap") - (earlier or NOUGHT))
    half = down(costs * r.value("28.rate") / 100)
    whole = min(costs, room)
    r.top.under("aid.advice", r.source("28.advice.cap"), ceiling=r.value("28.advice.cap"),
                earlier=earlier or NOUGHT, room=room)  # fmt: skip
    if whole <= half:
        return half
    rate.pct = r.value("28.advice")
    return whole


def _in_parts(r: Reader) -> tuple[Rate, Decimal | None, list[dict[str, Any]]]:
    """Each part has its own rate; the aid is their sum. Parts under several articles leave the
    threshold open: each article has its own."""
    total, known = NOUGHT, True
    told: list[dict[str, Any]] = []
    costs: dict[str, Decimal] = {}
    rates = []
    for at, part in enumerate(r.project.parts or []):
        rate = None if part.kind is None else rate_of(r, part.kind)
        aid = None
        for name, value in (("kind", part.kind), ("costs", part.costs)):
            if value is None:
                r.missing[f"project.parts[{at}].{name}"] = None
                known = False
        if rate is not None:
            rates.append(rate)
            if part.costs is not None and part.kind in ADVICE:
                aid = _advice(r, rate, part.costs)
            elif part.costs is not None:
                aid = down(part.costs * (rate.highest or NOUGHT) / 100)
            total += aid or NOUGHT
            costs[part.kind or ""] = costs.get(part.kind or "", NOUGHT) + (part.costs or NOUGHT)
        told.append({"kind": part.kind, "costs": plain(part.costs),
                     "max_pct": plain(rate.highest if rate else None),
                     "max_aid": plain(aid)})  # fmt: skip
    articles = {rate.article for rate in rates} or {"25"}
    whole = Rate(articles.pop() if len(articles) == 1 else None, least=None if known else total)
    whole.open_to = every(rate.open_to for rate in rates)
    kinds = {part.kind for part in r.project.parts or []}
    if whole.article == "25" and (known or (len(kinds) == 1 and None not in kinds)):
        whole.threshold = research_threshold(r, costs)
    elif whole.article is not None and rates:
        whole.threshold = rates[0].threshold
    if len({rate.base for rate in rates}) == 1 and None not in kinds:
        whole.base, whole.bonuses, whole.cap = rates[0].base, rates[0].bonuses, rates[0].cap
    whole.possible = next((rate.possible for rate in rates if rate.possible), [])
    return whole, total if known else None, told


def _tell_rate(top: Step, rate: Rate, max_aid: Decimal | None) -> None:
    source = f"651/2014, art. {rate.article}" if rate.article else "651/2014, chapter III"
    if rate.base is not None:
        step = top.under("aid.base", source, article=rate.article, pct=rate.base)
        for bonus in rate.bonuses:
            step.under(f"bonus.{bonus.why}", bonus.source).under(
                "aid.points", bonus.source, pct=bonus.pct
            )
        if rate.highest is not None:
            step.under("aid.highest", source, pct=rate.highest)
    if max_aid is not None:
        top.under("aid.max", source, amount=max_aid)
        if rate.threshold is not None and max_aid > rate.threshold:
            top.under("aid.above", "651/2014, art. 4", threshold=rate.threshold)


def _incentive(
    given: AidInput, rate: Rate, assumed: dict[str, None], missing: dict[str, None], top: Step
) -> Truth:
    """Art. 6: a full application before the start of works; not asked of start-ups (6(5)(b))."""
    project = given.project
    if rate.article == "22":
        top.under("aid.incentive_startup", "651/2014, art. 6(5)(b)")
        return True
    contents = project.application_contains
    if contents is not None:
        lacking = [c for c in CONTENTS if c not in contents]
        if lacking:
            top.under("aid.incomplete", "651/2014, art. 6(2)", names=lacking)
            return False
    else:
        assumed["project.application_contains: all that is asked"] = None
    applied, started = project.applied_on, project.started_on
    if applied is None or started is None:
        for name, value in (("applied_on", applied), ("started_on", started)):
            if value is None:
                assumed[f"project.{name}: applied before the start"] = None
        return True
    if applied == started:
        top.under("aid.same_day", "651/2014, art. 6(2)")
        missing["whether the application came before the start, on one day"] = None
        return None
    code = "aid.in_time" if applied < started else "aid.too_late"
    top.under(code, "651/2014, art. 6(2), 2(23)", applied=applied, started=started)
    return applied < started


def _open(
    given: AidInput, rate: Rate, assumed: dict[str, None], missing: dict[str, None], top: Step
) -> Truth:
    """Whether the firm may use the article: not when in difficulty (art. 1(4)(c))."""
    if given.in_difficulty is None:
        assumed["in_difficulty: no"] = None
    elif given.in_difficulty:
        spared = rate.article == "22" and given.as_of >= date(2017, 7, 10)
        top.under(
            "aid.difficulty_startup" if spared else "aid.difficulty", "651/2014, art. 1(4)(c)"
        )
        if not spared and COVID_FROM <= given.as_of <= COVID_TO:
            top.under("difficulty.covid", "651/2014, art. 1(4)(c)")
            missing["whether the firm fell in difficulty in 2020 or 2021"] = None
            return every([rate.open_to, None])
        if not spared:
            return False
    return rate.open_to
