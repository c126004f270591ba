"""What an owner sent from one answer to two doors goes to no organisation twice, and a contact at
one door holds the other copy where it is, unless its owner says otherwise.
"""

from __future__ import annotations

from datetime import datetime
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.refer.model import Kind, Who
from baken.web.desk import passing
from baken.web.handover import onward, store
from baken.web.handover.models import Permission, Referral
from baken.web.handover.tick import tick
from tests.web.handover import path
from tests.web.handover.doors import AFTER_5, DAY_8, DAY_15, SECOND, THIRD, says
from tests.web.handover.following import owners_page
from tests.web.handover.made import at, event, receiver, sent
from tests.web.handover.test_all_doors import page_of, read

pytestmark = pytest.mark.django_db
FIRST, ANSWER = "huis-van-raad", "0a" * 16


def both(**more: str) -> tuple[Referral, Referral]:
    """One question at two doors, each with the other and the third one behind it."""
    receiver(SECOND, name="Tweede huis")
    receiver(THIRD, name="Derde huis")
    same = {"later": [THIRD], "may_pass_on": True, "answer": ANSWER, **more}
    return sent("a", alternative=SECOND, **same), sent("b", to=SECOND, alternative=FIRST, **same)


def stands() -> list[tuple[str, str]]:
    return [(row.receiver.record_id, row.handling) for row in Referral.objects.order_by("pk")]


def goes_on(until: datetime) -> None:
    for day in range(1, 40):
        if at(day) <= until:
            tick(at(day))


def test_the_clock_takes_two_copies_to_no_door_twice_nor_to_each_other() -> None:
    both()
    goes_on(at(60))
    assert [to for to, _ in stands()] == [FIRST, SECOND, THIRD]


def test_page_letter_and_desk_know_the_doors_of_the_other_copy() -> None:
    first, second = both()
    assert onward.next_door(first, DAY_8) == onward.next_door(second, DAY_8) == THIRD
    assert [one.record_id for one in passing.others(first)] == [THIRD]
    tick(AFTER_5)
    with patch("django.utils.timezone.now", return_value=AFTER_5):
        assert "Een andere deur: Derde huis" in owners_page(first)


def test_what_was_found_before_the_other_copy_went_there_does_not_go() -> None:
    first, second = both()
    orders = [onward.by_clock(row, DAY_8) for row in (first, second)]
    for row, order, key in zip((first, second), orders, "xy", strict=True):
        assert order is not None and order.receiver == THIRD
        leaving = event(Kind.EXPIRED, 10, Who.SYSTEM)
        if key == "y":
            with pytest.raises(BakenError, match="stood there"):
                store.pass_on(row.pk, order, leaving, key)
        else:
            store.pass_on(row.pk, order, leaving, key)
    assert stands() == [(FIRST, "expired"), (SECOND, "offered"), (THIRD, "offered")]


def test_after_a_contact_at_one_door_the_other_copy_stays_until_its_owner_sends_it_on() -> None:
    first, second = both()
    store.record(second.pk, event(Kind.CONTACT, 2))
    goes_on(DAY_8)
    held = "want er was contact met Tweede huis"
    assert held in says("other_door", DAY_8)
    with patch("django.utils.timezone.now", return_value=DAY_8):
        page = owners_page(first)
        assert held in page and "Ga naar Derde huis" in page
    assert onward.preview_of(first, DAY_8, "nl") is not None
    goes_on(DAY_15)
    assert stands() == [(FIRST, "expired"), (SECOND, "in_contact")]


ENDS = [
    ("denied", [event(Kind.NO_CONTACT, 3, Who.OWNER)]),
    ("did not help", [event(Kind.OUTCOME, 3, Who.OWNER, outcome="not")]),
    ("taken back", [event(Kind.WITHDRAWN, 3, Who.OWNER)]),
]


@pytest.mark.parametrize(("name", "events"), ENDS, ids=[name for name, _ in ENDS])
def test_a_contact_that_is_no_help_any_more_holds_nothing(name: str, events: list) -> None:  # type: ignore[type-arg]
    first, second = both()
    for one in (event(Kind.CONTACT, 2), *events):
        store.record(second.pk, one)
    assert onward.held_by(first) is None
    goes_on(DAY_8)
    assert (THIRD, "offered") in stands()


def test_a_contact_over_which_it_went_on_itself_holds_nothing() -> None:
    first, _ = both()
    store.record(first.pk, event(Kind.CONTACT, 2))
    assert onward.held_by(first) is None


def test_questions_without_a_tie_go_as_before() -> None:
    both(answer="")
    goes_on(DAY_8)
    assert [to for to, _ in stands()] == [FIRST, SECOND, SECOND, FIRST]


@pytest.mark.usefixtures("doors")
def test_the_second_preview_says_where_it_stands_with_a_link_for_its_owner(site: Client) -> None:
    assert "Je vraag staat al bij" not in path.preview(site)
    path.sent(site)
    first, told = Referral.objects.get(), "Je vraag staat al bij Centrum voor bakkers."
    page = path.preview(site, to=path.OTHER)
    assert told in page and f'href="{page_of(first)}"' in page
    page = path.preview(Client(), to=path.OTHER)
    assert told in page and page_of(first) not in page
    assert "Je vraag staat al bij" not in path.preview(site, to=path.OTHER, key="f" * 32)
    store.record(first.pk, event(Kind.WITHDRAWN, 0, Who.OWNER))
    assert told not in path.preview(site, to=path.OTHER)


@pytest.mark.usefixtures("doors")
def test_the_page_of_the_answer_leads_to_where_it_went_on_to(site: Client) -> None:
    path.sent(site)
    first, now = Referral.objects.get(), timezone.now()
    Permission.objects.update(may_pass_on=True)
    order = onward.by_clock(first, now)
    assert order is not None and order.receiver == path.OTHER
    store.pass_on(first.pk, order, event(Kind.EXPIRED, 10, Who.SYSTEM), "x")
    went = Referral.objects.get(after=first)
    page = site.post("/stuur", path.state(to=path.OTHER))
    assert page.status_code == 303 and page.headers["Location"] == f"{page_of(went)}?al=1"
    assert "Energiehuis" in read(site, page_of(went))
    assert Referral.objects.count() == 2
