"""A condition that holds by an assumption, or for others only, never reads as met on a page."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from baken.match.texts import say
from baken.web.owner.grounds import verdict_words
from baken.web.texts import LANGS, text
from tests.web.conftest import NEED, FakeEngine

pytestmark = pytest.mark.django_db
SOURCE = {"url": "https://a.example/b", "date": "2026-05-22"}
SME = "Je onderneming is een kmo. (we kennen alleen het aantal mensen, 30)"
PLAN = "Een grote onderneming heeft een klimaatplan. (geldt alleen voor een grote onderneming)"


def reason(says: str, because: str | None, met: bool | None = None) -> dict[str, Any]:
    return {"condition": "x", "met": met, "says": says, "source": SOURCE, "found": None,
            "unknown_because": because, "change": None}  # fmt: skip


REASONS = [
    reason("Je hebt een vestiging in Vlaanderen.", None, met=True),
    reason(SME, "assumed"),
    reason(PLAN, "does_not_apply"),
]


@pytest.fixture
def engine(fake: FakeEngine) -> FakeEngine:
    """An engine whose first offer has one of each."""
    fake.change = lambda answer: answer["offers"][0].update(reasons=REASONS)
    return fake


def words(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.mark.parametrize("lang", LANGS)
def test_the_reasons_of_an_offer_keep_them_apart_from_what_is_met(
    site: Client, engine: FakeEngine, lang: str
) -> None:
    at = "/resultaat" if lang == "nl" else f"/{lang}/resultaat"
    page = words(site.post(at, {"need": NEED}).content.decode())
    heads = [text(lang, f"reasons.group.{g}") for g in ("met", "assumed", "does_not_apply")]
    told = [part for pair in zip(heads, (r["says"] for r in REASONS), strict=True) for part in pair]
    start = page.index(REASONS[0]["says"]) - 40
    places = [page.index(part, start) for part in told]
    assert places == sorted(places)
    for key in ("met.one", "assumed.one", "elsewhere.one"):
        assert text(lang, f"reasons.{key}", count=1) in page


def test_side_by_side_they_stand_apart_too(site: Client, engine: FakeEngine) -> None:
    form = {"need": NEED, "pick": "instrument/energielening"}
    page = words(site.post("/naast-elkaar", form).content.decode())
    met = page.partition("Wat klopt")[2].partition("Aangenomen, niet nagekeken")[0]
    assert REASONS[0]["says"] in met
    assert SME not in met and PLAN not in met
    assert SME in page.partition("Aangenomen, niet nagekeken")[2]
    assert PLAN in page.partition("Geldt voor anderen")[2]


def test_on_the_sheet_an_assumption_stands_with_what_is_still_to_be_shown(
    site: Client, engine: FakeEngine
) -> None:
    page = words(site.post("/meenemen", {"need": NEED}).content.decode())
    shown = page.partition(text("nl", "sheet.to_show"))[2]
    assert shown.strip().startswith(SME)
    assert PLAN not in page.partition(text("nl", "sheet.met"))[2].partition("Energie")[0]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("told", "short"),
    [
        ("fits", "fits"),
        ("fits.law", "fits"),
        ("fits.to_show", "fits_to_show"),
        ("fits.to_show.law", "fits_to_show"),
        ("open", "open"),
    ],
)
def test_a_file_that_goes_along_has_the_words_of_the_page(told: str, short: str, lang: str) -> None:
    says = say(f"verdict.{told}", lang, who="X")
    shown = text(lang, f"offers.verdict.{short}", who="X")
    assert re.split(r"[;.]", says)[0].strip() == re.split(r"[;.]", shown)[0].strip()


@pytest.mark.parametrize(
    ("reasons", "short"),
    [
        (REASONS, "fits"),
        (REASONS[1:], "fits_to_show"),
        (REASONS[2:], "fits_unchecked"),
    ],
    ids=["one is met", "all is assumed", "all is for others"],
)
def test_what_is_only_assumed_never_makes_a_verdict_sure(
    reasons: list[dict[str, Any]], short: str
) -> None:
    offer = {"type": "instrument", "verdict": "fits", "reasons": reasons}
    assert verdict_words(offer, "nl", {})[2] == short
