"""The receiver's page: programs that scan mail change nothing, two clicks are enough, one
device at a time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from baken.refer.model import Event, Kind, Who
from baken.web.handover import links, store
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import letter
from baken.web.texts import text
from tests.refer import made
from tests.web.handover.following import owners_page
from tests.web.handover.opening import SECRET, Browser, events

pytestmark = pytest.mark.django_db


def test_three_hundred_scanners_change_nothing_and_see_nothing(
    row: Referral, file_address: str
) -> None:
    for number in range(300):
        visit = (Browser().get, Browser().head, Browser().options)[number % 3]
        page = visit(file_address)
        assert SECRET.encode() not in page.content
    assert events(row) == ["sent"]
    assert Referral.objects.get().handling == "offered"


def test_the_landing_tells_for_whom_and_until_when_and_has_no_script(file_address: str) -> None:
    page = Browser().get(file_address).content.decode()
    assert "energie" not in page, "not even what it is about: whoever holds the link reads this"
    assert "Eerste contact beloofd uiterlijk op" in page
    assert "Huis van Raad" in page
    assert "Is dat te lang om te wachten?" in page, "full for long may send it on"
    assert "<script" not in page
    assert "de bakker" not in page


@pytest.mark.parametrize("opened", [False, True])
def test_after_the_promised_day_the_page_says_that_it_is_over(
    row: Referral, file_address: str, opened: bool
) -> None:
    pages, who = [], Browser()
    promised = datetime.combine(row.contact_by, datetime.min.time(), UTC)
    for late in (0, 1):
        moment = promised + timedelta(days=late, hours=10)
        with patch("django.utils.timezone.now", return_value=moment):
            page = who.post(file_address, {"do": "open"}) if opened else who.get(file_address)
            pages.append(page.content.decode())
    assert all("Eerste contact beloofd uiterlijk op" in page for page in pages)
    assert ["Die dag is voorbij." in page for page in pages] == [False, True]


def test_the_button_opens_and_marks_it_seen(row: Referral, file_address: str) -> None:
    page = Browser().post(file_address, {"do": "open"})
    assert SECRET in page.content.decode()
    assert "Daarna zie je het hele dossier" not in page.content.decode(), "it is seen already"
    assert page.headers["Cache-Control"] == "no-store"
    assert events(row) == ["sent", "seen"]


NO_BUTTON: list[dict[str, str]] = [{}, {"foo": "bar"}, {"do": ""}, {"do": "opent"}, {"hier": "1"}]


@pytest.mark.parametrize("form", NO_BUTTON, ids=str)
def test_a_form_without_a_button_of_the_page_opens_nothing(
    row: Referral, file_address: str, form: dict[str, str]
) -> None:
    client = Browser()
    page = client.post(file_address, form)
    assert page.status_code == 400
    assert "Dit formulier kwam niet goed aan." in page.content.decode()
    assert SECRET not in page.content.decode()
    assert events(row) == ["sent"]
    assert not client.cookies
    assert SECRET in client.post(file_address, {"do": "open"}).content.decode()
    same = client.post(file_address, form)
    assert same.status_code == 400
    assert SECRET in same.content.decode(), "who opened it before still sees it"
    assert events(row) == ["sent", "seen"]


FILES = [("fr", "1er\u00a0mars 2026"), ("en", "1\u00a0March 2026")]


@pytest.mark.parametrize(("lang", "day"), FILES)
def test_the_dates_of_a_file_are_in_its_own_language(
    row: Referral, file_address: str, lang: str, day: str
) -> None:
    whole = made.dossier(lang=lang).model_dump(mode="json")
    Referral.objects.filter(pk=row.pk).update(dossier=whole)
    page = Browser().post(file_address, {"do": "open"}).content.decode()
    assert day in page
    assert "1\u00a0maart 2026" not in page


SAID = [
    ("Je betaalde je RSZ.", "nog niet bekend"),
    ("Je bent geen grote onderneming.", "niet voldaan"),
    ("Het project is vernieuwend.", "weegt de dienst af"),
    ("De raad is onafhankelijk.", "na te kijken"),
]


def test_a_dossier_tells_what_is_not_known_from_what_no_source_says(row: Referral) -> None:
    whole = made.dossier().model_dump(mode="json")
    sealing = store.Order("huis-van-raad", whole, items=["need"], text_version="2026-11")
    other = store.send(sealing, timezone.now(), "form-2")
    _, token = links.link_for(other, Who.RECEIVER, timezone.localdate())
    page = Browser().post(f"/dossier/{token}", {"do": "open"}).content.decode()
    for says, state in SAID:
        assert f"{says} ({state})" in page
    assert "De bron zegt niets over: rechtsvorm, grootte." in page, "one line, addressed to nobody"
    fit, _, unfit = page.partition("<h2>Welke hulp niet past, en waarom</h2>")
    assert "<h3>kmo-portefeuille</h3>" in fit.partition("Welke hulp past, en waarom")[2]
    assert "<h3>Streekfonds</h3>" in unfit
    assert "Streekfonds" not in fit


TWO_CLICKS = [
    ({"do": "accept"}, "accepted"),
    ({"do": "refuse", "reason": "not_my_size"}, "refused"),
    ({"do": "full", "until": (timezone.localdate() + timedelta(days=20)).isoformat()}, "full"),
]


@pytest.mark.parametrize(("form", "state"), TWO_CLICKS, ids=[s for _, s in TWO_CLICKS])
def test_the_link_and_one_button_are_enough(
    row: Referral, file_address: str, form: dict[str, str], state: str
) -> None:
    client = Browser()
    client.get(file_address)
    assert client.post(file_address, form).status_code == 200
    row.refresh_from_db()
    assert row.handling == state


ENDS = [
    # what is said, and whether the organisation still sees how to reach the firm
    ({"do": "open"}, True),
    ({"do": "accept"}, True),
    ({"do": "contact", "nonce": "a"}, True),
    ({"do": "refuse", "reason": "not_my_size"}, False),
]


@pytest.mark.parametrize(("form", "sees"), ENDS, ids=[form["do"] for form, _ in ENDS])
def test_who_refused_no_longer_sees_how_to_reach_the_firm(
    row: Referral, file_address: str, form: dict[str, str], sees: bool
) -> None:
    client = Browser()
    client.post(file_address, {"do": "open"})
    answers = [client.post(file_address, form), client.post(file_address, {"do": "json"})]
    for answer in answers:
        assert SECRET in answer.content.decode()
        assert ("de bakker" in answer.content.decode()) == sees
    assert ("Dit dossier is niet meer bij jullie." in answers[0].content.decode()) != sees
    assert client.post(file_address, {"do": "pdf"}).content.startswith(b"%PDF")
    owner = owners_page(row)
    assert ("ziet niet meer hoe je te bereiken bent" in owner) != sees
    assert ("kunnen we niet terughalen" in owner.split("<main")[1].split("<details")[0]) != sees


def test_a_double_click_counts_once(row: Referral, file_address: str) -> None:
    client = Browser()
    for _ in range(2):
        client.post(file_address, {"do": "tried", "nonce": "abc"})
    assert store.state_of(row).tries == 1


@pytest.mark.parametrize("typed", ["\x00", "<b>", "\u202ex", "x" * 5_000, "=1+1"])
def test_what_a_program_writes_in_any_field_breaks_nothing(
    row: Referral, file_address: str, typed: str
) -> None:
    fields = ("nonce", "reason", "until", "outcome", "code")
    for button in ("open", "tried", "accept", "refuse", "full", "outcome", "enter", typed):
        page = Browser().post(file_address, {"do": button, **dict.fromkeys(fields, typed)})
        assert page.status_code in (200, 400, 403)
        assert b"<b>" not in page.content
        type(row.links.get()).objects.update(device_hash="")


def test_after_the_end_a_late_button_gets_a_friendly_page(row: Referral, file_address: str) -> None:
    client = Browser()
    client.post(file_address, {"do": "refuse", "reason": "other", "nonce": "1"})
    page = client.post(file_address, {"do": "accept", "nonce": "2"})
    assert page.status_code == 400
    assert "Dat kan niet meer" in page.content.decode()


def test_a_second_tab_reads_that_it_was_taken_on(row: Referral, file_address: str) -> None:
    client = Browser()
    for nonce in "ab":
        page = client.post(file_address, {"do": "accept", "nonce": nonce})
    assert page.status_code == 400
    assert "Dit was al aangenomen." in page.content.decode()


def test_the_outcome_is_one_click(row: Referral, file_address: str) -> None:
    client = Browser()
    client.post(file_address, {"do": "contact"})
    page = client.post(file_address, {"do": "outcome", "outcome": "partly"}).content.decode()
    assert "Een beetje" in page
    assert store.state_of(row).outcomes[Who.RECEIVER].value == "partly"


def code_in_the_letter(row: Referral) -> str:
    link, _ = links.link_for(row, Who.RECEIVER, timezone.localdate())
    link.refresh_from_db()
    return links.code_of(link)


def test_the_outcome_is_one_click_on_any_device_and_shows_nothing(
    row: Referral, file_address: str
) -> None:
    """The letter that asks it comes when the device of then may be gone."""
    Browser().post(file_address, {"do": "open"})
    store.record(row.pk, Event(Kind.CONTACT, Who.RECEIVER, timezone.now(), "called"))
    other = Browser()
    page = other.get(file_address).content.decode()
    assert "Een onderneming die jullie hielpen" in page
    assert "Heeft het geholpen?" in page
    assert "Eerste contact beloofd" not in page
    assert "Dit is niet voor ons" not in page
    told = other.post(file_address, {"do": "outcome", "outcome": "helped", "nonce": "a"})
    assert told.status_code == 200
    assert "Jullie antwoord: Ja" in told.content.decode()
    assert SECRET not in told.content.decode()
    assert events(row).count("outcome") == 1
    assert other.post(file_address, {"do": "outcome", "outcome": "perhaps"}).status_code == 400
    assert other.post(file_address, {"do": "open"}).status_code == 403, (
        "the file itself asks a code"
    )


def test_before_a_contact_another_device_tells_no_outcome(row: Referral, file_address: str) -> None:
    Browser().post(file_address, {"do": "open"})
    Browser().post(file_address, {"do": "outcome", "outcome": "helped"})
    assert "outcome" not in events(row)


def test_the_letter_that_asks_names_the_day_of_the_contact(row: Referral) -> None:
    contact = datetime(2026, 12, 2, 9, tzinfo=UTC)
    store.record(row.pk, Event(Kind.CONTACT, Who.RECEIVER, contact, "called"))
    now = contact + timedelta(days=54)
    step = Event(Kind.STEP, Who.SYSTEM, now, "ask", step="ask", of=contact.date())
    store.record(row.pk, step)
    written = letter(Intent.objects.get(letter="how_did_it_go", to="receiver"), now)
    assert written is not None
    assert "Op 2 december 2026 was er contact." in " ".join(written.get_content().split())


def test_another_device_is_asked_for_a_code_that_goes_to_the_organisation(
    row: Referral, file_address: str
) -> None:
    first, second = Browser(), Browser()
    first.post(file_address, {"do": "open"})
    asked = second.post(file_address, {"do": "open"})
    assert asked.status_code == 403
    assert SECRET not in asked.content.decode()
    second.post(file_address, {"do": "code"})
    assert Intent.objects.filter(letter="code").count() == 1
    opened = second.post(file_address, {"do": "enter", "code": code_in_the_letter(row)})
    assert SECRET in opened.content.decode()
    assert first.post(file_address, {"do": "open"}).status_code == 403, "the first one is out now"


def test_what_was_chosen_on_another_device_is_told_to_be_unsaid(
    row: Referral, file_address: str
) -> None:
    first, second = Browser(), Browser()
    first.post(file_address, {"do": "open"})
    page = second.post(file_address, {"do": "accepted", "nonce": "a"}).content.decode()
    assert text("nl", "handover.device_unsaid") in page
    assert page.count('name="unsaid" value="1"') == 1
    page = second.post(file_address, {"do": "code", "unsaid": "1"}).content.decode()
    assert page.count('name="unsaid" value="1"') == 2, "it goes along with both buttons"
    code = code_in_the_letter(row)
    opened = second.post(file_address, {"do": "enter", "code": code, "unsaid": "1"})
    assert text("nl", "handover.file_unsaid") in opened.content.decode()
    assert "accepted" not in events(row)
    page = first.post(file_address, {"do": "open"}).content.decode()
    assert text("nl", "handover.device_unsaid") not in page, "to open says nothing"


def test_codes_can_not_be_guessed_and_grow_old(row: Referral, file_address: str) -> None:
    Browser().post(file_address, {"do": "open"})
    thief = Browser()
    thief.post(file_address, {"do": "code"})
    right = code_in_the_letter(row)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    answers = [thief.post(file_address, {"do": "enter", "code": wrong}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [403] * 4 + [429]
    assert thief.post(file_address, {"do": "enter", "code": right}).status_code == 429
    thief.post(file_address, {"do": "code"})
    assert Intent.objects.filter(letter="code").count() == 1, "not again within its quarter"


def test_who_is_locked_out_reads_until_when_at_entering_and_at_asking(
    row: Referral, file_address: str
) -> None:
    Browser().post(file_address, {"do": "open"})
    second, start = Browser(), datetime(2026, 12, 2, 9, 0, 20, tzinfo=UTC)
    with patch("django.utils.timezone.now", return_value=start):
        second.post(file_address, {"do": "code"})
        right = code_in_the_letter(row)
        for _ in range(links.MOST_TRIES):
            second.post(file_address, {"do": "enter", "code": f"{(int(right) + 1) % 10**6:06d}"})
        for form in ({"do": "enter", "code": right}, {"do": "code"}, {"do": "open"}):
            page = second.post(file_address, form).content.decode()
            assert "Te vaak verkeerd. Vraag om 10:16 een nieuwe code." in page
            assert "onderweg" not in page and "klopt niet" not in page
    with patch("django.utils.timezone.now", return_value=start + timedelta(minutes=15, seconds=40)):
        assert "onderweg" in second.post(file_address, {"do": "code"}).content.decode()
        assert Intent.objects.filter(letter="code").count() == 2
        opened = second.post(file_address, {"do": "enter", "code": code_in_the_letter(row)})
        assert SECRET in opened.content.decode()


@pytest.mark.parametrize("typed", ["", "abc", "12345", "1234567"])
def test_what_is_no_code_is_no_try(row: Referral, file_address: str, typed: str) -> None:
    Browser().post(file_address, {"do": "open"})
    second = Browser()
    second.post(file_address, {"do": "code"})
    for _ in range(links.MOST_TRIES + 1):
        page = second.post(file_address, {"do": "enter", "code": typed}).content.decode()
        assert "De code telt zes cijfers." in page
    opened = second.post(file_address, {"do": "enter", "code": code_in_the_letter(row)})
    assert SECRET in opened.content.decode()


@pytest.mark.parametrize("zero", ["0", "\u0660"], ids=["0", "Arabic"])
def test_a_code_is_read_in_digits_of_every_script(
    row: Referral, file_address: str, zero: str
) -> None:
    Browser().post(file_address, {"do": "open"})
    second = Browser()
    second.post(file_address, {"do": "code"})
    typed = "".join(chr(ord(zero) + int(digit)) for digit in code_in_the_letter(row))
    opened = second.post(file_address, {"do": "enter", "code": f" {typed[:3]} {typed[3:]}"})
    assert SECRET in opened.content.decode()


@pytest.mark.parametrize("typed", ["\u00b2" * 6, "\u0663" * 6])
def test_signs_like_digits_are_a_wrong_code(file_address: str, typed: str) -> None:
    Browser().post(file_address, {"do": "open"})
    second = Browser()
    second.post(file_address, {"do": "code"})
    assert second.post(file_address, {"do": "enter", "code": typed}).status_code == 403


SHUT = [("unknown", 404), ("revoked", 410), ("ceased", 410), ("old", 410), ("the owner's", 404)]


@pytest.mark.parametrize(("why", "status"), SHUT, ids=[w for w, _ in SHUT])
def test_a_link_that_opens_nothing_says_so(
    row: Referral, file_address: str, why: str, status: int
) -> None:
    link, _ = links.link_for(row, Who.RECEIVER, timezone.localdate())
    if why == "unknown":
        file_address += "x"
    elif why == "revoked":
        said: Any = store.Event(Kind.WITHDRAWN, Who.OWNER, timezone.now(), "w")
        store.record(row.pk, said)
    elif why == "old":
        store.record(row.pk, Event(Kind.REFUSED, Who.RECEIVER, timezone.now(), "n", reason="other"))
        row.events.update(at=timezone.now() - timedelta(days=31))
        type(link).objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    elif why == "ceased":
        gone: Any = store.Event(Kind.EXPIRED, Who.SYSTEM, timezone.now(), "c", reason="ceased")
        store.record(row.pk, gone)
    else:
        file_address = f"/dossier/{links.token_of(row, Who.OWNER)}"
        links.link_for(row, Who.OWNER, timezone.localdate())
    for visit in (Browser().get, Browser().post):
        page = visit(file_address)
        assert page.status_code == status
        assert SECRET not in page.content.decode()
        assert ("helpt geen ondernemers meer" in page.content.decode()) == (why == "ceased")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_page_speaks_each_language(file_address: str, lang: str) -> None:
    page = Browser().get(f"/{lang}{file_address}").content.decode()
    assert f'<html lang="{lang}">' in page
    assert not re.search(r"handover\.\w", page)


@pytest.mark.parametrize(("do", "field"), [("refuse", "reason"), ("full", "until")])
@pytest.mark.parametrize("opened", [False, True])
def test_an_error_is_found_from_the_head_of_the_page(
    file_address: str, row: Referral, do: str, field: str, opened: bool
) -> None:
    client = Browser()
    if opened:
        client.post(file_address, {"do": "open"})
    page = client.post(file_address, {"do": do}).content.decode()
    assert "<title>Fout: " in page
    assert page.count('role="alert"') == 1
    assert page.index('class="errors"') < page.index("<h1") < page.index(f'id="{field}-error"')
    assert f'<a href="#{field}">' in page
    assert f'id="{field}"' in page
