"""The owner's way past the answer, in real Chromium, narrow and wide."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from baken.registers.kbo_extract.take import take
from tests.registers.filings import HEAD, table
from tests.registers.kbo import hand
from tests.web.browser.conftest import Open, again, click_through
from tests.web.browser.test_pages import assert_accessible, assert_no_sideways_scroll, open_all


@pytest.mark.parametrize("width", [320, 1280])
def test_from_a_tap_to_offers_side_by_side_and_to_what_is_missed(
    open_page: Open, width: int
) -> None:
    page = open_page("/", width=width)
    click_through(page, ".example >> nth=3")
    page.wait_for_selector("#aanbod .offer__pick")
    for at in range(3):
        page.check(f"input[name=pick] >> nth={at}")
    click_through(page, "text=Zet naast elkaar")
    page.wait_for_selector(".beside")
    assert page.locator(".beside > li").count() == 3
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    click_through(page, "text=Terug naar het antwoord")
    page.wait_for_selector("#aanbod .offer__pick")
    assert page.locator("input[name=pick]:checked").count() == 3
    click_through(page, "text=Maak een plan")
    page.wait_for_selector(".plan__steps")
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    click_through(page, "text=Terug naar het antwoord")
    page.click("#waarom-niet summary")
    page.fill("#missed", "energie")
    click_through(page, "text=Zeg me waarom")
    assert_no_sideways_scroll(page)
    assert_accessible(page)


def test_a_form_that_somebody_else_filled_in(open_page: Open) -> None:
    page = open_page("/start", width=320)
    assert_accessible(page)
    asked: list[str] = []
    page.goto("about:blank")
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/start#need=mijn+oven&where=Aalst&exporter=true&van=je+boekhouder")
    page.wait_for_selector("text=je boekhouder")
    assert page.input_value("#where") == "Aalst"
    assert page.url.endswith("/start")
    assert not any("Aalst" in url for url in asked)
    assert_no_sideways_scroll(page)
    assert_accessible(page)


def test_a_firm_found_by_name_is_told_and_can_be_called_wrong(
    open_page: Open, settings: Any, tmp_path: Path
) -> None:
    tables = {
        "enterprise": [hand.enterprise(1)],
        "denomination": [hand.named(hand.number(1), "Bakkerij De Aar")],
        "address": [hand.address(hand.number(1), "9300", "Aalst")],
        "activity": [(hand.number(1), "001", "2025", "10712", "MAIN")],
    }
    take(hand.write(tmp_path / "full", tables), tmp_path / "kbo.sqlite")
    settings.BAKEN_KBO = str(tmp_path / "kbo.sqlite")
    page = open_page("/", width=320)
    page.fill("#need", "mijn oven verbruikt te veel")
    page.click(".more summary")
    click_through(page, "text=Zoek op naam")
    page.fill("#firm", "bakerij de aar")
    click_through(page, "text=Zoek op >> nth=-1")
    page.wait_for_selector(".hits")
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    click_through(page, ".hits button")
    assert page.input_value("#need") == "mijn oven verbruikt te veel"
    click_through(page, ".ask .actions button")
    page.click(".known summary")
    page.wait_for_selector("#register")
    click_through(page, "button[name=wrong][value=nace]")
    page.fill("#trade_register", "kapper")
    open_all(page)
    assert_no_sideways_scroll(page)
    assert_accessible(page)


def test_accounts_are_read_told_and_can_be_called_wrong(open_page: Open, tmp_path: Path) -> None:
    """A PDF first, then two years as CSV, then what is wrong in them."""
    before = {k: v.replace("2025", "2024") if "period" in k else v for k, v in HEAD.items()}
    files = {"a.pdf": b"%PDF-1.7", "2025.csv": table(), "2024.csv": table(head=before)}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    page = open_page("/", width=320)
    page.fill("#need", "mijn oven verbruikt te veel")
    page.click(".more summary")
    click_through(page, "text=Gebruik mijn jaarrekening")
    page.set_input_files("#accounts", tmp_path / "a.pdf")
    click_through(page, "button[name=do]")
    page.wait_for_selector("#accounts-error")
    open_all(page)
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    page.set_input_files("#accounts", [tmp_path / "2025.csv", tmp_path / "2024.csv"])
    click_through(page, "button[name=do]")
    page.wait_for_selector(".said")
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    click_through(page, "text=Ga verder")
    page.click(".known > summary")
    click_through(page, "button[name=wrong][value=headcount]")
    page.wait_for_selector("#jaarrekening")
    open_all(page)
    assert_no_sideways_scroll(page)
    assert_accessible(page)


@pytest.mark.parametrize("lang", ["", again("/fr")])
def test_a_plan_is_kept_and_opened_again_with_six_words(
    open_page: Open, lang: str, settings: Any
) -> None:
    settings.BAKEN_SMTP_HOST = "mail.example"
    page = open_page(f"{lang}/", width=320)
    click_through(page, ".example >> nth=0")
    click_through(page, "#aanbod > .choices button >> nth=0")
    click_through(page, "form[action$='/bewaar'] button")
    page.wait_for_selector(".code-words")
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    code = page.locator(".code-words").inner_text()
    page.goto(f"{lang}/terug")
    page.fill("#code", "brood")
    click_through(page, "form.card button")
    page.wait_for_selector("#code-error")
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    page.fill("#code", code.upper())
    click_through(page, "form.card button")
    page.wait_for_selector("button[name=wipe]")
    click_through(page, "button[value=remind]")
    page.wait_for_selector("#mail-error")
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    page.fill("#mail", "bakker@firma.example")
    click_through(page, "button[value=remind]")
    page.wait_for_selector("button[value=stop]")
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    click_through(page, "button[name=wipe]")
    page.wait_for_selector(".note--done")
    assert_accessible(page)
