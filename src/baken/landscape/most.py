"""The most that measures can give, by the figures in their records: an upper bound, no promise.

Every figure counts at its highest: each bonus that a firm of the size can have, the widest cap that
a firm can have for itself. So what is told is never too low; ``assumed`` tells on what it stands.
What no source tells is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any, Literal

from baken.landscape.costs import base_of, bounds_price, pays_costs
from baken.landscape.figures import (
    counting,
    for_purpose,
    for_size,
    open_sizes,
    purposes_of,
    rates_of,
    size_rules,
)
from baken.landscape.model import Instrument, Parameter, Text
from baken.landscape.tranches import in_tranches, is_tranche
from baken.law.deminimis import Regime
from baken.law.size.model import SIZES

OF_EACH = ("per dag", "per uur", "per week", "per maand", "per groep", "per inschrijving")
"""How an amount begins that comes more than once: it is no most of the whole."""
OF_SEVERAL = ("met meer partners", "voor meer organisaties", "per groep")
"""What an amount for several firms together has: of who asks it is the most only where no amount
for one firm is told."""
NOUGHT, WHOLE, CENT = Decimal(0), Decimal(100), Decimal("0.01")
Why = Literal["per", "for_whom", "bonus", "above", "size"]


@dataclass(frozen=True)
class Project:
    """What the money is for, in euros; None is not known. ``received``: small aid (de minimis) of
    the last three years. ``same_costs``: whether all measures are asked for the same costs.
    ``sizes``: those that the firm may have. ``regime``: which ceiling of small aid is its own."""

    costs: Decimal | None = None
    received: Decimal | None = None
    same_costs: bool | None = None
    sizes: tuple[str, ...] = SIZES
    regime: Regime = "general"


@dataclass(frozen=True)
class Assumed:
    """On what a figure stands: ``says`` are words of the record, where it has some. ``above`` that
    percentage only the wider cap of those words lets it go."""

    why: Why
    says: Text | None = None
    above: Decimal | None = None


@dataclass(frozen=True)
class Purpose:
    """What a measure gives for one of its purposes (``for_whom``; None: for all others), its rates
    and its limit; never those of another purpose. The fields are as those of a share."""

    for_whom: Text | None
    usual_pct: Decimal | None
    rate_pct: Decimal | None
    cap: Decimal | None
    amount: Decimal | None
    under_aid: bool = False
    least_costs: Decimal | None = None
    under_least: bool = False
    base: Text | None = None


@dataclass(frozen=True)
class Share:
    """The most of one measure: ``rate_pct`` of the costs that count, ``cap`` in euros, ``amount``
    what that makes. ``usual_pct``: the rate without the bonuses that hang on more than size. All
    are for one purpose, the one that gives most (``for_whom``; None: for any project); ``purposes``
    are all that have a rate, highest first, where there are several.
    ``under_least``: the costs are below what the measure asks; ``price``: a project may cost
    ``most_costs`` at most (else only so much of it counts), ``over_most``: it costs more;
    ``under_aid``: the most that it would give is below the least aid (``least_aid``) that can be
    asked for. ``of_costs``: it pays costs, so that it is never above them; else the costs tell
    nothing of it. ``over_room``: it is no more than ``amount`` because no more room for small aid
    is left. ``past_caps``: amounts that bounded it before, where no source tells which one does
    now: ``amount`` is not known then. ``base``: what the rate is of, where that is not the costs:
    of costs that are told nobody knows then how much counts, and ``amount`` is not known."""

    id: str
    rate_pct: Decimal | None
    cap: Decimal | None
    amount: Decimal | None
    sources: tuple[int, ...]
    assumed: tuple[Assumed, ...]
    least_costs: Decimal | None = None
    most_costs: Decimal | None = None
    under_least: bool = False
    price: bool = False
    over_most: bool = False
    by_size: bool = False
    usual_pct: Decimal | None = None
    for_whom: Text | None = None
    least_aid: Decimal | None = None
    under_aid: bool = False
    of_costs: bool = True
    over_room: bool = False
    past_caps: tuple[Parameter, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    base: Text | None = None

    @property
    def by_purpose(self) -> bool:
        """Whether the amount hangs on the purpose."""
        return len({p.amount for p in self.purposes}) > 1

    def bounded(self, amount: Decimal | None) -> Share:
        """This share and each of its purposes, never above an amount; None: nothing is known."""
        return replace(
            self,
            amount=_lower(self.amount, amount),
            purposes=tuple(replace(p, amount=_lower(p.amount, amount)) for p in self.purposes),
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values; where there are several purposes, each by its name in Dutch."""
        told: dict[str, Any] = {"id": self.id, **_figures(self)}
        if self.purposes:
            told["for_whom"] = self.for_whom and self.for_whom.nl
            told["purposes"] = [
                {"for_whom": p.for_whom and p.for_whom.nl, "usual_pct": plain_amount(p.usual_pct),
                 **_figures(p)}
                for p in self.purposes
            ]  # fmt: skip
        return told


