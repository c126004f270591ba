"""What no organisation here does: noted without a name, shown only from five on."""

from __future__ import annotations

import html
from datetime import date
from typing import Any

import pytest
from django.test import Client

from baken.web.owner.gaps import gaps
from baken.web.owner.models import UnmetNeed
from baken.web.owner.unmet import failed, nobody_helps
from baken.web.texts import LANGS
from tests.web.conftest import NEED, FakeEngine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("records")]


def noted(times: int, **more: Any) -> None:
    usual = {
        "noted_on": date(2026, 11, 3),
        "needs": ["N11", "N12"],
        "failed": "place",
        "sector_section": "C",
        "size": "micro",
        "province": "Limburg",
    }
    for _ in range(times):
        UnmetNeed.objects.create(channel="page", catalogue_version="v", **{**usual, **more})


ANSWERS = [
    ({"unmet": True, "route": {"doors": ["loket"]}}, True),
    ({"unmet": False, "route": {"doors": []}}, True),
    ({"unmet": False, "route": None}, True),
    ({"unmet": False, "route": {"doors": ["loket"]}}, False),
    ({"unmet": True, "route": None, "no_need": True}, False),
]


@pytest.mark.parametrize(("answer", "missing"), ANSWERS, ids=[str(i) for i in range(5)])
def test_when_nobody_helps(answer: dict[str, Any], missing: bool) -> None:
    assert nobody_helps(answer) == missing


def test_an_answer_without_a_door_is_noted_once(site: Client, fake: FakeEngine) -> None:
    fake.change = lambda answer: answer["route"].update(doors=[], alternative=None)
    site.post("/resultaat", {"need": NEED})
    site.post("/resultaat", {"need": NEED, "counted": "1"})
    assert UnmetNeed.objects.count() == 1


def offer(kind: str, name: str, *conditions: str, verdict: str = "excluded") -> dict[str, Any]:
    reasons = [{"condition": c, "met": False} for c in conditions]
    return {"type": kind, "id": name, "verdict": verdict, "reasons": reasons}


LOAN = ("instrument", "energielening")
FAILED = [
    ([], ""),
    ([offer(*LOAN, "vlaanderen")], "place"),
    ([offer(*LOAN, "lijst")], "sector"),
    ([offer(*LOAN, "vlaanderen", verdict="fits")], ""),
    ([offer(*LOAN, "gone")], "other"),
    ([offer("organisation", "nobody", "x"), offer(*LOAN, "vlaanderen")], "other"),
]


@pytest.mark.parametrize(("offers", "sort"), FAILED, ids=[str(i) for i in range(len(FAILED))])
def test_which_condition_failed(offers: list[dict[str, Any]], sort: str) -> None:
    assert failed({"offers": offers}) == sort


def counts() -> list[tuple[str, str, str, int]]:
    return [(gap.need, gap.failed, gap.province, gap.count) for gap in gaps()]


def test_four_of_a_kind_are_not_shown_and_five_are() -> None:
    noted(4)
    assert counts() == []
    noted(1)
    assert counts() == [("N11", "place", "Limburg", 5)]


def test_what_is_left_over_is_put_together_from_five_on_and_counted_once() -> None:
    noted(6)
    for province in ("Antwerpen", "Namen"):
        noted(2, province=province)
    assert counts() == [("N11", "place", "Limburg", 6)]
    noted(1, noted_on=date(2026, 12, 1))
    assert counts() == [("N11", "place", "Limburg", 6), ("N11", "place", "*", 5)]


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_says_it_in_words(site: Client, lang: str) -> None:
    address = "/wat-ontbreekt" if lang == "nl" else f"/{lang}/wat-ontbreekt"
    assert "5" in site.get(address).content.decode()
    noted(5)
    noted(5, size="", province="", sector_section="", failed="", needs=["N01"])
    page = html.unescape(site.get(address).content.decode())
    limburg = "Limbourg" if lang == "fr" else "Limburg"
    assert limburg in page
    assert "gaps." not in page


def test_the_page_for_programs(site: Client) -> None:
    noted(5)
    (gap,) = site.get("/wat-ontbreekt", HTTP_ACCEPT="application/json").json()["gaps"]
    assert gap == {
        "need": "N11", "failed": "place", "section": "C", "size": "micro",
        "province": "Limburg", "month": "2026-11", "count": 5,
    }  # fmt: skip
