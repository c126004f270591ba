"""Who says that it is all too much, who no longer knows what to do, and what is too much of papers,
orders or work. The first words of them are alike. None of these sentences is an example.
"""

from __future__ import annotations

import pytest

from baken.kernel.files import own_yaml
from baken.match.distress import DATA, cry, listeners
from baken.match.search import embed_query
from tests.match.asked import ask

CRIES = [
    "je suis au bout du rouleau",
    "je suis complètement au bout du rouleau",
    "je suis à bout de forces",
    "je n'en peux plus du tout",
    "j'en peux plus",
    "je ne tiens plus",
    "je ne tiens plus le coup",
    "je vais craquer",
    "je suis épuisée et je pleure tous les jours",
    "c'en est trop pour moi",
    "je suis dépassée par tout",
    "tout devient trop lourd pour moi",
    "je touche le fond",
    "je n'ai plus la force",
    "je n'ai plus le courage",
    "je suis désespéré",
    "je ne vois plus le bout du tunnel",
    "au secours je n'y arrive plus",
    "het wordt mij allemaal te veel",
    "het wordt mij te veel",
    "'t wordt mij allemaal te veel",
    "twordt me allemaal te veel",
    "het is mij allemaal te veel geworden",
    "alles wordt mij te zwaar",
    "het is allemaal te veel voor mij",
    "kkan ni meer",
    "ik kan echt niet meer",
    "ik kan het niet meer trekken",
    "ik trek het niet meer",
    "ik hou het niet meer vol",
    "ik hou het niet meer uit",
    "ik ga eronderdoor",
    "ik zit er helemaal door",
    "ik zit er onderdoor",
    "ik ben opgebrand",
    "ik zit aan de grond",
    "ik zit diep in de put",
    "ik ben wanhopig",
    "ik zie geen licht meer aan het einde van de tunnel",
    "ik heb er de kracht niet meer voor",
    "ik ben de wanhoop nabij",
    "I can't cope any more",
    "I can't cope anymore",
    "I just can't cope",
    "I cannot cope with this any longer",
    "it is all too much for me",
    "it's all getting too much",
    "everything is too much for me",
    "I can't go on any more",
    "I can't do this anymore",
    "I can't take any more",
    "I'm at my wits' end",
    "I'm at the end of my tether",
    "I'm breaking down",
    "I have hit rock bottom",
    "I am desperate",
    "I am completely worn out and see no way out",
    "I'm exhausted and I cry all the time",
    "I have no strength left",
]
MAYBE = [
    "ik weet het niet meer",
    "ik weet het echt niet meer",
    "kweet het ni meer",
    "ik weet niet meer wat doen",
    "ik weet niet meer waar mijn hoofd staat",
    "ik weet niet meer van welk hout pijlen maken",
    "I don't know any more",
    "I don't know what to do anymore",
    "I just don't know anymore",
    "je ne sais plus",
    "je ne sais plus quoi faire",
    "je ne sais plus où donner de la tête",
    "ik ben kapot",
    "I'm falling apart",
    "je suis vidé",
]
DAMAGE = [
    "my roof collapsed in the storm",
    "mijn dak is ingestort door de storm",
    "mon toit s'est effondré dans la tempête",
    "a storm tore the roof off",
    "de muur van mijn atelier is ingestort",
]
ORDINARY = [
    "my roof collapsed",
    "the ceiling of my shop came down",
    "het dak van mijn loods is ingestort",
    "le plafond du magasin s'est écroulé",
    "mijn verkoop stort in",
    "the market collapsed",
    "ma machine est au bout du rouleau",
    "notre camionnette est au bout du rouleau",
    "mijn bestelwagen is op",
    "mijn computer kan niet meer volgen",
    "de btw wordt mij te veel",
    "de huur wordt mij te duur",
    "het wordt te druk in de keuken",
    "het wordt te warm in mijn atelier",
    "te veel afval",
    "te veel werk",
    "ik heb te veel werk",
    "we hebben te veel bestellingen",
    "too many orders",
    "too much work",
    "trop de travail",
    "nous avons trop de commandes",
    "de administratie wordt mij te veel",
    "al die regels worden mij te veel",
    "la paperasse devient trop lourde",
    "the paperwork is getting too much",
    "I can't cope with the demand",
    "we can't cope with all the orders",
    "nous ne pouvons plus suivre les commandes",
    "ik kan de vraag niet meer aan",
    "mijn installatie kan het niet meer aan",
    "ik kan niet meer wachten op de vergunning",
    "ik kan mijn loods niet meer gebruiken",
    "je ne peux plus livrer",
    "je n'ai plus de stock",
    "j'en ai marre de mon fournisseur",
    "ik ben mijn leverancier beu",
    "I've had enough of my software",
    "ik werk 80 uur per week",
    "I work 80 hours a week",
    "je travaille 80 heures par semaine",
    "ik werk dag en nacht",
    "ik weet niet meer welke premie ik moet kiezen",
    "ik weet het btw-tarief niet meer",
    "je ne sais plus quel logiciel choisir",
    "I don't know which machine to choose any more",
    "I am worn out of my old oven",
    "mijn oven is versleten",
    "we zitten zonder stroom",
    "onze straat zit aan de grond",
    "mijn zaak zit in een dip",
    "we have hit a rock while drilling",
    "the bottom of the tank breaks",
    "mijn personeel kan niet meer volgen",
    "mijn medewerkers zijn uitgeput",
    "my staff is exhausted",
    "mon équipe est épuisée",
    "het is te zwaar om te tillen",
    "de dozen zijn te zwaar",
    "ik ben uitgeput van de administratie",
]


