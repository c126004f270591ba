"""Aid for research and development: 651/2014, art. 25, and its threshold (art. 4)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from baken.law.aid.rate import NOUGHT, Bonus, Rate, Reader

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
