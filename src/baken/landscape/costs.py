"""What a measure has to do with the costs of a project: whether it pays them, how high they may be.

It is read in the record: its kind, its figures, and its rules on what a project costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from baken.landscape.dates import in_force
from baken.landscape.figures import OTHER_THAN_COSTS, counting, rule_of
from baken.landscape.gber import named_articles
from baken.landscape.model import Instrument, Parameter, Text
from baken.law.aid.cumulation import NO_COSTS
from baken.law.size.model import SIZES
from baken.rules import compile_closure

GIVEN = frozenset({"grant", "voucher"})
"""Kinds that give money for costs; a loan is paid back, a tax rule counts in another way."""
CENT = Decimal("0.01")
THE_COSTS = ("van de kosten", "van je kosten")
"""How it is told that a rate is one of the costs."""
OF_COSTS = frozenset({"rate_pct", "min_project_cost", "max_project_cost"})
"""Figures that only aid for costs has."""


def gives_for_costs(record: Instrument, sizes: Sequence[str] = SIZES) -> bool:
    """Whether it gives money for costs: by its kind, or by a rate of costs whatever its kind is (a
    premium of kind training, advice of which a part is paid), for a firm of one of ``sizes``. A
    rate of a wage, of what is lent or of what goes off the profit is none."""
    if record.kind in GIVEN:
        return True
    return record.kind not in OTHER_THAN_COSTS and any(
        p.name == "rate_pct" and p.for_firm and p.per is None
        and (not p.sizes or set(p.sizes) & set(sizes))
        for p in record.parameters
    )  # fmt: skip


def pays_costs(record: Instrument, rows: Iterable[Parameter]) -> bool:
    """Whether it is for costs, as its record tells: by a figure that only such aid has, by an
    amount for each project, or by an article of the law that is on costs."""
    for row in rows:
        per = row.per.nl if row.name == "max_aid" and row.per is not None else ""
        if row.name in OF_COSTS or per.startswith("per project"):
            return True
    return bool(set(named_articles(record)) - NO_COSTS)


def base_of(rates: Iterable[Parameter]) -> Text | None:
    """What rates are a share of, in words, where that is not what the project costs: the extra cost
    of a cleaner machine, a premium, the building alone. None where it is the costs."""
    told = (row.per for row in rates if row.per is not None)
    return next((per for per in told if not per.nl.startswith(THE_COSTS)), None)


def bounds_price(record: Instrument, as_of: date) -> bool:
    """Whether a condition shuts out a project that costs more than the highest costs in the record:
    those are a highest price then. Else they are a ceiling on the costs that count."""
    most = [p.value for p in counting(record, as_of) if p.name == "max_project_cost"]
    return bool(most) and shuts(record, max(most) + CENT, as_of)


def shuts(record: Instrument, costs: Decimal, as_of: date) -> bool:
    """Whether a rule in force fails for what costs that much, whatever else is true of it."""
    rules = (
        rule_of(c.rule)
        for c in record.conditions
        if c.rule and "project_cost" in c.rule and in_force(c.valid_from, c.valid_to, as_of)
    )
    return any(compile_closure(r)({"project_cost": costs}) is False for r in rules)
