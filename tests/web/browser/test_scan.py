"""The scan in real Chromium: each page can be used by everyone, and the keyboard is enough."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.web.browser.conftest import Open, again, click_through
from tests.web.browser.test_keyboard import assert_seen, reach, stops
from tests.web.browser.test_pages import (
    ask,
    assert_accessible,
    assert_no_sideways_scroll,
    open_all,
)

OFFER = {"": "Hoe hou je zicht", "/en": "How do you keep an eye", "/fr": "Comment voir venir"}
KEEP = {"": "Bewaar", "/en": "Save", "/fr": "Enregistrer"}


def sound(page: Page) -> None:
    """Fit for 320 pixels and without a fault that axe finds."""
    assert_no_sideways_scroll(page)
    assert_accessible(page)


@pytest.mark.parametrize(
    ("lang", "scheme", "scripts"),
    [("", "light", True), again("/en", "dark", True), ("/fr", "light", False)],
    ids=["nl", "en, dark", "fr, no scripts"],
)
def test_from_the_answer_to_the_result_on_a_phone(
    open_page: Open, lang: str, scheme: str, scripts: bool
) -> None:
    page = open_page(f"{lang}/", 320, color_scheme=scheme, java_script_enabled=scripts)
    check = sound if scripts else lambda page: None
    ask(page)
    page.wait_for_url(f"**{lang}/resultaat")
    click_through(page, f"main .scan__offered button:has-text('{OFFER[lang]}')")
    check(page)
    click_through(page, "button[name=begin]")
    for number in range(1, 7):
        page.wait_for_url(f"**{lang}/scan/*/{number}")
        if number < 4:
            check(page)
        click_through(page, "main button[name=answer] >> nth=0")
    page.wait_for_url("**/uitkomst")
    if scripts:
        open_all(page)
    check(page)
    page.go_back()
    page.wait_for_url(f"**{lang}/scan/*/6")
    assert page.locator(".button--said").count() == 1
    page.go_forward()
    page.check("#study")
    click_through(page, f"main button:has-text('{KEEP[lang]}')")
    page.wait_for_url("**/uitkomst#bewaren")
    assert page.is_checked("#study")
    assert len(page.content()) < 150_000
    click_through(page, "button[value=words]")
    page.wait_for_selector(".code-words")
    check(page)
    code, result = page.locator(".code-words").inner_text(), page.url
    page.goto(f"{lang}/terug")
    page.fill("#code", code)
    click_through(page, "form.card button")
    page.wait_for_selector("#scan")
    check(page)
    page.goto(f"{result}/uitkomst")
    click_through(page, "button[value=wipe]")
    page.wait_for_selector("h1 + [role=status]")
    check(page)
    page.go_back()
    page.wait_for_selector("h1")
    assert page.locator(".scan__stand").count() == 0


def press(page: Page, key: str, until: str) -> None:
    """Tab to the button with this value, or to what bears these words, then press it."""
    reach(page, f"button[value='{until}'], :is(a, button):text-is('{until}')")
    page.keyboard.press(key)


def test_the_keyboard_is_enough(open_page: Open) -> None:
    page = open_page("/", 320, reduced_motion="reduce")
    ask(page)
    page.wait_for_url("**/resultaat")
    press(page, "Enter", "Hoe hou je zicht op wat eraan komt?")
    page.wait_for_selector("button[name=begin]")
    press(page, "Enter", "1")
    for number, answer in enumerate(
        ["planned", "prepared", "past_month", "past_year", "never", "unknown"], 1
    ):
        page.wait_for_url(f"**/scan/*/{number}")
        press(page, "Space" if number % 2 else "Enter", answer)
    page.wait_for_url("**/uitkomst")
    assert_seen(stops(page))
    press(page, "Enter", "money_continuity")
    page.wait_for_url("**/scan/*/3")
