"""What comes before something else in a plan: as the records tell, and as the law demands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pytest

from baken.landscape.catalogue import load_catalogue
from baken.landscape.model import Instrument
from baken.landscape.most import Project
from baken.landscape.together import before_others, together
from baken.web.owner.plan import Plan, make_plan
from tests.web.test_plan import TODAY, offer

NET = {"type": "organisation", "id": "net", "name": "Vangnet", "step": "Bel vandaag nog."}
SAFETY = {"kind": "crisis_support", "roles": ["safety_net"], "names": {"nl": "Vangnet"}}


@cache
def record(of: str) -> Instrument:
    """A record of the catalogue."""
    (found,) = (r for r in load_catalogue() if r.id == of and isinstance(r, Instrument))
    return found


def planned(*ids: str, lang: str = "nl", route: str = "R2", **more: Any) -> Plan:
    """The plan for these measures of the catalogue."""
    records = [record(i) for i in ids]
    held: dict[tuple[str, str], Mapping[str, Any]] = {
        ("instrument", r.id): r.model_dump(mode="json") for r in records
    }
    held["organisation", "net"] = SAFETY
    offers = [
        offer(
            id=r.id, key=r.id, name=getattr(r.names, lang), apply=r.apply,
            first_step=r.first_step and getattr(r.first_step, lang),
            availability=r.status.value, **more,
        )
        for r in records
    ]  # fmt: skip
    answer = {"route": {"id": route, "doors": [NET]}, "said": [], "needs": []}
    first: Mapping[str, Sequence[str]] = before_others(records, TODAY)
    return make_plan(answer, offers, held, {}, "ik sta voor een faillissement", lang, TODAY, first)


def of(plan: Plan, name: str) -> list[tuple[str, str]]:
    """The steps of an offer that are tasks, with their terms."""
    return [(s.when, s.says) for s in plan.steps if s.offer == name and not s.holds]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lang", "says", "never"),
    [
        ("nl", "Je moet aangifte doen binnen een maand nadat je ophield te betalen", "er recht op"),
        ("en", "You must file within a month after you stopped paying", "right to"),
        ("fr", "Vous devez déclarer dans le mois", "y avez droit"),
    ],
)
def test_what_the_law_demands_is_told_with_its_term_and_source_and_as_no_choice(
    lang: str, says: str, never: str
) -> None:
    plan = planned("aangifte-faillissement", lang=lang, route="R1", groups=[{"name": "judged",
                   "reasons": [{"says": "Je kunt blijvend niet meer betalen."}]}])  # fmt: skip
    (step,) = (s for s in plan.steps if s.mark == "apply/instrument/aangifte-faillissement")
    assert says in step.says
    assert "2023" in step.says, "the date of its source"
    assert step.when == "week", "who helps is asked first, today"
    assert never not in step.says
    assert not step.says.startswith(("Beslis", "Decide", "Décidez"))
    questions = [says for call in plan.calls for _, says in call.questions]
    assert questions == [], "nobody is asked whether the law's demand can be had"


def test_a_duty_is_told_after_the_talk_with_who_helps_for_free() -> None:
    plan = planned("aangifte-faillissement", route="R1")
    says = [s.says for s in plan.steps]
    assert says[0] == "Vangnet: Bel vandaag nog."
    duty = next(s for s in says if "Je moet aangifte doen" in s)
    assert duty.startswith("Praat eerst met wie je gratis helpt, maar wacht niet te lang.")


def test_no_step_takes_for_granted_that_there_is_a_receiver_before_there_is_one() -> None:
    plan = planned("kwijtschelding-na-faillissement", "aangifte-faillissement", route="R1")
    steps = of(plan, str(record("kwijtschelding-na-faillissement").names.nl))
    assert steps[0][0] == "week", "not today: there is no receiver yet"
    assert all("Werk mee met de curator" not in says for _, says in steps)
    assert "Doe dit pas na: Aangifte van faillissement." in steps[-1][1]


@pytest.mark.parametrize(
    ("later", "before"),
    [
        ("sluitingspremie", "hinderpremie"),
        ("administratieve-schuldenregeling", "afbetalingsplan-belastingen"),
        ("vrijstelling-sociale-bijdragen", "afbetalingsplan-sociale-bijdragen"),
        ("logiessubsidie", "erkenning-toeristisch-logies"),
        ("fit-prospectiereis", "fit-starterspakket-internationalisering"),
    ],
)
def test_what_comes_after_something_is_asked_for_a_term_later_whichever_was_ticked_first(
    later: str, before: str
) -> None:
    name, first = str(record(later).names.nl), str(record(before).names.nl)
    for ids in ((later, before), (before, later)):
        plan = planned(*ids)
        terms = ("week", "month", "quarter")
        done = max(terms.index(when) for when, _ in of(plan, first))
        asked = next(s for s in plan.steps if s.mark == f"apply/instrument/{later}")
        assert terms.index(asked.when) > done
        assert f"Doe dit pas na: {first}." in asked.says
        begun = (s.offer for s in plan.steps if s.offer in (name, first) and not s.holds)
        assert next(begun) == first


def test_what_comes_first_and_is_not_always_open_is_asked_for_once_it_is() -> None:
    plan = planned("fit-prospectiereis", "fit-starterspakket-internationalisering")
    (look,) = of(plan, str(record("fit-starterspakket-internationalisering").names.nl))
    assert look[0] == "week"
    assert look[1].endswith("Kan het, vraag het dan aan voor je de rest aanvraagt.")


def test_without_what_comes_before_it_a_measure_stands_as_it_did() -> None:
    (begin, asks) = of(planned("sluitingspremie"), str(record("sluitingspremie").names.nl))
    assert (begin[0], asks[0]) == ("week", "month")
    assert "pas na" not in asks[1]


def test_a_source_that_says_when_to_ask_is_not_called_silent() -> None:
    says = " ".join(s.says for s in planned("fit-prospectiereis").steps)
    assert "de bron zegt niet of je moet aanvragen" not in says
    assert "begin pas daarna" in says


@pytest.mark.parametrize("aid", ["ecologiepremie-plus", "green-investeringssteun"])
def test_a_deduction_that_regional_aid_may_shut_is_told_beside_it_with_its_source(aid: str) -> None:
    chosen = [record(aid), record("investeringsaftrek-thematisch")]
    (pair,) = together(chosen, Project(), TODAY).pairs
    assert pair.go is None, "asked, not decided"
    told = pair.said or (pair.condition and pair.condition.says)
    assert told is not None and pair.why != "silent"
