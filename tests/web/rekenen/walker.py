"""Somebody who walks through the pages /rekenen, on a fixed day."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import Any

from django.test import Client

from baken.web.reckon import model

DAY = date(2026, 11, 26)
SLUGS = [t.slug for t in model.tools()]
Said = dict[str, Any]
TOOLS = [t.id for t in model.tools()]


class Owner:
    """Answers one question after the other, as a browser does."""

    def __init__(self, web: Client, slug: str, lang: str = "") -> None:
        self.web, self.url = web, f"{lang}/rekenen/{slug}"
        self.page = web.get(self.url).content.decode()

    def example(self) -> str:
        """See the example."""
        return self._sent({"example": "1"})

    def post(self, **fields: str) -> str:
        """Send the form of the question."""
        return self._sent({**self.hidden(), **fields})

    def _sent(self, fields: dict[str, str]) -> str:
        response = self.web.post(self.url, fields)
        self.status = response.status_code
        self.page = response.content.decode()
        return self.page

    def hidden(self) -> dict[str, str]:
        """The hidden fields of the form of the question."""
        form = re.search(r'<form class="card reckon__ask".*?</form>', self.page, re.S)
        found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0] if form else "")
        return {name: unescape(value) for name, value in found}

    @property
    def question(self) -> str:
        """The key of the question that is put."""
        return self.hidden().get("question", "")

    def answer(self, *typed: str) -> str:
        """Type an answer (one text a field) or choose one; None is not known."""
        if not typed:
            return self.post(unsure="1")
        fields = re.findall(r'name="(v(?:-\w+)?)"', self.page)
        return self.post(**dict(zip(dict.fromkeys(fields), typed, strict=False)))

    def outcome(self, answers: dict[str, list[str]]) -> str:
        """The page of the result for these answers, with plain spaces."""
        page = self._sent({"answers": json.dumps(answers), "show": "1"})
        return unescape(page).replace("\u00a0", " ")

    @property
    def look(self) -> str:
        """The look of the outcome: fits, excluded or open."""
        found = re.search(r'class="verdict verdict--(\w+)"', self.page)
        return found[1] if found else ""

    @property
    def says(self) -> str:
        """The outcome."""
        found = re.search(r'<p class="verdict[^>]*>.*?<span>(.*?)</span>', self.page, re.S)
        return unescape(found[1]).replace("\u00a0", " ") if found else ""


def outcome(web: Client, slug: str, said: Said) -> tuple[Owner, str]:
    """Somebody with these answers, and the page that they get."""
    owner = Owner(web, slug)
    lists = {k: v if isinstance(v, list) else [v] for k, v in said.items()}
    return owner, owner.outcome(lists)
