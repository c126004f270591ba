"""Only the owner said that there was contact: the other side reads that the owner says so, and not
that it was.
"""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.model import Event, Kind, Outcome, Who
from baken.web.handover import store
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import letter
from tests.web.desk.made import HOUSE, browser, file, member
from tests.web.handover.made import at, event, sent

pytestmark = pytest.mark.django_db
CLAIM = {
    "": ("Volgens de onderneming hadden jullie contact op", "De onderneming zegt dat jullie"),
    "/en": ("According to the firm you had contact on", "The firm says that you had contact."),
    "/fr": ("Selon l'entreprise, vous avez été en contact le", "L'entreprise dit que vous avez"),
}


def read(client: Client, address: str, **form: str) -> str:
    answer = client.post(address, form, follow=True) if form else client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def says_contact(row: Referral, by: Who) -> None:
    store.record(row.pk, Event(Kind.CONTACT, by, timezone.now(), "contact"))


@pytest.mark.parametrize("lang", CLAIM)
def test_the_link_s_page_says_who_says_so(
    site: Client, row: Referral, file_address: str, lang: str
) -> None:
    says_contact(row, Who.OWNER)
    lead, state = CLAIM[lang]
    landing = read(site, lang + file_address)
    assert lead in landing
    if not lang:
        assert "Een onderneming die jullie hielpen" not in landing
        assert "Klopt dat niet? Open het dossier" in landing
    assert state in read(site, lang + file_address, do="open")


def test_who_said_it_reads_it_as_it_is(site: Client, row: Referral, file_address: str) -> None:
    says_contact(row, Who.RECEIVER)
    landing = read(site, file_address)
    assert "Een onderneming die jullie hielpen" in landing
    assert "Volgens de onderneming" not in landing


def test_who_tells_whether_it_helped_tells_that_there_was_contact(
    site: Client, row: Referral, file_address: str
) -> None:
    says_contact(row, Who.OWNER)
    said = Event(Kind.OUTCOME, Who.RECEIVER, timezone.now(), "o", outcome=Outcome.HELPED)
    store.record(row.pk, said)
    assert "Volgens de onderneming" not in read(site, file_address)


@pytest.mark.parametrize(
    ("by", "to", "says"),
    [
        (Who.OWNER, Who.RECEIVER, "Volgens de onderneming hadden jullie contact op"),
        (Who.OWNER, Who.OWNER, "was er contact. Zeg op de pagina"),
        (Who.RECEIVER, Who.RECEIVER, "was er contact. Zeg op de pagina"),
        (Who.RECEIVER, Who.OWNER, "Huis van Raad zegt dat er op"),
    ],
)
def test_the_letter_that_asks_says_who_says_so(by: Who, to: Who, says: str) -> None:
    row = sent()
    store.record(row.pk, event(Kind.CONTACT, 1, by))
    store.record(row.pk, event(Kind.STEP, 31, Who.SYSTEM, step="ask", of=at(1).date()))
    written = letter(Intent.objects.get(letter="how_did_it_go", to=str(to)), at(31))
    assert written is not None
    assert says in " ".join(written.get_content().split())


@pytest.mark.parametrize("by", [Who.OWNER, Who.RECEIVER])
def test_the_desk_says_who_says_so(by: Who) -> None:
    one = file()
    says_contact(one, by)
    client = browser(member("adviser", HOUSE))
    for where in ("/bureau", f"/bureau/dossier/{one.public_id}"):
        claims = "In contact, zegt de onderneming" in read(client, where)
        assert claims is (by is Who.OWNER)