def _figures(of: Share | Purpose) -> dict[str, str | None]:
    return {
        "rate_pct": plain_amount(of.rate_pct),
        "max_aid": plain_amount(of.cap),
        "at_most": plain_amount(of.amount),
    }


def plain_amount(value: Decimal | None) -> str | None:
    """An amount as text, so that no cent is lost."""
    return None if value is None else f"{value:f}"


def _lower(value: Decimal | None, bound: Decimal | None) -> Decimal | None:
    return None if value is None or bound is None else min(value, bound)


@dataclass
class _Used:
    """The figures that count on a day for a size, and what was used of them."""

    rows: list[Parameter]
    taken: list[Parameter] = field(default_factory=list)
    above: Decimal | None = None
    """The lowest cap on the rate, where it is above that one."""

    def named(self, name: str, part: str = "base") -> list[Parameter]:
        return [p for p in self.rows if p.name == name and p.part == part]

    def highest(self, rows: Sequence[Parameter]) -> Decimal | None:
        if not rows:
            return None
        top = max(rows, key=lambda p: p.value)
        self.taken.append(top)
        return top.value

    def total(self, rows: Sequence[Parameter]) -> Decimal | None:
        self.taken += rows
        return sum((p.value for p in rows), NOUGHT) if rows else None


def share_of(record: Instrument, project: Project, as_of: date) -> Share:
    """The most that a measure can give for a project on a day, over the sizes that the firm may
    have and for which the measure is open."""
    rows = counting(record, as_of)
    sizes = open_sizes(size_rules(record, as_of), project.sizes)
    asked = _Asked(record, rows, project.costs, bounds_price(record, as_of))
    each = [_for_size(asked, size) for size in sizes]
    past = _past_caps(record, as_of)
    if past and all(s.cap is None for s in each):
        each = [replace(s.bounded(None), past_caps=past) for s in each]
    best = max(each, key=_height)
    rates = {(s.rate_pct, s.usual_pct, s.cap, *((p.usual_pct, p.rate_pct) for p in s.purposes))
             for s in each}  # fmt: skip
    if len(rates) == 1:
        return best
    return replace(best, assumed=(*best.assumed, Assumed("size")), by_size=True)


def _height(share: Share) -> tuple[bool, Decimal, Decimal, Decimal]:
    """What gives more, where it is known, is higher; then what has the higher rates."""
    known, amount = share.amount is not None, share.amount or NOUGHT
    return known, amount, share.rate_pct or NOUGHT, share.usual_pct or NOUGHT


def _past_caps(record: Instrument, as_of: date) -> tuple[Parameter, ...]:
    """The amounts that bounded a measure and whose time is over."""
    return tuple(
        p
        for p in record.parameters
        if p.name == "max_aid" and p.unit == "EUR" and p.for_firm and p.valid_to
        and p.valid_to < as_of.isoformat()[: len(p.valid_to)] and not _of_each(p)
    )  # fmt: skip


