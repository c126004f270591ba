"""Which article a project falls under, and its highest rate: 651/2014, chapter III."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, Decimal

from baken.law.aid.model import AidInput, Cost, Project
from baken.law.logic import Truth, every, later
from baken.law.parameters import Parameter
from baken.law.steps import Step

HUNDRED = Decimal(100)
NOUGHT = Decimal(0)
CENT = Decimal("0.01")


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

    def rate(self) -> Rate:
        """The rate of the project's kind (of a project in parts: of each part apart)."""
        kind = self.project.kind or ""
        return ARTICLES[kind](self)

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


# -- research and development: art. 25 -----------------------------------------------------------
SHORT = {
    "fundamental_research": "fundamental",
    "industrial_research": "industrial",
    "experimental_development": "experimental",
    "feasibility_study": "feasibility",
}


def research(r: Reader, kind: str | None = None) -> Rate:
    """Art. 25: 100, 50, 25 or 50 %, with a bonus for size and one of (b), (c), (d)."""
    kind = kind or r.project.kind or ""
    rate = Rate("25", r.value(f"25.{SHORT[kind]}"))
    if kind == "fundamental_research":
        return rate
    if kind == "feasibility_study":
        r.sized(rate, "25.feas")
        return rate
    rate.cap = r.value("25.cap")
    r.sized(rate, "25.size")
    choices = _one_of(r)
    if choices:
        best = max(choices, key=lambda b: b.pct)
        rate.bonuses.append(best)
    gained = max((b.pct for b in choices), default=NOUGHT)
    for bonus in _could_have(r, choices):
        if bonus.pct > gained:
            rate.possible.append(Bonus(bonus.pct - gained, bonus.why, bonus.source))
    return rate


def _one_of(r: Reader) -> list[Bonus]:
    """The bonuses of 25(6)(b), (c) and (d) whose conditions are met; only one of them counts."""
    found: list[Bonus] = []
    if _collaborates(r):
        found.append(Bonus(r.value("25.b"), "collaboration", r.source("25.b")))
    if r.project.dissemination:
        found.append(Bonus(r.value("25.b"), "dissemination", r.source("25.b")))
    r.no_help("dissemination", r.project.dissemination)
    if r.area == "a" and "25.b.a_area" in r.law:
        found.append(Bonus(r.value("25.b.a_area"), "area.a", r.source("25.b.a_area")))
    if r.area == "c" and "25.c" in r.law:
        found.append(Bonus(r.value("25.c"), "area.c", r.source("25.c")))
    if "25.d" in r.law and _joint(r):
        found.append(Bonus(r.value("25.d"), "joint_call", r.source("25.d")))
    return found


def _collaborates(r: Reader) -> bool:
    """25(6)(b)(i): with an SME or across borders, nobody above 70 %; or a research
    organisation with 10 % and the right to publish."""
    c = r.project.collaboration
    if c is None:
        r.assumed["project.collaboration: none"] = None
        return False
    if not c.effective:
        r.no_help("collaboration.effective", c.effective)
        return False
    if not (c.with_sme or c.cross_border):
        r.no_help("collaboration.with_sme", c.with_sme)
        r.no_help("collaboration.cross_border", c.cross_border)
    if c.with_sme or c.cross_border:
        if c.highest_share_pct is None:
            r.assumed["project.collaboration.highest_share_pct: not above 70"] = None
            return True
        if c.highest_share_pct <= r.value("25.b.max_share"):
            return True
    ro = c.research_organisation
    if ro is None:
        return False
    r.no_help("collaboration.research_organisation.may_publish", ro.may_publish)
    r.no_help("collaboration.research_organisation.share_pct", ro.share_pct, "none")
    return bool(ro.may_publish) and (ro.share_pct or NOUGHT) >= r.value("25.b.ro_share")


