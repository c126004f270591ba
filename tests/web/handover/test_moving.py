"""The eighth and the fifteenth day: to the next door by itself where the owner allowed it, by one
button where not.
"""

from __future__ import annotations

from typing import Any

import pytest

from baken.kernel.errors import BakenError
from baken.refer.model import Handling, Kind, Who
from baken.web.handover import onward, store
from baken.web.handover.models import Intent, Permission, Receiver, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from baken.web.handover.windows import in_words, windows
from tests.web.handover.doors import (
    AFTER_5,
    DAY_8,
    DAY_15,
    HERE,
    SECOND,
    THERE,
    THIRD,
    asked,
    chain,
)
from tests.web.handover.made import MONDAY, at, departed, event, letters, receiver

pytestmark = pytest.mark.django_db
TICKS = [
    # the days after Monday on which the scheduler ran, and the doors afterwards
    ("not before the eighth day", [3, 7, 9], [("huis-van-raad", "offered")]),
    ("on the eighth", [3, 7, 10], [HERE, THERE]),
    ("once, however often it runs", [10, 10.1, 10.2, 11], [HERE, THERE]),
    ("three days late", [4, 13], [HERE, THERE]),
    ("a month late", [40], [HERE, THERE]),
    ("from the second door too", [10, 22], [HERE, (SECOND, "expired"), (THIRD, "offered")]),
    ("until there is none", [10, 22, 34, 60], [HERE, (SECOND, "expired"), (THIRD, "expired")]),
    ("a clock that jumps back undoes nothing", [10, -300, 10.5], [HERE, THERE]),
    ("a clock that was a year ahead moves it once", [365, 3, 10, 11], [HERE, THERE]),
]


@pytest.mark.parametrize(("name", "days", "doors"), TICKS, ids=[name for name, *_ in TICKS])
def test_the_clock_passes_it_on(name: str, days: list[float], doors: list[Any]) -> None:
    row = asked()
    for day in days:
        tick(at(day))
    assert chain(row) == doors


def test_in_trouble_it_goes_on_the_third_day() -> None:
    row = asked(crisis=True)
    tick(at(2))
    assert len(chain(row)) == 1
    tick(at(3))
    assert chain(row) == [HERE, THERE]
    assert Referral.objects.get(after=row).crisis


def test_a_new_permission_stands_and_the_first_one_ended() -> None:
    row = asked()
    tick(DAY_8)
    first, second = Permission.objects.order_by("pk")
    assert first.withdrawn_at == second.given_at == DAY_8
    assert (second.items, second.text_version) == (first.items, first.text_version)
    assert (second.channel, second.may_pass_on) == ("clock", True)
    new = Referral.objects.get(after=row)
    assert (new.alternative, new.later) == (THIRD, [])
    assert (new.dossier["to"], new.owner_address) == ("Tweede huis", row.owner_address)


def test_the_owner_gets_one_letter_about_it() -> None:
    departed(asked())
    tick(DAY_8)
    assert letters(Who.OWNER) == ["moved_on"], "nobody ran on the fifth day"
    assert letters(Who.COORDINATOR) == ["overdue"]
    written = letter(Intent.objects.get(letter="moved_on"), DAY_8)
    assert written is not None
    says = written.get_content().replace("\n", " ")
    assert "We weten van geen contact met Huis van Raad. Daarom ging je vraag door naar" in says
    assert written["To"] == "bakker@firma.example"


def test_on_the_fifth_day_the_owner_heard_the_truth_first() -> None:
    asked()
    tick(AFTER_5)
    tick(DAY_8)
    assert letters(Who.OWNER) == ["no_word_yet", "moved_on"]


STAYS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("not allowed", {"may_pass_on": False}, ["other_door"]),
    ("no other door", {"alternative": "", "later": []}, ["other_door"]),
    ("a door that takes no files", {"alternative": "nobody", "later": []}, ["other_door"]),
]


@pytest.mark.parametrize(("name", "more", "told"), STAYS, ids=[name for name, *_ in STAYS])
def test_else_the_owner_is_asked(name: str, more: dict[str, Any], told: list[str]) -> None:
    row = asked(**more)
    for _ in "twice":
        tick(DAY_8)
    assert chain(row) == [("huis-van-raad", "offered")]
    assert letters(Who.OWNER) == told
    tick(DAY_15)
    assert chain(row) == [("huis-van-raad", "expired")]
    assert letters(Who.OWNER) == [*told, "door_closed"]


