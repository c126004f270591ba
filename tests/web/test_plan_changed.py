"""Other offers, costs or another question behind a kept plan: it says so, and takes them in."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from baken.web.owner.models import KeptPlan, PlanReminder
from tests.web.conftest import Clock
from tests.web.kept_plan import KEEP, KEPT, LATER, form_of, keep, opened, read

pytestmark = pytest.mark.usefixtures("went")


def test_other_ticks_make_a_plan_of_today(site: Client, clock: Clock) -> None:
    code = keep(site)
    clock(LATER)
    page = opened(site, code)
    answer = form_of(page, "Terug naar het antwoord")
    assert "made" not in answer
    answer["pick"] = PICKED
    assert "Gemaakt op 22 maart 2027." in read(site.post("/plan", answer))


OTHER = "Dit is niet je plan zoals je het bewaarde"
PUT = "Zet dit in je bewaarde plan"
PICKED = ["instrument/energielening", "instrument/kmo-portefeuille"]


@pytest.fixture
def remade(site: Client, clock: Clock) -> tuple[str, str]:
    """The words of a kept plan with reminders; and the page on which other offers were ticked in
    the answer behind it, later."""
    code = keep(site)
    site.post("/terug", {"code": code, "do": "remind", "mail": "bakker@firma.example"})
    clock("2027-01-10")
    back = site.post("/terug", {"code": code}).content.decode()
    answer = site.post("/resultaat", form_of(back, "Naar je plan")).content.decode()
    form = {**form_of(answer, "Maak een plan"), "pick": PICKED}
    return code, read(site.post("/plan", form))


def test_other_ticks_say_that_the_kept_plan_is_another(
    site: Client, remade: tuple[str, str]
) -> None:
    code, page = remade
    assert OTHER in page and PUT in page
    assert KEPT not in page and KEEP not in page
    assert "Gemaakt op 21 december 2026." in opened(site, code), "nothing was changed by looking"


def test_other_ticks_go_into_the_kept_plan_by_its_button(
    site: Client, remade: tuple[str, str]
) -> None:
    code, page = remade
    for at in range(2):
        told = read(site.post("/bewaar", form_of(page, PUT)))
        assert KEPT in told and "Schrijf deze zes woorden op" not in told
        assert ("Je herinneringen schoven mee." in told) is (at == 0)
    row = KeptPlan.objects.get()
    assert (row.state["pick"], row.made_on) == (PICKED, date(2027, 1, 10))
    assert PlanReminder.objects.get().days[0] == "2027-01-14"
    page = opened(site, code)
    assert "Gemaakt op 10 januari 2027." in page and KEPT in page and OTHER not in page


def test_the_same_ticks_in_the_answer_are_the_kept_plan(site: Client, clock: Clock) -> None:
    code = keep(site)
    clock(LATER)
    page = read(site.post("/plan", form_of(opened(site, code), "Terug naar het antwoord")))
    assert KEPT in page and OTHER not in page
    assert "Gemaakt op 21 december 2026." in page


def test_another_question_is_another_plan(site: Client, clock: Clock) -> None:
    answer = form_of(opened(site, keep(site)), "Terug naar het antwoord")
    page = read(site.post("/plan", {**answer, "need": "ik zoek personeel"}))
    assert KEEP in page and OTHER not in page
    site.post("/bewaar", form_of(page, KEEP))
    assert KeptPlan.objects.count() == 2


def test_what_is_typed_of_the_costs_stays_on_the_day_of_the_plan(
    site: Client, clock: Clock
) -> None:
    code = keep(site)
    clock("2027-01-10")
    page = opened(site, code)
    form = {**form_of(page, "Zet het in je agenda"), "costs": "10000"}
    changed = read(site.post("/plan", form))
    assert "Gemaakt op 21 december 2026." in changed and OTHER in changed
    site.post("/bewaar", form_of(changed, PUT))
    page = opened(site, code)
    assert "Gemaakt op 21 december 2026." in page and OTHER not in page