def _joint(r: Reader) -> bool:
    """25(6)(d): an open call of three states, undertakings that collaborate across them (two states
    for an SME, three for a large firm), and results made known widely."""
    call, c = r.project.joint_call, r.project.collaboration
    if call is None:
        return False
    for name in ("open_call", "member_states", "wide_dissemination"):
        r.no_help(
            f"joint_call.{name}",
            getattr(call, name),
            "none" if name == "member_states" else "no",
        )
    if not call.open_call or (call.member_states or 0) < r.value("25.d.designed_by"):
        return False
    wide = call.wide_dissemination
    if not (r.project.dissemination if wide is None else wide):
        return False
    if c is not None and c.effective is False:
        return False
    if c is None or not c.effective or not c.cross_border:
        r.assumed["project.joint_call: undertakings of several states work together"] = None
    if not r.sme:
        r.assumed["project.joint_call: undertakings of three states work together"] = None
    return True


def _could_have(r: Reader, have: list[Bonus]) -> list[Bonus]:
    """What the project could still change for a bonus."""
    out = []
    if not any(b.source == r.source("25.b") for b in have):
        out.append(Bonus(r.value("25.b"), "could.collaboration", r.source("25.b")))
        out.append(Bonus(r.value("25.b"), "could.dissemination", r.source("25.b")))
    if "25.d" in r.law and not any(b.why == "joint_call" for b in have):
        out.append(Bonus(r.value("25.d"), "could.joint_call", r.source("25.d")))
    return out


def research_threshold(r: Reader, costs: Mapping[str, Decimal]) -> Decimal | None:
    """Art. 4(1)(i): by the category that has more than half of the costs; twice that for a project
    that meets 25(6)(d), fundamental research too."""
    total = sum(costs.values(), NOUGHT)
    high = costs.get("fundamental_research", NOUGHT)
    mid = costs.get("industrial_research", NOUGHT)
    study = costs.get("feasibility_study")
    if study is not None and study == total and (total or len(costs) == 1):
        return r.value("threshold.25.feasibility")
    if not total:
        names = list(costs)
        if len(names) != 1:
            return None
        name = f"threshold.25.{SHORT[names[0]]}"
    elif high * 2 > total:
        name = "threshold.25.fundamental"
    elif (high + mid) * 2 > total:
        name = "threshold.25.industrial"
    else:
        name = "threshold.25.experimental"
    joint = "25.d" in r.law and _joint(r)
    return r.value(name) * (r.value("threshold.25.double") if joint else 1)


# -- the other articles ---------------------------------------------------------------------------
def infrastructure(r: Reader) -> Rate:
    """Art. 26: research infrastructure, any size."""
    return Rate("26", r.value("26.rate"), threshold=r.value("threshold.26"))


def cluster(r: Reader) -> Rate:
    """Art. 27: innovation clusters; the bonus for areas is for investment aid only."""
    rate = Rate("27", r.value("27.invest"), threshold=r.value("threshold.27"))
    if r.area != "none" and r.project.initial_investment is not None:
        r.placed(rate, "27.invest")
    elif r.area != "none":
        bonus = r.law[f"27.invest.{r.area}"]
        rate.possible.append(Bonus(bonus.value, "could.cluster_investment", r.source(bonus.id)))
        rate.unsettled = True
        r.missing["project: aid for the cluster's investment or for its running"] = None
    return rate


def innovation_sme(r: Reader) -> Rate:
    """Art. 28: 50 % for patents, staff, advice and support; advice and support up to 100 % within a
    ceiling over three years."""
    rate = Rate("28", r.value("28.rate"), threshold=r.value("threshold.28"))
    r.only_sme(rate)
    return rate


def other_innovation(r: Reader) -> Rate:
    """Art. 29: process and organisational innovation; a large firm only together with SMEs."""
    rate = Rate("29", r.value("29.sme" if r.sme else "29.large"), threshold=r.value("threshold.29"))
    if not r.sme:
        c, share = r.project.collaboration, r.project.sme_share_pct
        r.no_obstacle("sme_share_pct", share)
        alone = c is not None and (c.effective is False or c.with_sme is False)
        if c is None:
            r.no_obstacle("collaboration", c)
        else:
            r.no_obstacle("collaboration.effective", c.effective)
            r.no_obstacle("collaboration.with_sme", c.with_sme)
        if alone or (share is not None and share < r.value("29.sme_share")):
            r.barred(rate, "aid.29_large", "651/2014, art. 29(2)")
    return rate


