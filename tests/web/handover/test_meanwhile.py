"""Two tabs, or two people of one organisation: what was said since a page was made is told before
anything else is, at the desk and by the link alike.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from baken.refer.model import Event, Kind, Who
from baken.web.handover import links, store
from baken.web.handover.meanwhile import OVERTAKES
from baken.web.handover.models import Permission, Referral
from baken.web.texts import text
from tests.web.desk.made import HOUSE, OTHER, browser, member
from tests.web.handover.made import receiver
from tests.web.handover.opening import asked, events, page_of

pytestmark = pytest.mark.django_db


class Tab:
    """A page that was opened, and its form of a button as a browser sends it."""

    def __init__(self, post: Callable[[dict[str, Any]], HttpResponse], first: HttpResponse) -> None:
        self.post = post
        self.page = html.unescape(first.content.decode())

    def press(self, do: str, **typed: Any) -> int:
        """Press a button; this tab shows the page that comes back, and this is its status."""
        (form,) = (f for f in re.findall(r"<form.*?</form>", self.page, re.S) if f'"{do}"' in f)
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
        answer = self.post({**hidden, "do": do, **typed})
        self.page = html.unescape(answer.content.decode())
        return answer.status_code


Two = Callable[[Referral], tuple[Tab, Tab]]


def by_link(row: Referral) -> tuple[Tab, Tab]:
    """Two tabs of one device that opened the file by its link."""
    client, address = Client(), page_of(row)

    def post(form: dict[str, Any]) -> HttpResponse:
        return client.post(address, form, follow=True)

    return Tab(post, post({"do": "open"})), Tab(post, post({"do": "open"}))


def at_desk(row: Referral) -> tuple[Tab, Tab]:
    """An administrator's page of an opened file, and an adviser's."""
    address = f"/bureau/dossier/{row.public_id}"

    def tab(role: str) -> Tab:
        client = browser(member(role, HOUSE))

        def post(form: dict[str, Any]) -> HttpResponse:
            return client.post(address, form, follow=True)

        return Tab(post, post({"do": "open"}))

    return tab("administrator"), tab("adviser")


BOTH = pytest.mark.parametrize("tabs", [by_link, at_desk])


@BOTH
def test_a_page_of_before_refuses_nothing_that_is_in_contact(tabs: Two) -> None:
    row = asked()
    first, second = tabs(row)
    assert first.press("accept") == 200
    assert first.press("contact") == 200
    before = events(row)
    assert second.press("refuse", reason="not_my_size") == 400
    assert second.page.count(text("nl", "handover.meanwhile.contact")) == 1
    assert 'class="errors"' in second.page
    assert 'value="not_my_size" checked' in second.page, "what was chosen is there still"
    assert events(row) == before
    assert second.press("refuse", reason="not_my_size") == 200, "chosen again it goes"
    row.refresh_from_db()
    assert row.handling == "refused"


@BOTH
def test_a_double_click_is_one_and_no_news(tabs: Two) -> None:
    row = asked()
    _, tab = tabs(row)
    stands = tab.page
    for _ in range(2):
        tab.page = stands
        assert tab.press("accept") == 200
    assert text("nl", "handover.already") not in tab.page
    assert events(row).count("accepted") == 1


@BOTH
def test_who_takes_on_what_a_colleague_took_reads_that_it_was(tabs: Two) -> None:
    first, second = tabs(asked())
    first.press("accept")
    assert second.press("accept") == 400
    assert text("nl", "handover.already") in second.page


@BOTH
def test_what_ended_meanwhile_is_told_and_asks_for_no_other_choice(tabs: Two) -> None:
    first, second = tabs(asked())
    first.press("refuse", reason="not_my_area")
    assert second.press("accept") == 400
    assert text("nl", "handover.meanwhile.refused") in second.page
    assert 'value="accept"' not in second.page


@BOTH
def test_what_only_opens_or_is_sent_by_itself_overtakes_nothing(tabs: Two) -> None:
    row = asked()
    _, tab = tabs(row)
    now = timezone.now()
    store.record(row.pk, Event(Kind.HANDED_OVER, Who.SYSTEM, now, "left"))
    store.record(row.pk, Event(Kind.NO_NEXT, Who.OWNER, now, "stay"))
    assert tab.press("accept") == 200


def test_before_it_is_opened_the_link_tells_it_too_and_shows_nothing() -> None:
    row = asked()
    client, address = Client(), page_of(row)

    def post(form: dict[str, Any]) -> HttpResponse:
        return client.post(address, form, follow=True)

    first, second = Tab(post, client.get(address)), Tab(post, client.get(address))
    day = (timezone.localdate() + links.ONE_DAY).isoformat()
    assert first.press("full", until=day) == 200
    assert second.press("refuse", reason="other") == 400
    assert text("nl", "handover.meanwhile.full") in second.page
    assert "de bakker" not in second.page
    assert events(row) == ["sent", "full"]
    assert second.press("refuse", reason="other") == 200
    assert events(row) == ["sent", "full", "refused"]


def test_no_file_is_passed_on_from_a_page_of_before() -> None:
    row = asked()
    Permission.objects.update(may_pass_on=True)
    receiver(OTHER)
    first, second = at_desk(row)
    first.press("contact")
    assert second.press("pass", to=OTHER, why="no_room") == 400
    assert text("nl", "handover.meanwhile.contact") in second.page
    assert f'value="{OTHER}" selected' in second.page
    assert Referral.objects.count() == 1


def test_nor_is_one_closed() -> None:
    row = asked()
    tab, _ = at_desk(row)
    tab.press("contact")
    store.record(row.pk, Event(Kind.NO_CONTACT, Who.OWNER, timezone.now(), "no"))
    assert tab.press("end", outcome="helped") == 400
    assert text("nl", "handover.meanwhile.no_contact") in tab.page
    assert "closed" not in events(row)


def test_the_word_of_the_firm_is_told_as_that() -> None:
    row = asked()
    _, tab = by_link(row)
    store.record(row.pk, Event(Kind.CONTACT, Who.OWNER, timezone.now(), "yes"))
    tab.press("tried")
    assert text("nl", "handover.meanwhile.contact_owner") in tab.page


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_all_that_overtakes_has_words(lang: str) -> None:
    for kind in OVERTAKES:
        assert text(lang, f"handover.meanwhile.{kind}")
