"""What the law asks at once is told before all that is asked for, and every door can be called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from baken.web.owner.plan import Plan, make_plan
from baken.web.owner.plan_days import Step
from baken.web.owner.plan_pages import at_once, events_of, first_moment
from baken.web.owner.plan_since import term_of
from tests.web.conftest import NEED, FakeEngine
from tests.web.test_plan import STATE, offer, terms
from tests.web.test_result import words

FRIDAY = date(2026, 11, 27)
REPORT = {
    "id": "watch", "name": "Toezichthouder", "says": "Meld het binnen 72 uur.",
    "source": {"url": "https://w.example/melden", "date": None},
}  # fmt: skip
HELP = {"type": "organisation", "id": "help", "name": "Hulp", "step": "Meld het incident."}
WATCH = {"type": "organisation", "id": "watch", "name": "Toezichthouder", "step": "Vul het in."}
SCHOOL = {"type": "organisation", "id": "school", "name": "School", "step": "Vraag een gesprek."}
COURT = {"type": "organisation", "id": "court", "name": "Rechtbank", "step": "Schrijf."}
NET = {"type": "organisation", "id": "net", "name": "Vangnet", "step": "Bel vandaag nog."}
RECORDS: dict[tuple[str, str], dict[str, Any]] = {
    ("organisation", "net"): {"kind": "crisis_support", "roles": ["safety_net"]},
    ("organisation", "court"): {"kind": "agency", "names": {"nl": "Ondernemingsrechtbank"}},
    ("instrument", "premie"): {"kind": "grant"},
}
MUST = "De wet vraagt dit, en het kan niet wachten: Meld het binnen 72 uur."


def made(
    *doors: dict[str, Any], other: Any = None, duties: Any = (), route: str = "R7", first: Any = ()
) -> Plan:
    answer = {
        "route": {"id": route, "doors": list(doors), "alternative": other},
        "said": [], "needs": [], "duties": list(duties),
    }  # fmt: skip
    offers = [offer(apply="before_start")]
    return make_plan(answer, offers, RECORDS, {}, NEED, "nl", FRIDAY, dict(first))


@pytest.mark.parametrize("first", [(), {"premie": ["x"]}.items()])
def test_the_duty_goes_before_whether_one_may_start(first: Any) -> None:
    plan = made(HELP, WATCH, other=SCHOOL, duties=[REPORT], first=first)
    told = terms(plan)
    assert told["now"] == [MUST, "Hulp: Meld het incident.", "Toezichthouder: Vul het in."]
    assert plan.steps[0].says == MUST
    assert told["week"][0].startswith("Teken of bestel nog niets")


def test_what_the_law_asks_within_hours_waits_for_no_working_day() -> None:
    plan = made(HELP, WATCH, duties=[REPORT])
    evening = datetime(2026, 11, 27, 18, tzinfo=UTC)
    soon, law = first_moment(evening), at_once(evening)
    events = events_of(plan, NEED, FRIDAY, soon=soon, law=law)
    days = {str(e["summary"]): e["dtstart"].dt for e in events}
    assert [days[s.says] for s in plan.steps if s.when == "now"] == [FRIDAY] * 3
    (when, steps), *_ = plan.terms
    assert _title(when, steps) == "Vandaag (tot 27 november 2026)"
    (when, steps), *_ = made(NET, route="R1").terms
    assert _title(when, steps) == "Vandaag of de volgende werkdag (tot 30 november 2026)"


def _title(when: str, steps: Sequence[Step]) -> str:
    return term_of(when, steps, FRIDAY, FRIDAY, "nl").title.replace("\xa0", " ")


def test_in_a_crisis_who_helps_for_free_is_called_first_and_the_duty_comes_next() -> None:
    told = terms(made(NET, WATCH, duties=[REPORT], route="R1"))
    assert told["now"][:3] == ["Vangnet: Bel vandaag nog.", MUST, "Toezichthouder: Vul het in."]


def test_every_door_can_be_called_and_the_other_one_for_where_they_do_not_help() -> None:
    calls = made(HELP, WATCH, other=SCHOOL).calls
    assert [(c.name, c.otherwise) for c in calls if c.type == "organisation"] == [
        ("Hulp", False),
        ("Toezichthouder", False),
        ("School", True),
    ]
    assert [s for s in terms(made(HELP, WATCH))["week"] if "Vul het in" in s] == []


def test_who_can_not_wait_is_given_no_court_to_call_beside_the_net() -> None:
    names = [c.name for c in made(NET, COURT, other=SCHOOL, route="R1").calls]
    assert names[0] == "Vangnet"
    assert "Rechtbank" not in names
    assert names[-1] == "School"


@pytest.mark.parametrize(
    ("lang", "title", "otherwise"),
    [
        ("", "De wet vraagt dit, en het kan niet wachten", "Lukt het daar niet:"),
        ("/en", "The law asks this, and it cannot wait", "If that does not work:"),
        ("/fr", "La loi le demande, et cela ne peut pas attendre", "Si cela ne marche pas :"),
    ],
)
def test_result_sheet_and_plan_tell_it_first(
    site: Client, fake: FakeEngine, lang: str, title: str, otherwise: str
) -> None:
    def due(answer: dict[str, Any]) -> None:
        answer["duties"] = [REPORT]

    fake.change = due
    for path in ("/resultaat", "/meenemen", "/plan"):
        told = words(site.post(f"{lang}{path}", STATE).content.decode())
        assert title in told
        assert told.index("binnen 72 uur") < told.index("Energielening")
    assert otherwise in told


ASKED = {**REPORT, "perhaps": True, "says": "Gebeurde dit? Dan vraagt de wet dit: meld het."}


def test_what_may_have_happened_is_asked_first_and_makes_nothing_else_urgent() -> None:
    plan = made(HELP, WATCH, other=SCHOOL, duties=[ASKED])
    told = terms(plan)
    assert told["now"] == [ASKED["says"]]
    assert "Hulp: Meld het incident." in told["week"]


def test_danger_goes_before_the_law_on_the_page_and_in_the_plan(
    site: Client, fake: FakeEngine
) -> None:
    says = "Is iemand nu in gevaar? Bel 112."
    fake.change = lambda answer: answer.update({"danger": says, "duties": [REPORT]})
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    assert page.index("<h1") < page.index(says) < page.index('id="plicht"')
    assert page.index(says) < page.index('href="tel:112">Bel 112</a>') < page.index('id="plicht"')
    (first, second) = made_of(site)[:2]
    assert says in first and MUST in second
    assert says in site.post("/meenemen", {"need": NEED}).content.decode()


def test_danger_waits_for_no_working_day(site: Client, fake: FakeEngine) -> None:
    fake.change = lambda answer: answer.update({"danger": "Bel 112.", "duties": []})
    page = site.post("/plan", {"need": NEED}).content.decode()
    assert "Vandaag (tot " in page and "volgende werkdag" not in page


def made_of(site: Client) -> list[str]:
    """The steps of today on the page of a plan."""
    page = site.post("/plan", {"need": NEED}).content.decode()
    return [words(li) for li in page.split("plan__steps", 1)[1].split("<li")[1:]]


def test_the_page_asks_whether_it_happened(site: Client, fake: FakeEngine) -> None:
    fake.change = lambda answer: answer.update({"duties": [ASKED]})
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    assert '<h2 id="plicht">Kijk na of dit bij je past</h2>' in page and ASKED["says"] in page
