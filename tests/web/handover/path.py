"""The owner's path as a program walks it: each step posts what its page holds."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from django.test import Client

from tests.web.conftest import NEED
from tests.web.handover.made import receiver

TO, OTHER = "bakkerscentrum", "energiehuis"
KEY = "0123456789abcdef0123456789abcdef"
CONTACT = {"name": "de bakker", "phone": "0400 00 00 00", "mail": "bakker@firma.example"}
REACH = {**CONTACT, "when": "any"}
"""The same, and any moment suits: what the second step holds."""
FACTS = {"municipality": "Aalst", "headcount": 8}


def state(**more: Any) -> dict[str, Any]:
    """The hidden fields of a door on the page with the answer."""
    facts = json.dumps(FACTS)
    return {"need": NEED, "facts": facts, "asked": "[]", "to": TO, "key": KEY, **more}


def doors_take_files() -> None:
    """The door and its alternative have an address."""
    receiver(TO, name="Centrum voor bakkers")
    receiver(OTHER, name="Energiehuis")


def preview(site: Client, **more: Any) -> str:
    """The page with what the other side gets."""
    reach = CONTACT if "slot" in more else REACH
    page = site.post("/stuur/nakijken", state(**{"item": ["need"], **reach, **more}))
    assert page.status_code == 200, page.status_code
    return html.unescape(page.content.decode())


def sealed(page: str) -> str:
    """The sealed order that a preview holds."""
    found = re.search(r'name="sealed" value="([^"]+)"', page)
    assert found
    return found[1]


def sent(site: Client, **more: Any) -> str:
    """Send, and the address of the page that follows it."""
    page = site.post("/stuur/verstuur", {"sealed": sealed(preview(site, **more)), "do": "send"})
    assert page.status_code == 303
    return str(page.headers["Location"])
