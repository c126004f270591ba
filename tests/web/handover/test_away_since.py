"""What was promised, and days away: on the owner's pages, after what happens to the question."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import date
from unittest.mock import patch

import pytest
from django.test import Client

from baken.refer.clocks import promised_by
from baken.refer.hours import parse
from baken.refer.model import Event, Kind, Who
from baken.web.desk import presence
from baken.web.desk.models import Busy, Holder, Member
from baken.web.handover import away, slots, store
from baken.web.handover.away_told import told
from baken.web.handover.models import Absence, Intent, Receiver, Referral
from baken.web.handover.post import letter
from tests.refer.made import moment
from tests.web.desk.made import HOUSE, file
from tests.web.handover import path
from tests.web.handover.made import receiver

pytestmark = pytest.mark.django_db
NOW = moment("2026-11-26")
"""A Thursday: the fifth working day after it is Thursday 3 December."""


@pytest.fixture(autouse=True)
def a_thursday() -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=NOW):
        yield


def leaves(record_id: str, first: str, last: str) -> None:
    """Nobody is there, and it is told now."""
    days = date.fromisoformat(first), date.fromisoformat(last)
    away.announce(receiver(record_id), *days, NOW, sure=True)


def said(row: Referral, kind: Kind, **more: object) -> date:
    """The promised day after a word of the organisation."""
    store.record(row.pk, Event(kind, Who.RECEIVER, NOW, f"{kind}", **more))  # type: ignore[arg-type]
    row.refresh_from_db()
    assert row.contact_by == promised_by(store.state_of(row))
    assert row.contact_by is not None
    return row.contact_by


def test_who_takes_it_on_promises_a_day_on_which_somebody_is_there() -> None:
    leaves(HOUSE, "2026-12-01", "2026-12-11")
    row = file(key="a")
    assert row.contact_by == date(2026, 12, 16)
    assert said(row, Kind.ACCEPTED) == date(2026, 12, 16)


def test_a_row_that_kept_only_the_last_day_away_promises_the_same_day() -> None:
    """As it was written before an event kept the days away themselves."""
    leaves(HOUSE, "2026-11-27", "2026-12-11")
    row = file(key="a")
    promised = row.contact_by
    sent = row.events.get(kind=str(Kind.SENT))
    sent.more = {"until": "2026-12-11"}
    sent.save()
    assert promised_by(store.state_of(row)) == promised == date(2026, 12, 18)


def test_full_until_days_away_promises_the_days_after_them() -> None:
    leaves(HOUSE, "2026-12-07", "2026-12-18")
    assert said(file(key="a"), Kind.FULL, until=date(2026, 12, 7)) == date(2026, 12, 28)


def test_who_is_away_at_the_desk_for_long_is_promised_for_when_they_are_back(
    an: Member, bo: Member
) -> None:
    for who in (an, bo):
        Busy.objects.create(member=who, first=date(2026, 11, 27), last=date(2027, 3, 26))
    row = file(key="a")
    assert row.contact_by == date(2027, 4, 5)
    assert said(row, Kind.ACCEPTED) == date(2027, 4, 5)


def test_hours_are_offered_until_the_promised_day_and_one_that_is_chosen_is_the_promise() -> None:
    slots.replace(receiver(HOUSE), parse("mon 09:00-10:00 | wed 09:00-10:00"))
    leaves(HOUSE, "2026-12-03", "2026-12-11")
    row = file(key="a")
    free = slots.free(row.receiver, NOW)
    assert {f"{at:%d/%m}" for at in free} == {"30/11", "02/12", "14/12"}
    assert row.contact_by == date(2026, 12, 14)
    store.choose(row.pk, free[0], NOW)
    row.refresh_from_db()
    assert row.contact_by == date(2026, 11, 30)
    store.choose(file(key="b").pk, free[-1], NOW)
    last = Referral.objects.get(slot_at=free[-1])
    assert last.contact_by == date(2026, 12, 14)


def reach(site: Client, at: str) -> str:
    page = site.post(at, {"do": "reach"})
    assert page.status_code == 200
    return html.unescape(page.content.decode()).replace("\u00a0", " ")


NOBODY = "Voor maandag 14 december 2026 is er niemand bij Centrum voor bakkers die je kan bellen"
TIMES = [
    # away since the sending; the first and last morning that can be ticked, and whether it is said
    # that nobody is there before
    (("2026-12-01", "2026-12-11"), "2026-11-27", "2026-11-30", False),
    (("2026-11-27", "2026-12-11"), "2026-12-14", "2026-12-18", True),
    (("2027-01-01", "2027-01-11"), "2026-11-27", "2026-12-03", False),
]


@pytest.mark.parametrize(("days", "first", "last", "told"), TIMES)
def test_times_to_call_lie_before_the_promised_day_or_it_is_said_from_when_on(
    site: Client, doors: None, days: tuple[str, str], first: str, last: str, told: bool
) -> None:
    at = path.sent(site).split("?")[0]
    leaves(path.TO, *days)
    page = reach(site, at)
    mornings = [day for day in DAYS if f'value="{day}/am"' in page]
    assert (mornings[0], mornings[-1], NOBODY in page) == (first, last, told)


DAYS = [f"2026-{month}-{day:02}" for month, last in ((11, 31), (12, 32)) for day in range(1, last)]


def test_who_has_the_question_and_is_away_is_not_called_on_those_days(
    site: Client, doors: None, an: Member, bo: Member
) -> None:
    at = path.sent(site).split("?")[0]
    row = Referral.objects.get()
    for who in (an, bo):
        Member.objects.filter(pk=who.pk).update(receiver=Receiver.objects.get(record_id=path.TO))
    Holder.objects.create(referral=row, member=an)
    Busy.objects.create(member=an, first=date(2026, 11, 27), last=date(2026, 11, 30))
    page = reach(site, at)
    assert 'value="2026-11-30/am"' not in page and 'value="2026-12-01/am"' in page
    Busy.objects.update(stand_in=bo)
    assert 'value="2026-11-30/am"' in reach(site, at)


def away_letters(row: Referral) -> list[str]:
    """The letters of days away to its owner, as they would go now."""
    found = [letter(one, NOW) for one in row.intents.filter(letter="away", to=str(Who.OWNER))]
    return [" ".join(one.get_content().split()) for one in found if one is not None]


def owned(key: str) -> Referral:
    row = file(key=key)
    Referral.objects.filter(pk=row.pk).update(owner_address=f"{key}@firma.example")
    row.refresh_from_db()
    return row


def test_an_owner_who_was_promised_one_of_the_days_gets_one_letter() -> None:
    row, full = owned("a"), owned("b")
    said(full, Kind.FULL, until=date(2026, 12, 20))
    leaves(HOUSE, "2026-12-02", "2026-12-11")
    leaves(HOUSE, "2026-12-03", "2026-12-10")
    (says,) = away_letters(row)
    assert "Ze kunnen je dus pas vanaf maandag 14 december 2026 bellen." in says
    assert not away_letters(full), "promised for after them"
    said(row, Kind.ACCEPTED)
    assert not away_letters(row), "promised anew, with what is known"


SHUTS = "Deze deur sluit uiterlijk op donderdag 17 december 2026, voor er weer iemand is."
UNTIL = [("2026-12-15", False), ("2026-12-16", True), ("2027-01-08", True)]


@pytest.mark.parametrize(("last", "shut"), UNTIL)
def test_whose_door_shuts_before_somebody_is_back_is_told_not_to_count_on_a_call(
    last: str, shut: bool
) -> None:
    row = owned("a")
    leaves(HOUSE, "2026-12-02", last)
    (says,) = away_letters(row)
    assert (SHUTS in says, "Wachten mag" in says) == (shut, not shut)
    lines = " ".join(told(row, store.state_of(row), "a", "nl", NOW.date()))
    assert (SHUTS in lines.replace("\u00a0", " ")) == shut


def test_days_that_were_taken_back_are_written_of_no_more() -> None:
    row = owned("a")
    leaves(HOUSE, "2026-12-02", "2026-12-11")
    Absence.objects.all().delete()
    assert Intent.objects.filter(letter="away").exists() and not away_letters(row)


def test_when_the_last_one_at_the_desk_is_away_its_owner_hears_too(an: Member, bo: Member) -> None:
    row = owned("a")
    form = {"kind": "away", "first": "2026-12-02", "last": "2026-12-11"}
    presence.say(an, form, NOW)
    assert not away_letters(row), "bo is there"
    presence.say(bo, form, NOW)
    assert len(away_letters(row)) == 1


def test_the_letter_of_a_full_door_says_why_its_promise_is_later_still() -> None:
    leaves(HOUSE, "2026-12-07", "2026-12-18")
    row = owned("a")
    said(row, Kind.FULL, until=date(2026, 12, 7))
    written = letter(row.intents.get(letter="full", to=str(Who.OWNER)), NOW)
    assert written is not None
    told = " ".join(written.get_content().split())
    assert "uiterlijk op 28 december 2026" in told and "is er niet van maandag 7 december" in told
    assert "Wil je niet wachten?" not in told, "it says already that waiting need not be"


def test_days_away_that_are_over_are_told_as_over() -> None:
    leaves(HOUSE, "2026-12-01", "2026-12-04")
    row = owned("a")
    state = store.state_of(row)
    days = (date(2026, 12, 4), date(2026, 12, 7))
    read = [" ".join(told(row, state, "Huis van Raad", "nl", day)) for day in days]
    assert "is er niet van dinsdag 1" in read[0]
    assert "was er niet van dinsdag 1" in read[1]
