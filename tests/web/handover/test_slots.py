"""An hour that an organisation offers: chosen once, seen by both, free again when it falls away."""

from __future__ import annotations

import html
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from baken.refer.hours import parse
from baken.refer.model import BRUSSELS, Event, Kind, Who
from baken.web.handover import links, shown, slots, store
from baken.web.handover.models import Absence, Intent, OfficeHours, Receiver, Referral
from baken.web.handover.post import letter
from baken.web.handover.reach import called
from baken.web.texts import text
from tests.refer.made import moment
from tests.web.handover import path
from tests.web.handover.made import sent
from tests.web.handover.opening import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_thursday")]
FIRST, SECOND = "2026-11-27T10:00", "2026-11-27T10:30"
NOW = moment("2026-11-26")


def reach(site: Client, **more: Any) -> str:
    return html.unescape(site.post("/stuur/bereik", path.state(**more)).content.decode())


def test_the_nearest_free_hours_are_offered_and_none_is_chosen(site: Client) -> None:
    page = reach(site)
    assert page.count('name="slot"') == 3
    assert "vrijdag 27\u00a0november 2026, 10:00 tot 10:30" in page
    assert 'value="" checked' in page


OFFERED = [
    # what the organisation offers, is away, promises; how many hours can be chosen
    ("mon 09:00-12:00 | tue 09:00-12:00", None, 5, 12),
    ("thu 09:00-10:00", None, 5, 2),
    ("thu 09:00-10:00", None, 2, 0),
    ("fri 10:00-11:00", ("2026-11-20", "2026-11-27"), 5, 2),
    ("fri 10:00-11:00", ("2026-11-20", "2026-11-27"), 3, 0),
    ("2026-11-26 17:00-18:00", None, 5, 0),
    ("", None, 5, 0),
]


@pytest.mark.parametrize(("weekly", "away", "promise", "count"), OFFERED, ids=range(len(OFFERED)))
def test_only_hours_ahead_within_the_promise_are_offered(
    weekly: str, away: tuple[str, str] | None, promise: int, count: int
) -> None:
    to = Receiver.objects.get(record_id=path.TO)
    to.promise = promise
    slots.replace(to, parse(weekly))
    if away:
        Absence.objects.create(receiver=to, first=away[0], last=away[1])
    assert len(slots.free(to, NOW)) == count


def test_no_more_than_the_six_nearest_are_shown(site: Client) -> None:
    slots.replace(Receiver.objects.get(record_id=path.TO), parse("mon 09:00-17:00"))
    page = reach(site)
    assert page.count('name="slot"') == 6 + 1
    assert "11:30 tot 12:00" in page
    far = "2026-11-30T16:30"
    path.sent(site, slot=far)
    assert slots.name(Referral.objects.get().slot_at) == far, "seen a day ago, and still free"


def test_without_hours_there_are_windows_as_before(site: Client) -> None:
    OfficeHours.objects.all().delete()
    page = reach(site)
    assert 'name="slot"' not in page
    assert page.count('name="when"') == 11


def test_the_chosen_hour_is_in_the_preview_and_on_both_pages(site: Client) -> None:
    preview = path.preview(site, slot=FIRST)
    assert "Afspraak: vrijdag 27\u00a0november 2026, 10:00 tot 10:30<" in preview
    assert "Ook goed om te bellen" not in preview
    both = path.preview(site, slot=FIRST, when=["2026-11-30/am"])
    assert "Afspraak: vrijdag 27\u00a0november 2026, 10:00 tot 10:30<" in both
    assert "Ook goed om te bellen: maandag 30\u00a0november 2026, voormiddag<" in both
    address = path.sent(site, slot=FIRST).split("?")[0]
    row = Referral.objects.get()
    assert slots.name(row.slot_at) == FIRST
    says = "vrijdag 27\u00a0november 2026, 10:00 tot 10:30"
    page = html.unescape(site.get(address).content.decode())
    assert f"Je afspraak: {says}" in page
    assert "Contact is beloofd uiterlijk op vrijdag 27\u00a0november 2026." in page
    _, token = links.link_for(row, Who.RECEIVER, timezone.localdate())
    theirs = html.unescape(Browser().get(f"/dossier/{token}").content.decode())
    assert f"De onderneming koos een uur dat jullie aanbieden: {says}" in theirs
    assert path.CONTACT["phone"] not in theirs
    written = letter(Intent.objects.get(letter="new_file"), NOW)
    assert written is not None
    assert says in written.get_content().replace("\n", " ")


