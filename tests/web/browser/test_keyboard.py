"""With the keyboard alone: every stop can be seen, and the way goes through to the end."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Open, press_through
from tests.web.conftest import NEED, FakeEngine

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
