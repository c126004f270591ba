"""Which article a project falls under, and its highest rate: 651/2014, chapter III."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from baken.law.aid.rate import NOUGHT, Rate, Reader, down
from baken.law.aid.research import SHORT, research
from baken.law.logic import every, later


def infrastructure(r: Reader) -> Rate:
    """Art. 26: research infrastructure, any size."""
    return Rate("26", r.value("26.rate"), threshold=r.value("threshold.26"))


def cluster(r: Reader) -> Rate:
    """Art. 27(6): investment aid for innovation clusters, with a bonus for assisted areas; aid for
    running them has the same rate without the bonus."""
    rate = Rate("27", r.value("27.invest"), threshold=r.value("threshold.27"))
    if r.area != "none":
        r.placed(rate, "27.invest")
        r.assumed["project: investment aid (operating aid has no bonus for the area)"] = None
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


def rate_of(r: Reader, kind: str) -> Rate:
    """The rate of a project, or of a part of one, by its kind."""
    return research(r, kind) if kind in SHORT else ARTICLES[kind](r)
