"""Which messages follow from what happened."""

from __future__ import annotations

from datetime import date

import pytest

from baken.refer.clocks import Step
from baken.refer.letters import letters_after
from baken.refer.model import Kind, Who
from tests.refer.made import event

FOLLOWS = [
    ("sent", {}, [("new_file", "receiver"), ("sent", "owner")]),
    ("handed_over", {}, []),
    ("bounced", {}, [("not_arrived", "coordinator"), ("not_arrived", "owner")]),
    ("seen", {}, []),
    ("accepted", {}, [("taken", "owner")]),
    ("refused", {"reason": "other"}, [("refused", "owner")]),
    ("full", {"until": date(2026, 5, 1)}, [("full", "owner")]),
    ("tried", {}, [("tried", "owner")]),
    ("reach", {"by": Who.OWNER}, [("reach", "receiver")]),
    ("contact", {}, [("contact", "owner")]),
    ("contact", {"by": Who.OWNER}, []),
    ("no_contact", {}, [("no_contact", "receiver")]),
    ("withdrawn", {}, [("withdrawn", "receiver")]),
    ("closed", {}, [("closed_without", "owner")]),
    ("closed", {"by": Who.OWNER}, []),
    ("expired", {}, [("door_closed", "owner"), ("file_closed", "receiver")]),
    ("expired", {"reason": "ceased"}, [("door_gone", "owner")]),
    ("expired", {"reason": "unreached"}, [("door_unreached", "owner")]),
    ("step", {"step": Step.REMIND}, [("reminder", "receiver")]),
    ("step", {"step": Step.ESCALATE}, [("overdue", "coordinator"), ("no_word_yet", "owner")]),
    ("step", {"step": Step.SWITCH}, [("other_door", "owner")]),
    ("step", {"step": Step.BACK}, [("other_door", "owner")]),
    ("step", {"step": Step.ASK}, [("how_did_it_go", "owner"), ("how_did_it_go", "receiver")]),
]


@pytest.mark.parametrize(("kind", "more", "expected"), FOLLOWS, ids=lambda x: str(x)[:30])
def test_what_happened_brings_letters(
    kind: str, more: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    found = letters_after(event(kind, "2026-03-04", of=date(2026, 3, 2), **more))
    assert [(str(m.letter), str(m.to)) for m in found] == expected


def test_who_answered_is_not_asked_again() -> None:
    again = event("step", "2026-04-20", step=Step.ASK_AGAIN, of=date(2026, 3, 4))
    assert [m.to for m in letters_after(again, frozenset({Who.OWNER}))] == [Who.RECEIVER]


BY = [
    (Who.OWNER, [("new_file", "receiver"), ("sent", "owner")]),
    (Who.RECEIVER, [("new_file", "receiver"), ("passed_on", "owner")]),
    (Who.SYSTEM, [("new_file", "receiver"), ("moved_on", "owner")]),
]


@pytest.mark.parametrize(("by", "expected"), BY, ids=[str(by) for by, _ in BY])
def test_the_owner_hears_who_passed_it_on(by: Who, expected: list[tuple[str, str]]) -> None:
    found = letters_after(event("sent", "2026-03-02", by=by))
    assert [(str(m.letter), str(m.to)) for m in found] == expected


def test_who_is_silent_gets_no_letter() -> None:
    found = letters_after(event("expired", "2026-03-24"), silent=frozenset({Who.OWNER}))
    assert [str(m.letter) for m in found] == ["file_closed"]


def test_each_letter_of_an_event_has_a_key_of_its_own() -> None:
    expired = event("expired", "2026-04-20", key="k")
    assert len({m.key for m in letters_after(expired)}) == 2
    assert Kind.EXPIRED is expired.kind
