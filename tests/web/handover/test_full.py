""" "Full until" and what came of it: the way to another door stays open as long as that counts."""

from __future__ import annotations

from datetime import date
from typing import Any
from unittest.mock import patch

import pytest

from baken.refer.model import Kind, Who, day_of
from baken.web.desk.to_coordinator import letter as to_coordinator
from baken.web.handover import onward, store
from baken.web.handover.came import told_receiver
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from tests.web.handover.doors import HERE, SECOND, THERE, THIRD, asked, chain, says
from tests.web.handover.following import owners_page
from tests.web.handover.made import at, event, letters, receiver

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 3, 11)


def called_in_vain() -> Referral:
    """Full until Wednesday 11 March, said on the Tuesday before; a call in vain two days later."""
    row = asked()
    store.record(row.pk, event(Kind.FULL, 1, until=UNTIL))
    store.record(row.pk, event(Kind.TRIED, 3))
    return row


@pytest.mark.parametrize(
    ("lang", "tells"),
    [
        ("", "zit vol tot woensdag 11 maart 2026. Ze probeerden je één keer te bereiken"),
        ("/en", "is full until Wednesday 11 March 2026. They tried to reach you once"),
        ("/fr", "n'a pas de place jusqu'au mercredi 11 mars 2026. L'organisation a essayé"),
    ],
)
def test_after_a_call_in_vain_the_page_says_both_and_leads_on(lang: str, tells: str) -> None:
    row = called_in_vain()
    with patch("django.utils.timezone.now", return_value=at(4)):
        page = owners_page(row, lang)
    assert tells in page
    assert 'value="other"' in page
    assert "18" in page[page.index(tells) : page.index(tells) + 300], "the promised day"
    assert 'value="no_next"' in page, "it says on which day it goes by itself, and how it stays"


def test_so_does_the_letter() -> None:
    row = called_in_vain()
    written = letter(Intent.objects.get(letter="tried"), at(3))
    assert written is not None
    tells = " ".join(written.get_content().split())
    assert "zit vol tot 11 maart 2026. Contact is beloofd uiterlijk op 18 maart 2026." in tells
    assert "op de pagina kan je nu ook een andere deur zoeken" in tells
    assert onward.may_leave(row, store.state_of(row), day_of(at(4)))


def test_the_way_closes_once_it_was_taken_on() -> None:
    row = called_in_vain()
    store.record(row.pk, event(Kind.ACCEPTED, 4))
    tick(at(4))
    assert not onward.may_leave(row, store.state_of(row), day_of(at(4)))


LONG = date(2026, 5, 20)


def full_for_long(**more: Any) -> Referral:
    row = asked(**more)
    store.record(row.pk, event(Kind.FULL, 1, until=LONG))
    return row


@pytest.mark.parametrize(
    ("crisis", "until", "goes"),
    [
        # sent on Monday 2 March: this door would have shut on the 23rd, in a crisis on the 9th
        (False, date(2026, 3, 16), False),
        (False, date(2026, 3, 17), True),
        (True, date(2026, 3, 5), False),
        (True, date(2026, 3, 6), True),
        (True, LONG, True),
    ],
)
def test_a_door_that_is_full_longer_than_it_would_have_been_open_is_left_at_once(
    crisis: bool, until: date, goes: bool
) -> None:
    row = asked(crisis=crisis)
    store.record(row.pk, event(Kind.FULL, 1, until=until))
    told = onward.goes_by_itself(row, store.state_of(row), at(1.1))
    assert (told == day_of(at(1.1))) is goes
    for _ in "twice":
        tick(at(1.1))
    assert (chain(row) == [HERE, THERE]) is goes


