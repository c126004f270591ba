"""What happens to a handover: who may say what, what it leads to, what it can't be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.kernel.errors import BakenError
from baken.refer import fhir
from baken.refer.clocks import due
from baken.refer.model import ENDED, Delivery, Event, Handling, Kind, Outcome, Who
from baken.refer.states import CAN_TAKE, MAY_SAY, apply, begin
from baken.refer.words import REFUSALS
from tests.refer.made import event, moment, referral

WAYS = {
    "sent": ([], Handling.OFFERED),
    "opened": ([("seen", {})], Handling.SEEN),
    "taken unread": ([("accepted", {})], Handling.ACCEPTED),
    "opened twice": ([("seen", {}), ("seen", {})], Handling.SEEN),
    "opened again after taking it": ([("accepted", {}), ("seen", {})], Handling.ACCEPTED),
    "refused": ([("seen", {}), ("refused", {"reason": "not_my_area"})], Handling.REFUSED),
    "full": ([("full", {"until": date(2026, 4, 1)})], Handling.FULL),
    "full, then taken": (
        [("full", {"until": date(2026, 4, 1)}), ("accepted", {})],
        Handling.ACCEPTED,
    ),
    "called twice in vain": ([("tried", {}), ("tried", {})], Handling.TRIED),
    "in contact, says the owner": ([("contact", {"by": Who.OWNER})], Handling.IN_CONTACT),
    "the owner says that there was none": (
        [("contact", {}), ("no_contact", {})],
        Handling.ACCEPTED,
    ),
    "none, says the owner of a closed file": (
        [("contact", {}), ("closed", {}), ("no_contact", {})],
        Handling.CLOSED,
    ),
    "closed after contact": ([("contact", {}), ("closed", {})], Handling.CLOSED),
    "withdrawn": ([("seen", {}), ("withdrawn", {})], Handling.WITHDRAWN),
    "the owner keeps it here": ([("seen", {}), ("no_next", {})], Handling.SEEN),
    "nobody answered": ([("expired", {})], Handling.EXPIRED),
    "told how it ended, after the end": (
        [("contact", {}), ("closed", {}), ("outcome", {"outcome": Outcome.HELPED})],
        Handling.CLOSED,
    ),
}


@pytest.mark.parametrize("name", WAYS)
def test_what_happened_leads_to_a_state(name: str) -> None:
    steps, expected = WAYS[name]
    found = referral(*(event(kind, "2026-03-04", **more) for kind, more in steps))
    assert found.handling.value is expected


NOT_POSSIBLE = [
    ("taken after it was refused", [("refused", {"reason": "other"})], "accepted", {}),
    ("refused after it was withdrawn", [("withdrawn", {})], "refused", {"reason": "other"}),
    ("withdrawn after it expired", [("expired", {})], "withdrawn", {}),
    ("taken back twice", [("closed", {}), ("withdrawn", {})], "withdrawn", {"key": "again"}),
    ("full after the contact", [("contact", {})], "full", {"until": date(2026, 5, 1)}),
    ("a refusal without a reason", [], "refused", {}),
    ("a refusal with a reason of its own", [], "refused", {"reason": "geen zin"}),
    ("full until yesterday", [], "full", {"until": date(2026, 3, 1)}),
    ("full until nobody knows when", [], "full", {}),
    ("full for more than three months", [], "full", {"until": date(2026, 6, 5)}),
    ("no contact, where nobody said that there was", [("accepted", {})], "no_contact", {}),
    ("no contact, of a file that was closed without", [("closed", {})], "no_contact", {}),
    ("no contact, says the receiver", [("contact", {})], "no_contact", {"by": Who.RECEIVER}),
    ("an outcome before any contact", [], "outcome", {"outcome": Outcome.NOT}),
    (
        "an outcome of who said no",
        [("refused", {"reason": "other"})],
        "outcome",
        {"outcome": Outcome.NOT, "by": Who.OWNER},
    ),
    (
        "an outcome of a door that shut",
        [("expired", {})],
        "outcome",
        {"outcome": Outcome.NOT, "by": Who.OWNER},
    ),
    ("an outcome without a word", [], "outcome", {}),
    ("the receiver withdraws", [], "withdrawn", {"by": Who.RECEIVER}),
    ("the receiver keeps it here", [], "no_next", {"by": Who.RECEIVER}),
    ("kept here after it went", [("expired", {})], "no_next", {}),
    ("kept here after it was withdrawn", [("withdrawn", {})], "no_next", {}),
    ("the owner marks it seen", [], "seen", {"by": Who.OWNER}),
    ("a receiver who says that the mail arrived", [], "handed_over", {"by": Who.RECEIVER}),
    ("sent twice", [], "sent", {}),
    ("a step of the clock without its day", [], "step", {"step": "remind"}),
]


@pytest.mark.parametrize(
    ("name", "before", "kind", "more"), NOT_POSSIBLE, ids=lambda x: str(x)[:40]
)
def test_what_cannot_be_is_refused(
    name: str, before: list[tuple[str, dict[str, object]]], kind: str, more: dict[str, object]
) -> None:
    found = referral(*(event(k, "2026-03-03", **m) for k, m in before))
    with pytest.raises(BakenError):
        apply(found, event(kind, "2026-03-04", **more))


def test_full_for_three_months_can_just_be() -> None:
    full = apply(referral(), event("full", "2026-03-04", until=date(2026, 6, 4)))
    assert full.handling.value is Handling.FULL


def test_what_was_kept_stands_though_it_could_not_be_said_today() -> None:
    """Events of before a rule was there still make a state."""
    full = event("full", "2026-03-04", until=date(2027, 3, 4))
    told = event("outcome", "2026-03-05", outcome=Outcome.NOT, by=Who.OWNER)
    found = referral(full, told)
    assert found.full_until == full.until
    assert found.outcomes[Who.OWNER].value is Outcome.NOT


def test_the_same_message_twice_counts_once() -> None:
    tried = event("tried", "2026-03-04", key="click-7")
    once = apply(referral(), tried)
    assert once.tries == 1
    assert apply(once, tried) == once


def test_the_two_sides_may_disagree_and_both_are_kept() -> None:
    found = referral(
        event("contact", "2026-03-04"),
        event("outcome", "2026-04-10", outcome=Outcome.HELPED),
        event("outcome", "2026-04-12", outcome=Outcome.NOT, by=Who.OWNER),
        event("outcome", "2026-05-02", outcome=Outcome.PARTLY, by=Who.OWNER),
    )
    assert found.outcomes[Who.RECEIVER].value is Outcome.HELPED
    assert found.outcomes[Who.OWNER].value is Outcome.PARTLY
    assert found.outcomes[Who.OWNER].at == moment("2026-05-02")


def test_a_bounce_says_nothing_of_the_handling_and_a_later_try_can_arrive() -> None:
    bounced = referral(event("bounced", "2026-03-02"))
    assert (bounced.delivery.value, bounced.handling.value) == (Delivery.BOUNCED, Handling.OFFERED)
    again = apply(bounced, event("handed_over", "2026-03-03"))
    assert again.delivery.value is Delivery.HANDED_OVER


def test_a_referral_begins_with_sending() -> None:
    with pytest.raises(BakenError):
        begin(referral().terms, event("seen", "2026-03-02"))


def test_each_refusal_has_words_in_three_languages() -> None:
    assert {"not_my_area", "not_my_size", "not_my_sector"} <= set(REFUSALS)
    for refusal in REFUSALS.values():
        assert set(refusal.says) == {"nl", "en", "fr"}


LAST = date(2026, 9, 1)
events = st.builds(
    Event,
    kind=st.sampled_from(list(Kind)),
    by=st.sampled_from(list(Who)),
    at=st.dates(date(2026, 3, 2), date(2026, 6, 1)).map(lambda d: moment(d.isoformat())),
    key=st.text("abcdef", min_size=1, max_size=2),
    reason=st.sampled_from(["other", "not_my_size", "nonsense", None]),
    until=st.sampled_from([date(2026, 7, 1), date(2026, 1, 1), None]),
    outcome=st.sampled_from([*Outcome, None]),
    step=st.sampled_from(["remind", None]),
    of=st.just(date(2026, 3, 2)),
)


@given(st.lists(events, max_size=14))
def test_whatever_comes_the_rules_hold(said: list[Event]) -> None:
    """An end stays the end, nobody speaks for another, a key counts once, an outcome is never
    lost.
    """
    now = referral()
    for one in said:
        before = now
        try:
            now = apply(now, one)
        except BakenError:
            continue
        if one.key in before.keys:
            assert now == before, "said twice is said once"
            continue
        assert one.by in MAY_SAY[one.kind]
        assert apply(now, one) == now
        assert now.handling == before.handling or before.handling.value not in ENDED
        assert set(before.outcomes) <= set(now.outcomes)
        if now.handling != before.handling:
            assert before.handling.value in CAN_TAKE[one.kind]
        assert now.tries >= before.tries
        if before.no_next_on or one.kind is not Kind.NO_NEXT:
            assert now.no_next_on == before.no_next_on, "it keeps its first day"
        else:
            day = one.at.date()
            assert now == replace(before, no_next_on=day, keys=now.keys) and due(now, LAST) == due(
                before, LAST
            ), "no clock waits shorter or longer, and nothing else moves"


IN_FHIR = """
offered requested    accepted   accepted     in_contact in-progress
seen    received     refused    rejected     closed     completed
full    on-hold      tried      in-progress  withdrawn  cancelled
expired failed
"""
"""What the receiver does, and the status of a Task (https://hl7.org/fhir/R4/valueset-task-status)."""


def test_each_state_has_its_status_in_fhir() -> None:
    words = IN_FHIR.split()
    expected = dict(zip(words[::2], words[1::2], strict=True))
    assert {str(state): status for state, status in fhir.STATUS.items()} == expected
    assert set(expected) == {str(state) for state in Handling}


def test_a_task_tells_state_reason_and_outcomes_and_no_content() -> None:
    found = referral(event("refused", "2026-03-04", reason="not_my_size"), crisis=True)
    task = fhir.task(found, "a1")
    assert (task["status"], task["priority"]) == ("rejected", "urgent")
    assert task["statusReason"] == {"text": "not_my_size"}
    told = replace(found, outcomes={Who.OWNER: replace(found.handling, value=Outcome.NOT)})  # type: ignore[type-var]
    assert fhir.task(told, "a1")["output"] == [
        {"type": {"text": "outcome, owner"}, "valueString": "not"}
    ]


def test_a_message_that_bounced_is_a_failed_task() -> None:
    assert fhir.task(referral(event("bounced", "2026-03-02")), "a1")["status"] == "failed"
