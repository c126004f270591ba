"""The other side says that there is contact: the owner hears it and may deny it."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.clocks import Step, due
from baken.refer.model import Event, Handling, Kind, Outcome, Who
from baken.web.handover import links, question, store
from baken.web.handover.models import EventRow, Intent, Permission, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from baken.web.texts import text
from tests.refer.made import event, referral
from tests.web.desk.made import browser, member
from tests.web.handover import path
from tests.web.handover.following import SOON, happens, page_of, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]


def test_the_clocks_run_on_from_the_day_on_which_the_owner_denied_it() -> None:
    said = event("contact", "2026-03-03")
    assert due(referral(said), said.at.date() + timedelta(days=20)) == []
    denied = referral(said, event("no_contact", "2026-03-09"))
    assert denied.handling.value is Handling.ACCEPTED
    found = due(denied, denied.handling.at.date() + timedelta(days=3))
    assert [one.step for one in found] == [Step.REMIND]


def test_the_owner_hears_who_said_so_and_can_deny_it(site: Client, address: str) -> None:
    happens(Kind.CONTACT)
    written = letter(Intent.objects.get(letter="contact"), timezone.now())
    assert written is not None
    assert "zegt dat jullie contact hadden" in written.get_content()
    assert "Nee, er was geen contact" in page_of(site, address)
    assert site.post(address, {"do": "no_contact", "nonce": "a"}).status_code == 303
    page = page_of(site, address)
    assert "Er is contact. Dat zei Centrum voor bakkers." in page
    assert "Er was geen contact. Dat zei jij." in page
    assert "Je zei dat er geen contact was." in page
    assert "Een andere deur: Energiehuis" in page
    assert "Heeft het geholpen?" not in page
    told = letter(Intent.objects.get(letter="no_contact"), timezone.now())
    assert told is not None
    assert "De onderneming zegt van niet." in " ".join(told.get_content().split())
    _, token = links.link_for(row(), Who.RECEIVER, timezone.localdate())
    landing = Client().get(f"/dossier/{token}").content.decode()
    assert "De onderneming zegt dat er geen contact was." in html.unescape(landing)
    assert "Jullie namen dit aan" not in landing
    assert site.post(address, {"do": "no_contact", "nonce": "b"}).status_code == 409


@pytest.mark.parametrize("opened", [True, False])
def test_the_letter_names_how_to_reach_the_firm_only_where_the_page_tells_it(
    site: Client, address: str, opened: bool
) -> None:
    if opened:
        happens(Kind.SEEN)
    site.post(address, {"do": "contact", "nonce": "a"})
    happens(Kind.CLOSED)
    assert site.post(address, {"do": "no_contact", "nonce": "b"}).status_code == 303
    told = letter(Intent.objects.get(letter="no_contact"), timezone.now())
    assert told is not None
    assert ("hoe je haar bereikt" in " ".join(told.get_content().split())) is opened


@pytest.mark.parametrize("opened", [True, False])
def test_who_opened_a_file_that_shuts_is_told_to_throw_it_away(
    site: Client, address: str, opened: bool
) -> None:
    if opened:
        happens(Kind.SEEN)
    Intent.objects.filter(letter="new_file").update(stage=Intent.DONE)
    happens(Kind.EXPIRED, Who.SYSTEM)
    told = letter(Intent.objects.get(letter="file_closed"), timezone.now())
    assert told is not None
    assert ("Gooi weg wat je van dit dossier bewaarde." in told.get_content()) is opened


def test_a_click_of_the_owner_can_be_taken_back_too(site: Client, address: str) -> None:
    site.post(address, {"do": "contact", "nonce": "a"})
    assert "Je zei dat je contact had met Centrum voor bakkers." in page_of(site, address)
    site.post(address, {"do": "no_contact", "nonce": "b"})
    assert store.state_of(row()).contact_on is None
    told = letter(Intent.objects.get(letter="no_contact"), timezone.now())
    assert told is not None
    assert "De onderneming zei eerst dat er contact was" in told.get_content()
    assert "Jullie zeiden" not in told.get_content()


def test_who_was_not_helped_can_go_on(site: Client, address: str) -> None:
    happens(Kind.CONTACT)
    assert "Een andere deur" not in page_of(site, address)
    site.post(address, {"do": "outcome", "outcome": "not", "nonce": "a"})
    page = page_of(site, address)
    assert "Hielp het niet? Je kan je vraag naar Energiehuis sturen." in page
    assert site.post(address, {"do": "other"}).status_code == 200
    Referral.objects.update(alternative="", later=[])
    assert "Zoek verder met dezelfde vraag" in page_of(site, address)


def test_a_file_that_was_closed_on_a_wrong_word_loses_nobody(site: Client, address: str) -> None:
    happens(Kind.CONTACT)
    happens(Kind.CLOSED)
    happens(Kind.OUTCOME, outcome=Outcome.HELPED)
    site.post(address, {"do": "no_contact", "nonce": "a"})
    state = store.state_of(row())
    assert (state.handling.value, state.contact_on) == (Handling.CLOSED, None)
    assert state.outcomes[Who.RECEIVER].value is Outcome.HELPED, "both words are kept"
    assert "Een andere deur: Energiehuis" in page_of(site, address)
    assert EventRow.objects.filter(kind="no_contact").count() == 1


def says(name: str) -> str:
    written = letter(Intent.objects.get(letter=name), timezone.now())
    return " ".join(written.get_content().split()) if written else ""


@pytest.mark.parametrize("said_by", [Who.RECEIVER, Who.OWNER])
def test_who_closed_it_hears_that_there_was_no_contact_and_its_owner_reads_what_is_so(
    site: Client, address: str, said_by: Who
) -> None:
    happens(Kind.CONTACT, said_by)
    open_page = page_of(site, address)
    assert "Zeg het dan. Je vraag blijft open" in open_page
    happens(Kind.CLOSED)
    if said_by is Who.RECEIVER:
        assert "Bij Centrum voor bakkers blijft je vraag dan gesloten" in says("contact")
    page = page_of(site, address)
    assert "Je vraag bij Centrum voor bakkers blijft afgesloten." in page
    assert "blijft open" not in page and "vanzelf" not in page
    site.post(address, {"do": "no_contact", "nonce": "a"})
    told = says("no_contact")
    assert "Bij jullie blijft haar vraag gesloten" in told and "beloofd" not in told
    assert says("contact") == "" if said_by is Who.RECEIVER else True
    question.take_back(row(), Event(Kind.WITHDRAWN, Who.OWNER, timezone.now(), "back"))
    assert says("no_contact") == "", "that it was taken back tells more"


def test_a_denied_contact_of_a_closed_file_goes_on_where_that_was_allowed(
    site: Client, address: str
) -> None:
    Permission.objects.update(may_pass_on=True)
    happens(Kind.CONTACT)
    happens(Kind.CLOSED)
    assert "Je vraag gaat dan vanzelf naar Energiehuis, zoals je toeliet." in page_of(site, address)
    tick(timezone.now())
    assert not row().next.exists(), "there was contact"
    site.post(address, {"do": "no_contact", "nonce": "a"})
    for _ in "twice":
        tick(timezone.now())
    assert row().next.get().receiver.record_id == path.OTHER
    told = "zei dat jullie contact hadden, maar jij zei van niet. Daarom ging je vraag door naar"
    assert told in says("moved_on")
    assert "Jullie zeiden dat er contact was." in says("no_contact")


def test_a_file_that_was_closed_without_contact_leads_to_the_next_door(
    site: Client, address: str
) -> None:
    happens(Kind.CLOSED)
    assert "Een andere deur: Energiehuis" in page_of(site, address)
    written = letter(Intent.objects.get(letter="closed_without"), timezone.now())
    assert written is not None
    says = " ".join(written.get_content().split())
    assert "Op de pagina stuur je je vraag naar een andere deur: Energiehuis." in says


SINCE: list[tuple[list[Kind], bool, str, str]] = [
    # what the organisation did after the denial; whether that is the last word; how list and file
    # page of the desk tell it; how the page of the owner does
    ([], True, "denied", "Je zei dat er geen contact was."),
    ([Kind.SEEN], True, "denied", "Je zei dat er geen contact was."),
    ([Kind.TRIED], False, "tried", "probeerde je één keer te bereiken"),
    ([Kind.FULL], False, "full", "Centrum voor bakkers zit vol tot"),
    ([Kind.TRIED, Kind.ACCEPTED], False, "accepted", "Centrum voor bakkers behandelt je vraag."),
    ([Kind.FULL, Kind.ACCEPTED], False, "accepted", "Centrum voor bakkers behandelt je vraag."),
]


@pytest.mark.parametrize(("kinds", "last", "stands", "says"), SINCE, ids=range(len(SINCE)))
def test_what_the_organisation_does_after_a_denial_is_told_beside_it_everywhere(
    site: Client, address: str, kinds: list[Kind], last: bool, stands: str, says: str
) -> None:
    happens(Kind.ACCEPTED)
    happens(Kind.CONTACT)
    happens(Kind.NO_CONTACT, Who.OWNER)
    for kind in kinds:
        until = SOON if kind is Kind.FULL else None
        store.record(row().pk, Event(kind, Who.RECEIVER, timezone.now(), f"2/{kind}", until=until))
    assert store.state_of(row()).denied is last
    assert says in page_of(site, address)
    assert "Een andere deur: Energiehuis" in page_of(site, address), "it stays open until contact"
    desk, told = browser(member("adviser", path.TO)), text("nl", f"desk.state.{stands}")
    for way in ("/bureau", "/bureau/dossiers.csv"):
        assert told in html.unescape(desk.get(way).content.decode())
    listed = desk.get("/bureau", headers={"accept": "application/json"}).json()["files"]
    at = f"/bureau/dossier/{row().public_id}"
    one = desk.get(at, headers={"accept": "application/json"}).json()
    assert [f["denied"] for f in listed] == [one["denied"]] == [last]
    _, token = links.link_for(row(), Who.RECEIVER, timezone.localdate())
    landing = Client().get(f"/dossier/{token}").content.decode()
    for page, words in ((landing, "handover"), (desk.get(at).content.decode(), "desk")):
        shown = html.unescape(page).replace("\u00a0", " ")
        assert ("De onderneming zegt dat er geen contact was." in shown) is last
        assert ("De onderneming zei op " in shown) is not last
        assert last or text("nl", f"{words}.state.{stands}") in shown


def test_nobody_reads_that_a_question_is_handled_after_saying_that_there_was_no_contact(
    site: Client, address: str
) -> None:
    for kind, by in ((Kind.ACCEPTED, Who.RECEIVER), (Kind.CONTACT, Who.RECEIVER)):
        happens(kind, by)
    happens(Kind.NO_CONTACT, Who.OWNER)
    assert letter(Intent.objects.get(letter="taken"), timezone.now()) is None
