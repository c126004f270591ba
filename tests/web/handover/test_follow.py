"""The owner's page of a referral: the truth in plain words, and what the owner can do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.model import Event, Kind, Outcome, Who
from baken.web.desk.models import Member, Note
from baken.web.handover import links, store
from baken.web.handover.models import EventRow, Intent, Link, Permission, Referral
from baken.web.handover.outbox import drain
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from baken.web.handover.wire import sender
from baken.web.upkeep.retention import REFERRAL_DAYS
from tests.web.handover import path
from tests.web.handover.following import SOON, happens, page_of, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]


STATES: list[tuple[list[tuple[Kind, dict[str, Any]]], str]] = [
    ([], "Centrum voor bakkers krijgt zo een bericht."),
    ([(Kind.HANDED_OVER, {"by": Who.SYSTEM})], "We lieten Centrum voor bakkers weten"),
    ([(Kind.SEEN, {})], "Centrum voor bakkers opende je vraag."),
    ([(Kind.ACCEPTED, {})], "behandelt je vraag. Contact is beloofd uiterlijk op"),
    ([(Kind.REFUSED, {"reason": "not_my_area"})], '"Wij werken niet in deze streek."'),
    ([(Kind.REFUSED, {"reason": "other"})], "Waarom, zeiden ze er niet bij."),
    ([(Kind.FULL, {"until": SOON})], "Wacht je, dan is contact nu beloofd uiterlijk op"),
    ([(Kind.TRIED, {})], "probeerde je één keer te bereiken, maar dat lukte niet"),
    ([(Kind.CONTACT, {})], "Centrum voor bakkers zegt dat jullie contact hadden."),
    ([(Kind.CLOSED, {})], "is afgesloten"),
    ([(Kind.BOUNCED, {"by": Who.SYSTEM})], "kwam niet aan. We kijken het na."),
    ([(Kind.EXPIRED, {"by": Who.SYSTEM})], "We sloten deze deur."),
    ([(Kind.WITHDRAWN, {"by": Who.OWNER})], "Je trok je vraag in."),
]


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
@pytest.mark.parametrize(("events", "says"), STATES, ids=[str(i) for i in range(len(STATES))])
def test_each_state_is_told(
    site: Client, address: str, events: list[tuple[Kind, dict[str, Any]]], says: str, lang: str
) -> None:
    for kind, more in events:
        happens(kind, **more)
    page = page_of(site, address, lang)
    assert lang or says in page


def test_who_said_what_on_which_day(site: Client, address: str) -> None:
    happens(Kind.CONTACT)
    happens(Kind.OUTCOME, outcome=Outcome.HELPED)
    happens(Kind.OUTCOME, Who.OWNER, outcome=Outcome.NOT)
    page = page_of(site, address)
    assert "Er is contact. Dat zei Centrum voor bakkers." in page
    assert "Heeft het geholpen? Ja. Dat zei Centrum voor bakkers." in page
    assert "Heeft het geholpen? Nee. Dat zei jij." in page
    assert f"{timezone.localdate():%Y}" in page


def test_a_get_changes_nothing_and_shows_nothing_that_was_shared(
    site: Client, address: str
) -> None:
    for visit in (site.get, site.head, site.options):
        content = visit(address).content.decode()
        assert "oven" not in content
        assert path.CONTACT["phone"] not in content
    assert EventRow.objects.count() == 1


SAYS = [("helped", "Ja"), ("partly", "Een beetje"), ("not", "Nee")]


@pytest.mark.parametrize(("outcome", "word"), SAYS)
def test_the_owner_says_the_outcome_and_may_change_it(
    site: Client, address: str, outcome: str, word: str
) -> None:
    site.post(address, {"do": "contact"})
    site.post(address, {"do": "outcome", "outcome": "partly", "nonce": "a"})
    answer = site.post(address, {"do": "outcome", "outcome": outcome, "nonce": "b"})
    assert answer.status_code == 303
    assert f"Je zei: {word}." in page_of(site, address)
    assert store.state_of(row()).outcomes[Who.OWNER].value == outcome


NO_CONTACT: list[tuple[Kind, dict[str, Any]]] = [
    (Kind.SEEN, {}),
    (Kind.FULL, {"until": SOON}),
    (Kind.REFUSED, {"reason": "other"}),
    (Kind.CLOSED, {}),
    (Kind.EXPIRED, {"by": Who.SYSTEM}),
]


@pytest.mark.parametrize(("kind", "more"), NO_CONTACT, ids=[str(kind) for kind, _ in NO_CONTACT])
def test_where_nobody_made_contact_nobody_is_asked_whether_it_helped(
    site: Client, address: str, kind: Kind, more: dict[str, Any]
) -> None:
    happens(kind, **more)
    assert "Heeft het geholpen?" not in page_of(site, address)
    answer = site.post(address, {"do": "outcome", "outcome": "not", "nonce": "a"})
    assert answer.status_code == 409
    assert not EventRow.objects.filter(kind="outcome").exists()
    assert row().owner_says == ""


@pytest.mark.parametrize("form", [{"do": "outcome"}, {"do": "outcome", "outcome": "top"}])
def test_an_outcome_that_is_none_is_asked_again(
    site: Client, address: str, form: dict[str, str]
) -> None:
    site.post(address, {"do": "contact"})
    answer = site.post(address, form)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "<title>Fout: " in page
    assert '<li><a href="#outcome">Kies één van de antwoorden.</a></li>' in page
    assert '<fieldset id="outcome" tabindex="-1" aria-describedby="outcome-error">' in page
    assert 'id="outcome-error">Kies één van de antwoorden.' in page


@pytest.mark.parametrize("opened", [True, False])
def test_withdrawing_kills_the_link_and_tells_what_cannot_be_called_back(
    site: Client, address: str, opened: bool
) -> None:
    _, token = links.link_for(row(), Who.RECEIVER, timezone.localdate())
    Intent.objects.update(stage=Intent.DONE)
    if opened:
        Client().post(f"/dossier/{token}", {"do": "open"})
    says = "kunnen we niet terughalen" if opened else "had je dossier nog niet geopend"
    assert says in page_of(site, address), "told before the button"
    site.post(address, {"do": "withdraw", "nonce": "a"})
    assert says in page_of(site, address)
    assert Client().post(f"/dossier/{token}", {"do": "open"}).status_code == 410
    assert Permission.objects.get().withdrawn_at is not None
    assert Intent.objects.filter(letter="withdrawn", to="receiver").exists()
    late = site.post(address, {"do": "withdraw", "nonce": "b"})
    assert late.status_code == 409
    assert "Dat kan niet meer" in late.content.decode()


def test_withdrawn_before_any_letter_no_letter_makes_a_link(
    site: Client, address: str, settings: Any
) -> None:
    site.post(address, {"do": "withdraw", "nonce": "a"})
    for intent in Intent.objects.filter(to="receiver"):
        written = letter(intent, timezone.now())
        assert written is None or "/dossier/" not in written.get_content()
    assert not Link.objects.filter(who="receiver").exists()


def test_deleting_leaves_nothing_of_the_firm_and_no_door(site: Client, address: str) -> None:
    _, token = links.link_for(row(), Who.RECEIVER, timezone.localdate())
    adviser = Member.objects.create(email="a@ontvanger.example", name="Raad", role="adviser")
    Note.objects.create(referral=row(), member=adviser, at=timezone.now(), text="de oven")
    gone = site.post(address, {"do": "wipe"})
    assert "Alles is gewist" in gone.content.decode()
    assert gone.headers["Clear-Site-Data"] == '"cache"', "from the button Back too"
    wiped = row()
    assert (wiped.dossier, wiped.owner_address, wiped.handling) == ({}, "", "withdrawn")
    assert site.get(address).status_code == 410
    assert Client().post(f"/dossier/{token}", {"do": "open"}).status_code == 410
    tables = (Referral, EventRow, Permission, Link, Intent, Note)
    kept = str([list(table.objects.values()) for table in tables])
    for secret in ("oven", *path.CONTACT.values()):
        assert secret not in kept
    again = site.post("/stuur", path.state())
    assert again.status_code == 410, "the button Back does not bring it to life"
    assert "<h1>Alles is gewist</h1>" in again.content.decode()


def test_after_deleting_no_clock_writes_to_anybody(
    site: Client, address: str, went: list[Any]
) -> None:
    happens(Kind.CONTACT)
    happens(Kind.CLOSED)
    site.post(address, {"do": "wipe"})
    later = timezone.now() + timedelta(days=60)
    tick(later)
    drain(sender(lambda: later), lambda: later)
    assert went == []


@pytest.mark.parametrize(("token", "status"), [("x", 404), ("of-the-receiver", 404), ("old", 410)])
def test_links_that_open_nothing_say_what_to_do(
    site: Client, address: str, token: str, status: int
) -> None:
    if token == "of-the-receiver":
        _, token = links.link_for(row(), Who.RECEIVER, timezone.localdate())
    if token == "old":
        said = Event(Kind.REFUSED, Who.RECEIVER, timezone.now(), "no", reason="other")
        store.record(row().pk, said)
        Link.objects.update(expires_on="2020-01-01")
        row().events.update(at=timezone.now() - timedelta(days=REFERRAL_DAYS + 2))
        token = address.rsplit("/", 1)[1]
    for visit in (site.get, site.post):
        page = visit(f"/vervolg/{token}")
        assert page.status_code == status
        assert '<a class="button" href="/">Stel je vraag</a>' in page.content.decode()


def test_the_letters_lead_the_owner_to_this_page(site: Client, address: str) -> None:
    happens(Kind.ACCEPTED)
    written = letter(Intent.objects.get(letter="taken"), timezone.now())
    assert written is not None
    assert address in written.get_content().replace("\n", "")
    assert written["To"] == path.CONTACT["mail"]


def test_the_pdf_is_given_by_a_button(site: Client, address: str) -> None:
    answer = site.post(address, {"do": "pdf"})
    assert answer.content.startswith(b"%PDF")
