"""Which pages of the site axe looked at in a run, and which it never saw."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from tests.web.browser.counting import LEDGER

NO_PAGES = frozenset({
    "plan_calendar", "signals_next", "scan_calendar", "take_along", "desk_pdf", "desk_json",
    "desk_files_csv", "desk_month_csv", "desk_supply_csv", "desk_corrections_csv",
    "desk_trail_csv",
})  # fmt: skip
"""Names of addresses that give a file."""
ONLY_LEADS_ON = frozenset({"desk_logout", "send_deliver", "scan_domain"})
"""Names of addresses that do something and lead to another page."""


def _file() -> Path | None:
    walks = os.environ.get(LEDGER)
    return Path(walks).with_name("axe.txt") if walks else None


def note(url: str) -> None:
    """Keep that axe looked at an address; of the languages it does not matter which."""
    from django.urls import Resolver404, resolve

    path = _file()
    try:
        name = resolve(urlsplit(url).path).url_name
    except Resolver404:  # the page that says so
        name = "not_there"
    if path is not None:
        with path.open("a", encoding="utf-8") as ledger:
            ledger.write(f"{name}\n")


def seen() -> set[str]:
    """The names of the addresses at which axe looked."""
    path = _file()
    there = path is not None and path.is_file()
    return set(path.read_text(encoding="utf-8").split()) if path and there else set()


def every_page() -> set[str]:
    """The names of all addresses that give a page."""
    from baken.web.urls import _pages

    return {one.name for one in _pages if one.name} - NO_PAGES - ONLY_LEADS_ON


def unseen() -> set[str]:
    """The pages that axe never saw."""
    return every_page() - seen()
