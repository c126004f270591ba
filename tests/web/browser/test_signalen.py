"""The pages /signalen in real Chromium: axe, the narrow screen, the keyboard, no JavaScript."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from baken.web.signalen import keep, reading
from baken.web.signalen.models import Deposit
from tests.web.browser.conftest import (
    IN_EACH_LANGUAGE,
    Open,
    again,
    click_through,
    press_through,
)
from tests.web.browser.test_pages import assert_accessible, assert_no_sideways_scroll, open_all
from tests.web.signalen.conftest import MONTHS, table
from tests.web.signalen.test_questions import DATES

SCREENS = [("light", 320), ("dark", 1280)]


@pytest.fixture(autouse=True)
def _figures(tmp_path: Path, settings: Any) -> None:
    settings.SIGNALS_ROOT = tmp_path / "signalen"


def demo(page: Page, kind: str) -> None:
    """Look at an invented firm."""
    click_through(page, f"button[value={kind}]")
    page.wait_for_selector(".signals__tools")


def files(name: str, text: bytes) -> dict[str, Any]:
    """A file for the form."""
    return {"name": name, "mimeType": "text/csv", "buffer": text}


def sound(page: Page) -> None:
    """Nothing against WCAG, nothing wider than the screen."""
    assert_no_sideways_scroll(page)
    assert_accessible(page)


@pytest.mark.parametrize("lang", IN_EACH_LANGUAGE)
@pytest.mark.parametrize(("scheme", "width"), SCREENS)
def test_the_first_page_and_its_errors(open_page: Open, lang: str, scheme: str, width: int) -> None:
    page = open_page(f"{lang}/signalen", width=width, color_scheme=scheme)
    sound(page)
    click_through(page, "#geef > .button")
    expect(page.locator(".errors")).to_be_focused()
    sound(page)
    page.click(".errors a")
    expect(page.locator("#files")).to_be_focused()


@pytest.mark.parametrize(
    ("kind", "scheme", "width"),
    [("bakery", "light", 320), ("webshop", "light", 320), ("metal", "light", 320),
     ("metal", "dark", 1280), again("bakery", "dark", 1280), again("webshop", "dark", 1280)],
)  # fmt: skip
def test_a_result(open_page: Open, kind: str, scheme: str, width: int) -> None:
    page = open_page("/signalen", width=width, color_scheme=scheme)
    demo(page, kind)
    sound(page)
    open_all(page)
    sound(page)


@pytest.mark.parametrize(("scheme", "width"), SCREENS)
@pytest.mark.parametrize("lang", ["", again("/fr")])
def test_nothing_read_kept_and_still_reading(
    open_page: Open, lang: str, scheme: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(f"{lang}/signalen", width=width, color_scheme=scheme)
    page.set_input_files("#files", [files("leeg.csv", b""), files("brief.txt", b"hallo")])
    click_through(page, "#geef > .button")
    page.wait_for_selector(".signals__tools")
    sound(page)
    click_through(page, "main a.button")
    page.set_input_files("#files", [files("omzet.csv", table(0.4).read())])
    page.check("#keep")
    click_through(page, "#geef > .button")
    page.wait_for_selector(".signals__code")
    sound(page)
    code = page.locator(".signals__code code").inner_text()
    deposit = Deposit.objects.get(expires_at=None)
    monkeypatch.setattr(reading, "WAIT", 0.0)
    keep.write_json(deposit, reading.STATE, {"done": 300, "total": 1200})
    page.goto(f"{lang}/signalen")
    page.fill("#code", code)
    press_through(page)
    page.wait_for_selector("#verder")
    sound(page)
    keep.write_json(deposit, reading.STATE, {"done": 900, "total": 1200})
    page.wait_for_selector("#progress[value='75']")
    (keep.home(deposit) / reading.STATE).unlink()
    page.wait_for_selector(".signals__code")


def test_a_page_weighs_little(open_page: Open) -> None:
    """With all that it fetches, and many signals: under 150 kB."""
    page = open_page("/signalen")
    page.route("**/*", lambda route: route.continue_())  # nothing from the browser's own store
    fetched: list[Response] = []

    def note(response: Response) -> None:
        if response.request.is_navigation_request():  # a page that waits comes before
            fetched.clear()
        fetched.append(response)

    page.on("response", note)
    rows = ["series,period,value,bad"]
    for name in "abcdefgh":
        for m, month in enumerate(MONTHS):
            low = 0.5 if m >= 31 else 1
            rows.append(f"{name},{month},{(20_000 + 700 * ((m * 7) % 5)) * low:.0f},down")
    page.set_input_files("#files", [files("veel.csv", "\n".join(rows).encode())])
    page.evaluate("document.getElementById('geef').submit()")
    page.wait_for_selector(".signals__tools")
    page.wait_for_load_state("networkidle")
    assert page.locator(".picture").count() == 8
    assert len(fetched) > 5
    assert sum(len(response.body()) for response in fetched) < 150_000


def test_the_chart_can_be_seen_by_night_and_on_paper(open_page: Open) -> None:
    page = open_page("/signalen", color_scheme="dark")
    demo(page, "bakery")
    line = ".chart__line path"
    colour = "e => getComputedStyle(e).stroke"
    assert page.locator(line).first.evaluate(colour) == "rgb(238, 242, 244)"
    page.emulate_media(media="print", color_scheme="light")
    assert page.locator(line).first.evaluate(colour) == "rgb(0, 0, 0)"
    assert page.locator(".picture table").first.is_visible()
    assert not page.locator("button").first.is_visible()
    assert not page.locator("input[type=file]").count()


def test_the_whole_way_without_javascript_by_keyboard(open_page: Open) -> None:
    page = open_page("/signalen", java_script_enabled=False)
    page.set_input_files("#files", [files("klachten.csv", DATES.encode())])
    page.focus("#keep")
    page.keyboard.press("Space")
    page.focus("#geef > .button")
    press_through(page)
    page.wait_for_selector(".signals__ask")
    page.focus("button[value=dmy]")
    press_through(page)
    page.wait_for_selector(".signals__tools")
    assert page.url.endswith("/signalen")
    code = page.locator(".signals__code code").inner_text()
    page.goto("/signalen")
    page.fill("#code", code)
    press_through(page)
    page.wait_for_selector(".signals__tools")
    page.focus("button[name=wipe]")
    press_through(page)
    page.wait_for_selector(".note--done")
    assert page.context.cookies() == []


@pytest.mark.parametrize("width", [320, again(1280)])
def test_questions_names_and_notes(open_page: Open, width: int) -> None:
    page = open_page("/signalen", width=width)
    page.set_input_files("#files", [files("klachten.csv", DATES.encode())])
    click_through(page, "#geef > .button")
    page.wait_for_selector(".signals__ask")
    sound(page)
    click_through(page, "button[name=wipe]")
    page.wait_for_selector(".note--done")
    sound(page)
    page.goto("/signalen")
    demo(page, "bakery")
    page.check("#names")
    click_through(page, "text=Toon >> nth=-1")
    page.wait_for_selector("text=Hotel Luchtkasteel")
    page.click("summary >> text=Wat ik deed")
    page.fill("textarea[name=did]", "ik belde twee klanten")
    click_through(page, "button >> text=Noteer dit")
    page.wait_for_selector("text=Je deed nog dezelfde dag iets")
    sound(page)
    page.click("summary >> text=Ik weet het")
    page.fill("input[name=why]", "die klant verhuisde")
    page.click("button >> text=Zet dit signaal uit")
    expect(page.locator(":focus")).to_have_attribute("name", "explain")
    page.check("input[value=stays]")
    click_through(page, "button >> text=Zet dit signaal uit")
    page.wait_for_selector("text=Jij schreef: die klant verhuisde")
    sound(page)
    click_through(page, "button >> text=EN")
    page.wait_for_selector("text=You wrote: die klant verhuisde")
    assert page.url.endswith("/en/signalen")


def test_the_script_sends_and_goes_on_and_breaks_no_policy(open_page: Open) -> None:
    page = open_page("/signalen")
    said: list[str] = []
    fetched: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: fetched.append(request.url))
    given = table(0.4)
    page.set_input_files("#files", [files("omzet.csv", given.read())])
    assert page.locator("#chosen").inner_text() == "1 bestand gekozen, 1 kB."
    click_through(page, "#geef > .button")
    page.wait_for_selector(".story")
    assert page.url.endswith("/signalen")
    assert said == []
    assert all("?" not in url or "?v=" in url for url in fetched)


def test_too_much_is_said_before_it_is_sent(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/signalen")
    large = tmp_path / "groot.csv"
    large.write_bytes(b"a;b\n" * 12_600_000)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.set_input_files("#files", large)
    assert "Hoogstens 50 MB" in page.locator("#chosen").inner_text()
    page.click("#geef > .button")
    expect(page.locator("#files")).to_be_focused()
    assert set(sent) <= {"GET"}, "the icon of the page may come late"
    sound(page)


def test_files_can_be_dropped(open_page: Open) -> None:
    page = open_page("/signalen")
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["a;b"], "a.csv"));
          const drop = document.getElementById("drop");
          drop.dispatchEvent(new DragEvent("dragover", {dataTransfer: data, cancelable: true}));
          drop.dispatchEvent(new DragEvent("drop", {dataTransfer: data, cancelable: true}));
        }"""
    )
    assert page.evaluate("document.getElementById('files').files.length") == 1
