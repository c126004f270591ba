"""From a need to a question that is sent, and back to its outcome, in real Chromium: every page on
the way is for everyone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from baken.refer.hours import parse
from baken.refer.model import Kind, Who
from baken.web.handover import links, slots
from baken.web.handover.models import Receiver, Referral
from tests.web.browser.conftest import Open, again, click_through, press_through
from tests.web.browser.test_pages import (
    NEED,
    ask,
    assert_accessible,
    assert_no_sideways_scroll,
    open_all,
)
from tests.web.handover import path
from tests.web.handover.following import happens
from tests.web.signalen.conftest import table

HEAVIEST = 150_000
LONG = "oven@" + "bakkerijvandehoekbijdebrug" * 3 + ".example"
"""A word that a line of 320 pixels can't hold."""
EVERY_DAY = " | ".join(f"{day} 09:00-10:00" for day in ("mon", "tue", "wed", "thu", "fri"))


def sound(page: Page) -> None:
    """Folded open, it passes axe, fits, and is light."""
    open_all(page)
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    assert len(page.content().encode()) < HEAVIEST


def go(page: Page, selector: str) -> None:
    """Press a button that leads to another page, and look at that."""
    click_through(page, f"{selector} >> nth=0")
    sound(page)


def test_from_a_signal_and_an_outcome_of_the_law_to_a_preview_with_both(
    open_page: Open, settings: Any, tmp_path: Path
) -> None:
    settings.SIGNALS_ROOT = tmp_path / "signalen"
    path.doors_take_files()
    page = open_page("/signalen", width=320)
    given = {"name": "omzet.csv", "mimeType": "text/csv", "buffer": table(0.4).read()}
    page.set_input_files("#files", given)
    click_through(page, "#geef button.button >> nth=0")
    page.wait_for_selector("article.story", timeout=60_000)
    go(page, "text=Zoek verder met deze vraag")
    bell = {"alarm_bell": {"legal_form": ["bv"], "assets": ["1"], "debts": ["9"]}}
    add = """said => {
        const field = document.createElement("input");
        Object.assign(field, {type: "hidden", name: "reckoned", value: said});
        document.getElementById("kies").append(field); }"""
    page.evaluate(add, json.dumps(bell))
    go(page, ".door button[name=to]")
    page.check("input[value^='signals:']")
    page.check("input[value='law:rekenen-alarm_bell']")
    go(page, "form[action$=bereik] .button")
    page.fill("#phone", "0400 00 00 00")
    page.check("#when-any")
    go(page, "form[action$=nakijken] .button")
    shown = page.locator(".preview").inner_text()
    for says in ("Van 100 gezonde zaken", "WVV, art. 5:153", "Het bestuur stelt het vandaag vast"):
        assert says in shown


WAYS = [("", "light", 320), again("/en", "dark", 1280), again("/fr", "light", 320)]


@pytest.mark.parametrize(("lang", "scheme", "width"), WAYS, ids=["nl", "en", "fr"])
def test_from_a_need_to_sent_and_back_to_its_outcome(
    open_page: Open, lang: str, scheme: str, width: int
) -> None:
    path.doors_take_files()
    slots.replace(Receiver.objects.get(record_id=path.TO), parse(EVERY_DAY))
    page = open_page(f"{lang}/", width=width, color_scheme=scheme)
    ask(page, f"{NEED} {LONG}")
    go(page, ".door button[name=to]")
    assert page.locator("input[name=item]:checked").count() == 1
    page.check("input[value='facts:municipality']")
    go(page, "form[action$=bereik] .button")
    go(page, "form[action$=nakijken] .button")
    expect(page.locator(".errors")).to_be_focused()
    page.fill("#phone", "0400 00 00 00")
    go(page, "form[action$=nakijken] .button")
    expect(page.locator("#when-error")).to_be_visible()
    page.check("input[name=when] >> nth=2")
    page.check("input[name=slot] >> nth=1")
    go(page, "form[action$=nakijken] .button")
    assert "Aalst" in page.locator(".preview").inner_text()
    go(page, "form[action$=bereik] .button >> nth=1")
    assert page.locator("input[name=when]:checked, input[name=slot]:checked").count() == 2
    go(page, "form[action$=nakijken] .button")
    go(page, "button[value=send]")
    follow = page.url
    assert "/vervolg/" in follow
    at_home = open_page(follow.split("?")[0], width=width, color_scheme=scheme)
    sound(at_home)
    at_home.fill("#proof", "0499")
    go(at_home, "button[value=prove]")
    expect(at_home.locator("#proof[aria-invalid=true]")).to_be_visible()
    at_home.fill("#proof", "+32 400 000 000")
    press_through(at_home)
    expect(at_home.locator("dl.facts")).to_be_visible()
    row = Referral.objects.get()
    _, token = links.link_for(row, Who.RECEIVER, timezone.localdate())
    adviser = open_page(f"{lang}/dossier/{token}")
    assert adviser.locator(".note").count() == 1, "the chosen hour"
    click_through(adviser, "button[value=accept]")
    sound(adviser)
    assert "Aalst" in adviser.locator("main").inner_text()
    click_through(adviser, "button[value=contact]")
    page.goto(follow.split("?")[0])
    go(page, "button[value=partly]")
    assert row.events.filter(kind="outcome", by="owner").exists()
    go(page, "button[value=withdraw]")
    go(page, "button[value=wipe]")
    assert Referral.objects.get().dossier == {}


