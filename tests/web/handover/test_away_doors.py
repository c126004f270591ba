"""No question goes by itself to a door where nobody is there for long, and nobody is sent there
without knowing it; who waits longer than usual may leave at once.
"""

from __future__ import annotations

import html
import json
import re
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from baken.refer.model import Kind, Who
from baken.web.desk import passing
from baken.web.desk.files import open_file
from baken.web.desk.models import Member
from baken.web.handover import onward, store
from baken.web.handover.history import lines
from baken.web.handover.models import Absence, Intent, Receiver, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from tests.refer.made import moment
from tests.web.desk.made import OTHER, browser, file
from tests.web.handover import path
from tests.web.handover.doors import DAY_8, DAY_15, HERE, SECOND, THIRD, asked, chain, says
from tests.web.handover.made import MONDAY, at, event, letters, receiver

pytestmark = pytest.mark.django_db
STANDS = ("huis-van-raad", "offered")


def leaves(record_id: str, first: str = "2026-03-03", last: str = "2026-04-10") -> None:
    """Nobody of a door is there for weeks."""
    receiver(record_id)
    days = date.fromisoformat(first), date.fromisoformat(last)
    Absence.objects.create(
        receiver=Receiver.objects.get(record_id=record_id), first=days[0], last=days[1]
    )


def test_the_clock_skips_a_door_that_is_away() -> None:
    row = asked()
    leaves(SECOND)
    tick(DAY_8)
    assert chain(row) == [HERE, (THIRD, "offered")]
    last = Referral.objects.get(receiver__record_id=THIRD)
    assert last.alternative == SECOND, "it stays a door for later"


def test_where_all_are_away_the_question_stays_and_its_owner_hears_why() -> None:
    row = asked()
    leaves(SECOND)
    leaves(THIRD, last="2026-03-27")
    tick(DAY_8)
    assert chain(row) == [STANDS]
    tick(DAY_15)
    assert chain(row) == [HERE, (THIRD, "offered")], "who is back first"
    assert "is er niet van dinsdag 3 maart 2026 tot en met vrijdag 27 maart 2026" in says(
        "moved_on", DAY_15
    ).replace("\u00a0", " ")


def all_away(**more: Any) -> Referral:
    """A question that stayed on the eighth working day, for the other doors are away until later:
    the one until Wednesday 18 March, the other until Friday the 27th.
    """
    row = asked(**more)
    leaves(SECOND, last="2026-03-18")
    leaves(THIRD, last="2026-03-27")
    for day in (DAY_8, at(14), at(15)):
        tick(day)
    assert chain(row) == [STANDS]
    assert letters(Who.OWNER).count("other_door") == 1, "it is said once that it stays"
    return row


def test_a_question_that_stayed_goes_on_once_somebody_is_back() -> None:
    row = all_away()
    assert "Is er weer iemand, en weten we nog van geen contact? Dan gaat" in says("other_door")
    for _ in "twice":
        tick(at(16))
    assert chain(row) == [HERE, (SECOND, "offered")]
    assert letters(Who.OWNER)[-1] == "moved_on"


def test_without_permission_its_owner_hears_once_that_somebody_is_back() -> None:
    row = all_away(may_pass_on=False)
    for day in (16, 17, 18):
        tick(at(day))
    assert chain(row) == [STANDS]
    told = Intent.objects.filter(letter="other_door").order_by("pk")
    assert len(told) == 2
    written = letter(told[1], at(16))
    assert written is not None and "Wachten mag, maar we raden" in written.get_content()
    said = [line for _, line in lines(row, "Huis", "nl")]
    assert said[-2:] == [
        "Er was niemand bij een andere deur. Je vraag bleef dus hier.",
        "Er is weer iemand bij een andere deur. We stelden ze je voor.",
    ]


def test_a_question_that_stayed_goes_on_at_once_after_a_no() -> None:
    row = all_away()
    store.record(row.pk, event(Kind.REFUSED, 15.1, reason="other"))
    tick(at(15.2))
    assert chain(row) == [("huis-van-raad", "refused"), (SECOND, "offered")]
    assert "stuurde je vraag door" in lines(row, "Huis", "nl")[-1][1], "nobody is back yet"


def test_a_question_that_is_taken_on_meanwhile_stays() -> None:
    row = all_away()
    store.record(row.pk, event(Kind.ACCEPTED, 15.1))
    tick(at(16))
    assert chain(row) == [("huis-van-raad", "accepted")]


def test_what_this_door_will_not_do_goes_to_the_door_that_is_back_first() -> None:
    row = asked()
    leaves(SECOND)
    leaves(THIRD, last="2026-03-27")
    store.record(row.pk, event(Kind.REFUSED, 1, reason="other"))
    tick(DAY_8)
    assert chain(row) == [("huis-van-raad", "refused"), (THIRD, "offered")]


@pytest.mark.parametrize("crisis", [False, True])
def test_who_waits_longer_by_days_away_may_leave_at_once(crisis: bool) -> None:
    leaves("huis-van-raad")
    row = asked(crisis=crisis)
    state = store.state_of(row)
    assert onward.may_leave(row, state, MONDAY.date())
    store.record(row.pk, event(Kind.ACCEPTED, 0.1))
    assert onward.may_leave(row, store.state_of(row), MONDAY.date())


