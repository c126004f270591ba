"""A question that stood at several doors: its owner wipes it, takes it along or takes it back at
all of them at once, from the page of any.
"""

from __future__ import annotations

import html
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.refer.clocks import due
from baken.refer.model import Event, Kind, Who
from baken.refer.model import Referral as State
from baken.web.handover import links, onward, question, store
from baken.web.handover.models import Intent, Permission, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from tests.web.conftest import NEED, FakeEngine
from tests.web.desk.made import browser, member
from tests.web.handover import path
from tests.web.handover.opening import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]
SHARED = ("need", "facts:headcount", "verdicts:instrument-energielening")
WORDS = (NEED, path.CONTACT["phone"], path.CONTACT["mail"], "headcount", "energielening")
"""What an owner shared, in words that stand nowhere else."""


def says(row: Referral, kind: Kind, by: Who = Who.RECEIVER, **more: Any) -> State:
    return store.record(row.pk, Event(kind, by, timezone.now(), f"{kind}/{by}", **more))


def page_of(row: Referral, who: Who = Who.OWNER) -> str:
    token = links.link_for(row, who, timezone.localdate())[1]
    return f"/{'vervolg' if who is Who.OWNER else 'dossier'}/{token}"


def read(client: Client, address: str) -> str:
    return html.unescape(client.get(address).content.decode()).replace("\u00a0", " ")


def refused(site: Client, seen: bool = True) -> Referral:
    """Sent to the first door, which opened the file and said no."""
    path.sent(site, item=list(SHARED))
    row = Referral.objects.get()
    if seen:
        says(row, Kind.SEEN)
    says(row, Kind.REFUSED, reason="no_room")
    return row


def went_on(site: Client, seen: bool = True) -> tuple[Referral, Referral]:
    """And from there to the next door, by the owner's button: both."""
    first = refused(site, seen)
    preview = site.post(page_of(first), {"do": "other"}).content.decode()
    page = site.post("/stuur/verstuur", {"sealed": path.sealed(preview), "do": "send"})
    assert page.status_code == 303
    return first, Referral.objects.get(after=first)


