"""The button Back on the receiver's pages, and what that asks of the browser: each button leads to
a page of its own, which shows the file to the device that opened it and to nobody else.
"""

from __future__ import annotations

import pytest
from django.test import Client

from baken.web.handover.models import Referral
from baken.web.texts import text
from tests.web.desk.test_wrong import told
from tests.web.handover.opening import SECRET, events
from tests.web.handover.test_receiver import code_in_the_letter

pytestmark = pytest.mark.django_db


def test_a_button_leads_to_a_page_that_the_button_back_finds(
    row: Referral, file_address: str
) -> None:
    """The address of the file shows it to the device that opened it, and to nobody else."""
    mine, other = Client(), Client()
    shown = f"{file_address}?toon=dossier"
    assert SECRET not in mine.get(shown).content.decode(), "nobody opened it yet"
    for form in ({"do": "open"}, {"do": "accept", "nonce": "a"}):
        answer = mine.post(file_address, form)
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"{shown}#stand"
    page = mine.get(shown)
    assert SECRET in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert SECRET not in mine.get(file_address).content.decode(), "the link of the letter never"
    for visit in (other.get, other.head, other.options):
        answer = visit(shown)
        assert SECRET not in answer.content.decode()
        assert "de bakker" not in answer.content.decode()
    assert events(row) == ["sent", "seen", "accepted"]


def test_a_browser_without_cookies_is_told_and_still_gets_the_file(
    row: Referral, file_address: str
) -> None:
    def without_cookies(form: dict[str, str]) -> str:
        answer = Client().post(file_address, form)
        if answer.status_code == 303:
            answer = Client().get(answer.headers["Location"].partition("#")[0])
        return str(answer.content.decode())

    page = without_cookies({"do": "open"})
    assert SECRET not in page
    assert text("nl", "handover.no_cookie") in page
    form = {"hier": "1"}
    assert 'name="hier" value="1"' in page
    page = without_cookies(form | {"do": "open"})
    assert page.count('name="hier" value="1"') == 1
    page = without_cookies(form | {"do": "code"})
    assert page.count('name="hier" value="1"') == 2
    assert SECRET in without_cookies(form | {"do": "enter", "code": code_in_the_letter(row)})


def test_a_wrong_code_is_told_as_other_forms_do(row: Referral, file_address: str) -> None:
    Client().post(file_address, {"do": "open"})
    other = Client()
    other.post(file_address, {"do": "code"})
    for typed in ("12345", f"{(int(code_in_the_letter(row)) + 1) % 10**6:06d}"):
        page = other.post(file_address, {"do": "enter", "code": typed}).content.decode()
        told(page, "code")
