"""Pages in real Chromium: axe, the narrow screen, the keyboard, and no JavaScript."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page, expect

from tests.web.browser import by_axe
from tests.web.browser.conftest import IN_EACH_LANGUAGE, Open, click_through
from tests.web.conftest import NEED, FakeEngine, unknown_place

GET_PAGES = [
    "/",
    "/resultaat",
    "/over",
    "/toegankelijkheid",
    "/licenties",
    "/gegevens",
    "/stijl",
    "/nergens",
    "/aanbod/instrument/energielening",
    "/aanbod/organisation/bakkerscentrum",
    "/aanbod",
    "/en/aanbod?need=N09",
    "/aanbod?q=energieleningen+xyzzy",
    "/en/aanbod/instrument/streekfonds",
    "/deuren/21004",
    "/fr/woorden",
    "/woorden",
    "/versheid",
    "/wat-ontbreekt",
    "/herinnering/geen",
]
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WITHOUT_COLOURS = {**AXE, "rules": {"color-contrast": {"enabled": False}}}
"""For a page in another language than Dutch: words change with the language, colours do not, and
to measure them is two thirds of the work."""


def ask(page: Page, need: str = NEED, where: str = "Aalst") -> None:
    """Fill in the form and send it."""
    page.fill("#need", need)
    page.fill("#where", where)
    click_through(page, ".ask .actions button")


def open_all(page: Page) -> None:
    """Fold everything open."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


FAULTS = "options => axe.run(options).then(found => ({violations: found.violations}))"
"""Runs axe and brings back the faults alone: what is well is a hundred times as much to carry."""


def assert_accessible(page: Page) -> None:
    """Axe finds nothing against WCAG 2.2 AA, nor against good practice."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    dutch = page.evaluate("document.documentElement.lang") == "nl"
    found = AxeResults(page.evaluate(FAULTS, AXE if dutch else WITHOUT_COLOURS))
    by_axe.note(page.url)
    assert found.violations_count == 0, found.generate_report()


def assert_no_sideways_scroll(page: Page) -> None:
    """Nothing is wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


@pytest.mark.parametrize("address", GET_PAGES)
def test_axe_and_320_pixels(open_page: Open, address: str) -> None:
    page = open_page(address, width=320)
    assert_no_sideways_scroll(page)
    assert_accessible(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", IN_EACH_LANGUAGE)
def test_axe_on_the_way_of_an_owner(open_page: Open, scheme: str, lang: str) -> None:
    page = open_page(f"{lang}/", color_scheme=scheme)
    assert_accessible(page)
    ask(page)
    page.wait_for_url(f"**{lang}/resultaat")
    open_all(page)
    assert_accessible(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_on_errors_and_on_an_unmet_need(open_page: Open, fake: FakeEngine, width: int) -> None:
    page = open_page("/", width=width)
    fake.refuse = unknown_place()
    ask(page, where="Alst")
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    fake.refuse = None
    fake.reply = "unmet"
    click_through(page, "button[value=Aalst]")
    page.wait_for_selector(".note--unmet")
    assert_no_sideways_scroll(page)
    assert_accessible(page)


def test_the_result_fits_320_pixels_with_all_open(open_page: Open) -> None:
    page = open_page("/", width=320)
    ask(page)
    open_all(page)
    assert_no_sideways_scroll(page)


def test_an_error_takes_the_focus_and_leads_to_its_field(open_page: Open) -> None:
    page = open_page("/")
    click_through(page, ".ask .actions button")
    assert page.title().startswith("Fout: ")
    expect(page.locator(".errors")).to_be_focused()
    page.click(".errors a")
    expect(page.locator("#need")).to_be_focused()


def test_the_whole_way_without_javascript(open_page: Open, fake: FakeEngine) -> None:
    page = open_page("/", java_script_enabled=False)
    ask(page)
    assert page.url.endswith("/resultaat")
    page.click(".offer >> nth=2 >> summary")
    assert page.locator(".offer >> nth=2 >> .group").first.is_visible()
    click_through(page, "button[name=answer] >> text=Nee")
    assert page.locator("#vraag-titel").inner_text() == "Meer hoeven we niet te vragen"
    assert fake.query["facts"] == {"municipality": "Aalst", "social_debt_overdue": False}
    page.click("#weten > summary")
    click_through(page, "button[name=forget] >> nth=1")
    assert fake.query["facts"] == {"municipality": "Aalst"}
    click_through(page, "button >> text=FR")
    assert page.url.endswith("/fr/resultaat")
    assert page.locator("html").get_attribute("lang") == "fr"
    page.click("#weten > summary")
    click_through(page, "button[name=edit]")
    assert page.input_value("#need") == NEED
    assert page.input_value("#where") == "Aalst"


def test_nothing_is_fetched_from_elsewhere_and_nothing_breaks_the_policy(open_page: Open) -> None:
    page = open_page("/")
    home = page.url
    fetched: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    ask(page)
    page.wait_for_load_state("networkidle")
    assert fetched
    assert all(address.startswith(home) for address in fetched)
    assert said == []
    assert page.context.cookies() == []


def test_a_form_on_another_origin_is_refused(open_page: Open, fake: FakeEngine) -> None:
    page = open_page("/")
    home = page.url
    form = f'<form method=post action="{home}resultaat"><input name=need value=x><button>go'
    page.goto(f"data:text/html,{form}")
    click_through(page, "button")
    page.wait_for_url("**/resultaat")
    assert "Dit mag niet" in page.content()
    assert fake.queries == []