def investment(r: Reader) -> Rate:
    """Art. 17: investment by SMEs, 20 or 10 %."""
    base = r.value(f"17.{r.size}") if r.sme else NOUGHT
    rate = Rate("17", base, threshold=r.value("threshold.17"))
    r.only_sme(rate)
    r.no_obstacle("initial_investment", r.project.initial_investment)
    if r.project.initial_investment == "replacement":
        r.barred(rate, "aid.replacement", "651/2014, art. 17(3)")
    return rate


def consultancy(r: Reader) -> Rate:
    """Art. 18: external advice for SMEs, nothing that recurs."""
    rate = Rate("18", r.value("18.rate"), threshold=r.value("threshold.18"))
    r.only_sme(rate)
    r.no_obstacle("recurring", r.project.recurring)
    if r.project.recurring:
        r.barred(rate, "aid.recurring", "651/2014, art. 18(4)")
    return rate


def fair(r: Reader) -> Rate:
    """Art. 19: SMEs at fairs."""
    rate = Rate("19", r.value("19.rate"), threshold=r.value("threshold.19"))
    r.only_sme(rate)
    return rate


def training(r: Reader) -> Rate:
    """Art. 31: training, with bonuses for size and for workers with a disability."""
    rate = Rate("31", r.value("31.rate"), cap=r.value("31.cap"), threshold=r.value("threshold.31"))
    r.sized(rate, "31")
    r.no_help("disadvantaged_workers", r.project.disadvantaged_workers)
    if r.project.disadvantaged_workers:
        r.add(rate, "31.disadvantaged", "disadvantaged")
    r.no_obstacle("mandatory_training", r.project.mandatory_training)
    if r.project.mandatory_training:
        r.barred(rate, "aid.mandatory_training", "651/2014, art. 31(2)")
    return rate


def environment(r: Reader) -> Rate:
    """Art. 36: environment and climate, of the extra costs."""
    return _green(r, "36")


def energy(r: Reader) -> Rate:
    """Art. 38: energy efficiency, of the extra costs."""
    return _green(r, "38")


def _green(r: Reader, article: str) -> Rate:
    rate = Rate(article, r.value(f"{article}.rate"), threshold=r.value("threshold.36_38"))
    r.sized(rate, article)
    r.placed(rate, article)
    r.assumed["project.costs: extra costs beside a less green alternative"] = None
    r.assumed["project: goes beyond what Union standards ask"] = None
    if r.given.as_of >= date(2023, 7, 1):  # 36(1a), 38(2b); 38(1)
        r.assumed["project: no equipment on fossil fuels"] = None
        if article == "38":
            r.assumed["project: not in a building"] = None
    return rate


def regional(r: Reader) -> Rate:
    """Art. 14: initial investment in an assisted area, by the regional aid map."""
    rate = Rate("14")
    source = "651/2014, art. 14"
    made = r.project.initial_investment
    r.no_obstacle("initial_investment", made)
    if r.area == "none":
        r.barred(rate, "aid.no_area", source)
    elif made == "replacement":
        r.barred(rate, "aid.replacement", source)
    elif not r.sme and r.area == "c" and made in ("extension", "process_change"):
        r.barred(rate, "aid.large_in_c", f"{source}(3)")
    elif not r.sme and r.area == "c" and made in ("diversification", "takeover"):
        rate.open_to = None
        r.missing["project: another NACE class of four digits than before"] = None
    if r.area == "a" and "map.be.a.luxembourg.large" in r.law:
        rate.base = r.value("map.be.a.luxembourg.large")
        if r.size != "large":
            r.add(rate, f"map.be.sme.{r.size}", f"size.{r.size}")
    elif r.area != "none":
        r.missing["project: the rate of the municipality on the regional aid map"] = None
    if rate.base is not None and "threshold.14.map_10" not in r.law:  # 4(1)(a) before July 2023
        first, last = r.value("adjusted.A"), r.value("adjusted.B_to")
        rate.threshold = down((first + (last - first) / 2) * rate.base / 100)
    return rate