@dataclass(frozen=True)
class _Asked:
    """What is asked of a measure. ``price``: no project may cost more than its highest costs."""

    record: Instrument
    every: Sequence[Parameter]
    costs: Decimal | None
    price: bool


def _for_size(asked: _Asked, size: str) -> Share:
    """The share of the purpose that gives most, with what the others give beside it."""
    rows = for_size(asked.every, size)
    each = [_for_purpose(asked, for_purpose(rows, purpose), size) for purpose in purposes_of(rows)]
    each = sorted(each, key=_height, reverse=True)
    best = each[0]
    if len(each) == 1:
        return best
    if all(is_tranche(s.for_whom) for s in each):
        amount = best.amount
        if asked.costs is not None:
            whole = in_tranches([(s.for_whom, s.rate_pct) for s in each], asked.costs)
            amount = _lower(amount, whole.quantize(CENT, ROUND_DOWN))
        best, *others = (replace(s, amount=amount) for s in each)
        each = [best, *others]
    named = [s.for_whom for s in each]
    assumed = [a for s in each for a in s.assumed if a.why != "for_whom" or a.says not in named]
    return replace(
        best,
        sources=tuple(dict.fromkeys(n for s in each for n in s.sources)),
        assumed=tuple(dict.fromkeys(assumed)),
        purposes=tuple(
            Purpose(s.for_whom, s.usual_pct, s.rate_pct, s.cap, s.amount, s.under_aid,
                    s.least_costs, s.under_least, s.base)
            for s in sorted(each, key=lambda s: s.for_whom is None)
        ),
    )  # fmt: skip


def _for_purpose(asked: _Asked, rows: list[Parameter], size: str) -> Share:
    """The most by these figures, which hold for a size and for one purpose."""
    record, every, costs = asked.record, asked.every, asked.costs
    used = _Used(rows)
    rate, cap = _rate(used), _cap(used)
    crossed = _crossed(used.taken)
    if crossed:
        cap, used.taken = None, [p for p in used.taken if p.name != "max_aid"]
    least = used.highest(used.named("min_project_cost"))
    most = used.highest(used.named("max_project_cost"))
    least_aid = used.highest([p for p in used.named("min_aid") if p.per is None])
    untold = rate is None and any(p.name == "rate_pct" for p in every)
    of_costs, base = pays_costs(record, every), base_of(used.named("rate_pct"))
    untold = crossed or ((untold or base is not None) and costs is not None)
    amount = None if untold else _amount(costs if of_costs else None, rate, cap, most)
    under = costs is not None and least is not None and costs < least
    over = asked.price and costs is not None and most is not None and costs > most
    under_aid = amount is not None and least_aid is not None and amount < least_aid
    return Share(
        record.id,
        rate,
        cap,
        NOUGHT if under or over or under_aid else amount,
        tuple(dict.fromkeys(p.source for p in used.taken)),
        tuple(dict.fromkeys(_assumed(used, every_purpose=crossed))),
        least,
        most,
        under,
        asked.price and most is not None,
        over,
        usual_pct=max((r.value for r in rates_of(rows, (size,))), default=None),
        for_whom=next((p.for_whom for p in used.named("rate_pct")), None),
        least_aid=least_aid,
        under_aid=under_aid,
        of_costs=of_costs,
        base=base,
    )


def _crossed(taken: Iterable[Parameter]) -> bool:
    """Whether the rate is for one purpose and the limit for another: then neither tells how much
    it is at most, and the one does not bound the other."""
    purposes = {"rate_pct": set[str](), "max_aid": set[str]()}
    for row in taken:
        if row.name in purposes and row.for_whom is not None and row.part != "bonus":
            purposes[row.name].add(row.for_whom.nl)
    rate, limit = purposes.values()
    return bool(rate and limit) and not rate & limit


