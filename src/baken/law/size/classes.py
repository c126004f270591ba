"""The class of an enterprise: micro, small, medium or large, and whether it is an SME.

Annex to Recommendation 2003/361/EC, art. 2 (ceilings), 3(4) (public bodies) and 4 (two years).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from baken.law.parameters import in_force
from baken.law.size.figures import FIELDS, Total, taken, totals
from baken.law.size.group import Group, group_of
from baken.law.size.model import ACT, SIZES, SizeInput
from baken.law.size.parts import Part
from baken.law.size.public import public_share
from baken.law.size.told import tell_group, tell_total
from baken.law.size.years import class_of, histories
from baken.law.steps import Step, Word, plain, with_steps

FIRST_DAY = date(2005, 1, 1)
BEFORE = "the rule in force before 1 January 2005"


@dataclass
class SizeResult:
    """The answer on size; its shape is in ``as_json``."""

    category: str | None
    sme: bool | None
    totals: list[Total]
    parts: list[Part]
    two_year_rule: dict[str, Any]
    step: Step
    missing: list[str]
    assumed: list[str]
    covered: Mapping[str, str] = field(default_factory=dict)
    possible: tuple[str, ...] = ()
    id: str | int | None = None

    def as_json(self, steps: bool = True) -> dict[str, Any]:
        """Plain values; ``steps`` False leaves the words out."""
        own = {
            "category": self.category,
            "sme": self.sme,
            "possible": list(self.possible),
            "totals": [
                {"end": t.end.isoformat()} | {f: plain(getattr(t, f).known) for f in FIELDS}
                for t in self.totals
            ],
            "parts": [self._part(p) for p in self.parts],
            "two_year_rule": self.two_year_rule,
            "missing": self.missing,
            "assumed": self.assumed,
        }
        return with_steps(self, own, steps)

    def _part(self, part: Part) -> dict[str, Any]:
        out = {
            "enterprise": part.enterprise,
            "relation": part.relation,
            "pct": plain(part.pct),
            "via": part.via,
        }
        if part.enterprise in self.covered:
            out["in_accounts_of"] = self.covered[part.enterprise]
        return out


def size_of(given: SizeInput) -> SizeResult:
    """The class of ``given.enterprise`` on ``given.as_of``.

    What is missing is named in ``missing``; when every value of it gives the same class, that class
    is given. ``assumed`` lists what was not said and is taken as no obstacle.
    """
    if given.as_of < FIRST_DAY:
        before = Step("size", {})
        before.under("law.before", "2003/361/EC, art. 3", day=given.as_of)
        rule: dict[str, Any] = {"applied": False, "take_over": False, "years": []}
        return SizeResult(None, None, [], [], rule, before, [BEFORE], [], {}, SIZES, given.id)
    law = in_force("size", given.as_of)
    assumed: dict[str, None] = {}
    missing: dict[str, None] = {}
    top = Step("size", {})
    group = group_of(given, given.as_of, law, assumed)
    public, above = public_share(group)
    body = given.enterprises[given.enterprise].kind in ("public_body", "local_authority")
    found, cover = totals(group.parts, given.enterprises, given.as_of, missing)
    for part in group.parts:
        for year in given.enterprises[part.enterprise].years or ():
            if part.pct and year.end > given.as_of and not year.estimated:
                assumed[f"{part.enterprise}: the year to {year.end} is not closed"] = None
            if part.pct and year.staff:
                assumed.update({f"{part.enterprise}: {t}": None for t in taken(year)})
    tell_group(top, given, group, cover)
    for total in found:
        tell_total(top, total, group.parts, cover, given)
    if public >= law["public_share"].value:
        top.under("size.public", ACT + "art. 3(4)", pct=public, enterprise=given.enterprise)
        rule = {"applied": False, "take_over": False, "years": []}
        return _result(given, ("large",), found, group, rule, top, {}, assumed, cover)
    possible, rule = class_of(given, histories(given, law, group, found), top, missing, assumed)
    for name in cover.values():
        if given.enterprises[name].accounts is None:
            assumed[f"{name}: accounts = consolidated"] = None
    if body:
        top.under("size.body", ACT + "art. 3(4)", enterprise=given.enterprise)
        missing[f"whether {given.enterprise}, a public body, is an enterprise at all"] = None
        possible = SIZES
    if above is not None and possible != ("large",):
        top.under("size.public_above", ACT + "art. 3(4)", name=above)
        missing[f"links: whether public bodies control {given.enterprise} through {above}"] = None
        possible = tuple(s for s in SIZES if s in {*possible, "large"})
    return _result(given, possible, found, group, rule, top, missing, assumed, cover)


def _result(
    given: SizeInput,
    possible: tuple[str, ...],
    found: list[Total],
    group: Group,
    rule: dict[str, Any],
    top: Step,
    missing: Mapping[str, None],
    assumed: Mapping[str, None],
    cover: Mapping[str, str],
) -> SizeResult:
    category = possible[0] if len(possible) == 1 else None
    smes = {s != "large" for s in possible}
    sme = smes.pop() if len(smes) == 1 else None
    if category is not None:
        code = "size.is_sme" if sme else "size.is_large"
        top.under(code, ACT + "art. 2", category=Word(f"size.{category}"))
    else:
        top.under("size.open", values_possible=[Word(f"size.{s}") for s in possible])
    holders = {p.relation for p in group.parts if p.why == "above" or p.relation == "exempt"}
    if given.dispersed_capital_declaration and not holders:
        top.under("size.dispersed", ACT + "art. 3(5)")
    settled = {} if category is not None else missing
    return SizeResult(
        category, sme, found, group.parts, rule, top, list(settled), list(assumed), cover,
        possible, given.id,
    )  # fmt: skip
