"""The pages /rekenen in real Chromium: axe, the narrow screen, the keyboard, no JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from baken.web.reckon import model
from tests.web.browser.conftest import Open, again, click_through, press_through
from tests.web.browser.test_pages import assert_accessible, assert_no_sideways_scroll, open_all

SLUGS = [t.slug for t in model.tools()]
PICTURED = ("kmo", "de-minimis")
"""Tools with a picture, which has colours of its own by night."""
SCREENS = [
    *((slug, "light", 320) for slug in SLUGS),
    *((slug, "dark", 1280) for slug in PICTURED),
    *(again(slug, "dark", 1280) for slug in SLUGS if slug not in PICTURED),
]


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_the_index(open_page: Open, lang: str) -> None:
    page = open_page(f"{lang}/rekenen", width=320)
    assert_no_sideways_scroll(page)
    assert_accessible(page)


@pytest.mark.parametrize(("slug", "scheme", "width"), SCREENS)
def test_first_question_example_and_error(
    open_page: Open, slug: str, scheme: str, width: int
) -> None:
    page = open_page(f"/rekenen/{slug}", width=width, color_scheme=scheme)
    open_all(page)
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    click_through(page, "button[name=expert]")
    page.wait_for_selector(".errors")
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    click_through(page, "button[name=example]")
    page.wait_for_selector(".reckon__outcome")
    open_all(page)
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    click_through(page, "button[name=change] >> nth=0")
    page.wait_for_selector(".reckon__ask")
    assert_no_sideways_scroll(page)
    assert_accessible(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_an_error_in_a_field_and_rows_of_fields(open_page: Open, width: int) -> None:
    page = open_page("/rekenen/de-minimis", width=width)
    click_through(page, "button[value=general]")
    click_through(page, "button[value=yes]")
    page.fill("#v-on", "31/2/2025")
    page.fill("#v-amount", "veel")
    click_through(page, ".reckon__ask .button >> nth=0")
    page.wait_for_selector(".errors")
    assert page.title().startswith("Fout: ")
    expect(page.locator(".errors")).to_be_focused()
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    page.click(".errors a >> nth=1")
    expect(page.locator("#v-amount")).to_be_focused()


def test_a_whole_tool_by_keyboard_without_javascript(open_page: Open) -> None:
    page = open_page("/rekenen/alarmbel", java_script_enabled=False)
    page.focus("button[value=nv]")
    press_through(page)
    for typed in ("100.000", "80.000", "0", "0", "0", "62.000"):
        page.wait_for_selector("#v")
        page.focus("#v")
        page.keyboard.type(typed)
        press_through(page)
    page.focus("button[value=yes]")
    press_through(page)
    page.wait_for_selector("#v")
    page.focus("button[name=unsure]")
    press_through(page, "Space")
    page.wait_for_selector(".reckon__outcome")
    assert page.locator(".verdict").inner_text().strip() == "De alarmbel rinkelt."
    assert page.url.endswith("/rekenen/alarmbel#vraag")
    click_through(page, "button >> text=EN")
    page.wait_for_selector(".reckon__outcome")
    assert page.locator(".verdict").inner_text().strip() == "The alarm bell rings."
    assert page.context.cookies() == []


def test_a_printed_result_shows_all_steps(open_page: Open) -> None:
    page = open_page("/rekenen/kmo")
    click_through(page, "button[name=example]")
    page.wait_for_selector(".reckon__outcome")
    page.emulate_media(media="print")
    assert page.locator("text=30 % van de 200 mensen").first.is_visible()
    assert page.locator("dt >> text=Aandeelhouder 1: omzet").is_visible()
    assert not page.locator("button").first.is_visible()


def test_nothing_breaks_the_policy_of_content(open_page: Open) -> None:
    page = open_page("/rekenen/kmo")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    click_through(page, "button[name=example]")
    page.wait_for_selector(".group-map")
    assert said == []


@pytest.mark.parametrize(("width", "look"), [(320, "narrow"), (1280, "wide")])
@pytest.mark.parametrize(("slug", "svg"), [("kmo", ".group-map"), ("de-minimis", ".time-line")])
def test_a_picture_fits_its_screen(
    open_page: Open, width: int, look: str, slug: str, svg: str
) -> None:
    page = open_page(f"/rekenen/{slug}", width=width)
    click_through(page, "button[name=example]")
    page.wait_for_selector(".reckon__outcome")
    shown = page.locator(f"{svg}:visible")
    assert shown.count() == 1
    assert page.locator(f".picture--{look} {svg}").is_visible()
    box = shown.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate(
        "[...document.querySelectorAll('.tally')].every(t => t.scrollWidth <= window.innerWidth)"
    )


def test_after_an_answer_the_question_has_the_focus(open_page: Open) -> None:
    page = open_page("/rekenen/kmo", width=320, java_script_enabled=True)
    page.fill("#v", "31/12/25")
    press_through(page)
    page.wait_for_selector("#v-1")
    expect(page.locator("#vraag")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#v-1")).to_be_focused()
