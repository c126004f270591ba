"""Pages of a kept plan, read as its owner reads them."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client

from tests.web.conftest import NEED

LATER = "2027-03-22"
KEPT = "Je plan is bewaard. Dezelfde zes woorden openen het."
KEEP = "Bewaar met een code"
STATE = {"need": NEED, "facts": "{}", "asked": "[]", "pick": ["instrument/energielening"]}


def read(page: Any) -> str:
    assert page.status_code == 200
    return html.unescape(page.content.decode()).replace("\u00a0", " ")


def form_of(page: str, button: str) -> dict[str, Any]:
    """The hidden fields of the form with a button, or of the form that the button names."""
    forms = re.findall(r"<form.*?</form>", page, re.S)
    named = re.search(rf'<button[^>]* form="([a-z]+)"[^>]*>{re.escape(button)}', page)
    (form,) = (f for f in forms if (f'id="{named[1]}"' in f if named else button in f))
    found: dict[str, Any] = {}
    for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(html.unescape(value))
    return found


def keep(site: Client) -> str:
    """Make a plan and keep it; the words."""
    page = site.post("/plan", STATE).content.decode()
    told = site.post("/bewaar", form_of(page, "Bewaar met een code")).content.decode()
    found = re.search(r'lang="nl"><strong>([a-z ]+)</strong>', told)
    assert found
    return found[1]


def opened(site: Client, code: str, lang: str = "") -> str:
    """The plan, by the words and the button of the page behind them."""
    back = site.post("/terug", {"code": code}).content.decode()
    return read(site.post(f"{lang}/plan", form_of(back, "Naar je plan")))
