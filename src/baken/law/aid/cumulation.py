"""Aid beside other aid for the same costs: Regulation (EU) 651/2014, art. 4 and 8."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from baken.law.aid.model import AidInput
from baken.law.aid.rate import NOUGHT, Rate, down, eligible_costs
from baken.law.difficulty import END_OF_GBER
from baken.law.logic import Truth, every
from baken.law.parameters import Parameter, in_force
from baken.law.steps import Step, plain

NO_COSTS = frozenset({"21", "21a", "22", "23", "19b", "20a", "56f"})
"""Aid without eligible costs that can be told apart: art. 8(4)."""
WORKERS = frozenset({"33", "34"})
"""Aid for workers with disabilities: art. 8(6)."""


def settled_rate(article: str, sizes: Iterable[str], day: date) -> Decimal | None:
    """The highest rate of an article on a day for a firm of one of these sizes, in percent, where
    nothing but the size decides it; else None: never a guess."""
    if day > END_OF_GBER:
        return None
    law = in_force("aid", day)
    bounds = {bound for size in sizes for bound in _rate_of(article, size, law)}
    return bounds.pop() if len(bounds) == 1 else None


def _rate_of(article: str, size: str, law: Mapping[str, Parameter]) -> tuple[Decimal, Decimal]:
    """The lowest and the highest rate of another article for a firm of this size, in percent."""
    size = "small" if size == "micro" else size

    def at(name: str) -> Decimal:
        found = law.get(name)
        return NOUGHT if found is None else found.value

    whole = Decimal(100)
    match article:
        case "17" if size != "large":
            return at(f"17.{size}"), at(f"17.{size}")
        case "18" | "19" if size != "large":
            return at(f"{article}.rate"), at(f"{article}.rate")
        case "25":
            return at("25.experimental") + at(f"25.size.{size}"), whole
        case "28":
            return at("28.rate"), whole
        case "29":
            rate = at("29.large" if size == "large" else "29.sme")
            return rate, rate
        case "31":
            return at("31.rate") + at(f"31.{size}"), whole
    return NOUGHT, whole


def _by_other(
    given: AidInput,
    rate: Rate,
    max_aid: Decimal | None,
    others: list[tuple[Decimal, Decimal]],
    total: Decimal,
) -> Truth:
    """Art. 8(3)(b): the highest rate of all articles holds for the same costs together."""
    costs = _costs(given)
    if costs is None or not others:
        return None
    own = max_aid or NOUGHT
    if total <= max(own, down(costs * max(lo for lo, _ in others) / 100)):
        return True
    if max_aid is not None and total > max(own, down(costs * max(hi for _, hi in others) / 100)):
        return False
    return False if total > costs and rate.base is not None else None


def _highest(
    given: AidInput, max_aid: Decimal | None, others: list[tuple[Decimal, Decimal]]
) -> Decimal | None:
    """What all aid together may be by the highest of the rates; None where one is not known."""
    costs = _costs(given)
    if costs is None or max_aid is None or any(low != high for low, high in others):
        return None
    return max(max_aid, *(down(costs * rate / 100) for rate, _ in others))


def _costs(given: AidInput) -> Decimal | None:
    """The eligible costs where they are known."""
    parts = given.project.parts
    if parts is not None:
        known = [p.costs for p in parts]
        return None if None in known else sum((k for k in known if k is not None), NOUGHT)
    low, high = eligible_costs(given.project)
    return low if low == high else None


def cumulation(
    given: AidInput,
    rate: Rate,
    max_aid: Decimal | None,
    law: Mapping[str, Parameter],
    assumed: dict[str, None],
    missing: dict[str, None],
    top: Step,
) -> tuple[dict[str, Any], Truth]:
    """Art. 8: all aid for the same costs together within the highest intensity or amount."""
    source = "651/2014, art. 8"
    counted, state_aid, beyond, workers, unknown = NOUGHT, NOUGHT, False, False, False
    elsewhere = NOUGHT
    others: list[tuple[Decimal, Decimal]] = []
    for at, other in enumerate(given.other_aid):
        same = other.same_costs
        if same is None:
            assumed[f"other_aid[{at}].same_costs: no"] = None
        article = (other.article or "").strip()
        without = (article in NO_COSTS, rate.article in NO_COSTS)
        if not same or (any(without) and not all(without)):  # art. 8(4): two without costs add up
            if other.regime != "de_minimis":
                elsewhere += other.amount or NOUGHT
            continue
        if other.amount is None:
            missing[f"other_aid[{at}].amount"] = None
            unknown = True
        counted += other.amount or NOUGHT
        state_aid += NOUGHT if other.regime == "de_minimis" else other.amount or NOUGHT
        workers = workers or article in WORKERS
        if article not in ("", rate.article) and other.regime != "de_minimis":
            beyond = True
            others.append(_rate_of(article, given.size, law))
    asked = given.asked or NOUGHT
    total = asked + counted
    most = max_aid
    if workers:
        low, _ = eligible_costs(given.project)
        most = low if low is not None else most
    ok: Truth = None
    least = most if most is not None else rate.least
    upper = most if most is not None else rate.most
    if least is not None and total <= least:
        ok = True
    elif upper is not None and total > upper:
        ok = False
    alone_fits = most is None or asked <= (max_aid or NOUGHT)
    told_most = most
    if beyond and not workers:
        highest = _highest(given, max_aid, others)
        told_most = highest if highest is not None or ok is False else most
    if ok is False and beyond and not workers and alone_fits:
        ok = _by_other(given, rate, max_aid, others, total)
        if ok is None:
            top.under("aid.other_article", f"{source}(3)(b)")
            missing["other_aid: the highest rate for the same costs under the other article"] = None
    if ok and unknown:
        ok = None
    if told_most is not None:
        top.under("aid.total", f"{source}(3), (5)", total=total, most=told_most)
    fits: Truth = True
    told = given.asked is not None or bool(counted) or unknown
    if told:
        alone = ok if max_aid is None else asked <= max_aid or workers
        fits = every([ok, alone])
    over = rate.threshold is not None and asked + state_aid > rate.threshold
    if over and given.asked is not None:
        top.under("aid.notify", "651/2014, art. 4", threshold=rate.threshold)
        fits = False
    elif rate.threshold is not None and asked + state_aid + elsewhere > rate.threshold and asked:
        top.under("aid.notify_project", "651/2014, art. 8(1)", threshold=rate.threshold)
        missing["whether the other aid is for the same project"] = None
        fits = every([fits, None])
    if ok is None and told:
        fits = every([fits, None])
    return {
        "max_total": plain(told_most),
        "total": None if unknown else plain(total),
        "ok": ok,
    }, fits