def everything() -> str:
    """All rows of all tables, but of what the organisations said and of who works there."""
    out = StringIO()
    call_command("dumpdata", "handover", exclude=["handover.Receiver"], stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("at", [0, 1], ids=["the first door", "the door where it stands"])
def test_wiping_at_one_door_wipes_it_at_all(site: Client, fake: FakeEngine, at: int) -> None:
    fake.change = lambda answer: answer["route"].update(id="R1")
    rows = went_on(site)
    assert all(word in everything() for word in WORDS)
    receivers = [page_of(row, Who.RECEIVER) for row in rows]
    page = site.post(page_of(rows[at]), {"do": "wipe"}).content.decode()
    assert "bij elke organisatie waar je vraag stond" in page
    left = everything()
    assert not [word for word in WORDS if word in left]
    for row in rows:
        row.refresh_from_db()
        assert (row.dossier, row.owner_address, row.crisis) == ({}, "", False)
        assert (row.alternative, row.later) == ("", [])
        assert row.wiped_at and row.permission.withdrawn_at
        assert set(row.permission.items) == {"need", "contact", "facts", "verdicts"}
        assert site.get(page_of(row)).status_code == 410
    for address in receivers:
        assert Browser().post(address, {"do": "open"}).status_code == 410


def test_wiping_with_the_links_of_gegevens_does_the_same_and_the_device_forgets(
    site: Client,
) -> None:
    rows = went_on(site)
    typed = {"typed": page_of(rows[1]).removeprefix("/vervolg/")}
    site.post("/gegevens", {**typed, "do": "wipe"})
    assert not [word for word in WORDS if word in everything()]
    assert not [name for name, one in site.cookies.items() if "vervolg" in name and one.value]


def test_all_doors_go_along(site: Client) -> None:
    rows = went_on(site)
    typed = "\n".join(page_of(row).removeprefix("/vervolg/") for row in rows)
    (item,) = site.post("/gegevens", {"typed": typed, "do": "take"}).json()["items"]
    assert [one["receiver"] for one in item["doors"]] == ["Centrum voor bakkers", "Energiehuis"]
    for one in item["doors"]:
        assert one["shared"]["need"]["words"] == NEED
        assert one["owner_address"] == path.CONTACT["mail"]
        assert (one["faster_clocks"], bool(one["permission"]["items"])) == (False, True)
    assert [len(one["next_doors"]) for one in item["doors"]] == [2, 1]


def test_what_the_first_door_kept_open_is_taken_back_with_the_rest(site: Client) -> None:
    first, second = went_on(site)
    old, new = page_of(first, Who.RECEIVER), page_of(second, Who.RECEIVER)
    assert NEED in html.unescape(Browser().post(old, {"do": "open"}).content.decode())
    told = read(site, page_of(second))
    assert "die ze nog kan openen: Centrum voor bakkers, Energiehuis" in told
    assert "Al geopend door: Centrum voor bakkers." in told
    assert "Daar trok je ze in" not in read(site, page_of(first))
    assert site.post(page_of(second), {"do": "withdraw", "nonce": "x"}).status_code == 303
    assert site.post(page_of(second), {"do": "withdraw", "nonce": "x"}).status_code == 303
    assert Browser().get(old).status_code == Browser().get(new).status_code == 410
    assert "Trek mijn vraag in" not in read(site, page_of(second))
    assert "Energiehuis</a>. Daar trok je ze in." in read(site, page_of(first))
    assert not Permission.objects.filter(withdrawn_at=None).exists()
    assert [r.handling for r in Referral.objects.order_by("pk")] == ["refused", "withdrawn"]
    assert NEED in Referral.objects.get(pk=second.pk).dossier["need"]["words"], "it is not wiped"


def test_from_a_door_that_said_no_a_question_is_taken_back_and_goes_nowhere(site: Client) -> None:
    row = refused(site)
    Permission.objects.update(may_pass_on=True)
    assert "Een andere deur" in read(site, page_of(row))
    site.post(page_of(row), {"do": "withdraw", "nonce": "x"})
    page = read(site, page_of(row))
    assert "Je trok je vraag in. De link van Centrum voor bakkers werkt niet meer." in page
    assert "Een andere deur" not in page and "Trek mijn vraag in" not in page
    assert "Wil je toch nog hulp? Verstuur ze opnieuw" in page
    assert due(store.state_of(row), timezone.localdate()) == []
    assert tick(timezone.now()) == 0
    assert site.post(page_of(row), {"do": "other"}).status_code == 409
    assert site.post(page_of(row), {"do": "withdraw", "nonce": "y"}).status_code == 409


@pytest.mark.parametrize("seen", [True, False])
def test_a_door_that_opened_it_is_told_to_throw_away_what_it_kept(site: Client, seen: bool) -> None:
    row = refused(site, seen)
    site.post(page_of(row), {"do": "withdraw", "nonce": "x"})
    letters = Intent.objects.filter(letter="withdrawn", to=str(Who.RECEIVER))
    assert [letter(one, timezone.now()) is not None for one in letters] == [True] * seen


def test_the_desk_of_a_door_that_said_no_reads_nothing_of_it_any_more(site: Client) -> None:
    row, client = refused(site), browser(member("adviser", path.TO))
    address = f"/bureau/dossier/{row.public_id}"
    assert NEED in read(client, address)
    site.post(page_of(row), {"do": "withdraw", "nonce": "x"})
    assert NEED not in read(client, address)
    assert client.get(address, headers={"Accept": "application/json"}).json()["dossier"] is None


def test_after_a_contact_that_ended_nobody_is_asked_how_it_went_once_it_is_taken_back(
    site: Client,
) -> None:
    path.sent(site)
    row = Referral.objects.get()
    says(row, Kind.CONTACT)
    says(row, Kind.CLOSED)
    site.post(page_of(row), {"do": "withdraw", "nonce": "x"})
    row.refresh_from_db()
    assert (row.handling, row.taken_back, row.ask_on) == ("closed", True, None)
    assert due(store.state_of(row), timezone.localdate().replace(year=2099)) == []


def test_a_preview_of_a_question_that_was_wiped_sends_nothing(site: Client) -> None:
    first = refused(site)
    preview = site.post(page_of(first), {"do": "other"}).content.decode()
    site.post(page_of(first), {"do": "wipe"})
    page = site.post("/stuur/verstuur", {"sealed": path.sealed(preview), "do": "send"})
    assert page.status_code == 410 and "Er is niets verstuurd" in page.content.decode()
    assert Referral.objects.count() == 1


def test_what_the_clock_found_before_the_wiping_goes_nowhere(site: Client) -> None:
    row = refused(site)
    Permission.objects.update(may_pass_on=True)
    order = onward.by_clock(Referral.objects.get(), timezone.now())
    assert order is not None
    question.wipe(row, timezone.now())
    step = Event(Kind.STEP, Who.SYSTEM, timezone.now(), "x", step="switch", of=row.sent_on)
    with pytest.raises(BakenError, match="wiped"):
        store.pass_on(row.pk, order, step, "key")
    assert Referral.objects.count() == 1


def test_the_question_is_the_same_whichever_door_is_asked(site: Client) -> None:
    rows = list(went_on(site))
    for row in rows:
        assert question.first(row) == rows[0]
        assert question.doors(row) == rows
