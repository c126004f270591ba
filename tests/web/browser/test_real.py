"""The way of an owner on the catalogue that ships: real answers are longer than made ones."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from baken.landscape.stories import load_stories
from baken.web.catalogue import load_catalogue
from baken.web.owner.models import UnmetNeed
from tests.web.browser.conftest import IN_EACH_LANGUAGE, again, click_through, press_through
from tests.web.browser.test_pages import assert_accessible, assert_no_sideways_scroll, open_all
from tests.web.conftest import NEED


@pytest.mark.parametrize("lang", IN_EACH_LANGUAGE)
def test_a_real_answer_fits_320_pixels_and_passes_axe(real_page: Page, lang: str) -> None:
    page = real_page
    page.goto(f"{lang}/")
    page.fill("#need", NEED)
    page.fill("#where", "Aalst")
    page.fill("#heads", "8")
    click_through(page, ".ask .actions button")
    page.wait_for_selector(".offer")
    open_all(page)
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    assert page.locator("#deuren .door").count() >= 1
    assert page.locator("#aanbod .offer").count() == 5
    click_through(page, "#vraag .choices button >> nth=0")
    page.wait_for_selector(".note--done")
    page.locator("#aanbod .offer > summary").last.click()
    click_through(page, "#aanbod .links a >> nth=-1")
    page.wait_for_selector("article.record")
    assert_no_sideways_scroll(page)
    assert_accessible(page)


BESIDE = ("ontwikkelingsproject", "oo-haalbaarheidsstudie", "pom-west-vlaanderen")
SENT = """([to, fields]) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = to;
  for (const [name, value] of fields) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""


@pytest.mark.parametrize("lang", ["", again("/en"), "/fr"])
def test_long_names_side_by_side_fit_320_pixels(real_page: Page, lang: str) -> None:
    page = real_page
    page.goto(f"{lang}/")
    types = ("instrument", "instrument", "organisation")
    fields = [["need", NEED], ["facts", "{}"], ["asked", "[]"], ["costs", "100000"]]
    fields += [["pick", f"{kind}/{id_}"] for kind, id_ in zip(types, BESIDE, strict=True)]
    with page.expect_navigation():
        page.evaluate(SENT, [f"{lang}/naast-elkaar", fields])
    assert page.locator(".beside > li").count() == len(BESIDE)
    open_all(page)
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize(
    "address",
    [
        "/aanbod",
        "/aanbod?need=N14",
        "/aanbod?type=training&form=evening",
        "/aanbod/training/slager-spekslager",
        "/versheid",
        "/fr/aanbod?page=3",
        "/verhalen",
        "/en/verhalen?trigger=crisis",
        "/verhalen/wat-leren-we?per=theme",
        "/fr/verhalen/wat-leren-we",
        "/en/verhalen/wie-of-wat-hielp",
        "/deuren",
        "/en/deuren/71072",
    ],
)
def test_the_whole_landscape_fits_320_pixels_and_passes_axe(real_page: Page, address: str) -> None:
    real_page.goto(address)
    assert_no_sideways_scroll(real_page)
    assert_accessible(real_page)


@pytest.mark.parametrize("lang", IN_EACH_LANGUAGE)
def test_a_request_that_is_no_need_gets_a_kind_way_out(real_page: Page, lang: str) -> None:
    real_page.goto(f"{lang}/")
    real_page.fill("#need", "schrijf een gedicht over de maan")
    click_through(real_page, ".ask .actions button")
    real_page.wait_for_selector(".note--unmet")
    assert real_page.locator(".offer, #vraag-titel").count() == 0
    assert real_page.locator(".door").count() == 0, "nothing is sent anywhere"
    assert real_page.locator("#deuren li").count() == 3, "the desk of each region"
    assert not UnmetNeed.objects.exists()
    assert_no_sideways_scroll(real_page)
    assert_accessible(real_page)


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("", "ik ziet er gene gat mer in, kga der een eind aan maken"),
        ("/en", "I am thinking of ending it all"),
        ("/fr", "je vais sauter du pont si la banque refuse"),
    ],
)
def test_who_cries_for_help_sees_each_number_without_scrolling(
    real_page: Page, lang: str, need: str
) -> None:
    page = real_page
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{lang}/")
    page.fill("#need", need)
    page.fill("#where", "Gent")
    page.fill("#heads", "1")
    click_through(page, ".ask .actions button")
    page.wait_for_selector(".care")
    for link in page.locator(".calls a").all():
        box = link.bounding_box()
        assert box and box["y"] + box["height"] <= 640
    assert page.locator('.calls a[href="tel:112"]').count() == 1
    assert_no_sideways_scroll(page)
    assert_accessible(page)


@pytest.mark.parametrize("scheme", ["light", again("dark")])
def test_a_story_passes_axe_by_day_and_by_night(
    browser: Browser, transactional_db: None, live_server: Any, scheme: Any
) -> None:
    load_catalogue()
    context = browser.new_context(base_url=live_server.url, color_scheme=scheme)
    page = context.new_page()
    for address in ("verhalen/wat-leren-we", "verhalen/wie-of-wat-hielp", "deuren"):
        page.goto(f"/{address}")
        assert_accessible(page)
    for lang in ("", "/fr"):
        page.goto(f"{lang}/verhalen/{load_stories()[0].id}")
        assert_accessible(page)
    context.close()


