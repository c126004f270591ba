"""Days away, and "full until" of all that waits, by a link without an account; and hours on days on
which nobody would call.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import date
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.refer.clocks import promised_by
from baken.refer.hours import parse
from baken.refer.model import Event, Kind, Who
from baken.web.desk.models import Busy, Holder, Member
from baken.web.handover import away, links, slots, store
from baken.web.handover.models import Absence, Intent, Referral
from baken.web.handover.promise import promise
from baken.web.handover.tick import tick
from baken.web.handover.windows import windows
from baken.web.texts import text
from tests.refer.made import moment
from tests.web.desk.made import HOUSE, OTHER, browser, file
from tests.web.handover import path
from tests.web.handover.made import receiver
from tests.web.handover.opening import Browser

pytestmark = pytest.mark.django_db
NOW = moment("2026-11-26")
FRIDAY, MONDAY, NEXT_FRIDAY = date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 4)
HOUR, SAYS = "2026-11-27T10:00", "vrijdag 27 november 2026, 10:00 tot 10:30"
PAGE = "/bureau/wie-is-er"
AWAY = {"do": "away", "first": "2026-11-27", "last": "2026-11-29"}


@pytest.fixture(autouse=True)
def a_thursday() -> Iterator[None]:
    """Thursday 26 November 2026; the organisation offers hours on the Friday and the Monday."""
    slots.replace(receiver(HOUSE), parse("fri 10:00-11:00 | mon 10:00-10:30"))
    with patch("django.utils.timezone.now", return_value=NOW):
        yield


def asked(key: str, **more: object) -> Referral:
    row = file(key=key, **more)
    row.dossier["contact"]["phone"] = "0470123456"
    row.save()
    return row


def by_link(
    row: Referral, form: dict[str, object], opens: bool = True, device: Client | None = None
) -> tuple[int, str]:
    """What the page of a link answers, on a device of its own or this one."""
    client = device or Browser()
    address = f"/dossier/{links.link_for(row, Who.RECEIVER, FRIDAY)[1]}"
    if opens:
        client.post(address, {"do": "open"})
    page = client.post(address, form)
    return page.status_code, html.unescape(page.content.decode()).replace("\u00a0", " ")


def days(row: Referral) -> list[date]:
    """The days on which its owner can choose an hour."""
    row.refresh_from_db()
    shown = slots.still_open(row, store.state_of(row), NOW, "nl")
    return sorted({date.fromisoformat(name[:10]) for name, _ in shown})


def test_days_away_that_a_link_tells_hold_for_the_hours_of_the_organisation() -> None:
    one, other, device = asked("a"), asked("b"), Browser()
    assert days(other) == [FRIDAY, MONDAY]
    status, page = by_link(one, AWAY, device=device)
    assert (status, days(other)) == (200, [MONDAY, NEXT_FRIDAY])
    assert "27 november 2026 – 29 november 2026" in page
    line = Absence.objects.get()
    by_link(asked("c", to=OTHER), {"do": "back", "row": line.pk})
    assert Absence.objects.exists(), "nobody takes back the days of another organisation"
    by_link(one, {"do": "back", "row": line.pk}, device=device)
    assert days(other) == [FRIDAY, MONDAY]


WRONG = [
    ({"first": "2026-11-30", "last": "2026-11-27"}, "desk.last_wrong"),
    ({"first": "2026-11-20", "last": "2026-11-25"}, "desk.last_wrong"),
    ({"first": "morgen", "last": "2026-11-27"}, "desk.day_wrong"),
]


@pytest.mark.parametrize(("form", "says"), WRONG)
def test_days_that_can_not_be_are_told_at_their_field(form: dict[str, str], says: str) -> None:
    status, page = by_link(asked("a"), {"do": "away", **form})
    assert (status, text("nl", says) in page, Absence.objects.exists()) == (400, True, False)


def test_days_with_a_given_hour_are_asked_about_first_by_the_link_too() -> None:
    row = asked("a")
    store.choose(row.pk, slots.named(HOUR) or NOW, NOW)
    form = {"do": "away", "first": "2026-11-27", "last": "2026-11-27"}
    status, page = by_link(asked("b"), form)
    assert (status, SAYS in page, Absence.objects.exists()) == (400, True, False)
    assert by_link(row, {**form, "sure": "1"})[0] == 200
    assert Absence.objects.exists()


def test_an_organisation_has_at_most_fifty_lines_of_days() -> None:
    house = receiver(HOUSE)
    for number in range(away.MOST):
        last = date(2027, 1, 1 + number % 28)
        first = date(2026, 12, 1 + number // 28)
        Absence.objects.create(receiver=house, first=first, last=last)
    with pytest.raises(BakenError):
        away.announce(house, MONDAY, MONDAY, NOW)


def test_full_of_one_file_leaves_the_clocks_of_the_others_as_they_are() -> None:
    one, other = asked("a"), asked("b")
    by_link(one, {"do": "full", "until": "2026-12-09"})
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.handling, other.handling) == ("full", "offered")
    tick(moment("2026-12-04"))
    assert other.intents.filter(letter="no_word_yet").exists(), "its firm hears the truth"


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_the_tick_for_the_others_stands_where_others_wait(lang: str) -> None:
    row = asked("a")
    client = Browser()
    _, token = links.link_for(row, Who.RECEIVER, FRIDAY)
    address = ("" if lang == "nl" else f"/{lang}") + f"/dossier/{token}"
    assert 'name="others"' not in client.post(address, {"do": "open"}).content.decode()
    asked("b"), asked("c")
    page = html.unescape(client.post(address, {"do": "open"}).content.decode())
    assert text(lang, "handover.full_others.other", count=2) in page
    assert text(lang, "handover.full_others_hint") in page
    assert 'name="others"' not in client.get(address).content.decode(), "not before it is open"


def test_full_is_said_of_all_that_nobody_took_each_with_its_own_letter_and_clock() -> None:
    one, other, taken, elsewhere = asked("a"), asked("b"), asked("c"), asked("d", to=OTHER)
    Referral.objects.filter(pk=other.pk).update(owner_address="b@firma.example")
    store.record(taken.pk, Event(Kind.ACCEPTED, Who.RECEIVER, NOW, "yes"))
    form = {"do": "full", "until": "2026-12-09", "others": "1"}
    assert by_link(one, form)[0] == 200
    states = [Referral.objects.get(pk=r.pk).handling for r in (one, other, taken, elsewhere)]
    assert states == ["full", "full", "accepted", "offered"]
    assert Intent.objects.filter(letter="full", to="owner", referral=other).count() == 1
    assert promised_by(store.state_of(other)) > date(2026, 12, 9)


def test_without_opening_full_is_said_of_one_file_only() -> None:
    one, other = asked("a"), asked("b")
    by_link(one, {"do": "full", "until": "2026-12-09", "others": "1"}, opens=False)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.handling, other.handling) == ("full", "offered")


def test_a_day_that_is_wrong_is_said_of_none() -> None:
    one, other = asked("a"), asked("b")
    status, _ = by_link(one, {"do": "full", "until": "2020-01-01", "others": "1"})
    assert status == 400
    assert set(Referral.objects.values_list("handling", flat=True)) == {"seen", "offered"}
    assert other.pk


def busy(who: Member, **more: object) -> None:
    Busy.objects.create(member=who, first=FRIDAY, last=FRIDAY, **more)


@pytest.mark.parametrize("full", [False, True], ids=["away", "full"])
def test_no_hour_on_a_day_when_all_advisers_are_away(an: Member, bo: Member, full: bool) -> None:
    row = asked("a")
    busy(an)
    assert days(row) == [FRIDAY, MONDAY], "bo is there"
    busy(bo, full=full)
    assert days(row) == [MONDAY, NEXT_FRIDAY], "promised a day later, so that one is in time too"
    with pytest.raises(BakenError):
        store.choose(row.pk, slots.named(HOUR) or NOW, NOW)
    order = store.Order(HOUSE, row.dossier, ["need"], "2026-11", slot=slots.named(HOUR))
    with pytest.raises(BakenError):
        store.send(order, NOW, "b")


def test_no_hour_on_a_day_on_which_who_has_the_question_is_away(an: Member, bo: Member) -> None:
    row, free = asked("a"), asked("b")
    store.record(row.pk, Event(Kind.ACCEPTED, Who.RECEIVER, NOW, "yes"))
    Holder.objects.create(referral=row, member=an)
    busy(an)
    assert (days(row), days(free)) == ([MONDAY], [FRIDAY, MONDAY])
    with pytest.raises(BakenError):
        store.choose(row.pk, slots.named(HOUR) or NOW, NOW)
    Busy.objects.update(stand_in=bo)
    assert days(row) == [FRIDAY, MONDAY], "bo calls"


HELD = [
    # who has the file, who is away already, what is said of an; whether it is asked about first
    ("an", "", "away", True),
    ("an", "", "full", False),
    ("an", "bo", "away with bo", True),
    ("an", "", "away with bo", False),
    ("bo", "", "away", False),
    ("", "", "away", False),
    ("", "bo", "away", True),
    ("", "bo", "full", True),
]


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
@pytest.mark.parametrize(("held", "off", "said", "asks"), HELD)
def test_own_days_on_which_nobody_would_call_a_firm_are_asked_about_first(
    an: Member, bo: Member, held: str, off: str, said: str, asks: bool, lang: str
) -> None:
    row = asked("a")
    store.choose(row.pk, slots.named(HOUR) or NOW, NOW)
    if held:
        Holder.objects.create(referral=row, member=an if held == "an" else bo)
    if off:
        busy(bo)
    before = Busy.objects.count()
    form = {"do": "busy", "kind": said.split()[0], "first": "2026-11-27", "last": "2026-11-27"}
    form["stand_in"] = str(bo.pk) if "with" in said else ""
    client, address = browser(an), ("" if lang == "nl" else f"/{lang}") + PAGE
    page = client.post(address, form)
    assert (page.status_code, Busy.objects.count() - before) == ((400, 0) if asks else (302, 1))
    if asks:
        shown = html.unescape(page.content.decode())
        assert text(lang, "desk.busy_mend") in shown
        assert slots.in_words(lang, row_hour(row)) in shown
        assert client.post(address, form | {"sure": "1"}).status_code == 302
        assert Busy.objects.count() - before == 1


def row_hour(row: Referral) -> object:
    row.refresh_from_db()
    assert row.slot_at is not None and timezone.is_aware(row.slot_at)
    return row.slot_at


def test_who_sends_to_who_is_away_is_promised_a_day_on_which_somebody_is_there() -> None:
    """Sent on Thursday 26 November; away from the Friday to Wednesday 9 December."""
    away.announce(receiver(HOUSE), FRIDAY, date(2026, 12, 9), NOW, sure=True)
    told = promise(receiver(HOUSE), False, NOW, "nl")
    assert (told.day.replace("\u00a0", " "), told.later) == ("woensdag 16 december 2026", True)
    called = windows(date(2026, 11, 26), told.by, told.absences)
    assert (called[0], called[-1]) == ("2026-12-10/am", "2026-12-16/pm")
    row = asked("a")
    assert row.contact_by == promised_by(store.state_of(row)) == date(2026, 12, 16)
    for day in ("2026-12-04", "2026-12-16"):
        tick(moment(day))
        assert not Intent.objects.filter(letter__in=["no_word_yet", "overdue"]).exists(), day
    tick(moment("2026-12-17"))
    assert Intent.objects.filter(letter="no_word_yet").exists()


def test_an_absence_that_is_told_later_leaves_the_promise_that_was_made() -> None:
    row = asked("a")
    before = promised_by(store.state_of(row))
    away.announce(receiver(HOUSE), FRIDAY, date(2026, 12, 9), NOW, sure=True)
    assert promised_by(store.state_of(row)) == before


def test_the_page_tells_the_later_day_and_leads_to_another_door(site: Client) -> None:
    path.doors_take_files()
    away.announce(receiver(path.TO), FRIDAY, date(2026, 12, 9), NOW, sure=True)
    page = site.post("/stuur/bereik", path.state(item=["need"])).content.decode()
    page = html.unescape(page).replace("\u00a0", " ")
    assert "Contact uiterlijk op woensdag 16 december 2026" in page
    assert "Kies een andere deur" in page and 'value="2026-12-10/am"' in page
    assert "2026-11-30/am" not in page
