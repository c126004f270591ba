"""The button Back in real Chromium, without its memory of whole pages: what was typed is there
again, and no page of ours becomes the browser's own error."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from tests.web.browser.conftest import Open, click_through
from tests.web.conftest import NEED
from tests.web.signalen.conftest import table

TYPED = {"#need": NEED, "#where": "Aalst", "#heads": "8"}
SCRIPTS = pytest.mark.parametrize("scripts", [True, False])


@pytest.fixture(autouse=True)
def _figures(tmp_path: Path, settings: Any) -> None:
    settings.SIGNALS_ROOT = tmp_path / "signalen"


def asked(page: Page) -> None:
    """Ask, on the first page."""
    for field, words in TYPED.items():
        page.fill(field, words)
    click_through(page, ".ask .actions button")
    page.wait_for_selector(".offer")


@SCRIPTS
def test_the_first_page_has_what_was_typed(open_page: Open, scripts: bool) -> None:
    page = open_page("/", java_script_enabled=scripts)
    asked(page)
    page.go_back()
    assert {field: page.input_value(field) for field in TYPED} == TYPED


@SCRIPTS
def test_the_six_words_are_there_again(open_page: Open, scripts: bool) -> None:
    page = open_page("/", java_script_enabled=scripts)
    asked(page)
    click_through(page, "text=Maak een plan")
    click_through(page, "form[action='/bewaar'] button >> nth=0")
    words = page.inner_text(".code-words")
    click_through(page, "form[action='/plan'] button >> nth=0")
    page.go_back()
    assert page.inner_text(".code-words") == words


@SCRIPTS
def test_figures_are_there_again_until_they_are_wiped(open_page: Open, scripts: bool) -> None:
    page = open_page("/signalen", java_script_enabled=scripts)
    given = table(0.4)
    page.set_input_files(
        "#files", {"name": "omzet.csv", "mimeType": "text/csv", "buffer": given.read()}
    )
    click_through(page, "#geef > .button")
    page.wait_for_selector(".signals__tools")
    title = page.inner_text("h1")
    click_through(page, "form[action='/resultaat'] button >> nth=0")
    page.go_back()
    assert page.inner_text("h1") == title
    click_through(page, "button[name=wipe]")
    wiped = page.inner_text("h1")
    with suppress(Error):  # they are gone from the browser too: its own words, and no figures
        page.go_back()
    expect(page.locator("body")).not_to_contain_text(wiped)
    assert title not in page.inner_text("body")
