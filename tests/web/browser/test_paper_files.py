"""What organisations print: a file, by its link and at the desk, and the months in figures."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from baken.refer.model import Who
from baken.web.handover import links
from tests.refer.made import dossier
from tests.web.browser.conftest import Open, click_through
from tests.web.desk.made import HOUSE, OTHER, browser, file, member
from tests.web.handover.made import receiver

FORMS = "input, select, textarea, button, label, .hint"
ROOM = 1032
"""The width of a sheet that lies, less its margins, in points of the screen."""


def on_paper(page: Page) -> str:
    """What is printed of the page; no part of a form is."""
    page.emulate_media(media="print")
    shown = [one for one in page.locator(f"main :is({FORMS})").all() if one.is_visible()]
    assert [one.evaluate("one => one.outerHTML") for one in shown] == []
    printed = page.locator("main").inner_text()
    page.emulate_media(media="screen")
    return printed


def test_a_file_prints_by_its_link_as_what_was_asked_and_how_it_stands(
    transactional_db: None, open_page: Open
) -> None:
    row = file()
    row.dossier = dossier().model_dump(mode="json")
    row.save()
    _, token = links.link_for(row, Who.RECEIVER, timezone.localdate())
    page = open_page(f"/dossier/{token}")
    click_through(page, "button[value=open]")
    assert page.locator("input[type=radio]").count() > 3
    printed = on_paper(page)
    assert "mijn oven verbruikt veel" in printed and "Nog niet aangenomen" in printed
    assert "Wat nu" not in printed and "Vol tot" not in printed
    click_through(page, "button[value=contact]")
    click_through(page, "button[value=partly]")
    assert "Jullie antwoord:" in on_paper(page)


def test_a_file_prints_at_the_desk_with_its_notes_and_history_and_no_forms(
    transactional_db: None, open_page: Open, live_server: Any
) -> None:
    at, row = receiver(HOUSE), file()
    row.dossier = dossier().model_dump(mode="json")
    row.save()
    receiver(OTHER)
    at.answers.create(title="Eerste antwoord", text="Dag,\nwe bellen je.")
    member("administrator", HOUSE)
    page = open_page("/bureau/aanmelden")
    cookie = browser(member("adviser", HOUSE)).cookies["baken_bureau"].value
    page.context.add_cookies([{"name": "baken_bureau", "value": cookie, "url": live_server.url}])
    page.goto(f"/bureau/dossier/{row.public_id}")
    click_through(page, "button[value=open]")
    assert page.locator("select, textarea, input[type=date]").count() >= 3
    assert "Notities" not in on_paper(page)
    page.fill("#note", "Belde terug, wacht op een offerte.")
    click_through(page, "button[value=note]")
    for button in ("contact", "end"):
        printed = on_paper(page)
        for says in (
            "mijn oven verbruikt veel",
            "Notities",
            "wacht op een offerte",
            "Wat er gebeurde",
        ):
            assert says in printed, says
        for says in ("Eerste antwoord", "Doorgeven", "Wat nu"):
            assert says not in printed, says
        if button == "end":
            page.check("#outcome-helped")
        click_through(page, f"button[value={button}]")
    assert "Wat er gebeurde" in on_paper(page)


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_the_months_print_with_every_column_on_the_sheet(
    transactional_db: None, open_page: Open, live_server: Any, lang: str
) -> None:
    file()
    page = open_page(f"{lang}/bureau/aanmelden", width=ROOM)
    cookie = browser(member("adviser", HOUSE)).cookies["baken_bureau"].value
    page.context.add_cookies([{"name": "baken_bureau", "value": cookie, "url": live_server.url}])
    page.goto(f"{lang}/bureau/maand")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert len(boxes) == 1
    assert float(boxes[0][0]) > float(boxes[0][1]), "the sheet lies"
    page.emulate_media(media="print")
    ends = "all => all.map(one => one.getBoundingClientRect().right)"
    assert max(page.locator(".months th").evaluate_all(ends)) <= ROOM
    assert page.evaluate("document.documentElement.scrollWidth") <= ROOM
    colour = page.locator(".months tbody th").first
    expect(colour).to_have_css("background-color", "rgba(0, 0, 0, 0)")
