"""An owner in trouble for whom no door is left reads whom to call, by letter and on the page."""

from __future__ import annotations

import html
from typing import Any

import pytest

from baken.landscape.catalogue import load_catalogue
from baken.refer.model import Kind
from baken.web.handover import store
from baken.web.handover.models import Referral
from baken.web.handover.tick import tick
from baken.web.owner.models import CatalogueRecord
from tests.web.handover.doors import says
from tests.web.handover.following import owners_page
from tests.web.handover.made import at, event, sent

pytestmark = pytest.mark.django_db

DYZO, WALLONIA = "dyzo", "1890"
BRUSSELS = "centrum-ondernemingen-in-moeilijkheden-brussel"
LISTENS = "Weegt het te zwaar? Bel 106 of 1813; in gevaar 112."
OVER = at(14)
"""When the last clock of a crisis has run."""


@pytest.fixture(autouse=True)
def in_the_catalogue(db: None) -> None:
    """Who is there for firms in trouble, as the landscape has them."""
    known = load_catalogue().by_key
    for one in (DYZO, WALLONIA, BRUSSELS):
        record = known["organisation", one]
        CatalogueRecord.objects.create(
            type=record.type, record_id=one, name=record.names.nl,
            json=record.model_dump(mode="json"), version="v1",
        )  # fmt: skip


def in_trouble(to: str = DYZO, **more: Any) -> Referral:
    return sent(to=to, **{"crisis": True, "alternative": "", **more})


def test_the_last_letter_of_a_crisis_names_whom_to_call() -> None:
    row = in_trouble()
    tick(OVER)
    row.refresh_from_db()
    assert row.handling == "expired"
    told = says("door_closed", OVER)
    assert "We kennen geen andere deur voor deze vraag." in told
    assert "Kan je niet wachten? Neem dan vandaag zelf contact op: - Dyzo vzw, https://" in told
    assert "Neem vandaag nog contact op met Dyzo" in told
    assert LISTENS in told
    assert "1890" not in told, "that one is there for Wallonia"


def test_the_page_names_them_too() -> None:
    row = in_trouble()
    tick(OVER)
    page = owners_page(row)
    assert "Kan je niet wachten?" in page
    assert 'href="/aanbod/organisation/dyzo"' in page
    assert 'href="tel:106"' in page and 'href="tel:112"' in page


@pytest.mark.parametrize(
    ("lang", "listens"),
    [
        ("en", "Call 106 (in Dutch) or 107 (in French); in danger 112."),
        ("fr", "Appelez le 107 ou le 0800 32 123 ; en danger, le 112."),
    ],
)
def test_each_language_names_numbers_that_speak_it_first(lang: str, listens: str) -> None:
    in_trouble(lang=lang)
    tick(OVER)
    told = says("door_closed", OVER).replace("\u00a0", " ")
    assert "https://" in told
    assert listens in told


def test_of_a_door_that_is_in_no_region_that_we_know_each_region_is_named() -> None:
    in_trouble("huis-van-raad")
    tick(OVER)
    told = says("door_closed", OVER)
    assert all(name in told for name in ("Dyzo vzw", "Infopunt 1890", "(Beci)"))


def test_nobody_is_told_to_call_who_said_no() -> None:
    row = in_trouble()
    store.record(row.pk, event(Kind.REFUSED, 1, reason="no_room"))
    told = says("refused", at(1.1))
    assert "Dyzo vzw, https" not in told and "Kan je niet wachten?" not in told
    assert LISTENS in told


@pytest.mark.parametrize("more", [{"crisis": False}, {"alternative": BRUSSELS}], ids=str)
def test_who_is_in_no_trouble_or_has_another_door_reads_of_none(more: dict[str, Any]) -> None:
    row = in_trouble(**more)
    tick(at(30))
    told = says("door_closed", at(30))
    page = html.unescape(owners_page(row))
    assert "1813" not in told and "1813" not in page
