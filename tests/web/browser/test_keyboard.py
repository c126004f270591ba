"""With the keyboard alone: every stop can be seen, and the way goes through to the end."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from baken.refer.model import Who
from baken.web.handover import links
from baken.web.handover.models import Referral
from tests.web.browser.conftest import Open, press_through
from tests.web.conftest import NEED, FakeEngine
from tests.web.desk.made import HOUSE, PASSWORD, code, file, member, with_password
from tests.web.handover import path

FOCUS = """() => {
  const e = document.activeElement;
  const s = getComputedStyle(e);
  const r = e.getBoundingClientRect();
  return {
    tag: e.tagName, id: e.id, name: e.name || '', value: e.value || '',
    text: e.innerText.trim().slice(0, 60), outline: parseFloat(s.outlineWidth) || 0,
    style: s.outlineStyle, inView: r.bottom > 0 && r.top < innerHeight,
    inSentence: s.display === 'inline', wide: r.width, high: r.height,
  };
}"""


def stops(page: Page, most: int = 80) -> list[dict[str, object]]:
    """Where Tab leads, from the top of the page until it leaves it."""
    found: list[dict[str, object]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["tag"] == "BODY":
            break
        found.append(stop)
    return found


def assert_seen(found: list[dict[str, object]]) -> None:
    """Each stop has an outline of 3 px, is on screen, and is big enough to hit.

    WCAG 2.2 asks 24 by 24 pixels of targets, but for links within a sentence.
    """
    for stop in found:
        assert stop["style"] == "solid", str(stop)
        assert stop["outline"] == 3, str(stop)
        assert stop["inView"], str(stop)
        if not stop["inSentence"]:
            assert min(float(str(stop["wide"])), float(str(stop["high"]))) >= 24, str(stop)


def test_every_stop_on_the_start_page_can_be_seen(open_page: Open) -> None:
    found = stops(open_page("/", reduced_motion="reduce"))
    assert found[0]["text"] == "Ga naar de inhoud"
    ids = [stop["id"] for stop in found if stop["id"]]
    assert ids == ["need", "where", "heads"]
    assert_seen(found)


def test_from_question_to_answer_without_a_mouse(open_page: Open, fake: FakeEngine) -> None:
    page = open_page("/", reduced_motion="reduce")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(NEED)
    page.keyboard.press("Tab")
    page.keyboard.type("Aalst")
    page.keyboard.press("Tab")
    page.keyboard.type("8")
    press_through(page)
    page.wait_for_url("**/resultaat")
    assert fake.query["facts"] == {"municipality": "Aalst", "headcount": 8}

    found = stops(page)
    assert_seen(found)
    answers = [stop["value"] for stop in found if stop["name"] == "answer"]
    assert answers == ["true", "false", "null"]
    assert any(stop["tag"] == "SUMMARY" for stop in found)

    page.focus("button[name=answer][value=false]")
    press_through(page, "Space")
    page.wait_for_selector("text=Meer hoeven we niet te vragen")
    page.focus(".offer > summary")
    page.keyboard.press("Enter")
    expect(page.locator(".offer[open]")).to_have_count(1)


def reach(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until what the selector names has the focus; each stop on the way is seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["tag"] == "BODY":  # past the last one: the next is the first again
            continue
        assert_seen([stop])
        there = page.locator(selector)
        if there.evaluate_all("found => found.includes(document.activeElement)"):
            return
    raise AssertionError(f"Tab never comes to {selector}")


def press_button(page: Page, selector: str) -> None:
    """Go to a button or a link by Tab, press Enter, and wait for its page."""
    reach(page, selector)
    press_through(page)


def mend(page: Page, typed: str) -> None:
    """From the summary of errors, which has the focus, to the field of the first; type there."""
    expect(page.locator(".errors")).to_be_focused()
    field = page.locator(".errors a").first.get_attribute("href")
    reach(page, ".errors a")
    page.keyboard.press("Enter")
    expect(page.locator(str(field))).to_be_focused()
    page.keyboard.type(typed)


def test_from_the_answer_to_the_last_word_of_both_sides_without_a_mouse(open_page: Open) -> None:
    path.doors_take_files()
    page = open_page("/", reduced_motion="reduce")
    reach(page, "#need")
    page.keyboard.type(NEED)
    press_button(page, ".ask .actions button")
    press_button(page, ".door button[name=to]")
    reach(page, "input[name=item]")
    press_button(page, "form[action$=bereik] .button")
    press_button(page, "form[action$=nakijken] .button")
    mend(page, "0400 00 00 00")
    press_button(page, "form[action$=nakijken] .button")
    reach(page, ".errors a")
    page.keyboard.press("Enter")
    expect(page.locator("#when")).to_be_focused()
    reach(page, "#when-any")
    page.keyboard.press("Space")
    press_button(page, "form[action$=nakijken] .button")
    press_button(page, "form[action$=bereik] .button[name=do]")
    press_button(page, "form[action$=bereik] .button")
    press_button(page, "form[action$=nakijken] .button")
    press_button(page, "button[value=send]")
    follow = page.url.split("?")[0]
    row = Referral.objects.get()

    _, token = links.link_for(row, Who.RECEIVER, timezone.localdate())
    page.goto(f"/dossier/{token}")
    for button in ("accept", "contact", "helped"):
        press_button(page, f"button[value={button}]")

    page.goto(follow)
    press_button(page, "button[value=partly]")
    kinds = list(row.events.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["sent", "seen", "accepted", "contact", "outcome", "outcome"]
    reach(page, "details:has(button[value=wipe]) > summary")
    page.keyboard.press("Enter")
    press_button(page, "button[value=wipe]")
    assert Referral.objects.get().dossier == {}


def test_a_day_at_the_desk_without_a_mouse(open_page: Open) -> None:
    file()
    who = with_password(member("adviser", HOUSE))
    page = open_page("/bureau", reduced_motion="reduce", locale="en-US")
    for field, typed in (("#email", who.email), ("#password", PASSWORD), ("#code", code(who))):
        reach(page, field)
        page.keyboard.type(typed)
    press_through(page)
    press_button(page, ".desk-list a")
    press_button(page, "button[value=accept]")
    press_button(page, "button[value=note]")
    mend(page, "belt liever 's morgens")
    press_button(page, "button[value=note]")
    assert "belt liever 's morgens" in page.locator("main").inner_text()
    press_button(page, "a[href$='/bureau/maand']")
    press_button(page, "a[href$='/bureau/organisatie']")
    reach(page, "#first")
    day = timezone.localdate() + timedelta(days=1)
    page.keyboard.type(f"{day:%m%d%Y}")
    reach(page, "#last")
    page.keyboard.type(f"{day:%m%d%Y}")
    press_button(page, "button[value=away]")
    expect(page.locator("button[value=back]")).to_have_count(1)
