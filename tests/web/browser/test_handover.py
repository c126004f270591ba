"""The receiver's page in real Chromium: a program that runs scripts changes nothing, two clicks
say what is to be said, each state can be used by everyone.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from baken.refer.model import Who
from baken.web.handover import links, store
from baken.web.handover.models import EventRow, Referral
from tests.refer.made import dossier
from tests.web.browser.conftest import Open, again, click_through
from tests.web.browser.test_pages import assert_accessible, assert_no_sideways_scroll
from tests.web.handover.made import receiver

SCREENS = [
    ("", "light", 320),
    ("", "dark", 1280),
    again("/en", "light", 320),
    again("/fr", "light", 320),
]
"""Words change with the language, colours do not."""


@pytest.fixture
def file(transactional_db: None) -> tuple[Referral, str]:
    """A referral and the address of its page."""
    receiver()
    told = dossier().model_dump(mode="json")
    order = store.Order("huis-van-raad", told, ["need"], "2026-11")
    row = store.send(order, timezone.now(), "form-1")
    _, token = links.link_for(row, Who.RECEIVER, timezone.localdate())
    return row, f"/dossier/{token}"


def test_thirty_scanners_that_run_scripts_change_nothing(
    file: tuple[Referral, str], open_page: Open
) -> None:
    _, address = file
    page = open_page(address)
    for _ in range(30):
        page.goto(address, wait_until="load")
        page.mouse.move(100, 100)
        for link in page.locator("main a").all():
            link.hover()
        assert "oven" not in page.content()
    assert list(EventRow.objects.values_list("kind", flat=True)) == ["sent"]


@pytest.mark.parametrize(("lang", "scheme", "width"), SCREENS)
def test_each_state_is_for_everyone(
    file: tuple[Referral, str], open_page: Open, lang: str, scheme: str, width: int
) -> None:
    _, address = file
    page = open_page(f"{lang}{address}", width=width, color_scheme=scheme)

    def sound() -> None:
        assert_no_sideways_scroll(page)
        assert_accessible(page)

    sound()
    for click in ("refuse", "open", "full", "refuse", "accept", "contact"):
        click_through(page, f"button[value={click}]")
        page.wait_for_load_state()
        sound()
    click_through(page, "button[value=partly]")
    sound()
    other = open_page(f"{lang}{address}", width=width, color_scheme=scheme)
    for click in ("open", "code", "enter"):
        click_through(other, f"button[value={click}]")
        other.wait_for_load_state()
        assert_accessible(other)
    gone = open_page(f"{lang}{address}x", width=width, color_scheme=scheme)
    assert_accessible(gone)


@pytest.mark.parametrize(("lang", "scheme", "width"), SCREENS)
def test_what_an_organisation_says_of_itself_is_for_everyone(
    file: tuple[Referral, str], open_page: Open, lang: str, scheme: str, width: int
) -> None:
    first, address = file
    order = store.Order("huis-van-raad", first.dossier, ["need"], "2026-11")
    other = store.send(order, timezone.now(), "form-2")
    hour = timezone.now() + timedelta(days=1)
    Referral.objects.filter(pk=other.pk).update(slot_at=hour)
    page = open_page(f"{lang}{address}", width=width, color_scheme=scheme)
    click_through(page, "button[value=open]")
    page.click("details:has(button[value=away]) > summary")
    for day, shows in (("", "#first-error"), (f"{timezone.localtime(hour):%Y-%m-%d}", "#sure")):
        page.fill("#first", day)
        page.fill("#last", day)
        click_through(page, "button[value=away]")
        expect(page.locator(shows)).to_be_visible()
        assert_no_sideways_scroll(page)
        assert_accessible(page)
    page.check("#sure")
    click_through(page, "button[value=away]")
    expect(page.locator("button[value=back]")).to_have_count(1)
    page.fill("#until", f"{timezone.localdate() + timedelta(days=9)}")
    page.check("#others")
    click_through(page, "button[value=full]")
    assert_accessible(page)
    assert set(Referral.objects.values_list("handling", flat=True)) == {"full"}


SAID = [("accept", "accepted"), ("full", "full"), ("refuse", "refused")]


@pytest.mark.parametrize(("button", "state"), SAID, ids=[s for _, s in SAID])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_mail_is_answered_from_its_landing_page(
    file: tuple[Referral, str], open_page: Open, button: str, state: str, scripts: bool
) -> None:
    row, address = file
    page = open_page(address, java_script_enabled=scripts)
    if state == "full":
        page.fill("#until", (timezone.localdate() + timedelta(days=9)).isoformat())
    if state == "refused":
        page.check("input[value=not_my_area]")
    click_through(page, f"button[value={button}]")
    page.wait_for_selector("[role=status]")
    row.refresh_from_db()
    assert row.handling == state
    opened = page.get_by_text("Zo bereik je de onderneming")
    expect(opened).to_have_count(1 if state == "accepted" else 0)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_button_back_finds_the_file_and_no_error_of_the_browser(
    file: tuple[Referral, str], open_page: Open, scripts: bool
) -> None:
    _, address = file
    page = open_page(address, java_script_enabled=scripts)
    click_through(page, "button[value=open]")
    click_through(page, "button[value=accept]")
    expect(page.locator("#stand")).to_be_focused()
    page.go_back()
    expect(page.get_by_text("Zo bereik je de onderneming")).to_have_count(1)
    expect(page.locator("button[value=accept]")).to_have_count(0)
    page.go_back()
    expect(page.locator("button[value=open]")).to_have_count(1)
    page.reload()
    expect(page.get_by_text("Zo bereik je de onderneming")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_button_back_finds_what_was_wrong_with_a_button_too(
    file: tuple[Referral, str], open_page: Open, scripts: bool
) -> None:
    _, address = file
    page = open_page(address, java_script_enabled=scripts)
    click_through(page, "button[value=open]")
    click_through(page, "button[value=refuse]")
    page.check("input[value=not_my_area]")
    click_through(page, "button[value=refuse]")
    page.go_back()
    expect(page.locator(".errors")).to_be_visible()
