"""An owner who saw an answer and walks the questions, on a day that the test sets."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from baken.web.scan import keep

BAKER = '{"region":"vlaams-gewest","postal_code":"9300","kbo":"0403170701"}'
Go = Callable[..., "Owner"]


class Owner:
    """A browser with one scan: where it stands, and what it shows."""

    def __init__(self, client: Client, lang: str = "", need: str = "N12", facts: str = BAKER):
        self.client, self.lang = client, lang
        begun = client.post(f"{lang}/scan", {"need": need, "facts": facts, "begin": "1"})
        self.at = begun.url
        self.token = re.search(r"/scan/([^/]+)/1$", begun.url)[1]  # type: ignore[index]
        self.home = f"{lang}/scan/{self.token}"

    @property
    def page(self) -> str:
        """The page where the owner is."""
        return self.read(self.at)

    def read(self, address: str) -> str:
        """The page of an address, entities as signs."""
        return self.client.get(address, follow=True).content.decode().replace("&#x27;", "'")

    def do(self, **what: str) -> None:
        """Press a button."""
        self.at = self.client.post(self.home, what).url

    def tap(self, answer: str) -> None:
        """Answer the question of this page."""
        item = re.search(r'name="question" value="([^"]+)"', self.page)
        assert item, self.at
        self.do(do="answer", question=item[1], answer=answer)

    def tap_all(self, *answers: str) -> None:
        """Answer one question after the other."""
        for answer in answers:
            self.tap(answer)


REACTIVE = ("had_to", "in_haste", "never", "never", "never", "longer_ago")
PROACTIVE = ("planned", "prepared", "past_month", "past_month", "past_month", "past_year")


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], date]:
    """Sets the day: so many days after the first of June."""

    def on(days: int) -> date:
        day = date(2026, 6, 1) + timedelta(days=days)
        monkeypatch.setattr("django.utils.timezone.localdate", lambda: day)
        return day

    monkeypatch.setattr(keep.sweep_in_passing, "last", float("-inf"))
    on(0)
    return on


@pytest.fixture
def go(site: Client, today: Callable[[int], date]) -> Go:
    """Begins a scan."""

    def begun(**options: str) -> Owner:
        return Owner(site, **options)

    return begun
