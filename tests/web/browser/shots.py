"""Pictures for the documentation, of a site that runs: give its address."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NEED = "mijn oven verbruikt te veel en de klanten lopen weg naar de supermarkt"
IMAGES = Path(__file__).parents[3] / "docs" / "img"
WIDE = {"width": 1280, "height": 1000}


def main(home: str) -> None:
    """The start page and the top of an answer, as docs/img/start.jpg and result.jpg."""
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
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
