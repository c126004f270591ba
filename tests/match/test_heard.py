"""What an owner said: a few words, a record's own words, or a cry for help."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from baken.landscape.catalogue import load_catalogue
from baken.match.distress import cry, listeners
from baken.match.heard import standing_out
from baken.match.search import embed_queries, embed_query
from tests.match.asked import ask


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
@pytest.mark.parametrize(
    "need", ["ik zoek hulp", "hulp", "help", "I need help", "j'ai besoin d'aide", "de en het"]
)
def test_a_text_of_hardly_a_word_is_answered(need, lang):
    answer = ask(need, lang=lang)
    assert answer.route.doors and not answer.no_need


@pytest.mark.parametrize(
    ("need", "lang", "word"),
    [
        ("Ik zie geen reden meer om te leven, mijn zaak is alles kwijt", "nl", "Tele-Onthaal"),
        ("Ik wil er niet meer zijn", "nl", "Tele-Onthaal"),
        ("je n'ai plus envie de vivre, ma boîte coule", "fr", "ligne"),
        ("I want to die, my firm is gone", "en", "Tele-Onthaal"),
    ],
)
def test_who_cannot_go_on_is_told_first_to_talk_to_somebody(need, lang, word):
    answer = ask(need, lang=lang)
    assert word in answer.notices[0]
    listening = {record_id for each in ("nl", "en", "fr") for _, record_id in listeners(each)}
    assert not answer.no_need
    assert answer.offers[0].id in listening and answer.route.doors[0] in listening


@pytest.mark.parametrize(
    "need",
    [
        "onze vrachtwagens rijden halfleeg",
        "wij hebben nog nooit een evacuatie geoefend",
        "iemand die bij mij langskomt en meedenkt",
        "disease in my potatoes",
        "mijn quotum voor tong is bijna op",
    ],
)
def test_what_is_said_as_owners_say_it_is_never_sent_away(need):
    answer = ask(need)
    assert not answer.no_need and answer.offers


@pytest.mark.parametrize(
    ("need", "distress"),
    [
        ("IK WIL ER NIET MEER ZIJN", True),
        ("je n’ai plus envie de vivre", True),
        ("ik zie het niet meer zitten, ik wou dat ik er niet meer was", True),
        ("kzoe beter dood zijn", True),
        ("I do not want to live anymore", True),
        ("my brother wants to end his life because of his company debts", True),
        ("ik ga mij verhangen", True),
        ("mijn collega bakker zegt dat hij dood wil", True),
        ("k wil der ni mer zijn", True),
        ("il parle de se pendre dans l'atelier", True),
        ("nobody would miss me if I was gone", True),
        ("personne ne me regretterait", True),
        ("ik kan niet meer", True),
        ("I can't go on, the shop is eating me up", True),
        ("ik kan mijn rekeningen niet meer betalen", False),
        ("mijn machine is kapot", False),
        ("nous n'en pouvons plus des pannes de notre machine", False),
        ("ik ben failliet en zoek hulp", False),
        ("mijn bijen sterven", False),
        ("iedereen beter af is zonder mij, de zaak is op", True),
        ("ik wil er een einde aan maken", True),
        ("kga der een end an maken", True),
        ("I want to end it all", True),
        ("mon restaurant coule, je veux en finir", True),
        ("mijn man slaat mij en ik moet weg uit de zaak", True),
        ("we maken er een einde aan, de samenwerking met onze leverancier", False),
        ("wij willen een einde aan maken aan de papieren facturen", False),
        ("ik verkoop slaatjes en slaat me geen geld op", False),
        ("je veux en finir avec la paperasse", False),
        ("het is dood in mijn winkel", False),
        ("de baas slaat alarm", False),
        ("ik wil dat mijn zaak er over tien jaar nog is", False),
        ("lessen uit het leven van een bakker", False),
    ],
)
def test_distress_is_heard_without_capitals_or_accents(need: str, distress: bool) -> None:
    found = cry(need, embed_query(need))
    assert (found is not None and found.sure) is distress


def test_who_listens_is_in_the_catalogue() -> None:
    for lang in ("nl", "en", "fr"):
        assert listeners(lang) and listeners(lang) <= set(load_catalogue().by_key)


@pytest.mark.parametrize(
    ("cosines", "above"),
    [([0.8, 0.8, 0.8, 0.9], 1.73), ([0.8, 0.8], 0.0), ([], 0.0)],
)
def test_what_stands_out_lies_far_above_the_others(cosines: list[float], above: float) -> None:
    found = standing_out(np.array(cosines, np.float32))
    assert float(found.max(initial=0.0)) == pytest.approx(above, abs=0.01)


FRESH = yaml.safe_load(
    (Path(__file__).parents[2] / "bench/search/distress_fresh.yaml").read_text(encoding="utf-8")
)


def test_what_a_firm_asks_for_is_no_cry_and_most_cries_are_heard() -> None:
    """Of a second reader, who saw no example."""
    ordinary, cries = (
        [cry(t, vector) for t, vector in zip(FRESH[k], embed_queries(FRESH[k]), strict=True)]
        for k in ("ordinary", "cries")
    )
    assert sum(c is not None and c.sure for c in ordinary) <= len(ordinary) // 100
    assert sum(c is not None for c in cries) >= 0.75 * len(cries)


@pytest.mark.parametrize(
    "need",
    [
        "ik wil groeien",
        "ik wil innoveren",
        "ik heb een idee",
        "ik ben niet failliet maar wil groeien",
        "I want to grow",
        "je veux grandir",
    ],
)
def test_an_ambition_gets_doors_for_a_firm(need: str) -> None:
    answer = ask(need, facts={"municipality": "Gent", "headcount": 4})
    listening = {record_id for each in ("nl", "en", "fr") for _, record_id in listeners(each)}
    assert answer.urgent is None
    assert not listening & {*answer.route.doors, *(offer.id for offer in answer.offers)}


def test_what_may_be_a_cry_names_who_listens_beside_the_answer() -> None:
    answer = ask("mijn zaak is op sterven na dood")
    assert answer.urgent is None and any("1813" in notice for notice in answer.notices)
    assert "tele-onthaal" not in answer.route.doors
