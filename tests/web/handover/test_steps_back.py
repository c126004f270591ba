"""From the preview its owner goes back to a step before it, or sees it in another language: what
was ticked, typed and chosen is there still.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from lxml import html

from baken.web.handover.models import Referral
from baken.web.handover.sealed import unseal
from tests.web.handover import path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_thursday")]
HOUR = "2026-11-27T10:00"
TICKED = ["need", "facts:headcount"]
FILLED = {"item": TICKED, "tried": "Gebeld.\nEn gemaild.", "may_pass_on": "1"}
CHOSEN = [{"when": "any"}, {"when": ["2026-11-27/am", "2026-12-01/pm"]}, {"slot": HOUR}]


def preview(site: Client, **more: Any) -> str:
    """The preview as it comes, with its signs escaped."""
    form = path.state(**{"item": ["need"], **path.CONTACT, **more})
    return site.post("/stuur/nakijken", form).content.decode()


def sent_by(form: Any) -> dict[str, list[str]]:
    """What a form sends as it stands."""
    fields: dict[str, list[str]] = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value or "")
    return fields


def pressed(site: Client, page: str, button: str) -> Any:
    """The page to which a button of the form ``stuur`` leads, as a browser sends it."""
    read = html.fromstring(page)
    form = read.xpath("//form[@id='stuur']")[0]
    found = next(b for b in read.xpath("//button") if b.text_content().strip() == button)
    fields = sent_by(form)
    if found.get("name"):
        fields[found.get("name")] = [found.get("value")]
    answer = site.post(found.get("formaction") or form.get("action"), fields)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def again(site: Client, page: Any) -> Any:
    """What the preview holds once both steps were gone through anew."""
    for _ in range(2):
        form = page.xpath("//form[@id='stuur']")[0]
        text = site.post(form.get("action"), sent_by(form)).content.decode()
        if 'name="sealed"' in text:
            return unseal(path.sealed(text))
        page = html.fromstring(text)
    raise AssertionError("no preview")


@pytest.mark.parametrize("chosen", CHOSEN, ids=["any", "moments", "hour"])
@pytest.mark.parametrize("to", ["Verander wat meegaat", "Verander hoe ze je bereiken"])
def test_a_step_before_has_all_that_was_filled_in_and_leads_to_the_same_preview(
    site: Client, to: str, chosen: dict[str, Any]
) -> None:
    page = preview(site, **FILLED, **chosen)
    step = pressed(site, page, to)
    assert not step.xpath("//*[@class='errors']")
    if to == "Verander wat meegaat":
        boxes = step.xpath("//input[@type='checkbox' and @name='item']")
        assert [box.get("value") for box in boxes if box.checked] == TICKED
    else:
        assert step.xpath("//input[@id='phone']/@value") == [path.CONTACT["phone"]]
    assert again(site, step) == unseal(path.sealed(page))
    assert not Referral.objects.exists()


@pytest.mark.parametrize("chosen", CHOSEN, ids=["any", "moments", "hour"])
def test_in_another_language_the_preview_holds_the_same(
    site: Client, chosen: dict[str, Any]
) -> None:
    page = preview(site, **FILLED, **chosen)
    french = pressed(site, page, "FR")
    assert french.get("lang") == "fr"
    before = unseal(path.sealed(page))
    after = unseal(french.xpath("//input[@name='sealed']/@value")[0])
    assert (after.lang, after.dossier["lang"]) == ("fr", "fr")
    for part in ("key", "page", "to", "items", "may_pass_on", "owner_address", "slot"):
        assert getattr(after, part) == getattr(before, part)
    assert len(after.dossier["contact"]["when"]) == len(before.dossier["contact"]["when"])
    assert after.dossier["tried"] == before.dossier["tried"]


def test_after_a_question_was_taken_back_the_way_back_knows_the_answer_still(site: Client) -> None:
    address = path.sent(site).split("?")[0]
    site.post(address, {"do": "withdraw", "nonce": "a"})
    anew = preview(site, when="any")
    step = pressed(site, anew, "Verander hoe ze je bereiken")
    found = again(site, step)
    assert found.answer == unseal(path.sealed(anew)).answer == Referral.objects.get().answer


def test_what_is_too_long_to_go_on_loses_no_number(site: Client) -> None:
    form = path.state(item=["need"], tried="x" * 1_001, **path.REACH)
    page = site.post("/stuur/nakijken", form).content.decode()
    assert re.search(f'type="hidden" name="phone" value="{path.CONTACT["phone"]}"', page)
    assert 'type="hidden" name="when" value="any"' in page
