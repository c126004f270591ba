"""The owner's link on a device that did not send: nothing is shown or done until its holder told
what only the owner knows.
"""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.model import Kind, Outcome, Who
from baken.web.handover import links, onward, proof, store
from baken.web.handover.models import EventRow, Link, Permission, Referral
from baken.web.texts import text
from tests.web.desk.test_wrong import told
from tests.web.handover import path
from tests.web.handover.following import happens, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]

NUMBER = path.CONTACT["phone"]
HIDDEN = ("oven", NUMBER, *path.CONTACT.values(), "Centrum voor bakkers", "<dl", "Wis alles")
PROVED, WRONG, SHORT, SHUT = 303, 403, 400, 429


@pytest.fixture
def by_mail(site: Client) -> str:
    """The page of a question with a mail address and no number."""
    return path.sent(site, phone="").split("?")[0]


def tries(client: Client, address: str, typed: str) -> int:
    return client.post(address, {"do": "prove", "proof": typed}).status_code


def test_the_device_that_sent_is_known(site: Client, address: str) -> None:
    page = site.get(address).content.decode()
    assert "Wat er gebeurde" in page
    (cookie,) = site.cookies.values()
    assert f"één cookie ({cookie.key}), tot negentig dagen" in page
    assert cookie["max-age"] == 90 * 86_400
    register = site.get("/gegevens").content.decode()
    assert f"({cookie.key.rstrip('0123456789')} met een nummer)" in register
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_another_device_sees_nothing_of_the_firm(address: str, lang: str) -> None:
    stranger = Client()
    for visit in (stranger.get, stranger.head, stranger.post):
        content = html.unescape(visit(f"{lang}{address}").content.decode())
        assert not [secret for secret in HIDDEN if secret in content.split("<footer")[0]]
    assert not stranger.cookies


BUTTONS: list[dict[str, str]] = [
    {"do": "pdf"},
    {"do": "ics"},
    {"do": "other"},
    {"do": "wipe"},
    {"do": "withdraw", "nonce": "a"},
    {"do": "close", "nonce": "a"},
    {"do": "contact", "nonce": "a"},
    {"do": "outcome", "outcome": "helped", "nonce": "a"},
    {"do": "slot", "slot": "2026-11-27T10:00"},
    {},
]


@pytest.mark.parametrize("form", BUTTONS, ids=[form.get("do", "none") for form in BUTTONS])
def test_no_button_works_there(address: str, form: dict[str, str]) -> None:
    happens(Kind.FULL, until=timezone.localdate() + timedelta(days=9))
    before = list(EventRow.objects.values())
    answer = Client().post(address, form)
    assert answer.status_code == 403
    assert b"oven" not in answer.content
    assert list(EventRow.objects.values()) == before
    assert Referral.objects.get().dossier


TYPED = [
    # what is typed for 0400 00 00 00, and what comes of it
    ("0400 00 00 00", PROVED),
    ("0400000000", PROVED),
    ("0400/00.00.00", PROVED),
    (" +32 400 00 00 00 ", PROVED),
    ("0032 (0)400-00-00-00", PROVED),
    ("٠٤٠٠ ٠٠ ٠٠ ٠٠", PROVED),
    ("0400 00 00 01", WRONG),
    ("0400 00 00 00 1", WRONG),
    ("0000", SHORT),
    ("", SHORT),
    ("de bakker", SHORT),
    ("⁰⁴⁰⁰⁰⁰⁰⁰⁰⁰", SHORT),
    ("<b>'; --\x00", SHORT),
    ("9" * 5_000, WRONG),
]


@pytest.mark.parametrize(("typed", "comes"), TYPED, ids=range(len(TYPED)))
def test_the_number_that_went_along_opens_it(address: str, typed: str, comes: int) -> None:
    other = Client()
    assert tries(other, address, typed) == comes
    page = other.get(address).content.decode()
    assert ("Wat er gebeurde" in page) is (comes == PROVED)
    assert Link.objects.get(who="owner").code_tries == (comes == WRONG)