def test_after_a_contact_nobody_is_told_to_call(site: Client) -> None:
    path.sent(site, slot=FIRST)
    row = Referral.objects.get()
    _, token = links.link_for(row, Who.RECEIVER, timezone.localdate())
    theirs = Browser()
    before = theirs.post(f"/dossier/{token}", {"do": "open"}).content.decode()
    after = theirs.post(f"/dossier/{token}", {"do": "contact", "nonce": "a"}).content.decode()
    assert "Bel haar dan." in before and "Bel haar dan." not in after
    assert "De onderneming koos een uur dat jullie aanbieden" in after


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
@pytest.mark.parametrize("by", [Who.RECEIVER, Who.OWNER])
def test_after_a_contact_no_owner_reads_to_be_called_at_the_hour(
    site: Client, by: Who, lang: str
) -> None:
    address, row = path.sent(site, slot=FIRST).split("?")[0], Referral.objects.get()
    address = address if lang == "nl" else f"/{lang}{address}"
    told = {"to": called(row, lang), "slot": slots.to_come(row, NOW, lang)}
    calls, spoke = (text(lang, f"follow.{one}", **told) for one in ("slot", "slot_contact"))

    def said() -> tuple[bool, bool]:
        page = html.unescape(site.get(address).content.decode())
        return calls in page, spoke in page

    assert said() == (True, False)
    store.record(row.pk, Event(Kind.CONTACT, by, timezone.now(), "contact"))
    assert said() == (False, True)
    if by is Who.RECEIVER:
        store.record(row.pk, Event(Kind.NO_CONTACT, Who.OWNER, timezone.now(), "denied"))
        assert said() == (True, False), "denied: the hour is still to come"


@pytest.mark.parametrize("later", [SECOND, None], ids=["another hour", "none"])
def test_the_file_of_the_organisation_has_the_hour_that_stands_now(
    site: Client, later: str | None
) -> None:
    path.sent(site, slot=FIRST)
    row = Referral.objects.get()
    assert shown.as_shown(row)["contact"]["appointment"].endswith("10:00 tot 10:30")
    row.slot_at = slots.named(later) if later else None
    told = shown.as_shown(row)["contact"]["appointment"]
    assert told.endswith("10:30 tot 11:00") if later else told == ""


def test_an_hour_that_is_over_is_told_no_more(site: Client) -> None:
    address = path.sent(site, slot=FIRST).split("?")[0]
    with patch("django.utils.timezone.now", return_value=moment("2026-11-28")):
        page = html.unescape(site.get(address).content.decode())
    assert "Je afspraak" not in page
    assert "Dat was beloofd uiterlijk op vrijdag 27\u00a0november 2026" in page


