"""A link lives as long as its file: no file that waits is told to be closed."""

from __future__ import annotations

from datetime import date

import pytest

from baken.refer.model import Kind, Who, day_of
from baken.web.handover import links, store
from baken.web.handover.models import Referral
from baken.web.handover.tick import tick
from tests.web.handover.made import at, event, sent

pytestmark = pytest.mark.django_db


def opens(row: Referral, days: float) -> bool:
    return links.open_on(row.links.get(who=str(Who.RECEIVER)), day_of(at(days)))


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


def test_the_owners_link_lives_ninety_days_and_as_long_as_the_file_goes_on() -> None:
    row = sent()
    link, _ = links.link_for(row, Who.OWNER, day_of(at(0)))
    over = day_of(at(91))
    store.record(row.pk, event(Kind.FULL, 30, until=day_of(at(100))))
    assert links.open_on(link, over), "a contact is promised after that day"
    store.record(row.pk, event(Kind.REFUSED, 40, reason="other"))
    assert links.open_on(link, day_of(at(90)))
    assert not links.open_on(link, over)
