"""The promised day and the days on which nobody is there, after whatever happens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.kernel.errors import BakenError
from baken.refer.clocks import (
    Step,
    away_on,
    back_on,
    counts_from,
    due,
    ladder_of,
    later,
    promised_by,
    shuts_by,
)
from baken.refer.model import (
    NO_CONTACT_YET,
    PROMISES,
    Absence,
    Event,
    Handling,
    Kind,
    Referral,
    Terms,
    Who,
)
from baken.refer.states import apply, begin
from baken.registers.workdays import add_working_days, is_working_day
from tests.refer.made import USUAL, event, moment, referral

SENT = date(2026, 3, 2)


def away(*spans: tuple[str, str]) -> tuple[Absence, ...]:
    return tuple(Absence(date.fromisoformat(a), date.fromisoformat(b)) for a, b in spans)


AFTER = [
    # sent on Monday 2 March, away from the 9th to the 20th unless said; what happens; the promise
    ("taken at once", [("accepted", "2026-03-03", {})], "2026-03-24"),
    ("full until the first of them", [("full", "2026-03-03", {"until": date(2026, 3, 9)})],
     "2026-03-27"),
    ("a call in vain", [("tried", "2026-03-03", {})], "2026-03-23"),
    ("full, and called in vain", [("full", "2026-03-03", {"until": date(2026, 3, 19)}),
     ("tried", "2026-03-20", {})], "2026-03-27"),
    ("no contact, says the owner", [("contact", "2026-03-03", {}),
     ("no_contact", "2026-03-04", {})], "2026-03-25"),
    ("changed how to be reached", [("reach", "2026-03-03", {"by": Who.OWNER})], "2026-03-23"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "happens", "day"), AFTER, ids=[row[0] for row in AFTER])
def test_no_event_brings_the_promise_back_into_days_away(
    name: str, happens: list[tuple[str, str, dict[str, object]]], day: str
) -> None:
    known = away(("2026-03-09", "2026-03-20"))
    found = replace(referral(), away=known)
    for kind, on, more in happens:
        told = {"away": known} if Kind(kind) in PROMISES else {}
        found = apply(found, event(kind, on, **told, **more))
    assert promised_by(found) == date.fromisoformat(day)
    assert later(found)


def test_a_call_in_vain_at_the_chosen_hour_gives_a_day_on_which_somebody_is_there() -> None:
    known = away(("2026-03-04", "2026-03-13"))
    found = replace(referral(slot="2026-03-03"), away=known)
    assert (promised_by(found), later(found)) == (date(2026, 3, 3), False)
    called = apply(found, event("tried", "2026-03-03", away=known))
    assert (promised_by(called), later(called)) == (date(2026, 3, 19), True)


def test_days_that_are_announced_later_count_after_a_call_at_the_hour_and_else_not() -> None:
    known = away(("2026-03-04", "2026-03-13"))
    at_hour = apply(referral(slot="2026-03-03"), event("tried", "2026-03-03", away=known))
    assert promised_by(at_hour) == date(2026, 3, 19)
    called = apply(referral(), event("tried", "2026-03-03", away=known))
    assert promised_by(called) == date(2026, 3, 9), "a call in vain moves no day"


def test_an_hour_before_the_days_away_is_the_promise_when_it_is_chosen_after_sending() -> None:
    held = replace(referral(slot="2026-03-04"), away=away(("2026-03-05", "2026-03-20")))
    assert (promised_by(held), counts_from(held)) == (date(2026, 3, 4), SENT)


AT_HOUR: list[tuple[str, list[tuple[str, str]], str]] = [
    # sent on Monday 2 March, so promised by the 9th; an hour on Thursday the 12th was chosen later;
    # what happens; the promise
    ("still to come", [], "2026-03-12"),
    ("a call before it", [("tried", "2026-03-10")], "2026-03-12"),
    ("taken on after a call", [("tried", "2026-03-10"), ("accepted", "2026-03-11")], "2026-03-12"),
    ("a call at it", [("tried", "2026-03-12")], "2026-03-13"),
    ("two of them", [("tried", "2026-03-12"), ("tried", "2026-03-16")], "2026-03-13"),
    ("a call after it, too late", [("tried", "2026-03-16")], "2026-03-12"),
    ("taken on after it", [("tried", "2026-03-12"), ("accepted", "2026-03-12")], "2026-03-19"),
]


@pytest.mark.parametrize(("name", "happens", "day"), AT_HOUR, ids=[row[0] for row in AT_HOUR])
def test_a_call_at_an_hour_that_was_chosen_late_promises_no_day_that_is_over(
    name: str, happens: list[tuple[str, str]], day: str
) -> None:
    found = referral(slot="2026-03-12")
    for kind, on in happens:
        found = apply(found, event(kind, on))
    assert promised_by(found) == date.fromisoformat(day)


def test_the_clocks_wait_for_the_day_after_a_call_at_a_late_hour() -> None:
    known = away(("2026-03-13", "2026-03-17"))
    called = apply(referral(slot="2026-03-12"), event("tried", "2026-03-12", away=known))
    assert promised_by(called) == date(2026, 3, 18), "somebody is there"
    after = {one.step: one.since for one in due(called, date(2026, 6, 1))}
    assert after == {Step.EXPIRE: date(2026, 3, 23)}
    late = [one.step for one in due(called, date(2026, 3, 18))]
    assert late == [Step.REMIND]
    assert Step.ESCALATE in [one.step for one in due(called, date(2026, 3, 19))]
    assert Step.SWITCH not in [one.step for one in due(called, date(2026, 3, 19))]
    assert Step.SWITCH in [one.step for one in due(called, date(2026, 3, 20))]


def test_days_away_hold_a_promise_three_months_at_most() -> None:
    """Else one "I take it" of who is away for a year would stop the clocks for that year. When it
    is sent, its owner reads the day and agrees.
    """
    assert promised_by(replace(referral(), away=away(("2026-03-04", "2027-03-01")))).year == 2027
    year = away(("2026-03-04", "2027-03-01"))
    taken = apply(referral(), event("accepted", "2026-03-03", away=year))
    assert promised_by(taken) == date(2026, 6, 10)
    assert later(taken)
    shuts = shuts_by(taken)
    assert shuts is not None and shuts < date(2026, 7, 1)


def test_full_until_holds_when_the_owner_was_wrong_about_a_contact() -> None:
    full = apply(referral(), event("full", "2026-03-03", until=date(2026, 4, 13)))
    said = apply(full, event("contact", "2026-03-04", by=Who.OWNER))
    back = apply(said, event("no_contact", "2026-03-05"))
    assert (promised_by(back), back.handling.value) == (promised_by(full), Handling.FULL)


def test_who_says_that_there_was_contact_is_not_full_any_more() -> None:
    full = apply(referral(), event("full", "2026-03-03", until=date(2026, 4, 13)))
    said = apply(full, event("contact", "2026-03-04"))
    denied = apply(said, event("no_contact", "2026-03-05"))
    assert denied.handling.value is Handling.ACCEPTED
    assert promised_by(denied) == add_working_days(date(2026, 3, 5), 5)


@pytest.mark.parametrize("promise", [1, 2, 3, 5])
def test_a_firm_in_trouble_is_never_promised_a_later_day_than_another(promise: int) -> None:
    usual, crisis = (referral(promise=promise, crisis=c) for c in (False, True))
    assert promised_by(crisis) <= promised_by(usual)
    ladder = ladder_of(crisis)
    assert 1 <= ladder.remind <= ladder.escalate < ladder.switch < ladder.expire


@dataclass(frozen=True)
class Path:
    """What happens to a referral, day by day, while days away are announced."""

    crisis: bool
    promise: int
    hour: int
    absences: list[tuple[int, int, int]]
    """Announced after so many days; first day and length."""
    events: list[tuple[int, Kind, int]]
    """After so many days, and for "full" so many days more."""


PATHS = st.builds(
    Path,
    st.booleans(),
    st.integers(1, 5),
    st.integers(0, 9),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 20), st.integers(0, 25)), max_size=3),
    st.lists(
        st.tuples(st.integers(0, 12), st.sampled_from(sorted(Kind)), st.integers(1, 40)),
        max_size=6,
    ),
)


def known_on(path: Path, day: date) -> tuple[Absence, ...]:
    """The days away that are announced by a day, and not over."""
    spans = [(told, SENT + timedelta(days=n), length) for told, n, length in path.absences]
    found = [Absence(a, a + timedelta(days=n)) for t, a, n in spans if SENT + _days(t) <= day]
    return tuple(one for one in found if one.last >= day)


def _days(number: int) -> timedelta:
    return timedelta(days=number)


def _happens(found: Referral, path: Path, offset: int, kind: Kind, more: int) -> Referral:
    """The referral after an event; as it was where that can't be said."""
    day = SENT + _days(offset)
    by = {Kind.REACH: Who.OWNER}.get(kind, USUAL.get(kind, Who.RECEIVER))
    until = day + _days(more) if kind is Kind.FULL else None
    told = known_on(path, until or day) if kind in PROMISES else ()
    said = Event(kind, by, moment(str(day)), f"{kind}/{offset}", until=until, away=told)
    try:
        return apply(found, replace(said, reason="other") if kind is Kind.REFUSED else said)
    except BakenError:
        return found


