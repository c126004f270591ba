"""Pictures for the documentation, of a site that runs: give its address."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

NEED = "mijn oven verbruikt te veel en de klanten lopen weg naar de supermarkt"
IMAGES = Path(__file__).parents[3] / "docs" / "img"
WIDE = {"width": 1280, "height": 1000}


def shoot(page: Page, name: str, first: str, last: str) -> None:
    """The page from the top of one element to the bottom of another, as docs/img/NAME.jpg."""
    top, end = (page.locator(css).last.bounding_box() for css in (first, last))
    assert top and end, name
    height = end["y"] + end["height"] - top["y"] + 32
    clip = {"x": 0.0, "y": max(0.0, top["y"] - 16), "width": 1280.0, "height": height}
    page.screenshot(path=IMAGES / f"{name}.jpg", type="jpeg", quality=60, full_page=True, clip=clip)


def main(home: str) -> None:
    """The start page, the top of an answer, the map, what the stories teach, and signals."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport=WIDE)
        page.goto(home)
        page.screenshot(path=IMAGES / "start.jpg", type="jpeg", quality=75)
        page.fill("#need", NEED)
        page.fill("#where", "Aalst")
        page.fill("#heads", "8")
        page.click(".ask .actions button")
        page.wait_for_selector(".offer")
        clip = {"x": 0, "y": 0, "width": 1280, "height": 1900}
        page.screenshot(
            path=IMAGES / "result.jpg", type="jpeg", quality=75, full_page=True, clip=clip
        )
        page.goto(f"{home.rstrip('/')}/deuren")
        shoot(page, "map", "h1", ".map svg")
        page.goto(f"{home.rstrip('/')}/verhalen/wie-of-wat-hielp")
        shoot(page, "learned", "#k-trigger-partner", ".network")
        page.goto(f"{home.rstrip('/')}/signalen")
        page.click("button[value=bakery]")
        page.wait_for_selector(".story")
        shoot(page, "signals", "h1", ".story__grid")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