@pytest.mark.parametrize("side", ["owner", "receiver"])
def test_the_hour_goes_into_a_calendar_without_anything_of_the_firm(
    site: Client, side: str
) -> None:
    address = path.sent(site, slot=FIRST).split("?")[0]
    if side == "receiver":
        _, token = links.link_for(Referral.objects.get(), Who.RECEIVER, timezone.localdate())
        address = f"/dossier/{token}"
    answer = site.post(address, {"do": "ics"})
    assert answer.headers["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["dtstart"].dt.astimezone(BRUSSELS).isoformat() == f"{FIRST}:00+01:00"
    for secret in ("oven", *path.CONTACT.values()):
        assert secret not in answer.content.decode()


WRONG = [
    ({"slot": "2026-11-27T11:00"}, "Dat uur is niet meer vrij"),
    ({"slot": "2020-01-03T10:00"}, "Dat uur is niet meer vrij"),
    ({"slot": FIRST, "phone": ""}, "zodat ze je op dat uur kunnen bellen"),
]


@pytest.mark.parametrize(("fields", "says"), WRONG, ids=["not offered", "past", "no phone"])
def test_an_hour_that_cannot_be_is_told_at_its_field(
    site: Client, fields: dict[str, str], says: str
) -> None:
    answer = site.post("/stuur/nakijken", path.state(**{**path.REACH, **fields}))
    assert answer.status_code == 400
    assert says in html.unescape(answer.content.decode())


@pytest.mark.parametrize("typed", ["x", "morgen", "<script>", "9" * 300])
def test_what_is_no_hour_is_no_choice(site: Client, typed: str) -> None:
    path.sent(site, slot=typed, when="any")
    assert Referral.objects.get().slot_at is None


def test_an_hour_that_another_firm_took_in_the_meantime_is_chosen_again(site: Client) -> None:
    order = {"sealed": path.sealed(path.preview(site, slot=FIRST)), "do": "send"}
    path.sent(site, slot=FIRST, key="fedcba")
    answer = site.post("/stuur/verstuur", order)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "Er is nog niets verstuurd" in page
    assert FIRST not in page
    again = {"sealed": path.sealed(page), "do": "slot", "slot": SECOND}
    preview = html.unescape(site.post("/stuur/verstuur", again).content.decode())
    assert "10:30 tot 11:00" in preview
    assert "10:00 tot 10:30" not in preview
    site.post("/stuur/verstuur", {"sealed": path.sealed(preview), "do": "send"})
    taken = Referral.objects.order_by("pk").values_list("slot_at", flat=True)
    assert [slots.name(at) for at in taken] == [FIRST, SECOND]


def test_a_double_click_with_an_hour_sends_once(site: Client) -> None:
    """The second click finds the hour taken, by itself."""
    order = {"sealed": path.sealed(path.preview(site, slot=FIRST)), "do": "send"}
    pages = [site.post("/stuur/verstuur", order).headers["Location"] for _ in "ab"]
    assert pages[0].split("?")[0] == pages[1].split("?")[0]
    assert Referral.objects.count() == 1


def test_of_two_tabs_with_two_hours_the_first_one_counts(site: Client) -> None:
    first, second = (path.sealed(path.preview(site, slot=hour)) for hour in (FIRST, SECOND))
    for sealed in (first, second):
        page = site.post("/stuur/verstuur", {"sealed": sealed, "do": "send"})
        assert page.status_code == 303
    assert slots.name(Referral.objects.get().slot_at) == FIRST


def test_the_database_itself_gives_an_hour_once() -> None:
    at = datetime(2026, 3, 3, 9, tzinfo=BRUSSELS)
    first, second = sent("a"), sent("b")
    Referral.objects.filter(pk=first.pk).update(slot_at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=second.pk).update(slot_at=at)


FREED: list[tuple[Kind, Who, dict[str, Any]]] = [
    (Kind.WITHDRAWN, Who.OWNER, {}),
    (Kind.REFUSED, Who.RECEIVER, {"reason": "no_room"}),
    (Kind.FULL, Who.RECEIVER, {"until": (NOW + timedelta(days=9)).date()}),
    (Kind.EXPIRED, Who.SYSTEM, {}),
    (Kind.CLOSED, Who.RECEIVER, {}),
]


@pytest.mark.parametrize(("kind", "by", "more"), FREED, ids=[str(k) for k, *_ in FREED])
def test_an_hour_that_falls_away_is_free_again(
    site: Client, kind: Kind, by: Who, more: dict[str, Any]
) -> None:
    path.sent(site, slot=FIRST)
    to, row = Receiver.objects.get(record_id=path.TO), Referral.objects.get()
    assert len(slots.free(to, NOW)) == 1
    store.record(row.pk, Event(kind, by, NOW, "one", **more))
    assert len(slots.free(to, NOW)) == 2


def test_the_other_door_gives_the_hour_back(site: Client) -> None:
    address = path.sent(site, slot=FIRST, may_pass_on="1").split("?")[0]
    row = Referral.objects.get()
    store.record(row.pk, Event(Kind.BOUNCED, Who.SYSTEM, NOW, "bounced"))
    site.post(address, {"do": "other"})
    before, after = Referral.objects.order_by("pk")
    assert (before.slot_at, after.slot_at) == (None, None)
    assert after.dossier["contact"]["when"] == [], "the hour was one of the first door"


def afterwards(site: Client, **more: Any) -> tuple[Referral, str]:
    """A question that was sent without an hour, and its owner's page."""
    address = path.sent(site, **more).split("?")[0]
    return Referral.objects.get(), address


def test_an_hour_can_be_chosen_after_sending_and_the_receiver_hears_it(site: Client) -> None:
    row, address = afterwards(site)
    Intent.objects.update(stage=Intent.DONE)
    assert html.unescape(site.get(address).content.decode()).count('name="slot"') == 2
    for _ in "double":
        assert site.post(address, {"do": "slot", "slot": SECOND}).status_code == 303
    row.refresh_from_db()
    assert slots.name(row.slot_at) == SECOND
    page = html.unescape(site.get(address).content.decode())
    assert "10:30 tot 11:00" in page
    assert 'name="slot"' not in page
    written = letter(Intent.objects.get(letter="hour"), NOW)
    assert written is not None
    assert "10:30 tot 11:00" in written.get_content()


def test_chosen_before_the_first_letter_went_it_stands_in_that_one(site: Client) -> None:
    _, address = afterwards(site)
    site.post(address, {"do": "slot", "slot": FIRST})
    written = letter(Intent.objects.get(to="receiver"), NOW)
    assert written is not None
    assert "10:00 tot 10:30" in written.get_content()


def test_a_letter_about_an_hour_that_fell_away_does_not_go(site: Client) -> None:
    row, address = afterwards(site)
    Intent.objects.update(stage=Intent.DONE)
    site.post(address, {"do": "slot", "slot": FIRST})
    store.record(row.pk, Event(Kind.CLOSED, Who.OWNER, NOW, "closed"))
    assert letter(Intent.objects.get(letter="hour"), NOW) is None


NO_CHOICE: list[tuple[str, dict[str, str], Kind | None]] = [
    ("no number went along", {"phone": ""}, None),
    ("there is contact", {}, Kind.CONTACT),
    ("it was tried", {}, Kind.TRIED),
]


@pytest.mark.parametrize(("name", "more", "kind"), NO_CHOICE, ids=[n for n, *_ in NO_CHOICE])
def test_where_no_hour_is_to_be_chosen_none_is_shown(
    site: Client, name: str, more: dict[str, str], kind: Kind | None
) -> None:
    row, address = afterwards(site, **more)
    if kind is not None:
        store.record(row.pk, Event(kind, Who.RECEIVER, NOW, "one"))
    page = site.get(address)
    assert page.status_code == 200
    assert 'name="slot"' not in page.content.decode()


def test_an_hour_that_is_gone_is_told_and_others_are_shown(site: Client) -> None:
    row, address = afterwards(site)
    path.sent(site, slot=FIRST, key="fedcba")
    answer = site.post(address, {"do": "slot", "slot": FIRST})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "Dat uur is niet meer vrij" in page
    assert "<title>Fout: " in page
    assert '<a href="#slot">Dat uur is niet meer vrij' in page
    assert 'id="slot" tabindex="-1" aria-describedby="slot-error"' in page
    assert SECOND in page and FIRST not in page
    row.refresh_from_db()
    assert row.slot_at is None


def test_where_no_hour_is_left_to_choose_the_error_leads_to_none(site: Client) -> None:
    row, address = afterwards(site)
    store.record(row.pk, Event(Kind.CONTACT, Who.OWNER, NOW, "one"))
    answer = site.post(address, {"do": "slot", "slot": FIRST})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "<li>Dat uur is niet meer vrij" in page
    assert "#slot" not in page and 'id="slot"' not in page


def test_a_wiped_referral_holds_no_hour(site: Client) -> None:
    address = path.sent(site, slot=FIRST).split("?")[0]
    site.post(address, {"do": "wipe"})
    assert Referral.objects.get().slot_at is None
