"""A form that comes after the session ended: nothing is kept and nothing is lost."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from baken.web.desk import unsaved
from baken.web.desk.models import Member, Note
from baken.web.texts import text
from tests.web.desk.made import HOUSE, OTHER, PASSWORD, anonymous, code, file, member, with_password

pytestmark = pytest.mark.django_db
WORDS = 'belt "liever" <b>\'s morgens</b>\r\nen nooit op dinsdag'


def late(client: Client, address: str, form: dict[str, str]) -> tuple[str, str]:
    """What a form gets after the session ended: the page, and the words sealed in it."""
    page = client.post(address, form)
    assert page.status_code == 403
    shown = page.content.decode()
    lang = "/en" if address.startswith("/en/") else ""
    form_of_login = f'method="post" action="{lang}/bureau/aanmelden"'
    assert form_of_login in shown, "it logs in, and is no form of the page that was asked"
    found = re.search(r'name="unsaved" value="([^"]+)"', shown)
    assert found
    return shown, found[1]


def log_in(client: Client, who: Member, sealed: str) -> str:
    form = {"email": who.email, "password": PASSWORD, "code": code(who), "unsaved": sealed}
    page = client.post("/bureau/aanmelden", form)
    assert page.status_code == 302
    return str(page.headers["Location"])


def test_a_note_stands_in_its_form_again_after_logging_in() -> None:
    row, who, client = file(), with_password(member("adviser", HOUSE)), anonymous()
    address = f"/bureau/dossier/{row.public_id}"
    shown, sealed = late(client, address, {"do": "note", "note": WORDS})
    assert "<title>Fout: Aanmelden" in shown
    assert text("nl", "desk.logged_out") in shown
    assert not Note.objects.exists()
    wrong = {"email": who.email, "password": "fout", "code": "000000", "unsaved": sealed}
    again = client.post("/bureau/aanmelden", wrong).content.decode()
    assert sealed in again, "a slip of the pen loses nothing"
    assert log_in(client, who, sealed) == address
    for _ in range(2):
        page = client.get(address).content.decode()
        assert html.escape(WORDS, quote=True).replace("\r\n", "\r\n") in page
        assert text("nl", "desk.typed_again") in page
    assert "belt" not in client.get("/bureau").content.decode()
    client.post(address, {"do": "open"})
    assert "liever" in client.get(address).content.decode()
    assert client.post(address, {"do": "note", "note": WORDS}).status_code == 302
    assert Note.objects.count() == 1
    page = client.get(address).content.decode()
    assert text("nl", "desk.typed_again") not in page
    assert page.count("liever") == 1


def test_who_does_not_see_the_file_reads_nothing_of_it() -> None:
    row, who, client = file(), with_password(member("adviser", OTHER)), anonymous()
    _, sealed = late(client, f"/bureau/dossier/{row.public_id}", {"do": "note", "note": WORDS})
    page = client.get(log_in(client, who, sealed))
    assert page.status_code == 404
    assert "liever" not in page.content.decode()


def test_no_password_goes_along_and_a_broken_seal_leads_nowhere() -> None:
    client, who = anonymous(), with_password(member("adviser", HOUSE))
    form = {"do": "password", "had": PASSWORD, "password": "nieuw", "code": "123456"}
    _, sealed = late(client, "/en/bureau/mijn-toegang", form)
    assert unsaved.unseal(sealed) == {
        "path": "/en/bureau/mijn-toegang",
        "typed": {"do": "password"},
    }
    assert log_in(client, who, f"{sealed}x") == "/bureau"
    assert unsaved.KEY not in client.session


def test_texts_and_an_invitation_come_back_and_leaving_the_desk_takes_them_away() -> None:
    boss, client = with_password(member("administrator", HOUSE)), anonymous()
    assert boss.receiver is not None
    kept = boss.receiver.answers.create(title="Dag", text="We bellen.")
    form = {"do": "answer", "row": str(kept.pk), "title": "Dag", "text": "We bellen morgen."}
    _, sealed = late(client, "/bureau/organisatie", form)
    page = client.get(log_in(client, boss, sealed)).content.decode()
    assert re.search(rf'id="text-{kept.pk}"[^>]*>We bellen morgen', page)
    assert '<details class="card" open' in page
    client.post("/bureau/afmelden")
    assert unsaved.KEY not in client.session


def test_a_button_pressed_too_late_leads_back_to_its_page() -> None:
    row, who, client = file(), with_password(member("adviser", HOUSE)), anonymous()
    address = f"/bureau/dossier/{row.public_id}"
    _, sealed = late(client, address, {"do": "accept"})
    assert log_in(client, who, sealed) == address
    client.post(address, {"do": "refuse", "reason": "no_room"})
    assert unsaved.KEY not in client.session


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_the_login_page_says_how_long_it_lasts(lang: str) -> None:
    path = "" if lang == "nl" else f"/{lang}"
    page = html.unescape(anonymous().get(f"{path}/bureau/aanmelden").content.decode())
    assert text(lang, "desk.login_lasts", count=9) in page
