"""A mended address gets what came back from the old one, once, and its owner is told so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

import pytest

from baken.refer.clocks import promised_by
from baken.refer.model import Kind, Who
from baken.registers.workdays import add_working_days
from baken.web.handover import bounces, post, store
from baken.web.handover.models import EventRow, Intent, Referral
from baken.web.handover.outbox import Refused, drain
from baken.web.handover.receivers import set_receivers
from baken.web.handover.tick import tick
from tests.refer.reports import report
from tests.web.handover import path
from tests.web.handover.doors import DAY_15, THIRD, asked, chain, says
from tests.web.handover.following import owners_page
from tests.web.handover.made import at, event, letters, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]

OLD, NEW, NEWEST = (f"{name}@ontvanger.example" for name in (path.TO, "nieuw", "nieuwst"))


@contextmanager
def day(days: float) -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=at(days)):
        yield


def round_of(days: float, dead: tuple[str, ...] = (OLD,)) -> list[str]:
    """The addresses that got mail in a round of the clock and the outbox."""
    went: list[str] = []

    def send(intent: Intent) -> bool:
        message = post.letter(intent, at(days))
        if message is None:
            return False
        if message["To"] in dead:
            raise Refused("550")
        went.append(str(message["To"]))
        return True

    with day(days):
        tick(at(days))
        drain(send, lambda: at(days))
    return went


def mend(days: float, address: str = NEW, active: str = "yes") -> None:
    with day(days):
        set_receivers(["id,address,active", f"{path.TO},{address},{active}"])


def unreached() -> Referral:
    """A question whose first letter was refused at the door."""
    row = sent(to=path.TO)
    assert OLD not in round_of(0.1)
    row.refresh_from_db()
    assert (row.delivery, row.handling) == ("bounced", "offered")
    return row


def test_the_first_letter_goes_to_the_new_address_once_and_the_clocks_count_from_then() -> None:
    row = unreached()
    for _ in "twice":
        mend(2)
    assert round_of(2.1).count(NEW) == 1
    row.refresh_from_db()
    assert (row.delivery, row.handling) == ("handed_over", "offered")
    state = store.state_of(row)
    assert promised_by(state) == row.contact_by == add_working_days(at(2).date(), 5)
    assert EventRow.objects.filter(kind=str(Kind.SENT_AGAIN)).count() == 1
    assert round_of(3).count(NEW) == 0
    assert NEW in round_of(7.1), "the reminder, three working days later"


def test_its_owner_reads_that_it_went_again_with_the_day_and_may_leave() -> None:
    row = unreached()
    mend(2)
    told = says("sent_again", at(2))
    assert "We hebben nu een ander adres, en stuurden het daarheen." in told
    assert "uiterlijk op 11 maart 2026" in told.replace("\u00a0", " ")
    with day(2.1):
        page = owners_page(row)
    assert "krijgt zo een bericht. Contact is beloofd uiterlijk op" in page
    assert "We kregen een ander adres van Centrum voor bakkers" in page
    assert "We kijken het na" not in page
    assert "Wil je niet wachten?" in page, "another door can be looked for still"


def test_the_letter_of_what_did_not_arrive_does_not_go_after_it() -> None:
    row = sent(to=path.TO)
    store.record(row.pk, event(Kind.BOUNCED, 0.1, Who.SYSTEM))
    mend(0.2)
    waiting = Intent.objects.get(letter="not_arrived", to=str(Who.OWNER))
    assert post.letter(waiting, at(0.3)) is None


def test_an_address_that_is_wrong_too_is_told_and_the_next_one_gets_it() -> None:
    row = unreached()
    mend(2)
    assert NEW not in round_of(2.1, dead=(OLD, NEW))
    row.refresh_from_db()
    assert row.delivery == "bounced"
    assert letters(Who.OWNER).count("not_arrived") == 2
    mend(3, OLD)
    round_of(3.1)
    mend(3.2, NEW)
    assert round_of(3.3).count(NEW) == 0, "once for each address"
    mend(4, NEWEST)
    assert NEWEST in round_of(4.1)


def test_nothing_goes_again_where_nothing_waits_or_nothing_came_back() -> None:
    row = unreached()
    arrived = sent("form-2", path.OTHER)
    store.record(row.pk, event(Kind.WITHDRAWN, 1, Who.OWNER))
    mend(2)
    assert not EventRow.objects.filter(kind=str(Kind.SENT_AGAIN)).exists()
    assert arrived.intents.filter(letter="new_file").count() == 1
    mend(3, NEWEST, "gone")
    assert not EventRow.objects.filter(kind=str(Kind.SENT_AGAIN)).exists()


def test_one_that_went_on_meanwhile_stays_where_it_is() -> None:
    row = asked("verder", to=path.TO, alternative=THIRD, later=[])
    round_of(0.1)
    round_of(0.2)
    assert chain(row)[1] == (THIRD, "offered")
    mend(1)
    assert chain(row)[1] == (THIRD, "offered")
    assert NEW not in round_of(1.1)


def test_a_report_that_comes_after_the_address_was_mended_sends_it_again_too() -> None:
    row = sent(to=path.TO)
    assert OLD in round_of(0.1, dead=())
    mend(1)
    mark = row.intents.get(letter="new_file").message_id.removesuffix("@baken")
    bounces.take([report(returned=f"Message-ID: <{mark}@baken>")], at(2))
    assert NEW in round_of(2.1)
    row.refresh_from_db()
    assert row.delivery == "handed_over"


def test_who_opened_it_keeps_the_promised_day() -> None:
    """The reminder came back: who reads the new mailbox gets the link, and no day moves."""
    row = sent(to=path.TO)
    store.record(row.pk, event(Kind.SEEN, 0.2))
    before = promised_by(store.state_of(row))
    store.record(row.pk, event(Kind.BOUNCED, 3, Who.SYSTEM))
    mend(4)
    assert promised_by(store.state_of(row)) == before
    assert NEW in round_of(4.1)


def test_a_door_that_stays_silent_at_the_new_address_shuts_as_any_other() -> None:
    row = unreached()
    mend(2)
    for days in range(3, 25):
        round_of(days)
    row.refresh_from_db()
    assert row.handling == "expired"
    assert DAY_15 < row.events.get(kind="expired").at <= DAY_15 + timedelta(days=3)
