"""What owners print, on the catalogue that ships: an answer, a plan, the sheet to take along."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from baken.web.texts import text
from tests.web.browser.conftest import Open, click_through
from tests.web.browser.test_pages import (
    ask,
    assert_accessible,
    assert_no_sideways_scroll,
    open_all,
)
from tests.web.conftest import NEED


@pytest.mark.parametrize(
    ("need", "where"),
    [
        (NEED, "Hasselt"),
        ("Ik heb drie maanden achterstand bij de btw en de rsz.", "Aalst"),
        ("We willen een nieuw materiaal laten testen voor onze machines.", "Kortrijk"),
    ],
)
def test_the_sheet_to_take_along_prints_on_one_page(real_page: Page, need: str, where: str) -> None:
    page = real_page
    page.goto("/")
    page.fill("#need", need)
    page.fill("#where", where)
    click_through(page, ".ask .actions button")
    page.wait_for_selector(".offer")
    page.click('details:has(button[formaction="/meenemen"]) > summary')
    click_through(page, 'button[formaction="/meenemen"]')
    page.wait_for_selector(".sheet")
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    assert page.locator(".sheet__offers > li").count() == 5
    assert need in page.locator(".sheet__need").inner_text()
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


ON_PAPER = [
    ("", "Er komen minder klanten in mijn bakkerij.", "Aalst", "4"),
    ("", "De deurwaarder staat morgen voor de deur, ik kan niks meer betalen.", "Leuven", "2"),
    ("/fr", "Je veux investir dans des panneaux solaires pour ma boulangerie.", "Namur", "6"),
]


@pytest.mark.parametrize(("lang", "need", "where", "heads"), ON_PAPER)
def test_an_answer_prints_on_four_sheets_with_its_reasons_and_what_is_folded_stays_so(
    real_page: Page, lang: str, need: str, where: str, heads: str
) -> None:
    page = real_page
    page.goto(f"{lang}/")
    for field, typed in (("need", need), ("where", where), ("heads", heads)):
        page.fill(f"#{field}", typed)
    click_through(page, ".ask .actions button")
    page.wait_for_selector("#aanbod .offer")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 4
    page.emulate_media(media="print")
    for part in ("summary h3", ".verdict", ".reasons .group li"):
        shown = page.locator(f"#aanbod .offer {part}")
        assert shown.count() >= 4 and all(one.is_visible() for one in shown.all()), part
    assert page.locator("#deuren .door__met").first.is_visible()
    printed_words = page.locator(".result").inner_text()
    assert need in printed_words
    for says in ("result.as_of_note", "site.disclaimer"):
        assert text(lang[1:] or "nl", says).split("{")[0] in printed_words, says
    first = page.locator(".door >> nth=0")
    assert text(lang[1:] or "nl", "doors.step") in first.inner_text()
    assert first.locator("a[rel]:not(.source)").last.is_visible()
    expect(page.locator(".logo-name")).to_have_css("color", "rgb(0, 0, 0)")
    names_its_site(page, "#deuren, #aanbod")
    for part in (".fold", ".question", ".site-footer", ".button", "input", ".said"):
        assert not any(one.is_visible() for one in page.locator(part).all()), part
    page.evaluate("document.querySelectorAll('#past-niet').forEach(one => { one.open = true })")
    assert all(one.is_visible() for one in page.locator("#past-niet .excluded > li").all())


def names_its_site(page: Page, part: str) -> None:
    """Each source within a part that is printed tells its date and its site."""
    found = "all => all.map(one => [one.innerText, getComputedStyle(one, '::after').content])"
    sources = page.locator(f":is({part}) a.source:visible").evaluate_all(found)
    assert sources
    for says, site in sources:
        assert re.search(r"\d{4}|zonder datum|sans date", says)
        assert re.fullmatch(r'" \(" "[\w.-]+\.\w+" "\)"|" \([\w.-]+\.\w+\)"', site), site


def test_what_is_printed_by_night_is_as_dark_as_by_day(open_page: Open) -> None:
    colours = []
    for scheme in ("light", "dark"):
        page = open_page("/", color_scheme=scheme)
        ask(page)
        page.emulate_media(media="print", color_scheme=scheme)
        told = "all => all.map(one => getComputedStyle(one).color)"
        colours.append(page.locator(".result :is(p, li, h3, .source)").evaluate_all(told))
    assert colours[0] == colours[1]


def test_on_paper_the_numbers_to_call_stay(real_page: Page) -> None:
    page = real_page
    page.goto("/")
    page.fill("#need", "ik ziet er gene gat mer in, kga der een eind aan maken")
    click_through(page, ".ask .actions button")
    page.emulate_media(media="print")
    links = page.locator(".calls a").all()
    assert links
    for link in links:
        assert link.is_visible() and any(c.isdigit() for c in link.inner_text())


BUILDER = "We bouwen machines en willen met een universiteit een sensor ontwikkelen."
GRANTS = (
    "instrument/ontwikkelingsproject",
    "instrument/oo-haalbaarheidsstudie",
    "organisation/pom-west-vlaanderen",
)
PLANS = [
    (BUILDER, "Kortrijk", "60", GRANTS, 2),
    ("De deurwaarder staat morgen voor de deur, ik kan niks meer betalen.", "Leuven", "2", (), 1),
    ("Er komen minder klanten in mijn bakkerij.", "Aalst", "4", (), 1),
]


@pytest.mark.parametrize(("need", "where", "heads", "picks", "sheets"), PLANS)
def test_a_plan_prints_on_one_or_two_sheets_with_the_addresses_of_who_is_called(
    real_page: Page, need: str, where: str, heads: str, picks: tuple[str, ...], sheets: int
) -> None:
    page = real_page
    page.goto("/")
    for field, typed in (("need", need), ("where", where), ("heads", heads)):
        page.fill(f"#{field}", typed)
    click_through(page, ".ask .actions button")
    page.wait_for_selector("#aanbod .offer__pick")
    for at, pick in enumerate(picks):
        box = page.locator("input[name=pick]").nth(at)
        box.evaluate("(box, pick) => { box.value = pick }", pick)
        box.check()
    click_through(page, "#aanbod > .choices button >> nth=0")
    page.wait_for_selector(".plan__steps")
    open_all(page)
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= sheets
    page.emulate_media(media="print")
    names_its_site(page, ".plan")
    for line in page.locator("dl.plan__two dd").all():
        more = re.search(r"nog \d+ voorwaarde", line.inner_text())
        assert more or line.locator(".source").first.is_visible(), line.inner_text()
    address = "getComputedStyle(document.querySelector('.plan__site'), '::after').content"
    assert "http" in page.evaluate(address)