ERRORS = [("0400 00 00 01", "Dat nummer hoort niet"), ("0400 7", "Schrijf het hele nummer")]


@pytest.mark.parametrize(("typed", "says"), ERRORS)
def test_an_error_stands_at_its_field(address: str, typed: str, says: str) -> None:
    page = Client().post(address, {"do": "prove", "proof": typed}).content.decode()
    assert f'id="proof-error">{says}' in page
    told(page, "proof")
    assert 'aria-describedby="proof-hint proof-error" aria-invalid="true"' in page
    assert "<title>Fout: " in page
    assert typed not in page


def test_without_a_number_the_sending_page_tells_a_code(site: Client, by_mail: str) -> None:
    code = proof.code_of(row())
    told = f"{code[:3]} {code[3:]}"
    assert site.get(f"{by_mail}?nieuw=1").content.decode().count(told) == 2
    assert site.get(by_mail).content.decode().count(told) == 1
    other = Client()
    page = other.get(by_mail).content.decode()
    assert "Je code van zes cijfers" in page and code not in page
    assert tries(other, by_mail, code[:5]) == SHORT
    assert tries(other, by_mail, code + "1") == SHORT
    assert tries(other, by_mail, path.CONTACT["mail"]) == SHORT, "the stranger has the address"
    assert tries(other, by_mail, f"{(int(code) + 1) % 1_000_000:06d}") == WRONG
    assert tries(other, by_mail, f" {told} ") == PROVED
    assert "Wat er gebeurde" in other.get(by_mail).content.decode()


LOST = ["why", "ask", "anew", "gone"]


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_who_can_prove_nothing_reads_which_ways_are_left(by_mail: str, lang: str) -> None:
    there, other = ("" if lang == "nl" else f"/{lang}") + by_mail, Client()
    page = html.unescape(other.get(there).content.decode())
    for part in LOST:
        assert text(lang, f"proof.lost_{part}") in page
    assert "<details open" not in page
    wrong = other.post(there, {"do": "prove", "proof": "000000"}).content.decode()
    assert "<details open" in wrong, "beside the error it is in sight"


def test_with_a_number_no_code_is_told(site: Client, address: str) -> None:
    code, page = proof.code_of(row()), site.get(f"{address}?nieuw=1").content.decode()
    assert code not in page and f"{code[:3]} {code[3:]}" not in page
    assert tries(Client(), address, code) == SHORT


def test_after_five_wrong_tries_it_is_shut_for_a_day(site: Client, address: str) -> None:
    assert [tries(Client(), address, f"0499 00 00 0{n}") for n in range(1, 6)] == [
        *[WRONG] * 4,
        SHUT,
    ]
    assert tries(Client(), address, NUMBER) == SHUT, "also to who knows it now"
    page = Client().get(address).content.decode()
    assert "blijft deze link nu een dag dicht" in page and 'name="proof"' not in page
    assert "Op het toestel waarmee je verstuurde, opent hij wel." in page
    assert "Wat er gebeurde" in site.get(address).content.decode()
    Link.objects.update(code_asked_at=timezone.now() - proof.SHUT)
    assert 'name="proof"' in Client().get(address).content.decode()
    assert tries(Client(), address, NUMBER) == PROVED
    assert Link.objects.get(who="owner").code_tries == 0


COOKIES = ["", "x", "é" * 64, "0" * 64, "../..", "\x00"]


@pytest.mark.parametrize("value", COOKIES, ids=range(len(COOKIES)))
def test_a_cookie_that_was_made_up_opens_nothing(address: str, value: str) -> None:
    client = Client()
    client.cookies[proof.COOKIE.format(number=row().pk)] = value
    assert "Je telefoonnummer" in client.get(address).content.decode()


