"""The coordinator's page of a file says whom to call with what question."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from baken.refer.model import Event, Kind, Who
from baken.web.handover import store
from baken.web.handover.models import Referral
from tests.web.desk.made import HOUSE, browser, file, member
from tests.web.handover.made import departed

pytestmark = pytest.mark.django_db


def page(row: Referral, role: str = "coordinator", at: str | None = None, days: int = 0) -> str:
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=days)):
        client = browser(member(role, at))
        return str(client.get(f"/bureau/dossier/{row.public_id}").content.decode())


def said(row: Referral, kind: Kind, by: Who = Who.RECEIVER) -> Referral:
    store.record(row.pk, Event(kind, by, timezone.now(), str(kind)))
    return row


def test_a_file_in_time_names_the_organisation_and_asks_nothing() -> None:
    row = file()
    seen = page(row)
    assert f"/aanbod/organisation/{HOUSE}" in seen
    assert f"mailto:{HOUSE}@ontvanger.example" in seen
    assert "Bel Huis van Raad" not in seen


def test_a_late_file_that_nobody_took_asks_to_call_about_its_number() -> None:
    row = departed(file())
    seen = page(row, days=20)
    assert f"Bel Huis van Raad, noem dossier {row.number}, en vraag om het aan te nemen" in seen


def test_a_late_file_that_was_taken_asks_when_they_call() -> None:
    row = said(file(), Kind.ACCEPTED)
    seen = page(row, days=20)
    assert "vraag wanneer ze de onderneming bellen" in seen
    assert "aan te nemen" not in seen


def test_a_letter_that_came_back_asks_for_the_address_at_once() -> None:
    seen = page(said(file(), Kind.BOUNCED, Who.SYSTEM))
    assert "kwam niet aan. Zoek het juiste adres" in seen


def test_after_a_contact_nothing_is_asked_and_an_adviser_never_reads_it() -> None:
    row = file()
    assert "noem dossier" not in page(row, "adviser", HOUSE, 20)
    assert "noem dossier" not in page(said(row, Kind.CONTACT), days=20)


def test_nobody_is_said_to_have_taken_on_a_file_whose_contact_is_denied() -> None:
    row = said(said(file(), Kind.CONTACT), Kind.NO_CONTACT, Who.OWNER)
    for role, at in (("coordinator", None), ("adviser", HOUSE)):
        seen = page(row, role, at)
        assert "De onderneming zegt dat er geen contact was." in seen
        assert "Aangenomen." not in seen
    client = browser(member("coordinator", name="lijst"))
    for address in ("/bureau", "/bureau/dossiers.csv"):
        seen = client.get(address).content.decode()
        assert "Geen contact, zegt de onderneming" in seen
        assert "Aangenomen" not in seen
