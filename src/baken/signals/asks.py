"""From an alarm to match: what its owner would ask, and what the alarms that stand say as facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from baken.kernel.errors import BakenError
from baken.kernel.files import own_yaml
from baken.registers.kbo import enterprise
from baken.signals.alarms import Alarm
from baken.signals.kinds import DATA, Texts
from baken.signals.roles import role_of_name

MOST_DROP = 99
URGENT = ("social_debt_overdue", "tax_debt_overdue", "financial_trouble")
"""Facts that lead to the safety net before all else."""
DEBTS = {"social": "social_debt_overdue", "tax": "tax_debt_overdue"}


@lru_cache(maxsize=1)
def _asks() -> Mapping[str, Texts]:
    found: Mapping[str, Texts] = own_yaml(DATA / "asks.yaml")
    return found


def ask(kind: str, causes: Iterable[str] = (), head: str = "") -> Texts:
    """What an owner would ask about alarms of a kind, in nl, en, fr: of their cause, else of the
    series (``head``, the first part of its id), else of the kind.

    >>> ask("quality")["en"].startswith("I get more complaints")
    True
    """
    known = _asks()
    causes = list(causes)
    keys = (*(f"{kind}.{c}" for c in causes), *causes, head, kind, "other")
    return next(known[key] for key in keys if key in known)


def ask_of(alarm: Alarm) -> Texts:
    """What an owner would ask about one alarm."""
    return ask(alarm.kind, [alarm.cause] if alarm.cause else [])


def facts_of(alarms: Iterable[Alarm], firm: str) -> dict[str, Any]:
    """What the alarms of a firm that stand tell match, by the ids of its vocabulary.

    ``turnover_drop_pct`` is of sales that fell, ``event`` tells of a large customer that was lost.
    Debts overdue and no cash left lead to route R1, the safety net, before all else.
    """
    mine = [a for a in alarms if a.firm == firm and a.cleared is None]
    facts: dict[str, Any] = {}
    if (number := _number(firm)) is not None:
        facts["kbo"] = number
    for one in mine:
        if one.kind == "debts_overdue":
            for word, fact in DEBTS.items():
                facts |= {fact: True} if word in one.series else {}
        if one.kind == "cash_low" and one.severity == "red" and not one.id.startswith("money-in"):
            facts["financial_trouble"] = True
        if one.cause == "customer_gone":
            facts["event"] = ["big_customer_lost"]
    drops = [-a.size for a in mine if a.size and a.size < 0 and _is_sales(a)]
    if drops:
        facts["turnover_drop_pct"] = min(round(100 * max(drops)), MOST_DROP)
    return facts


def _is_sales(alarm: Alarm) -> bool:
    """Whether an alarm is about all sales, not about a part of them."""
    return "sales" in (role_of_name(alarm.id), role_of_name(alarm.series))


def _number(firm: str) -> str | None:
    """The company number, where that is what a firm is called."""
    try:
        return enterprise(firm, "firm")
    except BakenError:
        return None
