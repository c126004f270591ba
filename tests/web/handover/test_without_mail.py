"""An owner who gave a telephone number and no mail address: told beforehand and afterwards to look
at the page, from which day on, and nobody is told that such a firm heard.
"""

from __future__ import annotations

import html
import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.clocks import promised_by
from baken.refer.model import Kind, Who
from baken.web import words
from baken.web.handover import onward, store
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from tests.web.handover import opening, path
from tests.web.handover.following import happens, owners_page, owns, page_of, row
from tests.web.handover.test_first_look import NUMBER, PROVED, tries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]

WE_SAY = "dan zeggen we je dat eerlijk"
LOOK = "Kijk dus vanaf die dag zelf op deze pagina."


def test_the_preview_says_where_to_look(site: Client) -> None:
    page = path.preview(site, mail="")
    assert "Je gaf geen mailadres. Kijk dus vanaf die dag zelf op je pagina." in page
    assert WE_SAY not in page
    assert WE_SAY in path.preview(site)


def test_the_page_after_sending_says_from_when_on_and_how(site: Client) -> None:
    page = html.unescape(site.get(path.sent(site, mail="")).content.decode())
    assert f"Je gaf geen mailadres. {LOOK}" in page and WE_SAY not in page
    assert "kwam niet aan" not in page
    assert "Op een ander toestel vragen we eerst het telefoonnummer dat je opgaf." in page


def test_who_gave_an_address_is_told_by_mail(site: Client, address: str) -> None:
    assert WE_SAY in page_of(site, address) and LOOK not in page_of(site, address)
    Intent.objects.filter(to=str(Who.OWNER)).update(stage=Intent.DEAD)
    assert f"Een mail aan jou kwam niet aan. {LOOK}" in page_of(site, address)
    assert "Je gaf geen mailadres" not in page_of(site, address)


@pytest.mark.parametrize("lang", ["/en", "/fr"])
def test_so_in_each_language(site: Client, lang: str) -> None:
    path.sent(site, mail="")
    page = owners_page(row(), lang)
    assert "honestly" not in page and "franchement" not in page


def test_before_an_hour_falls_the_organisation_reads_whether_the_firm_is_mailed(
    site: Client, a_thursday: None
) -> None:
    path.sent(site, mail="", slot="2026-11-27T10:00")
    one = Referral.objects.get()
    assert one.slot_at
    file = html.unescape(site.get(opening.page_of(one)).content.decode())
    assert "leest het alleen op haar pagina" in file and "Wij mailen het haar" not in file
    Referral.objects.update(owner_address="bakker@firma.example")
    file = html.unescape(site.get(opening.page_of(one)).content.decode())
    assert "Wij mailen het haar" in file


def test_once_there_was_contact_nobody_need_look(site: Client) -> None:
    path.sent(site, mail="")
    happens(Kind.CONTACT)
    assert LOOK not in owners_page(row())


TRIED = "Ze proberen het opnieuw."


def test_whom_nobody_reached_reads_the_promised_day_and_is_asked_nothing_the_page_lacks(
    site: Client, address: str
) -> None:
    happens(Kind.TRIED)
    page = page_of(site, address)
    assert f"{TRIED} Contact is beloofd uiterlijk op" in page and WE_SAY in page
    one = row()
    message = letter(one.intents.get(letter="tried"), timezone.now())
    assert message is not None
    body = " ".join(message.get_content().split())
    day = " ".join(words.day("nl", promised_by(store.state_of(one)).isoformat()).split())
    assert f"{TRIED} Contact is beloofd uiterlijk op {day}. Lukt dat niet," in body
    assert "wanneer het je past" not in body


@pytest.mark.parametrize("mail", ["", path.CONTACT["mail"]], ids=["no mail", "its letter waits"])
def test_the_page_of_the_door_to_which_it_was_passed_on_opens_at_once(
    site: Client, mail: str
) -> None:
    path.sent(site, mail=mail, phone=NUMBER, may_pass_on="1")
    happens(Kind.REFUSED, reason="not_my_area")
    order = onward.by_clock(row(), timezone.now())
    assert order is not None
    after = store.send(order, timezone.now(), onward.key_after(row()))
    led_on = re.search(r'andere deur: <a href="([^"]+)"', owners_page(row()))
    assert led_on
    assert "Wat er gebeurde" in page_of(owns(Client(), after), led_on[1])
    other = Client()
    assert "Wat er gebeurde" not in page_of(other, led_on[1]), "not on a device that is not known"
    assert tries(other, led_on[1], NUMBER) == PROVED


@pytest.mark.parametrize("left", [True, False], ids=["our letter left", "it never left"])
def test_a_door_that_shut_unopened_is_told_on_the_page_which_leads_to_the_other_one(
    site: Client, left: bool
) -> None:
    address = path.sent(site, mail="", phone=NUMBER).split("?")[0]
    if left:
        happens(Kind.HANDED_OVER, Who.SYSTEM)
    for days in (9, 30):
        with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=days)):
            tick(timezone.now())
            page = page_of(site, address)
    assert row().ended
    assert ("We weten van geen contact" if left else "Onze brief aan") in page
    assert "We sloten deze deur." in page and "Ga naar Energiehuis" in page
    other = Client()
    assert tries(other, address, NUMBER) == PROVED, "also on another device"
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=31)):
        assert other.post(address, {"do": "other"}).status_code == 200
        assert "Ga naar Energiehuis" in page_of(other, address)
