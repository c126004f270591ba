"""What the firm does: asked with a tap where nothing tells it."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from baken.registers.lookup import sector_elements
from baken.web.owner.asking import Asked
from baken.web.owner.trades import trades_to_tap
from tests.web.conftest import NEED, FakeEngine


def chips(page: str) -> list[str]:
    return re.findall(r'name="trade" value="([^"]+)"', page)


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_trades_to_tap_are_words_that_the_registers_know_for_sure(lang: str) -> None:
    asked = Asked(lang, need=NEED)
    tapped = trades_to_tap(asked, {})
    assert len(tapped) == len(set(tapped)) == 14
    for words in tapped:
        assert [c for _, c in sector_elements(words)] == ["sure"], words


def test_the_trade_is_asked_with_a_tap_where_nothing_tells_it(
    site: Client, fake: FakeEngine
) -> None:
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    assert "bakkerij" in chips(page) and "Wat doet je onderneming?" in page
    page = site.post("/resultaat", {"need": NEED, "trade": "bakkerij"}).content.decode()
    assert fake.query["facts"] == {"sector": "bakkerij"}
    assert not chips(page)


@pytest.mark.parametrize(
    "known",
    [
        {"facts": json.dumps({"sector": "kapper"})},
        {"facts": json.dumps({"nace": "96210"})},
        {"no_trade": "1"},
    ],
)
def test_a_trade_that_is_known_or_taken_away_is_not_asked(
    site: Client, known: dict[str, str]
) -> None:
    assert not chips(site.post("/resultaat", {"need": NEED, **known}).content.decode())