def _rate(used: _Used) -> Decimal | None:
    """The basic rate with every bonus, at most the cap on their sum; the cap itself where it is
    told that there are bonuses, but not how high."""
    base = used.highest(used.named("rate_pct"))
    bonuses = used.total(used.named("rate_pct", "bonus"))
    cap = used.highest(used.named("rate_pct", "cap"))
    if base is None:
        return cap
    if bonuses is None and cap is not None:
        return cap
    whole = min(base + (bonuses or NOUGHT), WHOLE if cap is None else cap)
    lowest = min((p.value for p in used.named("rate_pct", "cap")), default=whole)
    used.above = lowest if whole > lowest else None
    return whole


def _cap(used: _Used) -> Decimal | None:
    """The highest amount of the whole: none of a day or a month, and none of several firms together
    where one for a firm is told. Amounts that are each for something else ("voor advies") add up,
    unless one is told for the whole."""
    told = [p for p in used.named("max_aid") if p.unit == "EUR"]
    alone = [p for p in told if not _of_several(p)]
    rows = [p for p in alone or told if not _of_each(p)]
    apart = [p for p in rows if p.per is not None and p.per.nl.startswith("voor ")]
    return used.total(apart) if rows and apart == rows else used.highest(
        [p for p in rows if p not in apart]
    )  # fmt: skip


def _of_each(row: Parameter) -> bool:
    return row.per is not None and row.per.nl.startswith(OF_EACH)


def _of_several(row: Parameter) -> bool:
    return row.per is not None and any(words in row.per.nl for words in OF_SEVERAL)


def _amount(
    costs: Decimal | None, rate: Decimal | None, cap: Decimal | None, most: Decimal | None
) -> Decimal | None:
    counted = min((v for v in (costs, most) if v is not None), default=None)
    bounds = [] if cap is None else [cap]
    if counted is not None and rate is not None:
        bounds.append(counted * rate / WHOLE)
    elif counted is not None and bounds:
        bounds.append(counted)
    return min(bounds).quantize(CENT, ROUND_DOWN) if bounds else None


def _assumed(used: _Used, every_purpose: bool = False) -> Iterator[Assumed]:
    for row in used.taken:
        if row.per is not None and row.name != "rate_pct":
            yield Assumed("per", row.per)
        if row.for_whom is None:
            continue
        if row.part != "cap" or every_purpose:
            yield Assumed("bonus" if row.part == "bonus" else "for_whom", row.for_whom)
        elif used.above is not None:
            yield Assumed("above", row.for_whom, used.above)


def most_of(
    shares: Sequence[Share], project: Project, limit: Decimal | None = None
) -> Decimal | None:
    """The most of all of them for one project; None where one has no figure.

    For the same costs they add up to the costs at most, and to ``limit``, the percentage of them
    that the law allows, where there is one. For costs apart each cost is counted once: those with
    the highest rate take theirs first. What pays no costs comes beside it, whole.
    """
    if any(s.amount is None for s in shares):
        return None
    whole = sum((s.amount or NOUGHT for s in shares), NOUGHT)
    if project.costs is None:
        return whole
    paying = [s for s in shares if s.of_costs]
    of_costs = sum((s.amount or NOUGHT for s in paying), NOUGHT)
    if project.same_costs is False:
        return whole - of_costs + _apart(paying, project.costs)
    allowed = project.costs * (WHOLE if limit is None else min(WHOLE, limit)) / WHOLE
    return whole - of_costs + min(of_costs, allowed.quantize(CENT, ROUND_DOWN))


def _apart(shares: Sequence[Share], costs: Decimal) -> Decimal:
    found, left = NOUGHT, costs
    for share in sorted(shares, key=lambda s: -(s.rate_pct or WHOLE)):
        rate = share.rate_pct or WHOLE
        amount = min(share.amount or NOUGHT, left * rate / WHOLE)
        found += amount
        left -= amount * WHOLE / rate
    return found.quantize(CENT, ROUND_DOWN)