def test_the_cookie_of_one_question_opens_no_other(site: Client, address: str) -> None:
    other = Client()
    theirs = path.sent(other, key="f" * 32).split("?")[0]
    assert theirs != address
    assert "Je telefoonnummer" in other.get(address).content.decode()
    assert "Je telefoonnummer" in site.get(theirs).content.decode()


@pytest.mark.parametrize("number", [NUMBER, ""], ids=["number", "code"])
def test_the_doors_after_the_first_know_the_device_and_the_code(site: Client, number: str) -> None:
    """A question that the clock passed on, whose link came by a letter only."""
    path.sent(site, may_pass_on="1", phone=number)
    first = row()
    happens(Kind.REFUSED, reason="not_my_area")
    order = onward.by_clock(first, timezone.now())
    assert order is not None
    after = store.send(order, timezone.now(), onward.key_after(first))
    there, here = (f"/vervolg/{links.token_of(each, Who.OWNER)}" for each in (after, first))
    links.link_for(after, Who.OWNER, timezone.localdate())
    assert "Wat er gebeurde" in site.get(there).content.decode()
    assert proof.code_of(after) == proof.code_of(first)
    other = Client()
    assert tries(other, there, number or proof.code_of(first)) == PROVED
    assert "Wat er gebeurde" in other.get(here).content.decode()


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_with_whom_there_was_contact_is_told_to_the_owner_only(address: str, lang: str) -> None:
    """A letter may have gone to a stranger, who could tell an outcome that is not the owner's."""
    happens(Kind.CONTACT)
    other, form = Client(), {"do": "outcome", "outcome": "helped", "nonce": "a"}
    for page in (other.get(f"{lang}{address}"), other.post(f"{lang}{address}", form)):
        content = html.unescape(page.content.decode())
        assert not [secret for secret in HIDDEN if secret in content.split("<footer")[0]]
        assert 'name="outcome"' not in content
    assert Who.OWNER not in store.state_of(row()).outcomes


def test_who_proved_to_be_the_owner_says_whether_it_helped(address: str) -> None:
    happens(Kind.CONTACT)
    other, form = Client(), {"do": "outcome", "outcome": "helped", "nonce": "a"}
    assert tries(other, address, NUMBER) == PROVED
    assert 'name="outcome"' in other.get(address).content.decode()
    assert other.post(address, form).status_code == PROVED
    assert store.state_of(row()).outcomes[Who.OWNER].value is Outcome.HELPED


def test_wiping_makes_the_device_forget(site: Client, address: str) -> None:
    gone = site.post(address, {"do": "wipe"})
    assert [cookie["max-age"] for cookie in gone.cookies.values()] == [0]
    assert Client().get(address).status_code == 410


def test_a_browser_that_keeps_no_cookie_is_told_that_it_was_sent(site: Client) -> None:
    preview = path.preview(site)
    made = site.post("/stuur/verstuur", {"sealed": path.sealed(preview), "do": "send"})
    page = Client().get(made.headers["Location"]).content.decode()
    assert "Je vraag is verstuurd." in page
    assert "Er gaat geen tweede vraag weg." in page
    again = site.post("/stuur/verstuur", {"sealed": path.sealed(preview), "do": "send"})
    assert "Wat er gebeurde" in site.get(again.headers["Location"]).content.decode()
    assert Referral.objects.count() == 1


def test_who_opens_the_copied_address_later_is_not_told_to_send_it_again(site: Client) -> None:
    preview = path.preview(site)
    made = site.post("/stuur/verstuur", {"sealed": path.sealed(preview), "do": "send"})
    earlier = timezone.now() - timedelta(minutes=11)
    Permission.objects.update(given_at=earlier)
    page = Client().get(made.headers["Location"]).content.decode()
    assert "Je vraag is verstuurd." not in page and "Er gaat geen tweede vraag weg." not in page


def test_a_dossier_without_contact_asks_the_code(db: None) -> None:
    for contact in ({}, {"contact": None}, {"contact": {"phone": "112"}}):
        assert proof.asked(Referral(dossier=contact)) == "code"
