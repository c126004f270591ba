"""An agreed hour that falls away: named to both sides, where they read what made it fall."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.model import Event, Kind, Who
from baken.web.handover import links, onward, outbox, slots, store
from baken.web.handover.models import Absence, EventRow, Intent, Receiver, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from baken.web.upkeep.retention import clear_overdue
from tests.refer.made import moment
from tests.web.desk.made import browser, member
from tests.web.handover import path
from tests.web.handover.following import owners_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_thursday")]
NOW = moment("2026-11-26")
HOUR, SAYS = "2026-11-27T10:00", "vrijdag 27 november 2026, 10:00 tot 10:30"
YOURS = f"Je uur met Centrum voor bakkers valt weg: {SAYS}. Centrum voor bakkers belt je dan niet."
THEIRS = f"Het uur dat de onderneming koos, valt weg: {SAYS}."


@pytest.fixture
def row(site: Client) -> Referral:
    """A question that may be passed on, with an hour; its first letters went."""
    path.sent(site, slot=HOUR, may_pass_on="1")
    Intent.objects.update(stage=Intent.DONE)
    return Referral.objects.get()


def reads(name: str, to: Who = Who.OWNER) -> str:
    written = letter(Intent.objects.filter(letter=name, to=str(to)).latest("pk"), NOW)
    assert written is not None
    return " ".join(written.get_content().split())


def says(kind: Kind, by: Who = Who.RECEIVER, **more: Any) -> Callable[[Referral], object]:
    return lambda row: store.record(row.pk, Event(kind, by, NOW, "one", **more))


def the_desk_passes_it_on(row: Referral) -> None:
    no = Event(Kind.REFUSED, Who.RECEIVER, NOW, "no", reason="not_my_sector")
    other = Receiver.objects.get(record_id=path.OTHER)
    store.pass_on(row.pk, onward.order_to(row, other, Who.RECEIVER, "desk", NOW), no, "passed")


def a_no_and_the_clock(row: Referral) -> None:
    says(Kind.REFUSED, reason="no_room")(row)
    tick(NOW)


def a_bounce_and_the_clock(row: Referral) -> None:
    says(Kind.BOUNCED, Who.SYSTEM)(row)
    tick(NOW)


FALLS: list[tuple[Callable[[Referral], object], str]] = [
    # what happens; the owner's letter that names the hour
    (says(Kind.FULL, until=date(2026, 12, 9)), "full"),
    (says(Kind.REFUSED, reason="no_room"), "refused"),
    (says(Kind.BOUNCED, Who.SYSTEM), "not_arrived"),
    (says(Kind.EXPIRED, Who.SYSTEM, reason="ceased"), "door_gone"),
    (the_desk_passes_it_on, "passed_on"),
    (a_no_and_the_clock, "moved_on"),
    (a_bounce_and_the_clock, "moved_on"),
]
IDS = ["full", "no", "bounce", "ceased", "desk", "no, clock", "bounce, clock"]


@pytest.mark.parametrize(("happens", "name"), FALLS, ids=IDS)
def test_the_owner_reads_which_hour_fell_away(
    row: Referral, happens: Callable[[Referral], object], name: str
) -> None:
    assert f"Je afspraak: {SAYS}" in owners_page(row)
    happens(row)
    assert YOURS in reads(name)
    for door in Referral.objects.all():
        page = owners_page(door)
        assert YOURS in page
        assert "Je afspraak" not in page


def test_the_organisation_reads_it_when_the_question_is_withdrawn(row: Referral) -> None:
    says(Kind.WITHDRAWN, Who.OWNER)(row)
    assert THEIRS in reads("withdrawn", Who.RECEIVER)
    assert YOURS in owners_page(row)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_same_in_the_other_languages(row: Referral, lang: str) -> None:
    Referral.objects.update(lang=lang)
    says(Kind.REFUSED, reason="no_room")(row)
    told = {"en": "Your call with", "fr": "Votre heure avec"}[lang]
    assert told in reads("refused")
    assert told in owners_page(row, f"/{lang}")


def test_of_an_hour_that_is_over_or_never_was_nothing_falls_away(site: Client) -> None:
    path.sent(site)
    row = Referral.objects.get()
    says(Kind.REFUSED, reason="no_room")(row)
    assert "valt weg" not in reads("refused") + owners_page(row)
    path.sent(site, key="fedcba", slot=HOUR)
    row = Referral.objects.latest("pk")
    after = moment("2026-11-28")
    store.record(row.pk, Event(Kind.REFUSED, Who.RECEIVER, after, "late", reason="no_room"))
    assert "valt weg" not in reads("refused")


def test_a_letter_that_leaves_after_the_hour_names_it_no_more(row: Referral) -> None:
    says(Kind.REFUSED, reason="no_room")(row)
    intent = Intent.objects.get(letter="refused")
    before, after = letter(intent, NOW), letter(intent, moment("2026-11-28"))
    assert before is not None and "valt weg" in before.get_content()
    assert after is not None and "valt weg" not in after.get_content()


def test_once_it_is_over_or_another_is_chosen_the_page_says_no_more(row: Referral) -> None:
    says(Kind.FULL, until=date(2026, 11, 27))(row)
    store.record(row.pk, Event(Kind.ACCEPTED, Who.RECEIVER, NOW, "yes"))
    store.choose(row.pk, slots.named("2026-11-27T10:30") or NOW, NOW)
    page = owners_page(row)
    assert "10:30 tot 11:00" in page
    assert "valt weg" not in page


def kept_hours() -> int:
    """Rows that tell an hour."""
    keys = Intent.objects.filter(key__contains=HOUR).count()
    return keys + EventRow.objects.filter(more__has_key=store.HOUR).count()


def goes(intent: Intent) -> bool:
    return letter(intent, NOW) is not None


def is_refused(intent: Intent) -> bool:
    raise outbox.Refused("no such box")


@pytest.mark.parametrize("send", [goes, is_refused])
@pytest.mark.parametrize("first", [False, True], ids=["at once", "after withdrawing"])
def test_wiping_still_names_the_hour_to_the_organisation_and_then_keeps_none(
    row: Referral, first: bool, send: Callable[[Intent], bool]
) -> None:
    if first:
        says(Kind.WITHDRAWN, Who.OWNER)(row)
    store.wipe(row.pk, NOW)
    assert THEIRS in reads("withdrawn", Who.RECEIVER)
    outbox.drain(send, lambda: NOW)
    assert not kept_hours()


def test_wiping_keeps_no_hour_longer_than_it_is_to_come_where_no_letter_goes(row: Referral) -> None:
    store.wipe(row.pk, NOW)
    clear_overdue(moment("2026-11-27", 8))
    assert kept_hours(), "it is to come, and the letter waits"
    clear_overdue(moment("2026-11-28"))
    assert not kept_hours()


def test_wiping_after_the_letter_went_keeps_no_hour(row: Referral) -> None:
    says(Kind.WITHDRAWN, Who.OWNER)(row)
    outbox.drain(goes, lambda: NOW)
    store.wipe(row.pk, NOW)
    assert not kept_hours()


def test_an_hour_chosen_later_leaves_no_trace_after_wiping(site: Client) -> None:
    path.sent(site)
    Intent.objects.update(stage=Intent.DONE)
    row = Referral.objects.get()
    store.choose(row.pk, slots.named(HOUR) or NOW, NOW)
    store.wipe(row.pk, NOW)
    outbox.drain(goes, lambda: NOW)
    assert not kept_hours()


def test_at_a_door_that_our_letter_never_reached_no_hour_is_offered(row: Referral) -> None:
    says(Kind.BOUNCED, Who.SYSTEM)(row)
    assert 'name="slot"' not in owners_page(row)


def test_the_first_letter_to_the_owner_names_the_chosen_hour(row: Referral) -> None:
    assert f"Je koos een uur: {SAYS}. Centrum voor bakkers belt je dan." in reads("sent")


def test_before_the_organisation_says_no_or_full_it_reads_that_the_hour_falls(
    row: Referral,
) -> None:
    _, token = links.link_for(row, Who.RECEIVER, timezone.localdate())
    page = html.unescape(Client().get(f"/dossier/{token}").content.decode())
    assert page.count("Dan valt het uur dat de onderneming koos weg") == 2


DAYS = [
    # first and last day away, ticked that somebody calls; kept
    ("2026-11-27", "2026-11-27", "", False),
    ("2026-11-26", "2026-12-04", "", False),
    ("2026-11-27", "2026-11-27", "1", True),
    ("2026-11-30", "2026-12-04", "", True),
]


@pytest.mark.parametrize(("first", "last", "sure", "kept"), DAYS)
def test_an_absence_on_a_day_with_a_given_hour_is_confirmed_first(
    row: Referral, first: str, last: str, sure: str, kept: bool
) -> None:
    desk = browser(member("adviser", path.TO))
    form = {"do": "away", "first": first, "last": last, "sure": sure}
    answer = desk.post("/bureau/organisatie", form, follow=True)
    page = html.unescape(answer.content.decode()).replace("\u00a0", " ")
    assert Absence.objects.exists() == kept
    assert answer.status_code == (200 if kept else 400)
    assert (SAYS in page) != kept
    assert ('name="sure"' in page) != kept
    row.refresh_from_db()
    assert slots.name(row.slot_at) == HOUR, "the hour stands either way"
