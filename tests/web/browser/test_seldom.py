"""Pages that one seldom sees are for everyone too: errors, what is wiped or said to be wrong, the
subject of a scan, the desk of who coordinates and of who runs the site.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from playwright.sync_api import Page, Route

from baken.web.owner import kept as plans
from baken.web.owner.asking import Asked
from baken.web.owner.errors import error_response
from baken.web.scan import keep as scans
from tests.web.browser.conftest import Open, click_through
from tests.web.browser.test_pages import assert_accessible, assert_no_sideways_scroll
from tests.web.desk.made import HOUSE, browser, file, member
from tests.web.handover.made import receiver

ERRORS = [
    (400, ""),
    (403, ""),
    (405, ""),
    (413, ""),
    (429, ""),
    (429, "often"),
    (500, ""),
]


def sound(page: Page) -> None:
    assert_no_sideways_scroll(page)
    assert_accessible(page)


def test_each_error(open_page: Open) -> None:
    page = open_page("/", width=320)
    for status, why in ERRORS:
        request = RequestFactory().get("/fout")
        request.lang = "nl"  # type: ignore[attr-defined]
        body = error_response(request, status, why).content.decode()

        def answer(route: Route) -> None:
            route.fulfill(status=status, body=body, content_type="text/html; charset=utf-8")  # noqa: B023

        page.route("**/fout", answer)
        page.goto("/fout")
        assert page.locator("h1").count() == 1, (status, why)
        sound(page)
        page.unroute("**/fout")


def test_all_of_a_visit_is_asked_for_and_wiped(open_page: Open) -> None:
    asked = Asked("nl", need="een plan", facts={"headcount": 4}, picks=["instrument/energielening"])
    words = plans.keep(asked, timezone.localdate())[1]
    page = open_page("/gegevens", width=320)
    page.fill("textarea[name=typed], input[name=typed]", "geen woorden")
    click_through(page, "button[value=ask]")
    sound(page)
    page.fill("textarea[name=typed], input[name=typed]", words)
    click_through(page, "button[value=ask]")
    sound(page)
    click_through(page, "button[value=wipe]")
    sound(page)


def test_what_is_wrong_in_a_record_is_told(open_page: Open) -> None:
    page = open_page("/aanbod/instrument/energielening", width=320)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    click_through(page, "section.report button")
    sound(page)


def test_the_subject_of_a_scan(open_page: Open) -> None:
    token = scans.make("N01", {"municipality": "Aalst"}, timezone.localdate())
    sound(open_page(f"/scan/{token}/onderwerp", width=320))


@pytest.mark.parametrize("role", ["coordinator", "operator", "policy"])
def test_the_desk_of_each_role(
    transactional_db: None, open_page: Open, live_server: Any, role: str
) -> None:
    receiver(HOUSE)
    file()
    who = member(role)
    page = open_page("/bureau/aanmelden", width=320)
    client: Client = browser(who)
    cookie = client.cookies["baken_bureau"].value
    page.context.add_cookies([{"name": "baken_bureau", "value": cookie, "url": live_server.url}])
    page.goto("/bureau")
    addresses = {str(a.get_attribute("href")) for a in page.locator("nav a").all()}
    for address in sorted(a for a in addresses if a.startswith("/bureau")):
        page.goto(address)
        sound(page)
