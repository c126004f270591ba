"""The desk in real Chromium: from an invitation to a closed file, each page for everyone, at 320
pixels, by night, and without scripts.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from baken.web.desk import inviting, joining
from baken.web.desk.models import Role
from baken.web.handover.models import EventRow, Referral
from baken.web.owner.models import UnmetNeed
from tests.refer.made import dossier
from tests.web.browser.conftest import Open, again, click_through
from tests.web.browser.test_pages import assert_accessible, assert_no_sideways_scroll
from tests.web.desk.made import (
    HOUSE,
    OTHER,
    PASSWORD,
    browser,
    code,
    digits,
    file,
    member,
    with_password,
)
from tests.web.handover.made import receiver

SCREENS = [("", "dark", 1280), again("/en", "light", 320), again("/fr", "light", 320)]


def test_from_the_invitation_to_a_closed_file_without_scripts(
    transactional_db: None, open_page: Open
) -> None:
    at = receiver(HOUSE)
    file()
    token = inviting.invite(None, "an@bureau.example", "An", Role.ADVISER, at)
    page = open_page(f"/bureau/uitnodiging/{token}", java_script_enabled=False)
    page.fill("#password", PASSWORD)
    page.fill("#code", digits(joining.secret_of(token)))
    click_through(page, "main button.button")
    assert page.locator("main code").count() == joining.RECOVERY_CODES
    spare = page.locator("main code").first.inner_text()
    click_through(page, "main a.button")
    click_through(page, "nav form button")
    page.goto("/bureau?toon=nieuw")
    page.fill("#email", "an@bureau.example")
    page.fill("#password", PASSWORD)
    page.fill("#code", spare)
    click_through(page, "main button.button")
    click_through(page, ".desk-list a")
    for button in ("accept", "contact"):
        click_through(page, f"button[value={button}]")
    page.check("#outcome-helped")
    click_through(page, "button[value=end]")
    assert "Gesloten" in page.locator("[role=status]").inner_text()
    kinds = list(EventRow.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["sent", "seen", "accepted", "contact", "closed", "outcome"]


@pytest.mark.parametrize(("lang", "scheme", "width"), SCREENS)
def test_each_page_is_for_everyone(
    transactional_db: None, open_page: Open, lang: str, scheme: str, width: int, live_server: Any
) -> None:
    at, who = receiver(HOUSE), member("administrator", HOUSE)
    member("adviser", HOUSE)
    row = file()
    row.dossier = dossier().model_dump(mode="json")
    row.save()
    row.permission.may_pass_on = True
    row.permission.save()
    receiver(OTHER)
    at.answers.create(title="Eerste antwoord", text="Dag,\nwe bellen je.")
    token = inviting.invite(None, "n@b.example", "N", Role.OPERATOR, None)
    page = open_page(f"{lang}/bureau/aanmelden", width=width, color_scheme=scheme)

    def sound(page: Page, address: str) -> None:
        page.goto(f"{lang}/bureau{address}")
        assert_no_sideways_scroll(page)
        assert_accessible(page)

    sound(page, "/aanmelden")
    sound(page, f"/uitnodiging/{token}")
    sound(page, "/uitnodiging/x")
    cookie = browser(who).cookies["baken_bureau"].value
    page.context.add_cookies([{"name": "baken_bureau", "value": cookie, "url": live_server.url}])
    for address in (
        "",
        "?toon=klaar",
        "/mensen",
        "/mijn-toegang",
        "/maand",
        "/organisatie",
        "/spoor",
        "/wie-is-er",
        f"/dossier/{row.public_id}/spoor",
        f"/dossier/{row.public_id}",
    ):
        sound(page, address)
    page.goto(f"{lang}/bureau/organisatie")
    away_on_the_day_of_a_given_hour(page, row)
    hours_of_a_day_and_a_weekday(page)
    page.goto(f"{lang}/bureau/dossier/{row.public_id}")
    for button in ("open", "contact", "end", "note", "pass"):
        click_through(page, f"button[value={button}]")
        page.wait_for_load_state()
        assert_no_sideways_scroll(page)
        assert_accessible(page)
    for _ in range(5):
        UnmetNeed.objects.create(channel="page", needs=["N11"], noted_on="2026-11-02")
    cookie = browser(member("policy")).cookies["baken_bureau"].value
    page.context.add_cookies([{"name": "baken_bureau", "value": cookie, "url": live_server.url}])
    sound(page, "/wat-ontbreekt")
    sound(page, "/verbeteringen")


def test_an_error_has_the_focus_and_leads_to_its_field(
    transactional_db: None, open_page: Open, live_server: Any
) -> None:
    row = file()
    row.permission.may_pass_on = True
    row.permission.save()
    receiver(OTHER)
    who = with_password(member("adviser", HOUSE))
    cookie = browser(who).cookies["baken_bureau"].value
    page = open_page("/bureau/aanmelden")
    page.context.add_cookies([{"name": "baken_bureau", "value": cookie, "url": live_server.url}])
    page.goto(f"/bureau/dossier/{row.public_id}")
    click_through(page, "button[value=open]")
    for button, field in (("pass", "#to"), ("refuse", "#reason"), ("note", "#note")):
        click_through(page, f"button[value={button}]")
        expect(page.locator(".errors")).to_be_focused()
        expect(page.locator(".errors")).to_be_in_viewport()
        assert page.title().startswith("Fout: ")
        assert_accessible(page)
        page.click(".errors a")
        expect(page.locator(field)).to_be_focused()
    page.fill("#note", "eerst bellen")
    click_through(page, "button[value=note]")
    page.go_back()
    expect(page.locator(".errors")).to_be_visible()
    page.fill("#note", "belt liever 's morgens")
    page.context.clear_cookies()
    click_through(page, "button[value=note]")
    expect(page.locator(".errors")).to_be_focused()
    assert_accessible(page)
    page.fill("#email", who.email)
    page.fill("#password", PASSWORD)
    page.fill("#code", code(who, 1))
    click_through(page, "main button.button")
    expect(page.locator("#note")).to_have_value("belt liever 's morgens")


def away_on_the_day_of_a_given_hour(page: Page, row: Referral) -> None:
    """The warning names the hour, and its tick keeps the days."""
    hour = timezone.now() + timedelta(days=1)
    Referral.objects.filter(pk=row.pk).update(slot_at=hour)
    day = f"{timezone.localtime(hour):%Y-%m-%d}"
    page.fill("#first", day)
    page.fill("#last", day)
    page.click("button[value=away]")
    expect(page.locator("#given-error li")).to_have_count(1)
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    page.check("#sure")
    page.click("button[value=away]")
    expect(page.locator("button[value=back]")).to_have_count(1)
    Referral.objects.filter(pk=row.pk).update(slot_at=None)


def hours_of_a_day_and_a_weekday(page: Page) -> None:
    page.fill("#on", f"{timezone.localdate() + timedelta(days=1)}")
    page.click("button[value=offer]")
    expect(page.locator("#on-error")).to_be_visible()
    assert_accessible(page)
