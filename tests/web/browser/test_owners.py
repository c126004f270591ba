"""Six invented owners, each from a first page to a question that is sent: at most five answers,
twelve actions and 400 visible words, and to an organisation that is right for them.

With ``BAKEN_OWNERS=FOLDER`` each page of the walks is kept there as a picture (``make owners``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from baken.match.engine import default_engine
from baken.registers.kbo_extract.take import take
from baken.web.catalogue import load_catalogue
from baken.web.handover.models import Referral
from tests.registers.kbo import hand
from tests.web.browser.counting import TELL, WIDTH, Walk, note
from tests.web.browser.test_pages import assert_accessible, assert_no_sideways_scroll
from tests.web.handover.made import receiver

ANSWERS, ACTIONS, WORDS = 5, 12, 400
SUBMIT = ".ask .actions button"
WORKSHOP, FARM = hand.number(1), hand.number(2)


def told(walk: Walk, need: str, where: str, heads: str) -> None:
    """The form in the owner's own words."""
    walk.open("/")
    walk.type("#need", need, TELL)
    walk.type("#where", where)
    walk.type("#heads", heads)
    walk.press(SUBMIT)


def numbered(walk: Walk, need: str, number: str) -> None:
    """The need in words, and the number."""
    walk.open("/")
    walk.type("#need", need, TELL)
    walk.unfold(".more summary")
    walk.type("#kbo", number)
    walk.press(SUBMIT)


def baker(walk: Walk) -> None:
    """A tap on what is most like it, after place and heads."""
    walk.open("/")
    walk.type("#where", "Aalst")
    walk.type("#heads", "4")
    walk.press(".example >> nth=0", answers=1)


def workshop(walk: Walk) -> None:
    """The company number: place, trade and form stand in the register."""
    numbered(walk, "er gaat te veel mis en klanten klagen over de kwaliteit", WORKSHOP)


def designer(walk: Walk) -> None:
    """In words."""
    need = "Ik ontwerp meubels, alleen, en wil ze in het buitenland verkopen."
    told(walk, need, "Gent", "1")


def care(walk: Walk) -> None:
    """A link from the social secretariat, looked over and confirmed."""
    need = "Ons+woonzorgcentrum+vindt+geen+zorgkundigen+en+wil+mensen+opleiden"
    walk.open(f"/start?need={need}&where=Brugge&heads=35&van=je+sociaal+secretariaat", prefilled=3)
    walk.press(SUBMIT, answers=1)


def farmer(walk: Walk) -> None:
    """The company number, in trouble."""
    numbered(walk, "ik kan de sociale bijdragen en mijn leveranciers niet betalen", FARM)


def builder(walk: Walk) -> None:
    """In words, with an idea that nobody can carry out yet."""
    need = (
        "We bouwen machines en willen een nieuw materiaal laten onderzoeken dat nog niemand "
        "kan maken."
    )
    told(walk, need, "Kortrijk", "60")


@dataclass(frozen=True)
class Owner:
    """Who, how they come to an answer, and the door that is right."""

    who: str
    begin: Callable[[Walk], None]
    right: str


OWNERS = [
    Owner("baker, 4 heads", baker, "unizo"),
    Owner("metal workshop", workshop, "sirris"),
    Owner("designer, alone", designer, "fit"),
    Owner("care firm", care, "vivo"),
    Owner("farmer in arrears", farmer, "boeren-op-een-kruispunt"),
    Owner("machine builder, 60 heads", builder, "sirris"),
]


@pytest.fixture
def walk(
    browser: Browser,
    transactional_db: None,
    live_server: Any,
    settings: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Walk]:
    """A phone on the site with the real engine, the whole catalogue and a small register."""
    load_catalogue()
    default_engine()
    for door in {owner.right for owner in OWNERS}:
        receiver(door, name=door)
    settings.BAKEN_KBO = str(_register(tmp_path_factory.mktemp("kbo")))
    size = {"width": WIDTH, "height": 844}
    context = browser.new_context(base_url=live_server.url, viewport=size)
    page = context.new_page()
    page.set_default_timeout(90_000)
    yield Walk(page)
    context.close()


def _register(folder: Path) -> Path:
    firms = [
        (WORKSHOP, "Metaalwerken De Vijl", "3600", "Genk", "25530"),
        (FARM, "De Lage Akker", "8600", "Diksmuide", "01410"),
    ]
    units = [(hand.unit(n), *firm) for n, firm in enumerate(firms, 1)]
    tables = {
        "enterprise": [hand.enterprise(n) for n, _ in enumerate(firms, 1)],
        "establishment": [(unit, "01-02-2015", number) for unit, number, *_ in units],
        "denomination": [hand.named(number, name) for number, name, *_ in firms],
        "address": [
            *(hand.address(number, code, town) for number, _, code, town, _ in firms),
            *(hand.address(unit, code, town, kind="BAET") for unit, _, _, code, town, _ in units),
        ],
        "activity": [(number, "001", "2025", nace, "MAIN") for number, *_, nace in firms],
    }
    take(hand.write(folder / "full", tables), folder / "kbo.sqlite")
    return folder / "kbo.sqlite"


@pytest.mark.parametrize("owner", OWNERS, ids=lambda owner: owner.who)
def test_an_owner_is_handed_over_in_a_few_minutes(walk: Walk, owner: Owner) -> None:
    page = walk.page
    kept = os.environ.get("BAKEN_OWNERS")
    walk.pictures = Path(kept) / owner.begin.__name__ if kept else None
    owner.begin(walk)
    walk.look()
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    door = page.locator(".door").first
    assert door.locator(".door__met li").count(), "no reason is shown"
    assert not door.locator(".group--unmet, .group--not_said").count(), "it may not fit"
    name = door.locator("h3").inner_text()
    told = [page.locator(".doors__why"), *door.locator(".door__met li span:first-of-type").all()]
    why = " ".join(part.inner_text() for part in told)
    walk.press(".door button[name=to]")
    walk.look()
    walk.press("form[action$=bereik] .button")
    walk.look()
    assert_accessible(page)
    walk.type("#phone", "0400 00 00 00")
    walk.tick("input[name=when] >> nth=0")
    walk.press("form[action$=nakijken] .button")
    walk.look()
    walk.press("button[value=send]")
    page.wait_for_url("**/vervolg/**")
    note(owner.who, walk, name, why)
    sent = Referral.objects.get()
    assert sent.receiver.record_id == owner.right, name
    found = walk.own
    assert found.answers <= ANSWERS
    assert found.actions + walk.apart.actions <= ACTIONS
    assert found.words <= WORDS, walk.views
