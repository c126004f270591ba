"""The owner reads on which day a question that may be passed on goes to the next door by itself:
the very day on which the clock takes it there.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest

from baken.refer.model import Event, Kind, Who, day_of
from baken.web.handover import away, onward, store
from baken.web.handover.models import Permission, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from tests.web.handover.doors import AFTER_5, DAY_8, SECOND, THIRD, asked, chain, says
from tests.web.handover.following import owners_page
from tests.web.handover.made import MONDAY, at, event, receiver

pytestmark = pytest.mark.django_db
GOES = "Doe je niets, dan gaat je vraag op {} vanzelf naar Tweede huis"
AWAY_AT_BOTH = [(SECOND, "2026-03-03", "2026-04-03"), (THIRD, "2026-03-03", "2026-04-03")]
CASES: list[tuple[str, dict[str, Any], list[Event], list[tuple[str, str, str]]]] = [
    ("not a word", {}, [], []),
    ("in trouble", {"crisis": True}, [], []),
    ("taken on", {}, [event(Kind.ACCEPTED, 1)], []),
    ("full", {}, [event(Kind.FULL, 1, until=date(2026, 3, 11))], []),
    ("in vain", {}, [event(Kind.ACCEPTED, 1), event(Kind.TRIED, 2)], []),
    ("denied", {}, [event(Kind.CONTACT, 1), event(Kind.NO_CONTACT, 2, Who.OWNER)], []),
    ("away since", {}, [], [("huis-van-raad", "2026-03-03", "2026-04-03")]),
    ("away at one door", {}, [], AWAY_AT_BOTH[:1]),
    ("away at both doors", {}, [], AWAY_AT_BOTH),
    ("away at both doors, in trouble", {"crisis": True}, [], AWAY_AT_BOTH),
    ("away at both doors, taken on", {}, [event(Kind.ACCEPTED, 1)], AWAY_AT_BOTH),
    ("away at both doors, to stay", {"may_pass_on": False}, [], AWAY_AT_BOTH),
    ("a contact", {}, [event(Kind.CONTACT, 1)], []),
    ("a question that stays", {"may_pass_on": False}, [], []),
    ("no other door", {"alternative": "", "later": []}, [], []),
]


@pytest.mark.parametrize(("name", "more", "events", "days"), CASES, ids=[c[0] for c in CASES])
def test_the_day_that_is_told_is_the_day_on_which_it_goes(
    name: str, more: dict[str, Any], events: list[Event], days: list[tuple[str, str, str]]
) -> None:
    row = asked(**more)
    for one in events:
        store.record(row.pk, one)
    for to, first, last in days:
        said = date.fromisoformat(first), date.fromisoformat(last)
        away.announce(receiver(to), *said, MONDAY, sure=True)
    told, latest = [], []
    for number in range(3, 40):
        now = at(number)
        row = Referral.objects.get(pk=row.pk)
        told.append(onward.goes_by_itself(row, store.state_of(row), now))
        latest.append(onward.goes_at_latest(row, store.state_of(row), now))
        tick(now)
        if len(chain(row)) > 1:
            break
    last = day_of(now) if len(chain(row)) > 1 else None
    away_at_both = name.startswith("away at both doors")
    assert set(told) == {None if away_at_both else last}, "once somebody is there, if ever"
    assert set(latest) == {last if away_at_both else None}, "when this door shuts"


def test_letter_and_page_tell_it_and_how_to_stay() -> None:
    row = asked()
    tick(AFTER_5)
    goes = GOES.format("donderdag 12 maart 2026")
    assert goes in says("no_word_yet", AFTER_5)
    with patch("django.utils.timezone.now", return_value=AFTER_5):
        page = owners_page(row)
        assert goes in page and "intussen contact op? Zeg het hieronder" in page
        assert "goes to Tweede huis by itself on Thursday 12 March 2026" in owners_page(row, "/en")
        assert "chez Tweede huis le jeudi 12 mars 2026" in owners_page(row, "/fr")
        Permission.objects.update(may_pass_on=False)
        assert "vanzelf naar" not in owners_page(row)
    assert "vanzelf naar" not in says("no_word_yet", AFTER_5)


@pytest.mark.parametrize("day", [AFTER_5, DAY_8])
def test_where_nobody_is_at_another_door_letter_and_page_tell_the_last_day(day: datetime) -> None:
    row = asked()
    for to, first, last in AWAY_AT_BOTH:
        said = date.fromisoformat(first), date.fromisoformat(last)
        away.announce(receiver(to), *said, MONDAY, sure=True)
    tick(day)
    goes = "uiterlijk op maandag 23 maart 2026 vanzelf naar Tweede huis, zoals je toeliet"
    assert goes in says("no_word_yet" if day == AFTER_5 else "other_door", day)
    with patch("django.utils.timezone.now", return_value=day):
        page = owners_page(row)
        assert goes in page and "intussen contact op? Zeg het hieronder" in page
        assert "by itself on Monday 23 March 2026 at the latest" in owners_page(row, "/en")
        assert "chez Tweede huis au plus tard le lundi 23 mars 2026" in owners_page(row, "/fr")
        Permission.objects.update(may_pass_on=False)
        assert "vanzelf naar" not in owners_page(row)


def test_days_away_that_are_told_after_the_sending_tell_it_too() -> None:
    row = asked()
    away.announce(row.receiver, date(2026, 3, 5), date(2026, 3, 20), at(1), sure=True)
    assert GOES.format("donderdag 12 maart 2026") in says("away", at(1))


def test_who_waits_past_the_promised_day_still_reads_that_nobody_is_there() -> None:
    row = asked(may_pass_on=False)
    away.announce(row.receiver, date(2026, 3, 5), date(2026, 3, 20), at(1), sure=True)
    tick(AFTER_5)
    there = "Ze kunnen je dus pas vanaf maandag 23 maart 2026 bellen."
    assert there in says("no_word_yet", AFTER_5)
    for days, reads in ((8, True), (12, True), (18, True), (19, False)):
        now = MONDAY + timedelta(days=days)
        tick(now)
        with patch("django.utils.timezone.now", return_value=now):
            assert (there in owners_page(row)) is reads, days
    written = letter(row.intents.get(letter="other_door", to=str(Who.OWNER)), at(11))
    assert written is not None and there in " ".join(written.get_content().split())