def page(site: Client, address: str, form: dict[str, Any] | None = None) -> tuple[int, str]:
    answer = site.post(address, form) if form else site.get(address)
    return answer.status_code, html.unescape(answer.content.decode()).replace("\u00a0", " ")


NOW = moment("2026-11-26")
LONG = ("2026-11-30", "2026-12-24")
LATE = "Energiehuis is er niet van maandag 30 november 2026 tot en met donderdag 24 december 2026"


@pytest.fixture
def thursday() -> Any:
    with patch("django.utils.timezone.now", return_value=NOW):
        yield


def test_the_owner_s_button_shows_first_that_the_other_door_is_away(
    site: Client, doors: None, thursday: None
) -> None:
    at = path.sent(site, may_pass_on="1").split("?")[0]
    row = Referral.objects.get()
    store.record(row.pk, event_now(Kind.REFUSED, reason="other"))
    leaves(path.OTHER, *LONG)
    _, shown = page(site, at)
    assert LATE in shown and "Reken daar op contact tegen" in shown
    assert "Zoek verder met dezelfde vraag" in shown, "neither, but the other door, or a search"
    status, shown = page(site, at, {"do": "other"})
    assert (status, LATE in shown, row.next.exists()) == (200, True, False)
    assert site.post("/stuur/verstuur", {"sealed": path.sealed(shown)}).status_code == 303
    assert row.next.exists()


def event_now(kind: Kind, by: Who = Who.RECEIVER, **more: Any) -> Any:
    return store.Event(kind, by, NOW, f"{kind}", **more)


def test_an_absence_that_is_announced_after_sending_stands_on_the_page_with_a_way_on(
    site: Client, doors: None, thursday: None
) -> None:
    at = path.sent(site).split("?")[0]
    assert "Een andere deur" not in page(site, at)[1]
    leaves(path.TO, *LONG)
    _, shown = page(site, at)
    assert "liet weten dat er van maandag 30 november 2026" in shown
    assert "Ze kunnen je dus pas vanaf maandag 28 december 2026 bellen." in shown
    assert "Een andere deur: Energiehuis" in shown
    assert page(site, at, {"do": "other"})[0] == 200


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_a_promise_that_became_a_later_day_is_shown_before_anything_is_sent(
    site: Client, doors: None, thursday: None, lang: str
) -> None:
    sealed = path.sealed(path.preview(site))
    leaves(path.TO, *LONG)
    status, shown = page(site, f"{lang}/stuur/verstuur", {"sealed": sealed, "do": "send"})
    assert (status, Referral.objects.count()) == (409, 0)
    assert f"/organisation/{path.OTHER}" not in shown
    form = re.search(r'action="(\S+)#deuren">(.*?)<p>', shown)
    assert form is not None
    fields = dict(re.findall(r'name="(\w+)" value="(.*?)">', form[2]))
    assert json.loads(fields["facts"]) == path.FACTS, "all of it, also what was not ticked"
    status, answer = page(site, form[1], fields)
    assert (status, 'id="deuren"' in answer) == (200, True)
    again = path.sealed(shown)
    assert page(site, "/stuur/verstuur", {"sealed": again, "do": "look"})[0] == 200
    assert site.post("/stuur/verstuur", {"sealed": again, "do": "send"}).status_code == 303
    assert Referral.objects.get().contact_by == date(2026, 12, 31)


def test_from_the_next_door_s_later_day_the_owner_goes_back_to_the_question(
    site: Client, doors: None, thursday: None
) -> None:
    at = path.sent(site).split("?")[0]
    store.record(Referral.objects.get().pk, event_now(Kind.REFUSED, reason="other"))
    sealed = path.sealed(page(site, at, {"do": "other"})[1])
    leaves(path.OTHER, *LONG)
    status, shown = page(site, "/stuur/verstuur", {"sealed": sealed, "do": "send"})
    assert (status, f'href="{at}">Je vraag aan Centrum voor bakkers' in shown) == (409, True)


def test_a_promise_that_became_an_earlier_day_is_sent_at_once(
    site: Client, doors: None, thursday: None
) -> None:
    leaves(path.TO, *LONG)
    sealed = path.sealed(path.preview(site))
    Absence.objects.all().delete()
    assert site.post("/stuur/verstuur", {"sealed": sealed, "do": "send"}).status_code == 303


def test_the_desk_reads_until_when_another_organisation_is_away(an: Member, thursday: None) -> None:
    row = file(key="a", may_pass_on=True)
    receiver(OTHER)
    leaves(OTHER, *LONG)
    open_file(an, row.public_id, NOW)
    shown = browser(an).get(f"/bureau/dossier/{row.public_id}").content.decode()
    assert "(afwezig tot en met donderdag 24" in html.unescape(shown)
    passing.pass_on(an, row.public_id, {"why": "other", "to": OTHER}, NOW)
    gone = Referral.objects.get(receiver__record_id=OTHER)
    assert onward.may_leave(gone, store.state_of(gone), NOW.date())
    told = letter(Intent.objects.get(letter="passed_on"), NOW)
    assert told is None or "Wil je niet wachten?" in told.get_content()
