"""When what is due in a handover: working days, crisis, promises, absences, a scheduler that
stood still.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.refer.clocks import Step, due, promised_by
from baken.refer.model import Absence, Event, Kind, Outcome, Referral, Who
from baken.refer.states import apply
from tests.refer.made import event, moment, referral


def steps(found: Referral, day: str, absences: tuple[Absence, ...] = ()) -> list[str]:
    return [str(d.step) for d in due(found, date.fromisoformat(day), absences)]


def done(found: Referral, *names: str, of: str = "2026-03-02") -> Referral:
    for name in names:
        found = apply(found, event("step", "2026-03-10", step=name, of=date.fromisoformat(of)))
    return found


# Sent on Monday 2 March 2026: working days 3, 5, 8 and 15 are 5, 9, 12 and 23 March.
LADDER = [
    ("the day before the third", "2026-03-04", []),
    ("the third working day", "2026-03-05", ["remind"]),
    ("Friday", "2026-03-06", ["remind"]),
    ("the fifth, after a weekend: the promised day itself is given", "2026-03-09", ["remind"]),
    ("the morning after the fifth", "2026-03-10", ["remind", "escalate"]),
    ("the eighth", "2026-03-12", ["remind", "escalate", "switch"]),
    ("the fifteenth: the door shuts, nothing else is still worth doing", "2026-03-23", ["expire"]),
]


@pytest.mark.parametrize(("name", "day", "expected"), LADDER, ids=[row[0] for row in LADDER])
def test_the_ladder_of_a_file_that_nobody_touches(name: str, day: str, expected: list[str]) -> None:
    assert steps(referral(), day) == expected


# Sent on Monday 2 March: the promised day is 9 March, or 4 March in trouble.
AWAY = [
    ("nobody is away", [], {}, "2026-03-09"),
    ("away before it and after it", [("2026-02-20", "2026-03-02"), ("2026-03-10", "2026-03-20")],
     {}, "2026-03-09"),
    ("one day within it", [("2026-03-04", "2026-03-04")], {}, "2026-03-10"),
    ("a weekend takes no day", [("2026-03-07", "2026-03-08")], {}, "2026-03-09"),
    ("from the first day on for two weeks", [("2026-03-02", "2026-03-15")], {}, "2026-03-20"),
    ("the last days of it", [("2026-03-06", "2026-03-20")], {}, "2026-03-24"),
    ("in trouble", [("2026-03-03", "2026-03-06")], {"crisis": True}, "2026-03-10"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "away", "more", "day"), AWAY, ids=[row[0] for row in AWAY])
def test_the_promise_counts_days_on_which_somebody_is_there(
    name: str, away: list[tuple[str, str]], more: dict[str, bool], day: str
) -> None:
    absences = [Absence(date.fromisoformat(a), date.fromisoformat(b)) for a, b in away]
    held = replace(referral(**more), away=tuple(absences))
    assert promised_by(held) == date.fromisoformat(day)
    nobody_late = steps(held, day, tuple(absences))
    assert "escalate" not in nobody_late and "expire" not in nobody_late
    assert "escalate" in steps(held, str(date.fromisoformat(day) + timedelta(days=1)))


# With an hour chosen, that hour is the promise: who sent on Monday 2 March chose a day.
CHOSEN = [
    ("the reminder comes on the day itself", "2026-03-03", {}, "2026-03-03", ["remind"]),
    ("the day after it passed", "2026-03-03", {}, "2026-03-04", ["remind", "escalate"]),
    ("the promised day itself is still given", "2026-03-09", {}, "2026-03-09", ["remind"]),
    ("a chosen Friday passed", "2026-03-06", {}, "2026-03-09", ["remind", "escalate"]),
    ("in trouble", "2026-03-04", {"crisis": True}, "2026-03-04", ["remind"]),
    ("in trouble, passed", "2026-03-04", {"crisis": True}, "2026-03-05", ["remind", "escalate"]),
    ("the door shuts as always", "2026-03-06", {}, "2026-03-23", ["expire"]),
]


@pytest.mark.parametrize(
    ("name", "slot", "more", "day", "expected"), CHOSEN, ids=[row[0] for row in CHOSEN]
)
def test_an_hour_that_was_chosen_is_the_promise(
    name: str, slot: str, more: dict[str, bool], day: str, expected: list[str]
) -> None:
    found = referral(slot=slot, **more)
    assert steps(found, day) == expected
    assert promised_by(found) == date.fromisoformat(slot)


def test_after_the_hour_without_anybody_the_usual_clock_counts() -> None:
    found = referral(event("tried", "2026-03-04"), slot="2026-03-04")
    assert promised_by(found) == date(2026, 3, 9)


def test_what_was_done_is_not_due_again() -> None:
    found = done(referral(), "remind")
    assert steps(found, "2026-03-10") == ["escalate"]
    assert steps(done(found, "escalate", "switch"), "2026-03-20") == []


def test_three_days_without_the_scheduler_lose_nothing() -> None:
    """On the first tick after, all that became due is there, with the day on which it should
    have been.
    """
    late = due(referral(), date(2026, 3, 10))
    assert [(d.step, d.since) for d in late] == [
        (Step.REMIND, date(2026, 3, 5)),
        (Step.ESCALATE, date(2026, 3, 10)),
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-03-03", ["remind"]),
        ("2026-03-04", ["remind"]),
        ("2026-03-05", ["remind", "escalate", "switch"]),
        ("2026-03-09", ["expire"]),
    ],
)
def test_in_a_crisis_it_goes_faster(day: str, expected: list[str]) -> None:
    assert steps(referral(crisis=True), day) == expected


def test_easter_monday_and_labour_day_are_no_working_days() -> None:
    """Sent on Thursday 2 April 2026: Easter Monday is 6 April, so the third working day is the
    8th.
    """
    assert steps(referral(sent="2026-04-02"), "2026-04-07") == []
    assert steps(referral(sent="2026-04-02"), "2026-04-08") == ["remind"]
    assert promised_by(referral(sent="2026-04-29")) == date(2026, 5, 7)


@pytest.mark.parametrize(
    ("promise", "remind", "escalate"),
    [
        (5, "2026-03-05", "2026-03-10"),
        (3, "2026-03-03", "2026-03-06"),
        (1, "2026-03-03", "2026-03-04"),
    ],
)
def test_who_promises_faster_is_held_to_it(promise: int, remind: str, escalate: str) -> None:
    found = {d.step: d.since for d in due(referral(promise=promise), date(2026, 3, 10))}
    assert found[Step.REMIND] == date.fromisoformat(remind)
    assert found[Step.ESCALATE] == date.fromisoformat(escalate)


def test_a_file_that_was_taken_starts_the_ladder_anew_until_there_is_contact() -> None:
    taken = referral(event("accepted", "2026-03-04"))
    assert steps(taken, "2026-03-06") == []
    assert steps(taken, "2026-03-12") == ["remind", "escalate"]
    contact = apply(taken, event("contact", "2026-03-06"))
    assert steps(contact, "2026-03-31") == []


def test_calls_in_vain_move_no_day() -> None:
    tried = referral(event("tried", "2026-03-03"), event("tried", "2026-03-05"))
    assert steps(tried, "2026-03-04") == []
    assert steps(tried, "2026-03-05") == ["remind"]


def test_when_full_until_ends_the_clock_starts() -> None:
    full = referral(event("full", "2026-03-03", until=date(2026, 4, 1)))
    assert steps(full, "2026-04-03") == []
    assert steps(full, "2026-04-07") == ["remind"]


def test_no_reminder_on_a_day_of_announced_absence_and_the_promise_to_the_owner_stands() -> None:
    away = (Absence(date(2026, 3, 4), date(2026, 3, 10)),)
    assert steps(referral(), "2026-03-06", away) == []
    assert steps(referral(), "2026-03-10", away) == ["escalate"]
    assert steps(referral(), "2026-03-11", away) == ["remind", "escalate"]


def test_the_outcome_is_asked_after_thirty_days_and_twice_more() -> None:
    contact = referral(event("contact", "2026-03-04"))
    assert steps(contact, "2026-04-02") == []
    assert steps(contact, "2026-04-03") == ["ask"]
    assert steps(contact, "2026-04-17") == ["ask", "ask_again", "ask_last"]
    one = apply(contact, event("outcome", "2026-04-04", outcome=Outcome.HELPED))
    assert "ask" in steps(one, "2026-04-05"), "the other side has not answered"
    both = apply(one, event("outcome", "2026-04-05", outcome=Outcome.NOT, by=Who.OWNER))
    assert steps(both, "2026-05-30") == []


def test_a_door_that_the_letter_never_reached_is_not_waited_for() -> None:
    """Nobody is reminded, nobody was late; the next door is due at once, and this one shuts."""
    back = referral(event("bounced", "2026-03-03"))
    assert steps(back, "2026-03-03") == steps(back, "2026-03-20") == ["switch"]
    assert steps(back, "2026-03-23") == ["expire"]


def test_a_door_that_opened_the_question_was_reached_whatever_came_back() -> None:
    opened = referral(event("seen", "2026-03-03"), event("bounced", "2026-03-06"))
    assert steps(opened, "2026-03-10") == ["remind", "escalate"]


NO = [
    # what was said on Tuesday 3 March, and what is due on which day
    ([], "other", "2026-03-03", ["switch"]),
    ([], "other", "2026-03-24", ["switch"]),
    ([], "other", "2026-03-25", []),
    ([], "already_helped", "2026-03-03", []),
    (["contact"], "other", "2026-03-03", []),
]


@pytest.mark.parametrize(("first", "reason", "day", "expected"), NO)
def test_a_no_leads_on_at_once(
    first: list[str], reason: str, day: str, expected: list[str]
) -> None:
    said = [event(kind, "2026-03-03") for kind in first]
    assert steps(referral(*said, event("refused", "2026-03-03", reason=reason)), day) == expected


CLOSED: list[tuple[list[tuple[str, str]], Who, str, list[str]]] = [
    # what was said before, who closed it on Tuesday 3 March, and what is due on which day
    ([], Who.RECEIVER, "2026-03-03", ["switch"]),
    ([], Who.RECEIVER, "2026-03-24", ["switch"]),
    ([], Who.RECEIVER, "2026-03-25", []),
    ([], Who.OWNER, "2026-03-03", []),
    ([("contact", "2026-03-02")], Who.RECEIVER, "2026-03-03", []),
]


@pytest.mark.parametrize(("first", "by", "day", "expected"), CLOSED)
def test_a_file_that_its_door_closed_without_contact_leads_on_at_once(
    first: list[tuple[str, str]], by: Who, day: str, expected: list[str]
) -> None:
    said = [event(kind, on) for kind, on in first]
    assert steps(referral(*said, event("closed", "2026-03-03", by=by)), day) == expected


def test_a_contact_that_is_denied_of_a_closed_file_leads_on_from_that_day() -> None:
    """Also where the next door was due before the contact, and none was known then."""
    none = event("step", "2026-03-12", step=Step.SWITCH, of=date(2026, 3, 2), reason="no_door")
    said = [none, event("contact", "2026-03-16"), event("closed", "2026-03-17")]
    denied = referral(*said, event("no_contact", "2026-06-01"))
    assert steps(denied, "2026-06-01") == steps(denied, "2026-06-22") == ["switch"]
    assert steps(denied, "2026-06-23") == []


@pytest.mark.parametrize("ending", ["withdrawn", "refused", "expired"])
def test_an_ended_file_without_contact_has_no_clock(ending: str) -> None:
    more = {"reason": "other"} if ending == "refused" else {}
    assert steps(referral(event(ending, "2026-03-04", **more)), "2026-06-30") == []


def test_a_next_door_at_which_nobody_was_stays_due_until_it_is_done() -> None:
    of = date(2026, 3, 2)
    done = [event("step", "2026-03-12", step=step, of=of) for step in ("remind", "escalate")]
    stayed = event("step", "2026-03-12", step=Step.SWITCH, of=of, reason="away")
    found = referral(*done, stayed)
    for day in (12, 13, 20):
        assert [d.step for d in due(found, date(2026, 3, day))] == [Step.BACK]
    assert [d.step for d in due(found, date(2026, 3, 23))] == [Step.EXPIRE]
    back = apply(found, event("step", "2026-03-13", step=Step.BACK, of=of))
    assert due(back, date(2026, 3, 20)) == []
    taken = apply(found, event("accepted", "2026-03-13"))
    assert due(taken, date(2026, 3, 16)) == [], "it counts anew from there"
    refused = apply(found, event("refused", "2026-03-13", reason="other"))
    assert [d.step for d in due(refused, date(2026, 3, 13))] == [Step.BACK]


@settings(deadline=None)
@given(
    st.dates(date(2026, 1, 5), date(2026, 12, 20)),
    st.lists(st.integers(0, 40), max_size=25),
    st.booleans(),
)
def test_ticks_at_any_days_do_each_step_once_and_end_alike(
    sent: date, ticks: list[int], crisis: bool
) -> None:
    """Whether the scheduler ran daily or stood still: nothing is done twice, and the end is the
    same.
    """
    found = referral(sent=sent.isoformat(), crisis=crisis)
    seen: list[str] = []
    for offset in [*sorted(ticks), 60]:
        today = sent + timedelta(days=offset)
        for one in due(found, today):
            assert one.since <= today
            seen.append(one.key)
            kind = Kind.EXPIRED if one.step is Step.EXPIRE else Kind.STEP
            found = apply(
                found,
                Event(
                    kind, Who.SYSTEM, moment(today.isoformat()), one.key, step=one.step, of=one.of
                ),
            )
    assert len(seen) == len(set(seen))
    assert found.ended
