"""The other side says that there is contact: the owner hears it and may deny it."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.clocks import Step, due
from baken.refer.model import Handling, Kind, Outcome, Who
from baken.web.handover import links, store
from baken.web.handover.models import EventRow, Intent, Referral
from baken.web.handover.post import letter
from tests.refer.made import event, referral
from tests.web.handover.following import happens, page_of, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]


def test_the_clocks_run_on_from_the_day_on_which_the_owner_denied_it() -> None:
    said = event("contact", "2026-03-03")
    assert due(referral(said), said.at.date() + timedelta(days=20)) == []
    denied = referral(said, event("no_contact", "2026-03-09"))
    assert denied.handling.value is Handling.ACCEPTED
    found = due(denied, denied.handling.at.date() + timedelta(days=3))
    assert [one.step for one in found] == [Step.REMIND]


def test_the_owner_hears_who_said_so_and_can_deny_it(site: Client, address: str) -> None:
    happens(Kind.CONTACT)
    written = letter(Intent.objects.get(letter="contact"), timezone.now())
    assert written is not None
    assert "zegt dat jullie contact hadden" in written.get_content()
    assert "Nee, er was geen contact" in page_of(site, address)
    assert site.post(address, {"do": "no_contact", "nonce": "a"}).status_code == 303
    page = page_of(site, address)
    assert "Er is contact. Dat zei Centrum voor bakkers." in page
    assert "Er was geen contact. Dat zei jij." in page
    assert "Je zei dat er geen contact was." in page
    assert "Een andere deur: Energiehuis" in page
    assert "Heeft het geholpen?" not in page
    told = letter(Intent.objects.get(letter="no_contact"), timezone.now())
    assert told is not None
    assert "De onderneming zegt van niet." in " ".join(told.get_content().split())
    _, token = links.link_for(row(), Who.RECEIVER, timezone.localdate())
    landing = Client().get(f"/dossier/{token}").content.decode()
    assert "De onderneming zegt dat er geen contact was." in html.unescape(landing)
    assert "Jullie namen dit aan" not in landing
    assert site.post(address, {"do": "no_contact", "nonce": "b"}).status_code == 409


def test_a_click_of_the_owner_can_be_taken_back_too(site: Client, address: str) -> None:
    site.post(address, {"do": "contact", "nonce": "a"})
    assert "Je zei dat je contact had met Centrum voor bakkers." in page_of(site, address)
    site.post(address, {"do": "no_contact", "nonce": "b"})
    assert store.state_of(row()).contact_on is None


def test_who_was_not_helped_can_go_on(site: Client, address: str) -> None:
    happens(Kind.CONTACT)
    assert "Een andere deur" not in page_of(site, address)
    site.post(address, {"do": "outcome", "outcome": "not", "nonce": "a"})
    page = page_of(site, address)
    assert "Hielp het niet? Je kan je vraag naar Energiehuis sturen." in page
    assert site.post(address, {"do": "other"}).status_code == 200
    Referral.objects.update(alternative="", later=[])
    assert "Zoek verder met dezelfde vraag" in page_of(site, address)


def test_a_file_that_was_closed_on_a_wrong_word_loses_nobody(site: Client, address: str) -> None:
    happens(Kind.CONTACT)
    happens(Kind.CLOSED)
    happens(Kind.OUTCOME, outcome=Outcome.HELPED)
    site.post(address, {"do": "no_contact", "nonce": "a"})
    state = store.state_of(row())
    assert (state.handling.value, state.contact_on) == (Handling.CLOSED, None)
    assert state.outcomes[Who.RECEIVER].value is Outcome.HELPED, "both words are kept"
    assert "Een andere deur: Energiehuis" in page_of(site, address)
    assert EventRow.objects.filter(kind="no_contact").count() == 1


def test_a_file_that_was_closed_without_contact_leads_to_the_next_door(
    site: Client, address: str
) -> None:
    happens(Kind.CLOSED)
    assert "Een andere deur: Energiehuis" in page_of(site, address)
    written = letter(Intent.objects.get(letter="closed_without"), timezone.now())
    assert written is not None
    says = " ".join(written.get_content().split())
    assert "Op de pagina stuur je je vraag naar een andere deur: Energiehuis." in says
