"""The owner's way past the answer, in real Chromium, narrow and wide."""

from __future__ import annotations

import pytest

from tests.web.browser.conftest import Open
from tests.web.browser.test_pages import assert_accessible, assert_no_sideways_scroll


@pytest.mark.parametrize("width", [320, 1280])
def test_from_a_tap_to_offers_side_by_side_and_to_what_is_missed(
    open_page: Open, width: int
) -> None:
    page = open_page("/", width=width, java_script_enabled=True)
    page.click(".example >> nth=3")
    page.wait_for_selector("#kies")
    for at in range(3):
        page.check(f"input[name=pick] >> nth={at}")
    page.click("text=Zet naast elkaar")
    page.wait_for_selector(".beside")
    assert page.locator(".beside > li").count() == 3
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    page.click("text=Terug naar het antwoord")
    page.wait_for_selector("#kies")
    assert page.locator("input[name=pick]:checked").count() == 3
    page.fill("#missed", "energie")
    page.click("text=Zeg me waarom")
    assert_no_sideways_scroll(page)
    assert_accessible(page)


def test_a_form_that_somebody_else_filled_in(open_page: Open) -> None:
    page = open_page("/start?need=mijn+oven&where=Aalst&exporter=true&van=je+boekhouder", width=320)
    assert_no_sideways_scroll(page)
    assert_accessible(page)