def test_a_count_in_the_heat_map_is_reached_and_opened_by_keyboard(real_page: Page) -> None:
    page = real_page
    page.goto("/verhalen/wie-of-wat-hielp")
    cell = page.locator(".heat td a").first
    count = int(cell.inner_text())
    cell.focus()
    press_through(page)
    page.wait_for_selector("#gevonden")
    assert page.locator("#gevonden").inner_text().startswith(f"{count} ")


@pytest.mark.parametrize("address", ["/aanbod", "/verhalen"])
def test_on_a_phone_the_filters_are_folded_and_the_list_comes_first(
    real_page: Page, address: str
) -> None:
    page = real_page
    page.goto(address)
    need = page.get_by_label("Behoefte")
    assert not need.is_visible()
    page.locator(".browse__fold summary").press("Enter")
    need.select_option("N14")
    page.get_by_role("button", name="Toon").press("Enter")
    page.wait_for_url("**need=N14**")
    assert page.locator(".browse__fold summary").inner_text() == "Filters (1 gekozen)"
    assert not need.is_visible()


def test_on_a_wide_screen_the_filters_stand_open(real_page: Page) -> None:
    real_page.set_viewport_size({"width": 1280, "height": 800})
    real_page.goto("/aanbod")
    assert real_page.get_by_label("Behoefte").is_visible()
    assert not real_page.locator(".browse__fold summary").is_visible()


def test_the_button_back_finds_the_answer_again(real_page: Page) -> None:
    page = real_page
    page.goto("/")
    page.get_by_label("Wat is er aan de hand?").or_(page.locator("textarea")).first.fill(
        "de bank wil geen lening geven"
    )
    click_through(page, "main form button >> nth=-1")
    page.wait_for_url("**/resultaat")
    first = page.locator("#aanbod .offer h3").first.inner_text()
    page.locator("#aanbod .offer > summary").first.click()
    click_through(page, "#aanbod .links a[href*='/aanbod/'] >> nth=0")
    page.wait_for_url("**/aanbod/**")
    page.go_back()
    assert page.locator("#aanbod .offer h3").first.inner_text() == first


def test_long_lists_of_doors_are_folded(real_page: Page) -> None:
    real_page.goto("/deuren/44021")
    shown = real_page.locator("article .browse__card:visible")
    folded = real_page.locator("details.more")
    assert folded.count() and shown.count() <= 6 * real_page.locator("article section").count()
    before = shown.count()
    folded.first.locator("summary").press("Enter")
    assert shown.count() > before


def ticks_outlive_each_other_way(page: Page) -> None:
    """One more tick before each way on from the page, the typed ones by button and by key."""

    def way(go: str, *, back: str = "", field: str = "", typed: str = "", need: str = "") -> None:
        open_all(page)
        box = page.locator("#aanbod .offer__pick:not(:checked)").first
        ticked = str(box.get_attribute("value"))
        box.check()
        if field:
            page.fill(field, typed)
        press_through(page) if go == "Enter" else click_through(page, go)
        if need:
            page.fill("#need", need)
        if back:
            click_through(page, back)
        open_all(page)
        kept = page.locator(f'[type=checkbox][name=pick][value="{ticked}"]')
        assert kept.is_checked(), (go, field)
        kept.uncheck()

    answer = "text=Terug naar het antwoord"
    way("text=Zeg me waarom", back=answer, field="#missed", typed="energielening")
    way("Enter", back=answer, field="#missed", typed="energielening")
    way("text=Gebruik mijn jaarrekening", back="text=Ga verder zonder jaarrekening")
    way("button[name=edit]", back=".ask .actions button", need=f"{NEED}. wij zijn een bv")
    way("button[name=settled]")
    way("button[value=trade_other]", field="#trade_other")
    assert page.locator("#trade_other[aria-invalid]").count() == 1, "nothing was typed"
    way("Enter", field="#trade_other", typed="bakker")


def test_a_tick_outlives_show_more_an_answer_and_a_plan(real_page: Page) -> None:
    page = real_page
    page.goto("/")
    page.fill("#need", NEED)
    page.fill("#where", "Aalst")
    click_through(page, ".ask .actions button")

    def ticked() -> set[str]:
        boxes = page.locator("input[name=pick]:checked").all()
        return {str(box.get_attribute("value")) for box in boxes}

    page.check("input[name=pick] >> nth=0")
    page.check("input[name=pick] >> nth=2")
    chosen = ticked()
    assert len(chosen) == 2
    click_through(page, "text=Toon meer")
    assert page.locator("#aanbod .offer").count() > 5
    assert ticked() == chosen
    page.check("#aanbod .offer__pick >> nth=7")
    chosen = ticked()
    click_through(page, "#vraag .choices button >> nth=0")
    assert ticked() == chosen
    page.click(".known summary")
    click_through(page, "button[name=forget] >> nth=0")
    assert ticked() == chosen
    for language in ("EN", "NL"):
        click_through(page, f"nav.languages >> text={language}")
        assert ticked() == chosen, "in the other language too"
    ticks_outlive_each_other_way(page)
    assert ticked() == chosen
    click_through(page, "text=Maak een plan")
    click_through(page, "text=Bewaar met een code")
    code = page.locator("p[lang=nl] strong").first.inner_text()
    page.goto("/terug")
    page.fill("#code", code)
    click_through(page, "text=Open wat ik bewaarde")
    click_through(page, "text=Naar je plan")
    click_through(page, "text=Terug naar het antwoord")
    assert ticked() == chosen, "also those that the five do not show"
    assert_no_sideways_scroll(page)
    assert_accessible(page)
