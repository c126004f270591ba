"""An owner who can be called says when: an hour, a moment, or that any of them suits. So both sides
have a date before the owner leaves.
"""

from __future__ import annotations

import html
import re
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.dossier import Dossier
from baken.refer.model import Who
from baken.refer.paper import pdf
from baken.web.handover import links, onward
from baken.web.handover.models import Receiver, Referral
from baken.web.handover.sealed import unseal
from tests.refer.made import moment
from tests.refer.papers import words
from tests.web.handover import path
from tests.web.handover.opening import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_thursday")]
HOUR = "2026-11-27T10:00"
DAYS = ["vrijdag 27", "maandag 30", "dinsdag 1", "woensdag 2", "donderdag 3"]
"""The five working days that are promised, from the Thursday on."""


def plain(page: str) -> str:
    return " ".join(html.unescape(page).replace("\u00a0", " ").split())


def step(site: Client, lang: str = "", **more: Any) -> tuple[int, str]:
    """The page after the second step, with its status."""
    form = path.state(**{"item": ["need"], **path.CONTACT, **more})
    answer = site.post(f"{lang}/stuur/nakijken", form)
    return answer.status_code, answer.content.decode()


SAYS = {
    "": "Kies minstens één moment waarop ze mogen bellen, of vink aan dat het niet uitmaakt.",
    "/en": "Choose at least one moment when they may call, or tick that any time is fine.",
    "/fr": "Choisissez au moins un moment où l'on peut vous appeler",
}


@pytest.mark.parametrize("lang", SAYS)
def test_without_a_choice_it_is_asked_at_its_field_and_all_that_was_typed_stays(
    site: Client, lang: str
) -> None:
    status, page = step(site, lang, tried="Gebeld.", may_pass_on="1")
    assert status == 400
    assert html.unescape(page).count(SAYS[lang]) == 2, "in the summary and at the field"
    assert '<a href="#when">' in page
    field = re.search(r"<fieldset[^>]* id=\"when\"[^>]*>", page)
    assert field and 'aria-describedby="when-error"' in field[0] and 'tabindex="-1"' in field[0]
    for typed in (*path.CONTACT.values(), "Gebeld.", "need"):
        assert f'value="{typed}"' in page
    assert 'name="may_pass_on" value="1"' in page


SAID = [
    {"when": "any"},
    {"when": "2026-11-27/am"},
    {"slot": HOUR},
    {"phone": ""},
]


@pytest.mark.parametrize("said", SAID, ids=["any", "a moment", "an hour", "by mail alone"])
def test_one_choice_is_enough_and_who_is_reached_by_mail_needs_none(
    site: Client, said: dict[str, str]
) -> None:
    assert step(site, **said)[0] == 200


@pytest.mark.parametrize("past", ["2026-11-26/am", "2026-12-04/am", "x"])
def test_a_moment_that_is_not_offered_is_no_choice(site: Client, past: str) -> None:
    assert step(site, when=past)[0] == 400


def test_nothing_is_chosen_for_the_owner(site: Client) -> None:
    page = site.post("/stuur/bereik", path.state(item=["need"])).content.decode()
    boxes = re.findall(r'<input [^>]*name="when"[^>]*>', page)
    assert len(boxes) == 11
    assert not [box for box in boxes if "checked" in box]
    assert "Geen van deze. Hieronder kies ik wanneer." in page


def test_any_moment_is_told_with_its_days_on_page_paper_and_in_the_data(site: Client) -> None:
    shown = plain(path.preview(site))
    told = re.search("Het maakt niet uit wanneer, op deze dagen: ([^<]+)", shown)
    assert told and told[1].count(";") == len(DAYS) - 1
    assert all(day in told[1] for day in DAYS)
    assert "voormiddag" not in told[1]
    path.sent(site)
    row = Referral.objects.get()
    _, token = links.link_for(row, Who.RECEIVER, timezone.localdate())
    opened = plain(Browser().post(f"/dossier/{token}", {"do": "open"}).content.decode())
    assert told[0] in opened
    dossier = Dossier.model_validate(row.dossier)
    assert dossier.contact and dossier.contact.any_time and len(dossier.contact.when) == len(DAYS)
    says = "Bereikbaar op deze dagen, het maakt niet uit wanneer: vrijdag 27"
    assert says.replace(" ", "") in words(pdf(dossier))


def test_beside_an_hour_any_moment_is_told_as_well(site: Client) -> None:
    shown = plain(path.preview(site, slot=HOUR, when="any"))
    assert "Ook goed om te bellen, het maakt niet uit wanneer: vrijdag 27" in shown


def test_any_moment_stays_ticked_alone_where_the_page_comes_back(site: Client) -> None:
    page = step(site, when=["any", "2026-11-27/am"], mail="x")[1]
    boxes = re.findall(r'name="when" value="([^"]+)"( checked)?', page)
    assert [name for name, checked in boxes if checked] == ["any"]


def test_at_the_next_door_any_moment_is_one_of_its_own_days(site: Client) -> None:
    path.sent(site)
    row, other = Referral.objects.get(), Receiver.objects.get(record_id=path.OTHER)
    made = onward.made_out(row, other, other.name, moment("2026-12-08"))["contact"]
    assert made["any_time"]
    assert made["when"][0].startswith("woensdag 9")


def test_who_takes_none_of_the_other_hours_can_be_called_at_any_moment(site: Client) -> None:
    order = path.sealed(path.preview(site, slot=HOUR))
    path.sent(site, slot=HOUR, key="fedcba")
    taken = site.post("/stuur/verstuur", {"sealed": order, "do": "send"}).content.decode()
    assert "Geen van deze. Bel me wanneer het past." in taken
    none = {"sealed": path.sealed(taken), "do": "slot", "slot": ""}
    contact = unseal(path.sealed(site.post("/stuur/verstuur", none).content.decode())).dossier
    assert contact["contact"]["any_time"]
    assert len(contact["contact"]["when"]) == len(DAYS)


def test_on_the_owner_s_page_the_choice_is_asked_again_but_beside_an_hour(site: Client) -> None:
    address = path.sent(site).split("?")[0]
    form = {"do": "reach_done", "phone": "0499 11 22 33"}
    page = site.post(address, {"do": "reach"}).content.decode()
    assert 'name="when" value="any" checked' in page
    assert site.post(address, form).status_code == 400
    assert site.post(address, form | {"when": "any"}).status_code == 303
    booked = path.sent(site, slot=HOUR, key="fedcba").split("?")[0]
    assert site.post(booked, form).status_code == 303


@pytest.mark.usefixtures("doors")
def test_where_no_moment_is_left_none_is_asked(site: Client) -> None:
    with patch("baken.web.handover.draft.windows", return_value=[]):
        assert step(site)[0] == 200
