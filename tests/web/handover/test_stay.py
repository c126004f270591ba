"""An owner takes back that the question may go on unasked, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.refer.clocks import Step
from baken.refer.model import Event, Kind, Who
from baken.web.handover import ceased, links, onward, stay, store
from baken.web.handover.models import EventRow, Permission, Referral
from baken.web.handover.tick import tick
from tests.web.handover import path
from tests.web.handover.doors import AFTER_5, DAY_8, DAY_15, HERE, SECOND, THERE, asked, chain, says
from tests.web.handover.following import happens, owners_page, page_of, row
from tests.web.handover.made import at, event, letters

pytestmark = pytest.mark.django_db
BUTTON = 'value="no_next">Niet meer doorgeven zonder mij</button>'
DONE = "Je vraag gaat niet meer naar een andere deur zonder jou."
PRESS = {"do": "no_next", "nonce": "a"}


def kept(days: float = 1) -> Referral:
    """A question whose owner allowed that it goes on, and allows it no more."""
    found = asked()
    stay.stay(found.pk, event(Kind.NO_NEXT, days, Who.OWNER))
    return Referral.objects.get(pk=found.pk)


def told(found: Referral) -> list[tuple[str, str]]:
    return [(one.kind, one.more.get("step", "")) for one in found.events.order_by("pk")]


def test_the_clocks_do_as_for_who_never_allowed_it() -> None:
    mine, never = kept(), asked("form-2", may_pass_on=False)
    for day in range(2, 60):
        tick(at(day))
        if at(day) == DAY_8:
            assert chain(mine) == [("huis-van-raad", "offered")]
            assert ("step", str(Step.SWITCH)) in told(mine)
    assert [one for one in told(mine) if one[0] != "no_next"] == told(never)
    assert chain(mine) == chain(never) == [HERE]
    mails = [one.intents.filter(to=str(Who.OWNER)).order_by("pk") for one in (mine, never)]
    read = [[one.letter for one in found] for found in mails]
    assert read[0] == read[1] == ["sent", "no_word_yet", "other_door", "door_closed"]


def test_tick_and_its_withdrawal_stay_with_their_days() -> None:
    found = kept()
    permission = Permission.objects.get()
    assert (permission.may_pass_on, permission.no_next_at) == (True, at(1))
    assert permission.withdrawn_at is None, "who has it keeps it"
    assert store.state_of(found).no_next_on == date(2026, 3, 3)
    stay.stay(found.pk, event(Kind.NO_NEXT, 2, Who.OWNER))
    assert Permission.objects.get().no_next_at == at(1)
    assert EventRow.objects.filter(kind="no_next").count() == 1


def test_letters_lead_with_the_button_and_say_since_when() -> None:
    kept()
    line = "Je vraag gaat niet vanzelf naar Tweede huis: op 3 maart 2026 trok je die toestemming in"
    for day, name in ((AFTER_5, "no_word_yet"), (DAY_8, "other_door")):
        tick(day)
        written = says(name).replace("\u00a0", " ")
        assert line in written and "Doe je niets" not in written
    assert letters(Who.OWNER) == ["no_word_yet", "other_door"], "and no letter of the button"


def test_beside_the_day_on_which_it_goes_there_is_the_button() -> None:
    found = asked()
    tick(AFTER_5)
    with patch("django.utils.timezone.now", return_value=AFTER_5):
        page = owners_page(found)
        assert page.count(BUTTON) == 1
        assert "vanzelf naar Tweede huis" in page.partition(BUTTON)[0]
        assert "No longer pass it on without me" in owners_page(found, "/en")
        assert "Ne plus transmettre sans moi" in owners_page(found, "/fr")
        stay.stay(found.pk, event(Kind.NO_NEXT, 8, Who.OWNER))
        after = owners_page(found)
    assert BUTTON not in after and "vanzelf naar" not in after
    assert "Je ziet eerst wat meegaat." in after, "as for who never allowed it"


@pytest.mark.usefixtures("doors")
def test_the_button_keeps_the_question_where_it_is(site: Client) -> None:
    address = path.sent(site, may_pass_on="1").split("?")[0]
    assert page_of(site, address).count(BUTTON) == 1
    for _ in "twice":
        answer = site.post(address, PRESS)
        assert (answer.status_code, answer["Location"]) == (303, f"{address}?blijft")
    site.post(address, PRESS | {"nonce": "another tab"})
    page = page_of(site, answer["Location"])
    assert DONE in page and BUTTON not in page
    assert "Je trok de toestemming in om je vraag zonder jou door te geven." in page
    assert "Je liet toe dat je vraag doorgegeven wordt, en trok dat in op" in page
    assert DONE not in page_of(site, address)
    assert EventRow.objects.filter(kind="no_next").count() == 1
    taken = site.post("/gegevens", {"typed": address, "do": "take"}).json()
    (door,) = taken["items"][0]["doors"]
    assert door["permission"]["may_pass_on"] and door["permission"]["may_pass_on_until"]
    assert "no_next" in [one["kind"] for one in door["events"]]


@pytest.mark.usefixtures("doors")
def test_the_owner_still_goes_on_and_sees_first_what_goes_along(site: Client) -> None:
    address = path.sent(site, may_pass_on="1").split("?")[0]
    site.post(address, PRESS)
    happens(Kind.FULL, until=timezone.localdate() + timedelta(days=1))
    assert "Je gaf daar al toestemming voor" not in page_of(site, address)
    made = onward.preview_of(row(), timezone.now(), "nl")
    assert made is not None and not made.may_pass_on
    assert site.post(address, {"do": "other"}).status_code == 200
    assert Referral.objects.count() == 1


@pytest.mark.usefixtures("doors")
@pytest.mark.parametrize("may", ["1", ""], ids=["it went", "never allowed"])
def test_where_nothing_is_to_be_taken_back_the_page_says_so(site: Client, may: str) -> None:
    address = path.sent(site, **({"may_pass_on": may} if may else {})).split("?")[0]
    if may:
        ceased.shut(row().receiver, timezone.now())
        assert row().next.exists()
    page = page_of(site, address)
    assert BUTTON not in page and DONE not in page_of(site, f"{address}?blijft")
    answer = site.post(address, PRESS)
    assert answer.status_code == 409
    assert "Dat kan niet meer. Hieronder staat hoe het er nu voor staat." in answer.content.decode()
    assert not EventRow.objects.filter(kind="no_next").exists()
    if may:
        assert "Je vraag ging naar een andere deur" in answer.content.decode()


def test_at_the_next_door_it_can_be_taken_back_too() -> None:
    found = asked()
    tick(DAY_8)
    assert chain(found) == [HERE, THERE]
    second = Referral.objects.get(receiver__record_id=SECOND)
    assert stay.can_stay(second)
    stay.stay(second.pk, event(Kind.NO_NEXT, 11, Who.OWNER))
    tick(at(40))
    assert chain(found) == [HERE, (SECOND, "expired")]


def test_a_clock_that_found_it_before_does_not_pass_it_on_after() -> None:
    found = asked()
    order = onward.by_clock(found, DAY_8)
    stay.stay(found.pk, event(Kind.NO_NEXT, 9, Who.OWNER))
    assert order is not None
    gone = Event(Kind.EXPIRED, Who.SYSTEM, DAY_8, "x")
    with pytest.raises(BakenError):
        store.pass_on(found.pk, order, gone, onward.key_after(found))
    assert len(chain(found)) == 1


def test_after_a_no_the_clock_leaves_it_to_the_owner() -> None:
    found = kept()
    store.record(found.pk, event(Kind.REFUSED, 2, reason="no_room"))
    tick(at(3))
    tick(DAY_15)
    assert chain(found) == [("huis-van-raad", "refused")]
    assert letters(Who.OWNER) == ["refused"]


def test_a_stranger_cannot_press_it() -> None:
    found = asked()
    with patch("django.utils.timezone.now", return_value=at(1)):
        _, token = links.link_for(found, Who.OWNER, at(1).date())
        Client().post(f"/vervolg/{token}", PRESS)
    assert Permission.objects.get().no_next_at is None
