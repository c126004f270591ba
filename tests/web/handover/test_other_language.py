"""A question in another language than the page that shows it: Baken's own words come in the
reader's, and what stays in the owner's is marked (WCAG 3.1.2).
"""

from __future__ import annotations

import html
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from baken.needs import load_needs
from baken.web.handover import shown
from baken.web.handover.models import Referral
from baken.web.owner.models import CatalogueRecord
from tests.refer import made
from tests.web.desk.made import HOUSE, browser, file, member
from tests.web.handover.opening import Browser, events

pytestmark = pytest.mark.django_db
ENERGY = load_needs()["N10"].label
MARKED = [
    '<p lang="en">mijn oven verbruikt veel</p>',
    '<span lang="en">dinsdag</span>',
    '<div lang="en"><dt>Gewest</dt>',
    '<h3 lang="en">kmo-portefeuille</h3>',
    '<span lang="en">Je betaalde je RSZ.</span> (nog niet bekend)',
    'De bron zegt niets over: <span lang="en">rechtsvorm, grootte</span>.',
    '<ul lang="en"><li>de omzet van vorig jaar</li>',
    '<span lang="en">Elke maand komt er een klant minder.</span>',
    '<h3 lang="en">Grootte</h3>',
    '<span lang="en">Minder dan 50 hoofden.</span>',
    '<ul lang="en"><li>Er zijn geen verbonden ondernemingen.</li>',
    '<ul lang="en"><li>De leverancier van de oven gebeld.</li>',
]


@pytest.fixture
def english(row: Referral) -> Referral:
    row.dossier = made.dossier(lang="en").model_dump(mode="json")
    row.slot_at = datetime(2030, 12, 3, 9, 0, tzinfo=UTC)
    row.save()
    return row


def test_the_links_page_marks_the_owners_words(english: Referral, file_address: str) -> None:
    page = Browser().post(file_address, {"do": "open"}).content.decode()
    assert [words for words in MARKED if words not in page] == []
    assert f"Baken leest dit als: {ENERGY['nl']}." in page
    assert "Afspraak: dinsdag 3\u00a0december 2030" in page
    same = Browser().post(f"/en{file_address}", {"do": "open"}).content.decode()
    assert 'lang="en">mijn' not in same


def test_the_desk_names_the_need_in_the_readers_language(english: Referral) -> None:
    client = browser(member("adviser", HOUSE))
    address = f"bureau/dossier/{english.public_id}"
    for lang, path in (("nl", "/"), ("fr", "/fr/")):
        assert ENERGY[lang] in client.get(f"{path}bureau").content.decode()
        assert ENERGY[lang] in client.get(path + address).content.decode()
    listed = client.get("/bureau", headers={"Accept": "application/json"}).json()
    assert listed["files"][0]["about"] == [ENERGY["nl"]]
    shown.mark_opened(english, timezone.now())
    assert events(english) == ["sent", "seen"]
    page = client.get(f"/{address}").content.decode()
    assert [words for words in MARKED if words not in page] == []
    assert f"Baken leest dit als: {ENERGY['nl']}." in page


def test_a_need_without_a_name_keeps_its_words(english: Referral) -> None:
    need = {"labels": ["energy", "x"], "codes": ["N10", "N99"]}
    assert shown.needs_in("nl", "en", need) == [ENERGY["nl"], "x"]
    assert shown.needs_in("en", "en", need) == ["energy", "x"]
    assert shown.needs_in("nl", "en", {"labels": ["energy"]}) == ["energy"]
    assert shown.needs_in("nl", None, {}) == []


def test_what_a_source_is_silent_on_is_said_in_the_language_of_the_line(
    english: Referral, file_address: str
) -> None:
    english.dossier["verdicts"][0]["silent"] = ["size", "legal form"]
    english.save()
    client = Browser()
    page = client.post(file_address, {"do": "open"}).content.decode()
    assert "De bron zegt niets over: grootte, rechtsvorm." in page
    page = client.post(f"/fr{file_address}", {"do": "open"}).content.decode()
    assert "La source ne dit rien sur\u00a0: taille, forme juridique." in html.unescape(page)


def test_the_desk_calls_an_organisation_as_the_reader_does(records: None) -> None:
    record = CatalogueRecord.objects.get(record_id="energiehuis")
    record.json["names"]["en"] = "Energy house"
    record.save()
    CatalogueRecord.objects.update(version="with an English name")  # names are kept by version
    file("energiehuis")
    client = browser(member("adviser", "energiehuis"))
    assert "Energy house" in client.get("/en/bureau").content.decode()
    assert "Energiehuis" in client.get("/bureau").content.decode()
