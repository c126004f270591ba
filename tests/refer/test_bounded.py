"""Whatever a receiver says short of contact: the next door is due, and its own one shuts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.kernel.errors import BakenError
from baken.refer.clocks import Step, due, promised_by, shuts_by
from baken.refer.model import Absence, Event, Handling, Kind, Referral, Who
from baken.refer.states import FULL_AT_MOST, apply, full_most, sayable
from tests.refer.made import event, moment, referral

SENT = date(2026, 3, 2)
WORDS = (Kind.SEEN, Kind.ACCEPTED, Kind.TRIED, Kind.FULL)
AT_MOST = {False: timedelta(days=200), True: timedelta(days=480)}
"""After which no receiver keeps a question, without days away and with: twice the ladder before and
after a "full until" of three months, and each promise held by days away for three months more.
"""
Said = tuple[int, Kind, int]
"""After so many days a word, and for "full until" so many days more."""
WORD = st.tuples(st.integers(1, 30), st.sampled_from(WORDS), st.integers(1, 92))
HABITS = st.lists(WORD, min_size=1, max_size=6)


def said(found: Referral, day: date, kind: Kind, more: int, away: bool) -> Referral:
    """The referral after a word; as it was where that can't be said."""
    until = min(day + timedelta(days=more), full_most(found, day)) if kind is Kind.FULL else None
    gone = (Absence(day + timedelta(days=1), day + timedelta(days=365)),) if away else ()
    word = Event(kind, Who.RECEIVER, moment(str(day)), f"{kind}/{day}", until=until, away=gone)
    try:
        return apply(found, word)
    except BakenError:
        return found


def lives(found: Referral, habit: list[Said], away: bool) -> Iterator[tuple[date, Referral]]:
    """The question day by day, while a receiver goes on with the same words, until its door shuts;
    each step is noted on the day on which it is due.
    """
    words, day = cycle(habit), SENT
    wait, kind, more = next(words)
    while True:
        for one in due(found, day):
            if one.step is Step.EXPIRE:
                return
            step = Event(Kind.STEP, Who.SYSTEM, moment(str(day)), one.key, step=one.step, of=one.of)
            found = apply(found, step)
        yield day, found
        wait, day = wait - 1, day + timedelta(days=1)
        if wait <= 0:
            found = said(found, day, kind, more, away)
            wait, kind, more = next(words)


@settings(deadline=None, max_examples=150)
@given(HABITS, st.booleans(), st.booleans())
def test_no_words_keep_a_question_for_ever(habit: list[Said], crisis: bool, away: bool) -> None:
    proposed = False
    for day, found in lives(referral(crisis=crisis), habit, away):
        assert day - SENT <= AT_MOST[away], "nobody keeps it so long"
        proposed = proposed or any(step == Step.SWITCH for step, _ in found.steps)
    assert proposed, "the next door was due before this one shut"


WEEKLY: dict[str, list[Said]] = {
    "takes it on every Monday, and calls in vain on Friday": [
        (7, Kind.ACCEPTED, 1), (4, Kind.TRIED, 1), (3, Kind.ACCEPTED, 1), (4, Kind.TRIED, 1),
    ],
    "full, taken on, full again": [(3, Kind.FULL, 7), (7, Kind.ACCEPTED, 1)],
    "full until a later day, each week": [(7, Kind.FULL, 14)],
}  # fmt: skip


@pytest.mark.parametrize("habit", WEEKLY.values(), ids=list(WEEKLY))
def test_nor_does_a_word_every_week(habit: list[Said]) -> None:
    days = [day for day, _ in lives(referral(), habit, away=False)]
    longest = timedelta(days=40) if habit[0][1] is Kind.ACCEPTED else AT_MOST[False]
    assert days[-1] - SENT <= longest


def test_to_take_it_on_once_more_after_a_call_in_vain_moves_no_day() -> None:
    taken = referral(event("accepted", "2026-03-03"), event("tried", "2026-03-06"))
    away = (Absence(date(2026, 3, 9), date(2026, 5, 9)),)
    again = apply(taken, event("accepted", "2026-03-09", away=away))
    assert again.handling.value is Handling.ACCEPTED
    assert (promised_by(again), shuts_by(again)) == (promised_by(taken), shuts_by(taken))


def test_the_button_is_there_while_it_tells_something() -> None:
    today = date(2026, 3, 9)
    called = referral(event("tried", "2026-03-03"))
    assert "accepted" in sayable(called, today), "who called in vain can still take it on"
    taken = apply(called, event("accepted", "2026-03-04"))
    called = apply(taken, event("tried", "2026-03-05"))
    assert "accepted" not in sayable(called, today)
    full = apply(called, event("full", "2026-03-06", until=date(2026, 4, 1)))
    assert "accepted" in sayable(full, today), "earlier than it said"
    assert promised_by(apply(full, event("accepted", "2026-03-09"))) == date(2026, 3, 16)


def test_full_until_counts_three_months_from_the_first_time() -> None:
    first = date(2026, 3, 3)
    full = referral(event("full", "2026-03-03", until=date(2026, 4, 1)))
    last = first + FULL_AT_MOST
    longer = apply(full, event("full", "2026-03-30", until=last))
    assert longer.full_until == full_most(longer, date(2026, 3, 30)) == last
    with pytest.raises(BakenError, match="too far ahead"):
        apply(full, event("full", "2026-03-30", until=last + timedelta(days=1)))
    assert "full" in sayable(longer, last - timedelta(days=1))
    assert "full" not in sayable(longer, last)
