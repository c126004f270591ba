"""Links made anew: what somebody who left had on a device opens nothing any more."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.model import Who
from baken.web.desk.models import Trail
from baken.web.handover import links
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import letter
from baken.web.texts import LANGS
from tests.web.desk.made import HOUSE, OTHER, SECRET, browser, file, member
from tests.web.handover.opening import Browser

pytestmark = pytest.mark.django_db


def opened(row: Referral) -> tuple[Client, str]:
    """A device on which a file was opened by its link, and the address."""
    device = Browser()
    address = f"/dossier/{links.link_for(row, Who.RECEIVER, timezone.localdate())[1]}"
    assert SECRET in device.post(address, {"do": "open"}).content.decode()
    return device, address


def press(role: str, at: str | None = HOUSE) -> int:
    return browser(member(role, at)).post("/bureau/mensen", {"do": "new_links"}).status_code


def in_the_letter() -> str:
    made = letter(Intent.objects.get(letter="new_links"), timezone.now())
    assert made is not None
    assert made["To"] == f"{HOUSE}@ontvanger.example"
    assert SECRET not in made.get_content()
    return made.get_content()


def test_the_links_before_open_nothing_and_the_letter_holds_new_ones() -> None:
    rows = [file(key=f"form-{number}") for number in range(2)]
    theirs = [opened(row) for row in rows]
    elsewhere, address_there = opened(file(OTHER, "form-3"))
    assert press("administrator") == 302
    for device, address in theirs:
        assert device.post(address, {"do": "open"}).status_code == 404
        assert device.get(address).status_code == 404
    assert SECRET in elsewhere.post(address_there, {"do": "open"}).content.decode()
    body = in_the_letter()
    new = [w.split("localhost:8000")[1] for w in body.split() if "/dossier/" in w]
    assert len(new) == 2
    assert not set(new) & {address for _, address in theirs}
    assert all(row.number in body for row in rows)
    assert SECRET in Browser().post(new[0], {"do": "open"}).content.decode()
    assert Trail.objects.filter(what="new_link").count() == 2


def test_a_letter_that_leaves_later_holds_the_new_link() -> None:
    row = file()
    opened(row)
    press("administrator")
    first = letter(Intent.objects.get(letter="new_file"), timezone.now())
    address = links.link_for(row, Who.RECEIVER, timezone.localdate())[1]
    assert first is not None
    assert address in first.get_content()
    assert links.find(address) is not None


@pytest.mark.parametrize(
    ("role", "at", "status"),
    [("adviser", HOUSE, 403), ("operator", None, 404), ("coordinator", None, 403)],
)
def test_only_the_administrator_of_the_organisation_does_it(
    role: str, at: str | None, status: int
) -> None:
    device, address = opened(file())
    assert press(role, at) == status
    assert device.post(address, {"do": "open"}).status_code == 200
    assert not Intent.objects.filter(letter="new_links").exists()


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_and_the_letter_speak_each_language(lang: str) -> None:
    row = file()
    type(row.receiver).objects.filter(pk=row.receiver_id).update(lang=lang)
    opened(row)
    way = "" if lang == "nl" else f"/{lang}"
    page = browser(member("administrator", HOUSE)).post(
        f"{way}/bureau/mensen", {"do": "new_links"}, follow=True
    )
    assert 'value="new_links"' in page.content.decode()
    assert "desk.new_links" not in page.content.decode()
    assert "letters." not in in_the_letter()