@settings(deadline=None, max_examples=300)
@given(PATHS)
def test_the_promised_day_is_one_on_which_somebody_is_there(path: Path) -> None:
    """As far as it was known when it was promised: no word of anybody brings it into days away."""
    known = known_on(path, SENT)
    hour = add_working_days(SENT, path.hour) if path.hour else None
    chosen = None if hour is None or away_on(hour, known) else hour
    sent = Event(Kind.SENT, Who.OWNER, moment(str(SENT)), "sent", away=known)
    found = begin(Terms(SENT, path.crisis, path.promise, chosen), sent)
    for offset, kind, more in [(0, None, 0), *sorted(path.events)]:
        before = promised_by(found)
        if kind is not None:
            found = _happens(found, path, offset, kind, more)
        if found.handling.value is Handling.FULL:  # the hour falls away then
            found = replace(found, terms=replace(found.terms, slot_on=None))
        day, now = promised_by(found), known_on(path, SENT + _days(offset))
        assert is_working_day(day)
        if found.handling.value not in NO_CONTACT_YET:
            break
        assert kind is not Kind.TRIED or day >= min(before, SENT + _days(offset))
        if day != before or offset == 0:
            assert not away_on(day, found.away) or day == found.terms.slot_on
            assert day <= SENT + _days(offset) or not away_on(day, now) or day == chosen
        assert later(found) or counts_from(found) <= day


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 25)), max_size=3), st.integers(1, 5))
def test_a_crisis_is_not_promised_later_whoever_is_away(
    spans: list[tuple[int, int]], promise: int
) -> None:
    known = tuple(Absence(SENT + _days(a), SENT + _days(a + n)) for a, n in spans)
    usual, crisis = (
        replace(referral(promise=promise, crisis=c), away=known) for c in (False, True)
    )
    assert promised_by(crisis) <= promised_by(usual)
    assert back_on(SENT + _days(1), known) <= promised_by(crisis)
