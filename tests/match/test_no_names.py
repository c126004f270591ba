"""What stands in brackets behind a name and names nothing is not what the owner names."""

from __future__ import annotations

import pytest

from baken.landscape.catalogue import load_catalogue
from baken.match.named import Names
from tests.match.asked import ask


@pytest.fixture(scope="module")
def names() -> tuple[Names, list[str]]:
    records = list(load_catalogue().by_key.values())
    return Names.of(records), [record.id for record in records]


@pytest.mark.parametrize(
    "said",
    [
        "ik wil online verkopen",
        "klanten bestellen alles online, mijn winkel loopt leeg",
        "online reserveren in mijn restaurant",
        "I want to sell online",
        "vendre en ligne",
        "je cherche un local à Bruxelles",
        "ik zoek een pand in Brussel",
        "de huur van mijn winkel stijgt",
        "we vliegen met drones",
        "un local à Mons ou à Bruxelles",
    ],
)
def test_a_place_or_a_way_names_nothing(names, said):
    assert not names[0].scores(said).any()


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("ik zoek een boekhouder voor mijn zaak", "accountant"),
        ("wat doet de vrederechter bij huur", "vredegerecht"),
        ("FIT", "fit"),
        ("is er een primostarter", "lagere-bijdragen-startende-zelfstandige"),
    ],
)
def test_another_name_in_brackets_names_still(names, said, named):
    scores, ids = names[0].scores(said), names[1]
    assert named in [ids[at] for at in scores.nonzero()[0]]


def test_who_sells_online_is_not_led_to_a_course_of_french():
    for need in ("ik wil online verkopen", "online reserveren in mijn restaurant"):
        answer = ask(need, facts={"municipality": "Turnhout", "headcount": 4})
        assert not any("frans" in offer.id for offer in answer.offers if offer.verdict == "fits")