def test_a_permission_that_was_drawn_back_moves_nothing() -> None:
    row = asked()
    Permission.objects.update(withdrawn_at=at(1))
    tick(DAY_8)
    assert len(chain(row)) == 1


@pytest.mark.usefixtures("records")
def test_an_alternative_that_got_an_address_later_is_taken_on_the_fifteenth_day() -> None:
    row = asked(alternative="energiehuis", later=[])
    receiver("energiehuis", active=False)
    tick(DAY_8)
    Receiver.objects.filter(record_id="energiehuis").update(active=True)
    tick(DAY_15)
    assert chain(row) == [HERE, ("energiehuis", "offered")]
    assert letters(Who.OWNER) == ["other_door", "moved_on"]


SAID = [
    (Kind.CONTACT, {}, [("huis-van-raad", "in_contact")]),
    (Kind.REFUSED, {"reason": "already_helped"}, [("huis-van-raad", "refused")]),
    (Kind.WITHDRAWN, {"by": Who.OWNER}, [("huis-van-raad", "withdrawn")]),
    (Kind.ACCEPTED, {}, [("huis-van-raad", "accepted")]),
]


@pytest.mark.parametrize(("kind", "more", "doors"), SAID, ids=[str(kind) for kind, *_ in SAID])
def test_what_was_said_before_stops_it(kind: Kind, more: dict[str, Any], doors: list[Any]) -> None:
    row = asked()
    store.record(row.pk, event(kind, 8, **more))
    tick(DAY_8)
    assert chain(row) == doors


def test_taken_without_a_contact_goes_on_by_the_same_ladder() -> None:
    row = asked()
    store.record(row.pk, event(Kind.ACCEPTED, 8))
    tick(at(17))
    assert len(chain(row)) == 1
    tick(at(18))
    assert chain(row) == [HERE, THERE]


def test_a_contact_at_the_same_moment_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the tick found is looked at again under the lock."""
    row, real = asked(), onward.by_clock

    def meanwhile(row: Referral, now: Any, waits: bool) -> Any:
        found = real(row, now, waits)
        store.record(row.pk, event(Kind.CONTACT, 9.9))
        return found

    monkeypatch.setattr(onward, "by_clock", meanwhile)
    tick(DAY_8)
    assert chain(row) == [("huis-van-raad", "in_contact")]
    assert letters(Who.OWNER) == ["contact"]


def test_the_owner_who_went_first_is_not_sent_twice() -> None:
    row = asked()
    tick(AFTER_5)
    made = onward.order_to(row, Receiver.objects.get(record_id=SECOND), Who.OWNER, "page", AFTER_5)
    store.move(made, AFTER_5, onward.key_after(row))
    tick(DAY_8)
    assert chain(row) == [("huis-van-raad", "withdrawn"), (SECOND, "offered")]


def test_what_went_on_does_not_go_on_again() -> None:
    row = asked()
    tick(DAY_8)
    third = Receiver.objects.get(record_id=THIRD)
    order = onward.order_to(row, third, Who.SYSTEM, "clock", DAY_8)
    with pytest.raises(BakenError):
        store.pass_on(row.pk, order, event(Kind.EXPIRED, 11, by=Who.SYSTEM), "another key")
    assert Referral.objects.count() == 2


def test_windows_that_are_over_do_not_go_along() -> None:
    row = asked()
    when = [in_words("nl", window) for window in windows(MONDAY.date())]
    Referral.objects.update(dossier={"lang": "nl", "contact": {"phone": "0400", "when": when}})
    row.refresh_from_db()
    to = Receiver.objects.get(record_id=SECOND)
    days = {1: 8, 4: 2, 10: 0}
    for day, left in days.items():
        made = onward.order_to(row, to, Who.RECEIVER, "desk", at(day))
        contact = made.dossier["contact"]
        assert (contact["when"], contact["appointment"]) == (when[10 - left :], "")
    Receiver.objects.filter(record_id=SECOND).update(promise=2)
    faster = onward.order_to(row, Receiver.objects.get(record_id=SECOND), Who.OWNER, "page", at(1))
    assert faster.dossier["contact"]["when"] == when[2:6], "those within its own promise"


def test_state_after_moving_is_what_its_events_tell() -> None:
    row = asked()
    tick(DAY_8)
    row.refresh_from_db()
    assert store.state_of(row).handling.value is Handling.EXPIRED
    assert (row.ended, row.handling) == (True, "expired")
