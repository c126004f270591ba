"""Doors that take no questions any more, or are there no more: nobody waits for them, and what is
said of them is so.
"""

from __future__ import annotations

import html
import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.model import Kind
from baken.web.handover import onward, store
from baken.web.handover.receivers import set_receivers
from baken.web.handover.tick import tick
from tests.web.conftest import NEED
from tests.web.handover import path
from tests.web.handover.doors import DAY_8, THIRD, asked, chain, says
from tests.web.handover.following import owners_page
from tests.web.handover.made import event, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]

NOTHING_GOES = "Baken kan daar nu niets naartoe sturen."


def becomes(active: str, record_id: str = path.OTHER) -> None:
    """What the operator's table says of an organisation."""
    set_receivers(["id,address,active", f"{record_id},b@ontvanger.example,{active}"])


@pytest.mark.parametrize("active", ["no", "gone"])
def test_a_question_skips_a_door_that_takes_none_and_goes_to_the_one_after(active: str) -> None:
    silent = asked("stil", alternative=path.OTHER)
    refused = asked("geweigerd", alternative=path.OTHER)
    becomes(active)
    store.record(refused.pk, event(Kind.REFUSED, 1, reason="no_room"))
    tick(DAY_8)
    for row in (silent, refused):
        assert chain(row)[1] == (THIRD, "offered")
    after = [silent.next.get(), refused.next.get()]
    assert [row.alternative for row in after] == [path.OTHER, path.OTHER]
    left = "" if active == "gone" else path.OTHER
    assert [onward.next_door(row, DAY_8) for row in after] == [left, left]


def test_where_no_other_door_takes_any_its_own_way_is_told_and_the_search_goes_on() -> None:
    row = sent(alternative=path.OTHER, may_pass_on=True)
    becomes("no")
    tick(DAY_8)
    assert NOTHING_GOES in says("other_door")
    page = owners_page(row)
    assert NOTHING_GOES in page
    assert 'href="/aanbod/organisation/energiehuis"' in page
    assert "Stel een vraag" in page or "Zoek verder met dezelfde vraag" in page


def test_one_that_is_there_no_more_is_told_nowhere_as_a_door(site: Client) -> None:
    row = sent(alternative=path.OTHER, may_pass_on=True)
    becomes("gone")
    tick(DAY_8)
    assert "We kennen geen andere deur voor deze vraag." in says("other_door")
    assert "Energiehuis" not in owners_page(row)
    becomes("gone", path.TO)
    page = html.unescape(site.post("/resultaat", {"need": NEED}).content.decode())
    for name in ("Centrum voor bakkers", "Energiehuis"):
        assert name not in page, name


def test_neither_a_plan_nor_a_program_is_sent_to_one_that_is_there_no_more(site: Client) -> None:
    def told(address: str) -> str:
        found = site.post(address, {"need": NEED}, headers={"accept": "application/json"})
        return json.dumps(found.json())

    pages = ("/resultaat", "/plan")
    assert all("Centrum voor bakkers" in told(page) for page in pages)
    becomes("gone", path.TO)
    for page in pages:
        assert "Centrum voor bakkers" not in told(page), page
        assert path.TO not in told(page), page


def test_the_answer_leads_to_the_other_door_where_the_first_is_there_no_more(site: Client) -> None:
    def answer() -> str:
        return html.unescape(site.post("/resultaat", {"need": NEED}).content.decode())

    first = answer()
    assert "Centrum voor bakkers" in first
    becomes("gone", path.TO)
    page = answer()
    assert "Centrum voor bakkers" not in page
    assert "Energiehuis" in page


SAYS = [
    ("no", "Centrum voor bakkers neemt nu geen vragen aan via Baken.", True),
    ("gone", "Centrum voor bakkers helpt geen ondernemers meer.", False),
]


@pytest.mark.parametrize(("active", "told", "own_way"), SAYS, ids=["no", "gone"])
def test_a_page_of_before_says_why_nothing_goes_there(
    site: Client, active: str, told: str, own_way: bool
) -> None:
    sealed = path.sealed(path.preview(site))
    becomes(active, path.TO)
    for page in (
        site.post("/stuur", path.state()),
        site.post("/stuur/verstuur", {"sealed": sealed, "do": "send"}),
    ):
        content = html.unescape(page.content.decode())
        assert told in content
        assert "geen adres" not in content
        assert ("neem zelf contact op" in content or "zelf contact opnemen" in content) is own_way


def test_one_that_is_there_again_is_a_door_again() -> None:
    row = sent(alternative=path.OTHER)
    now = timezone.now() + timedelta(days=1)
    for active, door in (("gone", ""), ("yes", path.OTHER)):
        becomes(active)
        assert onward.next_door(row, now) == door
