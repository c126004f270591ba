"""The plan and the page side by side tell the room for small aid (de minimis): the firm's own
ceiling, what is left of it, and that nothing is to be asked for where none is.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import FakeEngine
from tests.web.test_together import B, C, measures, page, sent

__all__ = ["measures"]
pytestmark = pytest.mark.django_db


def test_the_room_for_small_aid_is_known_or_said_not_to_be(site: Client) -> None:
    assert "Hoeveel daarvan nog over is, weten we niet." in page(site, B)
    known = page(site, B, received="180.000")
    assert "heb je nog € 120.000 over" in known
    assert "/eli/reg/2023/2831/oj" in known


OWN = [
    ({"nace": "01410"}, "60.000", "van € 50.000 over drie jaar is niets meer over", "1408"),
    ({"nace": "01410"}, "10.000", "van € 50.000 over drie jaar heb je nog € 40.000 over", "1408"),
    ({"nace": "03110"}, "10.000", "van € 30.000 over drie jaar heb je nog € 20.000 over", "717"),
    ({"nace": "10711"}, "60.000", "van € 300.000 over drie jaar heb je nog € 240.000 over", "2831"),
]


@pytest.mark.parametrize(("facts", "received", "says", "act"), OWN)
@pytest.mark.parametrize("at", ["/plan", "/naast-elkaar"])
def test_who_farms_or_fishes_is_told_the_own_ceiling(
    site: Client, at: str, facts: dict[str, str], received: str, says: str, act: str
) -> None:
    told = page(site, B, at=at, facts=json.dumps(facts), received=received)
    assert says in told
    assert f"/{act}/oj" in told
    usual = "Voor landbouw en visserij is het lager." in told
    assert usual == (act == "2831")


@pytest.mark.parametrize("at", ["/plan", "/naast-elkaar"])
def test_where_the_trade_is_not_known_the_lower_ceilings_are_told_too(
    site: Client, at: str
) -> None:
    told = page(site, B, at=at, need="mijn wijngaard beter beveiligen", received="60.000")
    assert "Doe je aan landbouw, dan is het € 50.000; vis je, dan is het € 30.000." in told


def test_a_trade_that_only_the_words_tell_has_its_ceiling_too(site: Client) -> None:
    need = "ik wil mijn melkveebedrijf beter beveiligen tegen hackers"
    assert "van € 50.000 over drie jaar" in page(site, B, need=need, received="0")


@pytest.mark.parametrize(
    ("facts", "received", "left"),
    [
        ({"nace": "10711"}, "300.000", False),
        ({"nace": "10711"}, "60.000", True),
        ({"nace": "01410"}, "60.000", False),
        ({}, "300.000", False),
        ({}, "10.000", True),
        ({}, "60.000", None),
        ({}, "", None),
        ({}, "veel", None),
    ],
)
@pytest.mark.parametrize("at", ["/plan", "/naast-elkaar"])
def test_what_was_typed_tells_whether_there_is_room(
    site: Client, fake: FakeEngine, at: str, facts: dict[str, str], received: str, left: Any
) -> None:
    page(site, B, at=at, facts=json.dumps(facts), received=received)
    assert fake.query["facts"].get("de_minimis_room_left") is left


def test_where_no_room_is_left_nothing_is_to_be_asked_for(site: Client) -> None:
    told = page(site, B, C, received="300.000", costs="20.000")
    assert 'data-label="Hoogstens">€ 0<' in told
    assert (
        "Je ruimte voor kleine steun (de minimis) is op. Dit geeft nu dus niets: Premie B." in told
    )
    assert "Met deze kosten geeft dit niets" not in told
    assert "Vraag dit nu nog niet aan: Premie B." in told
    steps = json.loads(sent(site, "/plan", B, C, accept="application/json", received="300000"))
    says = [s["says"] for term in steps["terms"] for s in term["steps"]]
    assert [s for s in says if "Premie B" in s] == [
        "Vraag dit nu nog niet aan: Premie B. Je ruimte voor kleine steun (de minimis) is op."
    ]
    assert any("Premie C" in s for s in says)


def test_a_measure_without_room_stays_in_the_sum_and_one_that_fits_in_nothing_does_not(
    site: Client, fake: FakeEngine
) -> None:
    """So the amount that was typed can still be mended."""
    before = fake.change

    def shut(reasons: list[str]) -> None:
        def change(answer: dict[str, Any]) -> None:
            before(answer)
            offer = next(o for o in answer["offers"] if o["id"] == B)
            unmet = {"met": False, "unknown_because": None, "source": {}, "says": "Nee."}
            offer |= {"verdict": "excluded", "reasons": [unmet | {"condition": c} for c in reasons]}

        fake.change = change

    shut(["small"])
    told = page(site, B, received="300.000")
    assert 'id="received" name="received" value="300.000"' in told
    assert "Vraag dit nu nog niet aan: Premie B." in told
    shut(["small", "place"])
    told = page(site, B, received="300.000")
    assert 'id="samen"' not in told
    assert "Premie B" not in told[told.index("plan__steps") :]
