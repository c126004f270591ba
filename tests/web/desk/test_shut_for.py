"""A door that Baken shut, but for want of a contact: the desk says for what."""

from __future__ import annotations

import html
from typing import Any

import pytest

from baken.refer.model import CEASED, TOO_LONG, UNREACHED, Kind, Who
from baken.web.desk import inbox
from baken.web.handover import ceased, store
from baken.web.handover.models import Referral
from baken.web.handover.tick import tick
from baken.web.texts import text
from tests.web.desk.made import HOUSE, browser, member
from tests.web.handover.doors import asked
from tests.web.handover.made import at, event

pytestmark = pytest.mark.django_db
LANGS = ("nl", "en", "fr")


def full_for_too_long() -> Referral:
    row = asked()
    store.record(row.pk, event(Kind.FULL, 1, until=at(60).date()))
    tick(at(2))
    return row


def gone(*said: Kind) -> Referral:
    row = asked()
    for days, kind in enumerate(said):
        store.record(row.pk, event(kind, 0.1 + days / 10))
    ceased.shut(row.receiver, at(1))
    return row


def came_back() -> Referral:
    row = asked()
    store.record(row.pk, event(Kind.BOUNCED, 1, by=Who.SYSTEM))
    tick(at(2))
    return row


def silent() -> Referral:
    row = asked()
    store.record(row.pk, event(Kind.HANDED_OVER, 0.1, by=Who.SYSTEM))
    tick(at(30))
    return row


SHUT: dict[str, tuple[Any, str, str]] = {
    "full for too long": (full_for_too_long, "expired", TOO_LONG),
    "there no more": (gone, "expired", CEASED),
    "there no more, in contact": (lambda: gone(Kind.SEEN, Kind.CONTACT), "closed", CEASED),
    "mail came back": (came_back, "expired", UNREACHED),
    "no word": (silent, "expired", ""),
}


@pytest.mark.parametrize("role", ["adviser", "coordinator"])
@pytest.mark.parametrize("how", SHUT)
def test_the_desk_tells_why_a_door_was_shut(role: str, how: str) -> None:
    """In the list, on the page with what happened there, as JSON and as CSV."""
    does, handling, why = SHUT[how]
    Referral.objects.filter(pk=does().pk).update(dossier={"need": {"labels": ["energie"]}})
    row = Referral.objects.get(after=None)
    assert row.handling == handling and store.state_of(row).shut_for == why
    client = browser(member(role, HOUSE if role == "adviser" else None))
    for lang in LANGS:
        says = text(lang, f"desk.state.{why or handling}")
        silence = text(lang, "desk.state.expired")
        desk = "/bureau" if lang == "nl" else f"/{lang}/bureau"
        page = html.unescape(client.get(f"{desk}/dossier/{row.public_id}").content.decode())
        assert page.count(says) >= 2 and (silence in page) is (why == "")
        listed = html.unescape(client.get(f"{desk}?toon=klaar").content.decode())
        csv = client.get(f"{desk}/dossiers.csv?toon=klaar").content.decode()
        line = next(one for one in csv.splitlines() if row.public_id in one)
        assert says in listed and says in line
        assert (silence in line) is (why == "")
    found = client.get("/bureau?toon=klaar", headers={"accept": "application/json"}).json()
    (one,) = [file for file in found["files"] if file["id"] == row.public_id]
    assert (one["handling"], one["stands"]) == (handling, why or handling)


def test_list_and_page_and_months_judge_alike() -> None:
    for does, _, why in SHUT.values():
        Referral.objects.all().delete()
        row = does()
        assert inbox.shut_for([row.pk]) == ({row.pk: why} if why else {})
        assert inbox.shut_for(Referral.objects.filter(pk=row.pk)) == inbox.shut_for([row.pk])
