"""A file at the desk opens by its button only: what a browser fetches before anybody asks, and a no
or "full until", open nothing, and its owner does not read that it was opened.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from baken.needs import load_needs
from baken.refer.model import Event, Kind, Who
from baken.web.desk import files
from baken.web.desk.models import Trail
from baken.web.handover import links, store
from baken.web.handover.models import EventRow, Referral
from baken.web.texts import text
from tests.web.desk.made import HOUSE, SECRET, browser, file, member, opened
from tests.web.handover.following import owners_page

pytestmark = pytest.mark.django_db
FETCHES = [
    ("GET", {}),
    ("HEAD", {}),
    ("OPTIONS", {}),
    ("PUT", {}),
    ("GET", {"Sec-Purpose": "prefetch"}),
    ("GET", {"Sec-Purpose": "prefetch;prerender"}),
    ("GET", {"Sec-Fetch-Dest": "image", "Sec-Fetch-Site": "cross-site"}),
    ("GET", {"Accept": "application/json"}),
]


def kinds(row: Referral) -> list[str]:
    return list(row.events.order_by("pk").values_list("kind", flat=True))


def address(row: Referral) -> str:
    return f"/bureau/dossier/{row.public_id}"


@pytest.fixture
def row() -> Referral:
    return file()


@pytest.fixture
def client() -> Client:
    return browser(member("adviser", HOUSE))


@pytest.mark.parametrize(("method", "told"), FETCHES)
def test_what_is_fetched_before_anybody_asks_opens_nothing(
    row: Referral, client: Client, method: str, told: dict[str, str]
) -> None:
    page = client.generic(method, address(row), headers=told)
    assert SECRET not in page.content.decode()
    assert kinds(row) == ["sent"]


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_the_closed_page_tells_how_it_stands_and_what_the_button_does(
    row: Referral, client: Client, lang: str
) -> None:
    page = client.get(("" if lang == "nl" else f"/{lang}") + address(row)).content.decode()
    assert text(lang, "desk.open_hint").replace("'", "&#x27;") in page
    about = "energie" if lang == "nl" else load_needs()["N10"].label[lang]
    assert about in page, "what it is about stands in the list too"
    buttons = ("open", "accept", "full", "refuse", "give", "note", "contact", "pass")
    there = [button for button in buttons if f'value="{button}"' in page]
    assert there == ["open", "accept", "full", "refuse", "give", "note"]


def test_the_button_opens_it_once_and_each_read_after_it_is_in_the_trail(
    row: Referral, client: Client
) -> None:
    assert SECRET in opened(client, row)
    assert SECRET in opened(client, row)
    assert SECRET in client.get(address(row)).content.decode()
    assert kinds(row) == ["sent", "seen"]
    lines = Trail.objects.order_by("pk").values_list("what", flat=True)
    assert list(lines) == ["open", "read", "open", "read", "read"]


@pytest.mark.parametrize("form", ["pdf", "json"])
def test_a_file_is_kept_once_it_is_open_and_each_copy_is_a_read_in_the_trail(
    row: Referral, client: Client, form: str
) -> None:
    page, copy = address(row), f"{address(row)}.{form}"
    shut = client.get(copy)
    assert (shut.status_code, shut.headers["Location"]) == (302, page)
    assert copy not in client.get(page).content.decode()
    assert copy in opened(client, row)
    before = Trail.objects.count()
    kept = client.get(copy)
    assert kept.headers["Content-Disposition"].endswith(f'"dossier-{row.number}.{form}"')
    _, token = links.link_for(row, Who.RECEIVER, timezone.localdate())
    by_link = Client().post(f"/dossier/{token}", {"do": form})
    assert form == "pdf" or kept.content == by_link.content
    assert kinds(row) == ["sent", "seen"]
    assert list(Trail.objects.order_by("pk").values_list("what", flat=True))[before:] == ["read"]
    store.record(row.pk, Event(Kind.WITHDRAWN, Who.OWNER, timezone.now(), "back"))
    assert client.get(copy).status_code == 302


def test_of_a_closed_file_whose_content_is_thrown_away_nothing_is_kept(
    row: Referral, client: Client
) -> None:
    page = address(row)
    for form in ({"do": "open"}, {"do": "contact"}, {"do": "end", "outcome": "helped"}):
        client.post(page, form)
    assert client.get(f"{page}.pdf").status_code == 200
    store.forget(row.pk, timezone.now())
    assert client.get(f"{page}.pdf").status_code == 302
    assert f"{page}.pdf" not in client.get(page).content.decode()


UNOPENED = [
    {"do": "refuse", "reason": "not_my_area"},
    {"do": "full", "until": f"{timezone.localdate() + timedelta(days=9)}"},
]


@pytest.mark.parametrize("form", UNOPENED, ids=["refuse", "full"])
def test_a_no_and_full_until_open_nothing(
    row: Referral, client: Client, form: dict[str, str]
) -> None:
    assert client.post(address(row), form).status_code == 302
    page = client.get(address(row)).content.decode()
    assert SECRET not in page and "de bakker" not in page
    assert (text("nl", "desk.never_opened") in page) == (form["do"] == "refuse")
    assert "had je dossier nog niet geopend" in owners_page(row) or form["do"] == "full"
    again = client.post(address(row), {"do": "open"})
    assert again.status_code == (400 if form["do"] == "refuse" else 302)
    assert ("seen" in kinds(row)) == (form["do"] == "full")


@pytest.mark.parametrize("do", ["accept", "contact", "tried"])
def test_a_yes_and_a_call_open_it(row: Referral, client: Client, do: str) -> None:
    page = client.post(address(row), {"do": do}, follow=True)
    assert SECRET in page.content.decode()
    assert kinds(row)[:2] == ["sent", "seen"]


def test_a_file_whose_owner_said_that_there_was_contact_is_closed_unopened(
    row: Referral, client: Client
) -> None:
    store.record(row.pk, Event(Kind.CONTACT, Who.OWNER, timezone.now(), "called"))
    page = client.get(address(row)).content.decode()
    assert 'value="end"' in page and SECRET not in page
    assert client.post(address(row), {"do": "end", "outcome": "helped"}).status_code == 302
    assert not EventRow.objects.filter(kind="seen").exists()


def test_a_colleague_reads_why_it_came_before_opening_it(row: Referral, client: Client) -> None:
    an, bo = member("adviser", HOUSE, name="An"), member("adviser", HOUSE, name="Bo")
    files.give(an, row.public_id, str(bo.pk), timezone.now(), "jij kent ovens")
    page = browser(bo).get(address(row)).content.decode()
    assert "jij kent ovens" in page and SECRET not in page
