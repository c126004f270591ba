"""How a class of size came about, as steps in words: the group, and each year's heads and money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from baken.law.size.figures import Total, closed, figure
from baken.law.size.group import Group
from baken.law.size.model import ACT, SizeInput
from baken.law.size.parts import Part
from baken.law.steps import Step, Word


def tell_group(top: Step, given: SizeInput, group: Group, cover: Mapping[str, str]) -> None:
    """Who belongs to the group, and why."""
    step = top.under("size.group", ACT + "art. 3", enterprise=given.enterprise)
    for part in group.parts[1:]:
        values = {**part.values, "enterprise": part.enterprise, "via": part.via, "share": part.pct}
        if part.relation == "linked" and part.why != "of_partner":
            why = part.why if part.values.get("votes") is None else "votes"
            step.under(f"size.linked.{why or 'group'}", ACT + "art. 3(3)", **values)
        elif part.relation == "linked":
            step.under("size.linked.of_partner", ACT + "art. 6(3)", **values)
        elif part.relation == "partner":
            step.under(f"size.partner.{part.why}", ACT + "art. 3(2), 6(2)", **values)
        else:
            values["kind"] = Word(f"kind.{part.why}")
            step.under("size.exempt", ACT + "art. 3(2)", **values)
        if part.enterprise in cover:
            step.under("size.covered", ACT + "art. 6(2)", name=part.enterprise,
                       accounts=cover[part.enterprise])  # fmt: skip
    for code, more in group.notes:
        step.under(code, ACT + "art. 3(2)", **more)
    if len(group.parts) == 1 and not group.notes:
        step.under("size.autonomous", ACT + "art. 3(1)", enterprise=given.enterprise)


def tell_total(
    top: Step, total: Total, parts: Sequence[Part], cover: Mapping[str, str], given: SizeInput
) -> None:
    """A year's heads and money, and of which parts they are."""
    step = top.under(
        "size.total", ACT + "art. 6", end=total.end,
        heads=_shown(total.headcount.known), turnover=_shown(total.turnover.known),
        balance=_shown(total.balance.known),
    )  # fmt: skip
    if len(parts) > 1:
        _tell_shares(step, total, parts, cover, given)


def _tell_shares(
    step: Step, total: Total, parts: Sequence[Part], cover: Mapping[str, str], given: SizeInput
) -> None:
    """One line for each part: 25 % of B's 40 heads = 10."""
    at = _index_of(total, parts, cover, given)
    for part in parts:
        if part.pct == 0 or part.enterprise in cover:
            continue
        years = closed(given.enterprises[part.enterprise], given.as_of)
        if at >= len(years):
            continue
        own = figure(years[at], "headcount")
        if own is None:
            continue
        step.under("size.share", ACT + "art. 6", pct=part.pct, enterprise=part.enterprise,
                   heads=own, counted=own * part.pct / 100)  # fmt: skip


def _index_of(
    total: Total, parts: Sequence[Part], cover: Mapping[str, str], given: SizeInput
) -> int:
    """Which of its years, newest first, a total is of."""
    lead = parts[0].enterprise
    while lead in cover:
        lead = cover[lead]
    ends = [y.end for y in closed(given.enterprises[lead], given.as_of)]
    return ends.index(total.end) if total.end in ends else 0


def _shown(value: Any) -> Any:
    return Word("word.unknown") if value is None else value
