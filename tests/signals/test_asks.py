"""From an alarm to match: the question of its owner, and the facts that the alarms tell."""

from __future__ import annotations

from typing import Any

import pytest

from baken.facts.vocabulary import load_vocabulary
from baken.signals.alarms import Alarm
from baken.signals.asks import ask, facts_of
from baken.signals.kinds import LANGS, kinds

FIRM = "0200.065.765"


def alarm(kind: str = "sales", id: str = "sales", **more: Any) -> Alarm:
    """An alarm of a firm that stands, about 30 % less."""
    given: dict[str, Any] = {
        "firm": FIRM, "series": id, "kind": kind, "since": "2025-07",
        "interval": ("2025-07", "2025-07"), "detected": "2025-08", "cleared": None,
        "severity": "amber", "size": -0.3, "rate": 0.01, "says": {}, "check": {}, "needs": (),
        "id": id,
    } | more  # fmt: skip
    return Alarm(**given)


@pytest.mark.parametrize(
    ("alarms", "facts"),
    [
        ([], {}),
        ([alarm()], {"turnover_drop_pct": 30}),
        ([alarm(id="Omzet (EUR)")], {"turnover_drop_pct": 30}),
        ([alarm(id="omzet horeca")], {}),
        ([alarm(size=0.3)], {}),
        ([alarm(cleared="2025-12")], {}),
        ([alarm(firm="another")], {}),
        ([alarm(), alarm(id="turnover", size=-1.0)], {"turnover_drop_pct": 99}),
        ([alarm(cause="customer_gone")],
         {"turnover_drop_pct": 30, "event": ["big_customer_lost"]}),
        ([alarm("quality", "credit_notes", size=0.5)], {}),
        ([alarm("cash_low", "cash", severity="red")], {"financial_trouble": True}),
        ([alarm("cash_low", "cash")], {}),
        ([alarm("cash_low", "money-in", severity="red")], {}),
        ([alarm("debts_overdue", "overdue-tax")], {"tax_debt_overdue": True}),
        ([alarm("debts_overdue", "overdue-social-security")], {"social_debt_overdue": True}),
    ],
)  # fmt: skip
def test_what_the_alarms_that_stand_tell(alarms: list[Alarm], facts: dict[str, Any]) -> None:
    assert facts_of(alarms, FIRM) == facts | {"kbo": FIRM}
    assert set(facts) <= set(load_vocabulary())


def test_a_firm_without_a_company_number_has_none() -> None:
    assert facts_of([alarm(firm="A")], "A") == {"turnover_drop_pct": 30}
    assert facts_of([alarm(firm="")], "") == {"turnover_drop_pct": 30}


def test_another_kind_or_cause_is_another_question() -> None:
    asked = [
        ask("sales"), ask("sales", ["customer_gone"]), ask("sales", ["price"]),
        ask("costs", ["price"]), ask("quality"), ask("other"),
    ]  # fmt: skip
    assert len({a["nl"] for a in asked}) == len(asked)
    assert ask("costs", ["price"]) == ask("costs")
    assert ask("other", head="money-out") != ask("other")


def test_every_kind_has_a_question_in_three_languages() -> None:
    for kind in kinds():
        assert set(ask(kind.id)) == set(LANGS)