@pytest.mark.parametrize("need", CRIES)
def test_who_says_that_it_is_all_too_much_is_heard(need: str) -> None:
    found = cry(need, embed_query(need))
    assert found is not None and found.sure


@pytest.mark.parametrize("need", MAYBE)
def test_who_no_longer_knows_what_to_do_reads_beside_the_answer_who_listens(need: str) -> None:
    found = cry(need, embed_query(need))
    assert found is not None and not found.sure


@pytest.mark.parametrize("need", ORDINARY)
def test_what_is_too_much_of_work_or_broken_is_no_cry(need: str) -> None:
    found = cry(need, embed_query(need))
    assert found is None or not found.sure


@pytest.mark.parametrize("need", DAMAGE)
def test_a_roof_that_fell_is_nothing_of_a_person(need: str) -> None:
    assert cry(need, embed_query(need)) is None
    assert not ask(need).calls


def test_none_of_these_is_an_example() -> None:
    found = own_yaml(DATA / "distress.yaml")
    examples = {*found["maybe"], *found["other"]}.union(*found["told"].values())
    assert not examples & {*CRIES, *MAYBE, *DAMAGE, *ORDINARY}


def test_what_may_be_a_cry_has_the_numbers_beside_and_its_own_doors() -> None:
    answer = ask("ik weet het niet meer")
    assert answer.urgent is None and answer.calls[0].number == "106"
    assert answer.route.doors and "tele-onthaal" not in answer.route.doors


@pytest.mark.parametrize(
    ("need", "page", "lang"),
    [
        ("suicide", "nl", "nl"),
        ("suicide", "fr", "fr"),
        ("tout me dépasse", "fr", "fr"),
        # the small words tell it, whatever the page or the nearest example
        ("je ne tiens plus", "nl", "fr"),
        ("ik kan niet meer", "fr", "nl"),
        ("I can't go on any more", "fr", "en"),
    ],
)
def test_who_listens_speaks_the_language_of_the_cry_else_of_the_page(
    need: str, page: str, lang: str
) -> None:
    found = cry(need, embed_query(need), page)
    assert found is not None and found.lang == lang
    doors = ask(need, lang=page).route.doors
    assert {("organisation", door) for door in doors} <= listeners(lang)


FLEMISH = {"unizo", "vlaio", "vlaio-bedrijfsadviseurs", "vdab", "dyzo", "fit"}


@pytest.mark.parametrize(
    "need",
    [
        "je ne sais plus",
        "je suis perdu",
        "tout me dépasse",
        "je ne trouve pas de personnel",
        "mes ventes baissent",
        "je veux exporter",
        "je ne peux plus payer mes factures",
    ],
)
def test_a_reader_of_french_who_said_no_place_gets_no_door_of_flanders(need: str) -> None:
    route = ask(need, lang="fr").route
    assert route.doors and not FLEMISH & {*route.doors, route.alternative}


def test_a_reader_of_french_in_ghent_gets_a_door_of_flanders() -> None:
    route = ask("mes ventes baissent", lang="fr", facts={"municipality": "Gent"}).route
    assert FLEMISH & {*route.doors}
