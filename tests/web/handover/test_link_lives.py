"""A link lives as long as its file: no file that waits is told to be closed."""

from __future__ import annotations

from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from baken.refer.model import Handling, Kind, Who, day_of
from baken.web.handover import links, lives, store
from baken.web.handover.models import Referral
from baken.web.handover.shown import mark_opened
from baken.web.handover.tick import tick
from baken.web.upkeep.retention import clear_overdue
from tests.web.handover.following import owns, page_of
from tests.web.handover.made import at, event, sent

pytestmark = pytest.mark.django_db


def opens(row: Referral, days: float) -> bool:
    return lives.open_on(row.links.get(who=str(Who.RECEIVER)), day_of(at(days)))


def mailed() -> Referral:
    """A file whose letter left on the day of sending, and no other since."""
    row = sent()
    links.link_for(row, Who.RECEIVER, day_of(at(0)))
    return row


def test_it_opens_on_the_day_until_which_an_organisation_said_to_be_full() -> None:
    row = mailed()
    until: date = day_of(at(72))
    store.record(row.pk, event(Kind.FULL, 0.5, until=until))
    assert opens(row, 34)
    assert opens(row, 72)
    tick(at(72 + 30))
    assert not opens(row, 72 + 30), "the door shut"


def test_it_opens_until_thirty_days_after_the_last_question_for_the_outcome() -> None:
    row = mailed()
    store.record(row.pk, event(Kind.CONTACT, 6))
    assert opens(row, 31)
    for days in (36, 43, 50):
        tick(at(days))
        assert opens(row, days)
    assert opens(row, 80)
    assert not opens(row, 81)


def test_who_said_no_reads_it_for_thirty_days_more() -> None:
    row = mailed()
    store.record(row.pk, event(Kind.REFUSED, 3, reason="other"))
    assert opens(row, 33)
    assert not opens(row, 34)


@pytest.mark.parametrize("by", [Who.OWNER, Who.SYSTEM])
def test_what_the_firm_or_the_clock_took_away_stays_shut(by: Who) -> None:
    row = mailed()
    kind = Kind.WITHDRAWN if by is Who.OWNER else Kind.EXPIRED
    store.record(row.pk, event(kind, 3, by=by))
    assert not opens(row, 3)


def test_the_owners_link_lives_as_long_as_the_file_goes_on_and_ninety_days_more() -> None:
    row = sent()
    link, _ = links.link_for(row, Who.OWNER, day_of(at(0)))
    over = day_of(at(91))
    assert lives.owner_until(row) is None
    store.record(row.pk, event(Kind.FULL, 30, until=day_of(at(100))))
    assert lives.open_on(link, over), "a contact is promised after that day"
    store.record(row.pk, event(Kind.REFUSED, 40, reason="other"))
    assert lives.owner_until(row) == day_of(at(40 + 90))
    assert lives.open_on(link, day_of(at(40 + 90)))
    assert not lives.open_on(link, day_of(at(40 + 91)))


def test_it_opens_after_the_day_on_which_its_door_shut() -> None:
    """No letter renews the link of who gave no mail address."""
    row = sent()
    link, _ = links.link_for(row, Who.OWNER, day_of(at(0)))
    store.record(row.pk, event(Kind.FULL, 1, until=day_of(at(88))))
    for days in (95, 98, 102, 115):
        tick(at(days))
    assert store.state_of(row).handling.value is Handling.EXPIRED
    assert lives.open_on(link, day_of(at(116)))


@pytest.mark.parametrize("who", [Who.RECEIVER, Who.OWNER])
@pytest.mark.parametrize("again", [False, True])
def test_under_another_key_the_old_link_is_shut_and_that_of_the_next_letter_opens(
    who: Who, again: bool, settings: Any
) -> None:
    row = sent()
    links.link_for(row, who, day_of(at(0)))
    if again:
        links.renew(row)
    before = links.link_for(row, who, day_of(at(0)))[1]
    assert links.find(before) is not None
    settings.SECRET_KEY = "another" * 8
    assert links.find(before) is None
    link, after = links.link_for(row, who, day_of(at(1)))
    assert links.find(after) == link
    assert links.find(before) is None
    settings.SECRET_KEY = "a third" * 8
    assert links.find(after) is None


