"""An organisation that is there no more while it was in contact: its owner hears it, nobody there
is asked for a call, and a contact that there was not costs no days.
"""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest

from baken.refer.model import Kind, Outcome, Who
from baken.web.handover import ceased, onward, store
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from tests.web.handover.doors import SECOND, asked, chain
from tests.web.handover.following import owners_page
from tests.web.handover.made import at, event

pytestmark = pytest.mark.django_db


def in_contact(key: str = "form-1", **more: Any) -> Referral:
    row = asked(key, **more)
    store.record(row.pk, event(Kind.SEEN, 0.1))
    store.record(row.pk, event(Kind.CONTACT, 0.2))
    return Referral.objects.get(pk=row.pk)


def told(row: Referral, now: float) -> dict[str, str]:
    """The letters to the owner that leave, by name."""
    found: dict[str, str] = {}
    for intent in Intent.objects.filter(referral=row, to="owner").order_by("pk"):
        if (written := letter(intent, at(now))) is not None:
            found[intent.letter] = " ".join(f"{written['Subject']} {written.get_content()}".split())
    return found


def test_who_was_in_contact_hears_it_and_may_go_on() -> None:
    row = in_contact(may_pass_on=False)
    assert ceased.shut(row.receiver, at(1)) == 1
    assert ceased.shut(row.receiver, at(2)) == 0
    said = told(row, 1)
    assert list(said) == ["door_gone"], "and not that it closed the question"
    assert "Huis van Raad helpt geen ondernemers meer. Hielp het contact" in said["door_gone"]
    assert "Op de pagina stuur je je vraag naar een andere deur: Tweede huis" in said["door_gone"]
    page = owners_page(row)
    assert "Huis van Raad helpt niet meer. We sloten deze deur." in page
    assert "Een andere deur: Tweede huis" in page
    assert "Heeft het geholpen?" in page
    assert "Huis van Raad helpt niet meer, maar je kan meteen" in page
    assert "Huis van Raad leest wat je zegt" not in page
    assert "Afgesloten door" not in page


def test_it_goes_nowhere_by_itself_while_nobody_denies_the_contact() -> None:
    row = in_contact()
    ceased.shut(row.receiver, at(1))
    for day in range(1, 60):
        tick(at(day))
    assert chain(row) == [("huis-van-raad", "closed")]


def test_a_contact_that_there_was_not_costs_no_days() -> None:
    row = in_contact()
    ceased.shut(row.receiver, at(1))
    assert "Je vraag gaat dan vanzelf naar Tweede huis" in owners_page(row)
    store.record(row.pk, event(Kind.NO_CONTACT, 40, Who.OWNER))
    tick(at(40))
    assert chain(row) == [("huis-van-raad", "closed"), (SECOND, "offered")]
    said = told(row.next.get(), 40)
    assert "Huis van Raad helpt geen ondernemers meer. Daarom ging" in said["moved_on"]


def test_nobody_writes_to_an_organisation_that_is_there_no_more() -> None:
    row = in_contact(may_pass_on=False)
    ceased.shut(row.receiver, at(1))
    for day in range(1, 60):
        tick(at(day))
    store.record(row.pk, event(Kind.NO_CONTACT, 60, Who.OWNER))
    there = Intent.objects.filter(referral=row, to="receiver").exclude(letter="new_file")
    assert not [one.letter for one in there if letter(one, at(60)) is not None]
    assert "leest dat, en moet je contacteren" not in owners_page(row)


def test_who_said_that_it_helped_gets_no_letter() -> None:
    row = in_contact()
    store.record(row.pk, event(Kind.OUTCOME, 0.5, Who.OWNER, outcome=Outcome.HELPED))
    row.refresh_from_db()
    ceased.shut(row.receiver, at(1))
    assert "door_gone" not in told(row, 1)


@pytest.mark.parametrize("may_pass_on", [True, False])
@pytest.mark.parametrize("kind", [Kind.CONTACT, Kind.REFUSED, Kind.WITHDRAWN])
def test_what_happened_meanwhile_stops_no_other(kind: Kind, may_pass_on: bool) -> None:
    """Something happens to the second question while the first one goes on."""
    first, second, third = (asked(f"form-{n}", may_pass_on=may_pass_on) for n in range(3))
    found = onward.by_clock

    def meanwhile(row: Referral, *more: Any) -> Any:
        if row.pk == first.pk:
            _happens(second, kind)
        return found(row, *more)

    with patch.object(onward, "by_clock", meanwhile):
        ceased.shut(first.receiver, at(1))
    ends = {Kind.CONTACT: "closed", Kind.REFUSED: "refused", Kind.WITHDRAWN: "withdrawn"}
    assert chain(second) == [("huis-van-raad", ends[kind])]
    for row in (first, third):
        assert len(chain(row)) == 1 + may_pass_on


def _happens(row: Referral, kind: Kind) -> None:
    by = Who.OWNER if kind is Kind.WITHDRAWN else Who.RECEIVER
    store.record(row.pk, event(kind, 0.9, by, reason="no_room" if kind is Kind.REFUSED else None))
