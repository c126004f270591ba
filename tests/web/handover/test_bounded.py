"""A receiver that takes a question on each week and never calls keeps it no longer."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.model import Kind, Who
from baken.web.handover import links, store
from baken.web.handover.tick import tick
from tests.web.desk.made import HOUSE, browser, file, member
from tests.web.handover.doors import HERE, SECOND, THERE, asked, chain
from tests.web.handover.made import at, event, letters, sent

pytestmark = pytest.mark.django_db


def test_a_question_that_is_taken_on_each_week_goes_on_all_the_same() -> None:
    row = asked()
    for week in range(2):
        for day, kind in ((7 * week, Kind.ACCEPTED), (7 * week + 4, Kind.TRIED)):
            if not row.next.exists():
                store.record(row.pk, event(kind, day + 0.1))
            tick(at(day + 0.2))
    assert chain(row) == [HERE, THERE]
    assert row.next.get().sent_on <= at(11).date(), "on the eighth working day from the first word"


def test_without_a_permission_its_owner_is_led_there_and_the_door_shuts() -> None:
    row = sent(alternative=SECOND)
    for week in range(4):
        for day, kind in ((7 * week, Kind.ACCEPTED), (7 * week + 4, Kind.TRIED)):
            row.refresh_from_db()
            if not row.ended:
                store.record(row.pk, event(kind, day + 0.1))
            tick(at(day + 0.2))
    assert chain(row) == [("huis-van-raad", "expired")]
    assert letters(Who.OWNER)[-1] == "door_closed"
    assert "other_door" in letters(Who.OWNER)


@pytest.mark.parametrize("place", ["link", "desk"])
def test_the_button_to_take_it_on_is_there_while_nobody_did(place: str) -> None:
    row = file()
    if place == "link":
        _, token = links.link_for(row, Who.RECEIVER, timezone.localdate())
        client, address = Client(), f"/dossier/{token}"
    else:
        client = browser(member("adviser", HOUSE))
        address = f"/bureau/dossier/{row.public_id}"

    def has_button(form: dict[str, str]) -> bool:
        page = client.post(address, {**form, "nonce": "".join(form.values())}, follow=True)
        return 'value="accept"' in html.unescape(page.content.decode())

    assert has_button({"do": "open"})
    assert has_button({"do": "tried"})
    assert not has_button({"do": "accept"})
    assert not has_button({"do": "tried", "again": "1"})
