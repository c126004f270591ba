"""No tick is lost: not by "show more", not by an answer, not by coming back with six words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from baken.web.owner import kept
from baken.web.owner.asking import Asked
from baken.web.owner.models import KeptPlan
from tests.web.conftest import NEED, FakeEngine
from tests.web.kept_plan import form_of, read

pytestmark = pytest.mark.django_db
STATE = {"need": NEED, "facts": "{}", "asked": "[]"}
UNSHOWN = "instrument/energielening"


def shown(site: Client, **more: Any) -> str:
    return read(site.post("/resultaat", {**STATE, **more}))


def many(answer: dict[str, Any]) -> None:
    """So many offers that there are more to show."""
    one = next(o for o in answer["offers"] if o["verdict"] != "excluded")
    answer["offers"] += [{**one, "id": f"nog-{at}"} for at in range(5)]


@pytest.mark.parametrize(
    "button",
    ['name="limit"', 'name="answer"', 'name="to"', ">Maak een plan", ">Zet naast elkaar"],
)
def test_every_button_that_leads_on_is_of_the_form_of_the_boxes(
    site: Client, fake: FakeEngine, button: str
) -> None:
    fake.change = many
    page = shown(site)
    found = [b for b in re.findall(r"<button[^>]*>[^<]*", page) if button in b]
    assert found and all('form="kies"' in b for b in found), found
    assert page.count('id="kies"') == 1
    assert all('form="kies"' in box for box in re.findall(r'<input[^>]*name="pick"[^>]*>', page))


def test_to_show_more_goes_after_the_number_that_the_form_has(
    site: Client, fake: FakeEngine
) -> None:
    fake.change = many
    page = shown(site)
    page = page[page.index('id="kies"') :]
    assert page.index('name="limit" value="5"') < page.index('name="limit" value="10"')


def test_the_form_carries_the_question_and_a_plan_takes_no_answer_from_it(
    site: Client, fake: FakeEngine
) -> None:
    form = form_of(shown(site), "Maak een plan")
    assert form["question"] and "answer" not in form
    site.post("/plan", {**form, "pick": [UNSHOWN]})
    assert fake.query["asked"] == []


def test_to_show_more_tells_nothing_of_an_answer(site: Client) -> None:
    form = form_of(shown(site), "Maak een plan")
    assert "Door je antwoord" not in shown(site, before=form["before"], limit="10")


def without(answer: dict[str, Any]) -> None:
    answer["offers"] = [o for o in answer["offers"] if f"{o['type']}/{o['id']}" != UNSHOWN]


def test_what_was_ticked_and_is_not_shown_goes_along_by_name(
    site: Client, fake: FakeEngine
) -> None:
    fake.change = without
    page = shown(site, pick=[UNSHOWN, "instrument/bestaat-niet"])
    (told,) = re.findall(r"<legend>Dit koos je ook</legend>.*?</fieldset>", page, re.S)
    (box,) = re.findall(r"<input[^>]*>", told)
    assert f'value="{UNSHOWN}" checked' in box and 'form="kies"' in box
    assert re.search(r"<label[^>]*>[^<]*energie", told, re.IGNORECASE)
    assert "bestaat-niet" not in told
    assert "Dit koos je ook" not in shown(site)


def test_what_was_ticked_stays_where_no_offer_is_shown(site: Client, fake: FakeEngine) -> None:
    fake.change = lambda answer: answer.update(offers=[])
    page = shown(site, pick=[UNSHOWN])
    assert f'name="pick" value="{UNSHOWN}"' in page


def test_the_same_ticks_in_another_order_are_the_kept_plan() -> None:
    def asked(*picks: str) -> Asked:
        return Asked("nl", NEED, picks=list(picks))

    row = KeptPlan(state=kept._state(asked("instrument/a", "instrument/b")))
    assert kept.is_same(row, asked("instrument/b", "instrument/a"))
    assert not kept.is_same(row, asked("instrument/a"))
