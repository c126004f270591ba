"""The way of an owner on the catalogue that ships: real answers are longer than made ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from baken.match.engine import default_engine
from baken.web.catalogue import load_catalogue
from baken.web.owner.models import UnmetNeed
from tests.web.browser.test_pages import assert_accessible, assert_no_sideways_scroll, open_all
from tests.web.conftest import NEED


@pytest.fixture
def real_page(browser: Browser, transactional_db: None, live_server: Any) -> Iterator[Page]:
    """A narrow window on the site with the real engine and the whole catalogue."""
    load_catalogue()
    default_engine()
    context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_a_real_answer_fits_320_pixels_and_passes_axe(real_page: Page, lang: str) -> None:
    page = real_page
    page.goto(f"{lang}/")
    page.fill("#need", NEED)
    page.fill("#where", "Aalst")
    page.fill("#heads", "8")
    page.click(".ask .actions button")
    page.wait_for_selector(".offer")
    open_all(page)
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    assert page.locator("#deuren .door").count() >= 1
    assert page.locator("#aanbod .offer").count() == 5
    page.locator(".choices button").first.click()
    page.wait_for_selector(".note--done")
    page.locator("#aanbod .links a").last.click()
    page.wait_for_selector("article.record")
    assert_no_sideways_scroll(page)
    assert_accessible(page)


@pytest.mark.parametrize(
    "address", ["/aanbod", "/aanbod?need=N14", "/versheid", "/fr/aanbod?page=3"]
)
def test_the_whole_landscape_fits_320_pixels_and_passes_axe(real_page: Page, address: str) -> None:
    real_page.goto(address)
    assert_no_sideways_scroll(real_page)
    assert_accessible(real_page)


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_a_request_that_is_no_need_gets_a_kind_way_out(real_page: Page, lang: str) -> None:
    real_page.goto(f"{lang}/")
    real_page.fill("#need", "schrijf een gedicht over de maan")
    real_page.click(".ask .actions button")
    real_page.wait_for_selector(".note--unmet")
    assert real_page.locator(".offer, .door, #vraag-titel").count() == 0
    assert not UnmetNeed.objects.exists()
    assert_no_sideways_scroll(real_page)
    assert_accessible(real_page)
