"""A yes to "is more than half of your capital lost, or do insolvency proceedings run?" of a firm
for which lost capital does not count: 651/2014, art. 2(18)(a) and (b)."""

from __future__ import annotations

from typing import Any

import pytest

from baken.match.model import Answer
from baken.match.texts import say
from tests.match.asked import DAY, ask

SENSOR = "wij bouwen machines en willen een nieuwe sensor ontwikkelen met een universiteit"
YOUNG = {"headcount": 6, "founded_on": "2025-03-17", "in_difficulty": True}
HEALTHY = [{"end": "2025-12-31", "contributions": 50_000, "reserves": 20_000,
            "accumulated_losses": 0}]  # fmt: skip
NOTICE, WHY = say("notice.half_said", "nl"), say("because.half_said", "nl")


def told(need: str = SENSOR, lang: str = "nl", **facts: Any) -> Answer:
    return ask(need, facts={**YOUNG, **facts}, only=["ontwikkelingsproject"], lang=lang)


def met(answer: Answer) -> bool | None:
    (offer,) = [o for o in answer.offers if o.id == "ontwikkelingsproject"]
    return next(r.met for r in offer.reasons if r.condition == "difficulty")


def test_a_yes_of_an_sme_under_three_years_leaves_it_open_and_says_why() -> None:
    answer = told()
    (offer,) = [o for o in answer.offers if o.id == "ontwikkelingsproject"]
    (reason,) = [r for r in offer.reasons if r.condition == "difficulty"]
    assert offer.verdict == "open"
    assert (reason.met, reason.unknown_because, reason.change) == (None, "not_said", None)
    assert reason.says.endswith(f"({WHY})")
    assert "in_difficulty" in offer.missing  # the page leads to the calculator by this
    assert NOTICE in answer.notices


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_that_is_told_in_each_language(lang: str) -> None:
    answer = told(lang=lang)
    assert say("notice.half_said", lang) in answer.notices
    assert say("because.half_said", lang) in str(answer.offers)


def test_the_question_that_was_answered_is_not_put_again() -> None:
    question = told().next_question
    assert question is None or question.fact != "in_difficulty"


def test_what_leads_to_help_in_trouble_still_does() -> None:
    young = ask(SENSOR, facts=YOUNG).route
    older = ask(SENSOR, facts={**YOUNG, "founded_on": "2015-03-17"}).route
    assert young and older and young.doors == older.doors == ["dyzo", "vlaio-bedrijfsadviseurs"]


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        pytest.param({"founded_on": "2023-11-25"}, None, id="three years tomorrow"),
        pytest.param({"founded_on": "2023-11-24"}, False, id="three years today"),
        pytest.param({"founded_on": None}, False, id="nobody knows how old"),
        pytest.param({"founded_on": "2024-01-01..2025-12-31"}, None, id="under three at most"),
        pytest.param({"founded_on": "2022-01-01..2025-12-31"}, False, id="perhaps three or more"),
        pytest.param({"size": "large"}, False, id="no SME"),
        pytest.param({"headcount": None}, None, id="may be an SME"),
        pytest.param({"insolvency": True}, False, id="proceedings told apart"),
        pytest.param({"insolvency": False}, None, id="no proceedings in the register"),
        pytest.param({"event": ["bankruptcy"]}, False, id="bankrupt"),
        pytest.param({"in_difficulty": False}, True, id="a no is a no"),
    ],
)
def test_only_of_an_sme_that_is_surely_under_three_years(
    facts: dict[str, Any], value: bool | None
) -> None:
    """The day that is judged is 24 November 2026."""
    assert DAY == "2026-11-24"
    answer = told(**facts)
    assert met(answer) is value
    assert (NOTICE in answer.notices) is (value is None)


@pytest.mark.parametrize("need", ["wij zitten in WCO", "ik ben failliet"])
def test_proceedings_that_the_words_tell_let_the_yes_stand(need: str) -> None:
    answer = told(need)
    assert met(answer) is False
    assert NOTICE not in answer.notices


def test_accounts_that_say_otherwise_contradict_no_yes_that_settles_nothing() -> None:
    def contradicted(founded_on: str) -> bool:
        answer = told(accounts=HEALTHY, legal_form="bv", founded_on=founded_on)
        return any(n.startswith("Onderneming in moeilijkheden") for n in answer.notices)

    assert not contradicted("2025-03-17")
    assert contradicted("2010-01-01")
