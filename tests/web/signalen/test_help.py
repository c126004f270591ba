"""The question that is asked for an owner leads to the needs that the alarm points to."""

from __future__ import annotations

import pytest

from baken.signals.asks import ask
from baken.signals.kinds import kinds
from baken.web import engine
from baken.web.texts import LANGS

CAUSES = ("customer_gone", "fewer_customers", "fewer_orders", "smaller_orders", "price", "mix",
          "one_off")  # fmt: skip
NEEDS = {k.id: k.needs for k in kinds()} | dict.fromkeys(CAUSES, ("N12",))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", NEEDS)
def test_needs_and_doors(lang: str, kind: str) -> None:
    need = ask(*((kind,) if kind not in CAUSES else ("sales", [kind])))[lang]
    answer = engine.answer({"need": need, "lang": lang, "as_of": "2026-11-26", "limit": 3})
    found = [n["code"] for n in answer["needs"]][:2]
    assert set(found) & set(NEEDS[kind])
    assert answer["route"]["doors"]
    assert not answer["unmet"]
    assert not (answer.get("urgent") and kind not in ("debts_overdue", "cash_low"))


FALLING = {"turnover_drop_pct": 22, "event": ["big_customer_lost"], "kbo": "0200.065.765"}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("facts", "route"), [(FALLING, "R2"), (FALLING | {"social_debt_overdue": True}, "R1")]
)
def test_what_the_alarms_say_leads_on_and_is_not_asked_again(
    lang: str, facts: dict[str, object], route: str
) -> None:
    """Falling sales lead to advice; with arrears to the safety net first."""
    need = ask("sales", ["customer_gone"])[lang]
    query = {"need": need, "facts": facts, "lang": lang, "as_of": "2026-11-26", "limit": 5}
    answer = engine.answer(query)
    assert answer["route"]["id"] == route
    assert answer["route"]["doors"]
    assert [o for o in answer["offers"] if o["verdict"] != "excluded"]
    assert answer["next_question"]["fact"] not in facts


def test_every_kind_of_alarm_has_a_question() -> None:
    assert [k.id for k in kinds() if ask(k.id) == ask("nothing known")] == ["other"]