def test_a_double_click_and_the_button_back_send_once(open_page: Open) -> None:
    path.doors_take_files()
    page = open_page("/", java_script_enabled=False)
    ask(page)
    click_through(page, ".door button[name=to] >> nth=0")
    click_through(page, "form[action$=bereik] .button")
    page.fill("#phone", "0400 00 00 00")
    page.check("#when-any")
    press_through(page)
    page.wait_for_selector("button[value=send]")
    page.locator("button[value=send]").dblclick(no_wait_after=True)
    page.wait_for_url("**/vervolg/**")
    page.go_back()
    click_through(page, "button[value=send]")
    page.wait_for_url("**/vervolg/**")
    assert "geen tweede keer" in page.locator("[role=status]").inner_text()
    assert Referral.objects.count() == 1


def test_the_button_at_a_door_takes_the_ticks_along_by_mouse_and_by_key(open_page: Open) -> None:
    path.doors_take_files()
    page = open_page("/", java_script_enabled=False)
    for pressed in ("mouse", "key"):
        ask(page)
        page.check(".offer__pick >> nth=0")
        ticked = page.locator(".offer__pick >> nth=0").get_attribute("value")
        if pressed == "mouse":
            click_through(page, ".door button[name=to] >> nth=0")
        else:
            page.locator(".door button[name=to] >> nth=0").focus()
            press_through(page)
        assert page.locator("input[name=pick]").get_attribute("value") == ticked
        assert page.locator("input[name=to]").get_attribute("value") == path.TO
        page.goto("/")


def test_a_door_without_an_address_is_told_in_each_language(open_page: Open) -> None:
    for lang in ("", "/en", "/fr"):
        page = open_page(f"{lang}/", width=320)
        ask(page)
        go(page, ".door button[name=to]")
        go(page, "form[action$=meenemen] button")
    assert not Referral.objects.exists()


def test_what_goes_to_the_next_door_is_changed_before_it_is_sent(
    open_page: Open, site: Client
) -> None:
    path.doors_take_files()
    address = path.sent(site, item=["need", "facts:municipality"]).split("?")[0]
    happens(Kind.REFUSED, reason="no_room")
    page = open_page(address, width=320)
    page.fill("#proof", path.CONTACT["phone"])
    page.click("button[value=prove]")
    go(page, "button[value=other]")
    expect(page.locator(".preview")).to_contain_text("Aalst")
    go(page, "button[value=what]")
    page.uncheck("input[value='facts:municipality']")
    go(page, "main form .button")
    expect(page.locator(".preview")).not_to_contain_text("Aalst")
    go(page, "button[value=reach]")
    page.check("input[name=when] >> nth=0")
    go(page, "main form .button")
    page.click("button[value=send]")
    page.wait_for_url("**/vervolg/**")
    assert Referral.objects.get(receiver__record_id=path.OTHER).dossier["facts"] == []
