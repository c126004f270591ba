"""The owner's page of a referral: the truth in plain words, and what the owner can do."""

from __future__ import annotations

import html
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.model import Event, Kind, Outcome, Who
from baken.web.desk.models import Member, Note
from baken.web.handover import links, store
from baken.web.handover.history import headline
from baken.web.handover.models import EventRow, Intent, Link, Permission, Receiver, Referral
from baken.web.handover.outbox import drain
from baken.web.handover.post import letter, sender
from baken.web.handover.tick import tick
from tests.refer.made import event, referral
from tests.web.handover import path

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def doors(records: None) -> None:
    path.doors_take_files()


@pytest.fixture
def address(site: Client) -> str:
    return path.sent(site).split("?")[0]


def row() -> Referral:
    return Referral.objects.order_by("pk")[0]


def happens(kind: Kind, by: Who = Who.RECEIVER, **more: Any) -> None:
    store.record(row().pk, Event(kind, by, timezone.now(), f"{kind}/{by}", **more))


def page_of(site: Client, address: str, lang: str = "") -> str:
    answer = site.get(f"{lang}{address}")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


TOMORROW = timezone.localdate() + timedelta(days=1)
STATES: list[tuple[list[tuple[Kind, dict[str, Any]]], str]] = [
    ([], "Je vraag is verstuurd. Centrum voor bakkers krijgt zo een bericht."),
    ([(Kind.HANDED_OVER, {"by": Who.SYSTEM})], "We lieten Centrum voor bakkers weten"),
    ([(Kind.SEEN, {})], "Centrum voor bakkers opende je vraag."),
    ([(Kind.ACCEPTED, {})], "behandelt je vraag en contacteert je uiterlijk op"),
    ([(Kind.REFUSED, {"reason": "not_my_area"})], '"Wij werken niet in deze streek."'),
    ([(Kind.FULL, {"until": TOMORROW})], "zit vol tot"),
    ([(Kind.TRIED, {})], "probeerde je te bereiken, maar dat lukte niet"),
    ([(Kind.CONTACT, {})], "Jij en Centrum voor bakkers hebben contact."),
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


@pytest.mark.parametrize("form", [{"do": "outcome"}, {"do": "outcome", "outcome": "top"}])
def test_an_outcome_that_is_none_is_asked_again(
    site: Client, address: str, form: dict[str, str]
) -> None:
    site.post(address, {"do": "contact"})
    answer = site.post(address, form)
    assert answer.status_code == 400
    assert "Kies één van de antwoorden." in answer.content.decode()


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


LEAVES = [
    (Kind.REFUSED, {"reason": "no_room"}, True),
    (Kind.FULL, {"until": TOMORROW}, True),
    (Kind.BOUNCED, {"by": Who.SYSTEM}, True),
    (Kind.EXPIRED, {"by": Who.SYSTEM}, True),
    (Kind.SEEN, {}, False),
    (Kind.ACCEPTED, {}, False),
    (Kind.CONTACT, {}, False),
    (Kind.WITHDRAWN, {"by": Who.OWNER}, False),
]


@pytest.mark.parametrize(("kind", "more", "opens"), LEAVES, ids=[k for k, _, _ in LEAVES])
def test_when_the_other_door_opens(
    site: Client, address: str, kind: Kind, more: dict[str, Any], opens: bool
) -> None:
    assert "Een andere deur" not in page_of(site, address)
    happens(kind, **more)
    assert ("Een andere deur: Energiehuis" in page_of(site, address)) == opens
    assert site.post(address, {"do": "other"}).status_code == (200 if opens else 409)


def test_after_the_promised_day_the_owner_hears_the_truth_and_may_leave(
    site: Client, address: str
) -> None:
    Referral.objects.update(sent_on=timezone.localdate() - timedelta(days=20))
    page = page_of(site, address)
    assert "nam nog geen contact op. Dat was beloofd voor" in page
    assert "Een andere deur: Energiehuis" in page


def test_the_other_door_is_a_new_preview_of_the_same_items(site: Client, address: str) -> None:
    happens(Kind.FULL, until=TOMORROW)
    preview = html.unescape(site.post(address, {"do": "other"}).content.decode())
    assert "Dit krijgt Energiehuis" in preview
    assert "Het is wat je al deelde, nu voor Energiehuis." in preview
    assert "Ga dan terug" not in preview, "there is nothing to go back to"
    assert Referral.objects.count() == 1, "nothing is sent yet"
    order = {"sealed": path.sealed(preview), "do": "send"}
    first, second = (site.post("/stuur/verstuur", order) for _ in range(2))
    assert first.headers["Location"].split("?")[0] == second.headers["Location"].split("?")[0]
    before, after = Referral.objects.order_by("pk")
    assert (after.receiver.record_id, after.after) == (path.OTHER, before)
    assert before.handling == "withdrawn", "one question stands before one door"
    assert after.permission.items == before.permission.items
    assert "ging naar een andere deur" in page_of(site, address)
    assert first.headers["Location"].split("?")[0] in page_of(site, address)
    assert site.post(address, {"do": "other"}).status_code == 409


def test_without_another_door_the_owner_may_ask_again(site: Client, address: str) -> None:
    Referral.objects.update(alternative="", later=[])
    assert "zoeken we een andere deur" not in page_of(site, address)
    happens(Kind.FULL, until=TOMORROW)
    assert "Wil je niet wachten? Stel je vraag opnieuw" in page_of(site, address)
    happens(Kind.REFUSED, reason="no_room")
    page = page_of(site, address)
    assert "Wil je niet wachten?" not in page, "nobody is waiting any more"
    assert "We kennen geen andere deur voor deze vraag. Stel ze opnieuw" in page


SHUT: list[tuple[Kind, dict[str, Any], bool]] = [
    # what happened, and whether the owner can still wait there
    (Kind.FULL, {"until": TOMORROW}, True),
    (Kind.BOUNCED, {"by": Who.SYSTEM}, False),
    (Kind.REFUSED, {"reason": "no_room"}, False),
    (Kind.EXPIRED, {"by": Who.SYSTEM}, False),
    (Kind.EXPIRED, {"by": Who.SYSTEM, "reason": "ceased"}, False),
    (Kind.EXPIRED, {"by": Who.SYSTEM, "reason": "unreached"}, False),
]


@pytest.mark.parametrize("may", [True, False], ids=["may pass on", "may not"])
@pytest.mark.parametrize(("kind", "more", "waits"), SHUT, ids=range(len(SHUT)))
def test_nobody_is_told_to_wait_at_a_shut_door(
    site: Client, address: str, kind: Kind, more: dict[str, Any], waits: bool, may: bool
) -> None:
    Permission.objects.update(may_pass_on=may)
    happens(kind, **more)
    page = page_of(site, address)
    assert "Je kan je vraag naar Energiehuis sturen." in page or waits
    assert ("Je kan wachten" in page) is ("trekken we ze dan in" in page) is waits
    assert ("Je gaf daar al toestemming voor" in page) is may


FULL_SINCE = [
    # sent on Monday 2 March 2026, full until Thursday 5 March; what the page says on which day
    ("2026-03-05", "Huis zit vol tot donderdag 5 maart 2026. Je kan wachten."),
    ("2026-03-06", "Huis zat vol tot donderdag 5 maart 2026. Uiterlijk op donderdag 12 maart"),
    ("2026-03-13", "Huis nam nog geen contact op. Dat was beloofd voor donderdag 12 maart"),
]


@pytest.mark.parametrize(("day", "says"), FULL_SINCE, ids=[day for day, _ in FULL_SINCE])
def test_full_until_a_day_that_passed(day: str, says: str) -> None:
    full = referral(event("full", "2026-03-03", until=date(2026, 3, 5)))
    told = headline(full, "Huis", "nl", date.fromisoformat(day)).replace("\u00a0", " ")
    assert told.startswith(says)


NEXT = [
    # the next door, whether it takes files; what letter and page say of it
    (path.OTHER, True, "Op de pagina stuur je je vraag naar een andere deur: Energiehuis.", "Ga "),
    (path.OTHER, False, "Baken kan daar nog niets naartoe sturen.", "Meer over Energiehuis"),
    ("", False, "We kennen geen andere deur voor deze vraag.", "We kennen geen andere deur"),
]


@pytest.mark.parametrize(("other", "takes", "in_letter", "on_page"), NEXT, ids=["sent", "own", "-"])
def test_letter_and_page_tell_the_same_of_the_next_door(
    site: Client, address: str, other: str, takes: bool, in_letter: str, on_page: str
) -> None:
    Receiver.objects.filter(record_id=path.OTHER).update(active=takes)
    Referral.objects.update(alternative=other, later=[])
    happens(Kind.REFUSED, reason="no_room")
    written = letter(Intent.objects.get(letter="refused"), timezone.now())
    assert written is not None
    assert in_letter in " ".join(written.get_content().split())
    assert on_page in page_of(site, address)


OVERTAKEN: list[tuple[list[tuple[Kind, dict[str, Any]]], list[str]]] = [
    ([(Kind.ACCEPTED, {})], ["taken"]),
    ([(Kind.ACCEPTED, {}), (Kind.FULL, {"until": TOMORROW})], ["full"]),
    ([(Kind.FULL, {"until": TOMORROW}), (Kind.ACCEPTED, {})], ["taken"]),
    ([(Kind.ACCEPTED, {}), (Kind.TRIED, {})], ["tried"]),
    ([(Kind.TRIED, {}), (Kind.CONTACT, {})], []),
    ([(Kind.ACCEPTED, {}), (Kind.REFUSED, {"reason": "no_room"})], ["refused"]),
]


@pytest.mark.parametrize(("events", "go"), OVERTAKEN, ids=range(len(OVERTAKEN)))
def test_a_letter_that_waited_until_it_was_no_longer_true_does_not_go(
    site: Client, address: str, events: list[tuple[Kind, dict[str, Any]]], go: list[str]
) -> None:
    for kind, more in events:
        happens(kind, **more)
    waiting = Intent.objects.filter(to="owner").exclude(letter="sent").order_by("pk")
    assert [i.letter for i in waiting if letter(i, timezone.now()) is not None] == go


def test_what_may_be_passed_on_goes_without_a_new_preview(site: Client) -> None:
    address = path.sent(site, may_pass_on="1").split("?")[0]
    happens(Kind.REFUSED, reason="not_my_size")
    answer = site.post(address, {"do": "other"})
    assert answer.status_code == 303
    assert answer.headers["Location"] != address
    assert Referral.objects.filter(receiver__record_id=path.OTHER).count() == 1


def test_deleting_leaves_nothing_of_the_firm_and_no_door(site: Client, address: str) -> None:
    _, token = links.link_for(row(), Who.RECEIVER, timezone.localdate())
    adviser = Member.objects.create(email="a@ontvanger.example", name="Raad", role="adviser")
    Note.objects.create(referral=row(), member=adviser, at=timezone.now(), text="de oven")
    gone = site.post(address, {"do": "wipe"})
    assert "Alles is gewist" in gone.content.decode()
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
    site: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    happens(Kind.CONTACT)
    happens(Kind.CLOSED)
    site.post(address, {"do": "wipe"})
    went: list[str] = []
    monkeypatch.setattr("baken.web.handover.post.hand_over", lambda m: went.append(m["Subject"]))
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
        Link.objects.update(expires_on="2020-01-01")
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
