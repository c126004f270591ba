"""What readers set themselves in real Chromium: room between letters and lines, the night, colours
of their own; and one long word on a narrow screen.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from baken.refer.hours import parse
from baken.web.handover import slots
from baken.web.handover.models import Receiver
from tests.web.browser.conftest import Open, again, click_through
from tests.web.browser.test_pages import ask, assert_no_sideways_scroll, open_all
from tests.web.conftest import FakeEngine, unknown_place
from tests.web.handover import path

SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important }
* { word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""
"""WCAG 1.4.12: what a page must bear."""
LONG = "Bovenlokaalbestuurvandeouderegiovanhetlandvanwaasenomstreken"


def fits_spaced(page: Page) -> None:
    """Folded open and with all that room, nothing is wider than the screen."""
    page.add_style_tag(content=SPACED)
    open_all(page)
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize("lang", ["", again("/en"), "/fr"])
def test_the_way_of_an_owner_bears_more_room_between_letters_and_lines(
    open_page: Open, lang: str
) -> None:
    path.doors_take_files()
    slots.replace(Receiver.objects.get(record_id=path.TO), parse("mon 09:00-10:00"))
    page = open_page(f"{lang}/", width=320, bypass_csp=True)
    fits_spaced(page)
    ask(page)
    fits_spaced(page)
    click_through(page, ".door button[name=to] >> nth=0")
    fits_spaced(page)
    click_through(page, "form[action$=bereik] .button")
    fits_spaced(page)
    page.fill("#phone", "0400 00 00 00")
    page.check("#when-any")
    click_through(page, "form[action$=nakijken] .button")
    fits_spaced(page)
    click_through(page, "button[value=send]")
    fits_spaced(page)
    page.goto(f"{lang}/")
    ask(page)
    click_through(page, "#aanbod > .choices button >> nth=0")
    fits_spaced(page)


def test_a_long_word_typed_as_the_place_breaks_on_the_answer_page(
    open_page: Open, fake: FakeEngine
) -> None:
    page = open_page("/", width=320)
    fake.refuse = unknown_place()
    ask(page, where=LONG)
    assert LONG in page.locator(".errors").inner_text()
    assert LONG in page.locator(".field-error").inner_text()
    assert_no_sideways_scroll(page)


COLOURS = [
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"color_scheme": "light", "forced_colors": "active"},
    {"color_scheme": "dark", "forced_colors": "active"},
]
LEGEND = """() => [...document.querySelectorAll(".legend span")].map(one => {
    const area = document.createElementNS("http://www.w3.org/2000/svg", "path");
    area.setAttribute("class", one.className);
    document.querySelector(".map svg").append(area);
    return [getComputedStyle(one).backgroundColor, getComputedStyle(area).fill]; })"""
"""Of each box of the legend its colour, and that of an area of the map that it stands for."""
SHADE = re.compile(r"donker|licht|dark|light|fonc|clair", re.I)
"""What is darker by day is lighter by night."""


@pytest.mark.parametrize("set_by_reader", COLOURS)
def test_the_legend_has_the_colours_of_the_map_by_day_by_night_and_in_forced_colours(
    open_page: Open, set_by_reader: dict[str, str]
) -> None:
    page = open_page("/deuren", **set_by_reader)
    boxes = page.evaluate(LEGEND)
    assert len({colour for colour, _ in boxes}) == 5
    assert all(colour == of_map for colour, of_map in boxes)


@pytest.mark.parametrize("set_by_reader", COLOURS)
def test_more_stories_have_another_colour_in_forced_colours_too(
    open_page: Open, set_by_reader: dict[str, str]
) -> None:
    page = open_page("/verhalen/wie-of-wat-hielp", **set_by_reader)
    colour = "one => getComputedStyle(one).backgroundColor"
    shades = (page.locator(f".heat .heat-{n} >> nth=0") for n in range(1, 6))
    assert len({shade.evaluate(colour) for shade in shades}) == 5


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_no_words_on_a_map_are_true_by_day_alone(open_page: Open, lang: str) -> None:
    page = open_page(f"{lang}/deuren")
    said = page.locator(".map figcaption, .legend + p").all_inner_texts()
    assert len(said) == 2 and not SHADE.search(" ".join(said))
    page.goto(f"{lang}/verhalen/wie-of-wat-hielp")
    said = page.locator("h2[id^=k-] + p").all_inner_texts()
    assert said and not SHADE.search(" ".join(said))
