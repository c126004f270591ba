"""What a rate is, who reads it from the figures of the law, and the costs that it is of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal

from baken.law.aid.model import AidInput, Cost, Project
from baken.law.logic import Truth
from baken.law.parameters import Parameter
from baken.law.steps import Step

HUNDRED = Decimal(100)
NOUGHT = Decimal(0)
CENT = Decimal("0.01")
AREA_MATTERS = frozenset(
    {
        "industrial_research", "experimental_development", "cluster", "environment",
        "energy_efficiency", "startup", "regional_investment",
    }
)  # fmt: skip


@dataclass
class Bonus:
    """Points on top of the basic rate, and why."""

    pct: Decimal
    why: str
    source: str


@dataclass
class Rate:
    """The rate of one article for one project.

    ``amount`` is set where the article gives an amount in place of a rate, or where the highest aid
    is not rate times costs; ``unsettled``: the highest rate hangs on costs that are not known;
    ``least`` and ``most``: the highest aid lies between them, where it is not known;
    ``open_to`` whether the firm may use the article at all.
    """

    article: str | None
    base: Decimal | None = None
    bonuses: list[Bonus] = field(default_factory=list)
    cap: Decimal = HUNDRED
    pct: Decimal | None = None
    unsettled: bool = False
    least: Decimal | None = None
    most: Decimal | None = None
    amount: Decimal | None = None
    threshold: Decimal | None = None
    open_to: Truth = True
    possible: list[Bonus] = field(default_factory=list)

    @property
    def highest(self) -> Decimal | None:
        """Basic rate and bonuses, at most the cap."""
        if self.pct is not None or self.base is None or self.unsettled:
            return self.pct
        return min(self.cap, self.base + sum((b.pct for b in self.bonuses), NOUGHT))


class Reader:
    """Reads the rate of a project from the figures in force on a day."""

    def __init__(
        self,
        given: AidInput,
        law: Mapping[str, Parameter],
        missing: dict[str, None],
        assumed: dict[str, None],
        top: Step,
    ) -> None:
        self.given, self.law = given, law
        self.project = given.project
        self.missing, self.assumed, self.top = missing, assumed, top
        self.size = "small" if given.size == "micro" else given.size
        self.sme = given.size != "large"
        self.area = self._area()

    def value(self, name: str) -> Decimal:
        return self.law[name].value

    def source(self, name: str) -> str:
        found = self.law[name]
        return f"{found.act}, {found.article}"

    def _area(self) -> str:
        kind = self.project.kind
        if self.project.assisted_area is None:
            if kind in AREA_MATTERS or self.project.parts:
                self.assumed["project.assisted_area: none"] = None
            return "none"
        return self.project.assisted_area

    def add(self, rate: Rate, name: str, why: str) -> None:
        """Add a bonus of the law."""
        rate.bonuses.append(Bonus(self.value(name), why, self.source(name)))

    def sized(self, rate: Rate, prefix: str) -> None:
        """The bonus for small or medium firms."""
        if self.size != "large":
            self.add(rate, f"{prefix}.{self.size}", f"size.{self.size}")

    def placed(self, rate: Rate, prefix: str) -> None:
        """The bonus for assisted areas."""
        if self.area != "none":
            self.add(rate, f"{prefix}.{self.area}", f"area.{self.area}")

    def only_sme(self, rate: Rate) -> None:
        if not self.sme:
            rate.open_to = False
            self.top.under("aid.only_sme", f"651/2014, art. {rate.article}")

    def barred(self, rate: Rate, code: str, source: str) -> None:
        rate.open_to = False
        self.top.under(code, source)

    def no_obstacle(self, name: str, value: object) -> None:
        """A field that could only stand in the way and is not said."""
        if value is None:
            self.assumed[f"project.{name}: no obstacle"] = None

    def no_help(self, name: str, value: object, taken: str = "no") -> None:
        """A field that could only help and is not said."""
        if value is None:
            self.assumed[f"project.{name}: {taken}"] = None


VAT = frozenset({"vat", "btw", "tva", "value_added_tax"})
"""How the category of a cost item names value added tax."""


def eligible_costs(project: Project) -> tuple[Decimal | None, Decimal | None]:
    """The eligible costs, lowest and highest; an item of which that is not known makes the gap.

    Highest None: an amount that is not known may count. Refunded VAT is no cost (art. 7(1)).
    """
    costs = project.costs
    if costs is None:
        return None, None
    if isinstance(costs, Decimal):
        return costs, costs
    if project.vat_refundable:
        costs = [c for c in costs if not is_vat(c)]
    sure = sum((c.amount or NOUGHT for c in costs if c.eligible), NOUGHT)
    if any(c.amount is None and c.eligible is not False for c in costs):
        return sure, None
    return sure, sum((c.amount or NOUGHT for c in costs if c.eligible is not False), NOUGHT)


def is_vat(cost: Cost) -> bool:
    """Whether an item is the VAT on the others."""
    return (cost.category or "").strip().lower() in VAT


def down(value: Decimal) -> Decimal:
    """Cut to the cent: aid is never rounded up."""
    return value.quantize(CENT, ROUND_DOWN)
