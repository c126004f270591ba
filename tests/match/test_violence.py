"""Who is beaten, beats or is threatened, and what a firm says in like words, in three languages."""

from __future__ import annotations

import pytest

from baken.match.distress import LIFE, VIOLENCE, cry
from baken.match.search import embed_query
from tests.match.asked import ask
from tests.match.test_cries import LANGS

HURT = {
    "nl": [
        "ksla mijn vrouw en drink te veel",
        "ik heb mijn kinderen geslagen van de stress",
        "mijn man slaat mij en ik moet weg uit de zaak",
        "ik word afgeperst door de maffia",
        "een bende perst mij af, elke maand geld",
        "een bende bedreigt mij en mijn gezin",
        "mijn man mishandelt mij en hij is ook mijn zaakvoerder",
        "mijn vriend doet mij pijn thuis en dreigt mij te vermoorden als ik de zaak verlaat",
    ],
    "en": [
        "I hit my wife and drink too much",
        "my husband beats me and owns half the shop",
        "I am being blackmailed by a gang",
        "we were threatened with a gun in the shop",
        "my husband hurts me and I do the books of his firm",
        "he threatens to kill me if I leave the shop",
    ],
    "fr": [
        "je frappe ma femme et je bois trop",
        "mon mari me frappe",
        "je suis racketté par la mafia",
        "on me menace de mort dans mon café",
        "mon mari me bat et nous tenons un café ensemble",
        "mon mari menace de me tuer si je quitte le magasin",
    ],
}
ORDINARY = [
    "il me bat sur les prix",
    "my competitor beats me on price",
    "mijn vennoot klopt mij op de schouder",
    "il me frappe que personne ne vient à mon magasin",
    "I beat my husband at selling",
    "je bats mes concurrents sur le prix",
    "ik word bedreigd door de concurrentie",
    "ik word afgeperst door de supermarkt met lage prijzen",
    "we are being blackmailed by hackers after a data leak",
    "de supermarkten persen ons af op de prijs",
    "ik word geklopt door de concurrentie",
    "my partner hurts me financially",
    "another bidder beats me to every contract",
]
NO_VIOLENCE = ["ce stress va me tuer", "la dette va me tuer", "je veux me tuer, tout est perdu"]


@pytest.mark.parametrize(("lang", "need"), [(k, text) for k in LANGS for text in HURT[k]])
def test_violence_and_threats_are_heard(lang: str, need: str) -> None:
    found = cry(need, embed_query(need))
    assert found is not None and (found.sure, found.lang, found.kind) == (True, lang, VIOLENCE)


@pytest.mark.parametrize("need", ORDINARY)
def test_what_a_firm_says_in_like_words_is_no_violence(need: str) -> None:
    found = cry(need, embed_query(need))
    assert found is None or not found.sure


@pytest.mark.parametrize("need", NO_VIOLENCE)
def test_what_wears_somebody_out_is_no_violence(need: str) -> None:
    found = cry(need, embed_query(need))
    assert found is not None and found.kind == LIFE


def test_who_is_hurt_is_told_of_danger_and_the_police_and_who_listens_leads() -> None:
    for need in ("ik word afgeperst door de maffia", "ksla mijn vrouw en drink te veel"):
        answer = ask(need)
        assert answer.urgent and "112" in answer.urgent and "politie" in answer.urgent
        assert answer.calls[0].number == "112"
        assert set(answer.route.doors) == {"tele-onthaal", "centrum-algemeen-welzijnswerk"}
        assert [need.code for need in answer.needs] == ["N14"]
        assert not {f"investeringsaftrek-{n}" for n in ("basis", "thematisch")} & {
            o.id for o in answer.offers
        }