@pytest.mark.parametrize("kinds", [[], [Kind.TRIED]])
def test_one_letter_tells_why_and_the_pages_do_too(kinds: list[Kind]) -> None:
    row = full_for_long()
    Intent.objects.filter(letter="new_file").update(stage=Intent.DONE)
    for kind in kinds:
        store.record(row.pk, event(kind, 1.05))
    goes = "Doe je niets, dan gaat je vraag op dinsdag 3 maart 2026 vanzelf naar Tweede huis"
    if not kinds:
        assert goes in says("full", at(1.1))
    with patch("django.utils.timezone.now", return_value=at(1.1)):
        assert goes in owners_page(row)
    tick(at(1.1))
    why = "Huis van Raad zit lang vol: tot 20 mei 2026."
    assert f"{why} Daarom ging je vraag door naar Tweede huis" in says("moved_on", at(1.1))
    assert letter(Intent.objects.get(letter="full"), at(1.1)) is None, "one letter tells all"
    second = Referral.objects.get(after=row)
    assert why in told_receiver(second, "nl").replace("\u00a0", " ")
    with patch("django.utils.timezone.now", return_value=at(1.2)):
        page = owners_page(row)
        assert "Huis van Raad zit lang vol: tot woensdag 20 mei 2026. We sloten deze deur." in page
        assert "We sloten deze deur, want Huis van Raad zit lang vol." in page
    closed = letter(Intent.objects.get(letter="file_closed"), at(1.1))
    assert closed is not None and "Jullie zitten lang vol." in closed.get_content()


def test_one_that_promises_no_earlier_day_is_no_way_out_but_one_that_is_away_for_less_is() -> None:
    row = full_for_long()
    second, third = receiver(SECOND), receiver(THIRD)
    for house in (second, third):
        house.absences.create(first=date(2026, 3, 2), last=date(2026, 6, 5))
    tick(at(1.1))
    assert chain(row) == [("huis-van-raad", "full")]
    assert onward.goes_by_itself(row, store.state_of(row), at(1.1)) is None
    third.absences.update(last=date(2026, 3, 20))
    assert onward.goes_at_latest(row, store.state_of(row), at(2)) is None
    tick(at(2))
    assert chain(row) == [HERE, (THIRD, "offered")]


def test_where_it_stays_the_usual_ladder_runs_from_the_day_of_full_until() -> None:
    row = full_for_long(may_pass_on=False)
    for days in range(1, 110):
        tick(at(days))
    assert letters(Who.OWNER) == ["full", "no_word_yet", "other_door", "door_closed"]
    assert "overdue" in letters(Who.COORDINATOR)
    assert not Referral.objects.filter(after=row).exists()


@pytest.mark.parametrize("mail", [True, False])
@pytest.mark.parametrize(
    "stays", [{"may_pass_on": False}, {"alternative": "", "later": []}], ids=["asked", "no door"]
)
def test_of_an_owner_without_mail_the_coordinator_hears_once(
    stays: dict[str, Any], mail: bool, settings: Any
) -> None:
    settings.BAKEN_COORDINATOR = "c@baken.example"
    row = full_for_long(crisis=True, **stays)
    if not mail:
        Referral.objects.update(owner_address="")
    for days in (1.1, 1.2, 2, 3):
        tick(at(days))
    assert letters(Who.COORDINATOR) == ([] if mail else ["overdue"])
    if mail:
        return
    told = to_coordinator(Intent.objects.get(to="coordinator"), at(1.2))
    assert told is not None
    body = " ".join(told.get_content().split())
    assert "zit vol, en belooft contact pas uiterlijk op 22 mei 2026" in body
    assert "Deze onderneming krijgt geen mail van ons." in body
    with patch("django.utils.timezone.now", return_value=at(3)):
        assert "zit lang vol, en je krijgt geen mail." in owners_page(row)
        assert "We meldden dat." not in owners_page(row)
        Intent.objects.filter(to="coordinator").update(stage=Intent.DONE, done_at=at(1.2))
        assert "zit lang vol, en je krijgt geen mail. We meldden dat." in owners_page(row)
    if stays.get("may_pass_on", True):  # a door that is there later still gets it
        Referral.objects.update(alternative=SECOND)
        tick(at(4))
        assert chain(row) == [HERE, THERE]