def went_on() -> tuple[Referral, Referral]:
    """A question without a letter to its owner, that a first door passed on to another."""
    first = sent(owner_address="")
    links.link_for(first, Who.OWNER, day_of(at(0)))
    store.record(first.pk, event(Kind.REFUSED, 10, reason="not_my_area"))
    return first, sent("form-2", "andere-deur", at(10), after=first, owner_address="")


def test_the_owners_link_lives_as_long_as_any_door_of_the_question_goes_on() -> None:
    first, after = went_on()
    mine = first.links.get(who=str(Who.OWNER))
    store.record(after.pk, event(Kind.FULL, 11, until=day_of(at(100))))
    assert lives.open_on(mine, day_of(at(101))), "contact is promised after that day"
    assert lives.owner_until(first) is None
    store.record(after.pk, event(Kind.REFUSED, 102, reason="other"))
    theirs, _ = links.link_for(after, Who.OWNER, after.sent_on)
    for link in (mine, theirs):
        assert lives.open_on(link, day_of(at(102 + 90)))
        assert not lives.open_on(link, day_of(at(102 + 91)))


def test_a_letter_of_one_door_keeps_the_page_of_each_open() -> None:
    first, after = went_on()
    store.record(after.pk, event(Kind.REFUSED, 12, reason="other"))
    links.link_for(after, Who.OWNER, day_of(at(20)))
    assert lives.owner_until(first) == day_of(at(20 + 90))
    assert lives.open_on(first.links.get(who=str(Who.OWNER)), day_of(at(20 + 90)))
    for days, kept in ((20 + 90, True), (20 + 91, False)):
        clear_overdue(at(days))
        after.refresh_from_db()
        assert (after.wiped_at is None) is kept


def test_where_a_door_is_over_its_time_its_link_opens_the_one_that_still_holds_the_question(
    client: Client, records: None
) -> None:
    first, after = went_on()
    store.record(after.pk, event(Kind.FULL, 11, until=day_of(at(100))))
    page = f"/vervolg/{links.token_of(first, Who.OWNER)}"
    owns(client, first)
    with patch("django.utils.timezone.now", return_value=at(101.1)):
        assert clear_overdue(at(101.1))["referral"] == 1
        first.refresh_from_db()
        assert first.wiped_at is not None
        read = page_of(client, page)
        assert "Trek mijn vraag in" in read
        assert "Het werkt zolang je vraag loopt" in read
        taken = client.post("/gegevens", {"typed": page, "do": "take"}).json()["items"]
        assert [len(item["doors"]) for item in taken] == [2]
        assert Client().get(page).status_code == 200
        assert client.post(page, {"do": "wipe"}).status_code == 200
        after.refresh_from_db()
        assert after.wiped_at is not None
        assert client.get(page).status_code == 410


def test_the_page_prints_its_last_day_once_nothing_is_to_come(
    client: Client, records: None
) -> None:
    row = sent()
    page = f"/vervolg/{links.link_for(row, Who.OWNER, day_of(at(0)))[1]}"
    owns(client, row)
    with patch("django.utils.timezone.now", return_value=at(5)):
        assert "Het werkt tot en met" not in page_of(client, page)
        store.record(row.pk, event(Kind.REFUSED, 4, reason="other"))
        assert "Het werkt tot en met 4 juni 2026" in page_of(client, page)
    with patch("django.utils.timezone.now", return_value=at(4 + 90)):
        clear_overdue(at(4 + 90.5))
        assert client.get(page).status_code == 200
        assert clear_overdue(at(4 + 91))["referral"] == 1


def test_who_opened_a_file_that_is_taken_back_is_told_to_throw_away_what_was_kept() -> None:
    row = mailed()
    _, token = links.link_for(row, Who.RECEIVER, day_of(at(0)))
    with patch("django.utils.timezone.now", return_value=at(1)):
        mark_opened(row, at(1))
        store.record(row.pk, event(Kind.WITHDRAWN, 1, by=Who.OWNER))
        page = Client().get(f"/dossier/{token}")
    assert page.status_code == 410
    assert "Gooi weg wat je van dit dossier bewaarde." in page.content.decode()