def startup(r: Reader) -> Rate:
    """Art. 22: an amount, for small firms of at most five years."""
    rate = Rate("22")
    source = "651/2014, art. 22(2)"
    s = r.project.startup
    if r.size != "small":
        r.barred(rate, "aid.startup_small", source)
    form = s.aid_form if s and s.aid_form else None
    if form is None:
        r.assumed["project.startup.aid_form: grant"] = None
    name = f"22.{form or 'grant'}.{r.area}"
    if name in r.law:
        rate.amount = r.value(name)
    else:  # tax incentives: since July 2023 (22(3)(d))
        rate.amount = NOUGHT
        r.barred(rate, "aid.startup_tax", "651/2014, art. 22(3)")
    if s is None:
        r.assumed["project.startup: no obstacle, not innovative"] = None
        return rate
    if form in ("loan", "guarantee"):
        _by_years(r, rate, s.years)
    for field_name in ("listed", "took_over", "distributed_profit", "registered_on"):
        r.no_obstacle(f"startup.{field_name}", getattr(s, field_name))
    r.no_help("startup.innovative", s.innovative)
    if s.innovative:
        rate.amount *= r.value("22.innovative_factor")
    day = r.given.as_of
    if s.listed:
        r.barred(rate, "aid.startup_listed", source)
    if s.distributed_profit:
        r.barred(rate, "aid.startup_profit", f"{source}(b)")
    if s.registered_on is not None and day > later(s.registered_on, years=int(r.value("22.age"))):
        r.barred(rate, "aid.startup_age", source)
    if s.took_over:
        r.barred(rate, "aid.startup_took_over", f"{source}(a)")
        if day >= date(2023, 7, 1):  # could only help, and is not said
            r.top.under("aid.startup_tolerance", f"{source}(a), (c)")
            r.assumed["project.startup: what was taken over had 10 % of turnover or more"] = None
    return rate


def _by_years(r: Reader, rate: Rate, years: Decimal | None) -> None:
    """22(3)(a), (b): the amounts are for ten years; for fewer they grow, down to five years."""
    most, least = r.value("22.loan.years"), r.value("22.loan.least_years")
    if years is None:
        r.assumed["project.startup.years: 10"] = None
    elif years > most:
        rate.open_to = every([rate.open_to, None])
        r.missing["project.startup: whether a loan or guarantee of over ten years can be"] = None
    elif rate.amount is not None:
        rate.amount = down(rate.amount * most / max(years, least))


ARTICLES: Mapping[str, Callable[[Reader], Rate]] = {
    "fundamental_research": research,
    "industrial_research": research,
    "experimental_development": research,
    "feasibility_study": research,
    "innovation_staff": innovation_sme,
    "innovation_advice": innovation_sme,
    "innovation_support": innovation_sme,
    "patents": innovation_sme,
    "process_innovation": other_innovation,
    "organisational_innovation": other_innovation,
    "investment": investment,
    "consultancy": consultancy,
    "fair": fair,
    "startup": startup,
    "training": training,
    "cluster": cluster,
    "research_infrastructure": infrastructure,
    "regional_investment": regional,
    "energy_efficiency": energy,
    "environment": environment,
}


def rate_of_part(r: Reader, kind: str) -> Rate:
    """The rate of a part of a project, by its own kind."""
    return research(r, kind) if kind in SHORT else ARTICLES[kind](r)


AREA_MATTERS = frozenset(
    {
        "industrial_research", "experimental_development", "cluster", "environment",
        "energy_efficiency", "startup", "regional_investment",
    }
)  # fmt: skip


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
