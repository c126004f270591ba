"""The copy for lists: on every later day it tells the same as the state and the clocks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.kernel.errors import BakenError
from baken.refer.clocks import Step, due, promised_by
from baken.refer.listed import Listed, listed
from baken.refer.model import NO_CONTACT_YET, Event, Kind, Outcome, Referral, Terms, Who
from baken.refer.states import apply, begin
from tests.refer.made import event, moment, referral

SENT = date(2026, 3, 2)
ASKED = event("step", "2026-04-03", step="ask", of=date(2026, 3, 4))
HELPED = {"outcome": Outcome.HELPED}
# Sent on Monday 2 March 2026. What happened; contact by, contact on, outcome asked on, owner says.
TOLD = [
    ("nothing yet", [], "2026-03-09", None, None, ""),
    ("taken on Tuesday", [event("accepted", "2026-03-03")], "2026-03-10", None, None, ""),
    ("full until the 16th", [event("full", "2026-03-03", until=date(2026, 3, 16))],
     "2026-03-23", None, None, ""),
    ("refused", [event("refused", "2026-03-03", reason="other")], None, None, None, ""),
    ("called", [event("contact", "2026-03-04")], None, "2026-03-04", "2026-04-03", ""),
    ("closed", [event("contact", "2026-03-04"), event("closed", "2026-03-05")],
     None, "2026-03-04", "2026-04-03", ""),
    ("the owner told", [event("contact", "2026-03-04"),
     event("outcome", "2026-03-09", by=Who.OWNER, **HELPED)],
     None, "2026-03-04", "2026-04-03", "helped"),
    ("the receiver told", [event("contact", "2026-03-04"),
     event("outcome", "2026-03-09", **HELPED)],
     None, "2026-03-04", None, ""),
    ("taken back", [event("contact", "2026-03-04"), event("withdrawn", "2026-03-05")],
     None, "2026-03-04", None, ""),
    ("taken back after the asking", [event("contact", "2026-03-04"), ASKED,
     event("withdrawn", "2026-04-07")], None, "2026-03-04", "2026-04-03", ""),
]  # fmt: skip


def day(named: str | None) -> date | None:
    return date.fromisoformat(named) if named else None


@pytest.mark.parametrize(
    ("name", "happened", "by", "on", "ask", "says"), TOLD, ids=[row[0] for row in TOLD]
)
def test_what_a_list_tells(
    name: str, happened: list[Event], by: str | None, on: str | None, ask: str | None, says: str
) -> None:
    found = referral(*happened)
    assert listed(found) == Listed(
        str(found.delivery.value), str(found.handling.value), found.ended,
        day(by), day(on), day(ask), says,
    )  # fmt: skip


def test_an_hour_is_the_promise_while_it_stands() -> None:
    assert listed(referral(slot="2026-03-05")).contact_by == date(2026, 3, 5)
    tried = referral(event("tried", "2026-03-05"), slot="2026-03-05")
    assert listed(tried).contact_by == date(2026, 3, 9)


def ticked(state: Referral, today: date) -> Referral:
    """After the clocks did what is due."""
    for one in due(state, today):
        at = moment(today.isoformat())
        did = Event(Kind.STEP, Who.SYSTEM, at, one.key, step=str(one.step), of=one.of)
        state = apply(state, did)
    return state


happenings = st.builds(
    Event,
    kind=st.sampled_from([kind for kind in Kind if kind not in (Kind.SENT, Kind.STEP)]),
    by=st.sampled_from(list(Who)),
    at=st.just(moment("2026-03-02")),
    key=st.uuids().map(str),
    reason=st.sampled_from(["other", "already_helped"]),
    until=st.dates(SENT, date(2026, 9, 1)),
    outcome=st.sampled_from(list(Outcome)),
)
days = st.integers(0, 25).map(lambda number: timedelta(days=number))
terms = st.builds(
    Terms, st.just(SENT), st.booleans(), st.integers(1, 5),
    st.none() | st.dates(SENT, SENT + timedelta(days=20)),
)  # fmt: skip


@given(terms, st.lists(st.tuples(days, st.none() | happenings), max_size=12), days)
def test_whatever_happened_the_copy_tells_what_state_and_clocks_say(
    agreed: Terms, said: list[tuple[timedelta, Event | None]], later: timedelta
) -> None:
    """None among what is said is a tick of the clocks."""
    now, today = begin(agreed, event("sent", SENT.isoformat())), SENT
    for after, one in said:
        today += after
        try:
            at = moment(today.isoformat())
            now = apply(now, Event(**{**vars(one), "at": at})) if one else ticked(now, today)
        except BakenError:
            continue
    today += later
    copy = listed(now)
    waits = now.handling.value in NO_CONTACT_YET
    assert copy.contact_by == (promised_by(now) if waits else None)
    asked = (str(Step.ASK), now.contact_on) in now.steps  # of a contact that was denied: no more
    asked |= any(one.step is Step.ASK for one in due(now, today))
    assert (copy.ask_on is not None and copy.ask_on <= today) == (
        asked and Who.RECEIVER not in now.outcomes
    )
