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


def test_every_kind_of_alarm_has_a_question() -> None:
    assert [k.id for k in kinds() if ask(k.id) == ask("nothing known")] == ["other"]
