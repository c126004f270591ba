"""A trade is what the firm does: heard only where the words say so of the firm itself."""

from __future__ import annotations

from datetime import date

import pytest

import baken
from baken.match.firm import read_firm
from baken.match.own_trade import own_trades

TOLD = [
    ("ik ben bakker en mijn energiefactuur is te hoog", "bakker"),
    ("Wij zijn een kapsalon en zoeken een leerling", "kapper"),
    ("mijn bakkerij draait op gas", "bakker"),
    ("bakker, ik wil een nieuwe oven", "bakker"),
    ("Als schrijnwerker krijg ik te veel orders", "schrijnwerker"),
    ("ik ben boer en wil een kaasmakerij op de hoeve", "boer"),
    ("mijn winkel verkoopt minder", "winkel"),
    ("Ik heb een frituur in Aalst", "frituur"),
    ("Kan ik als zelfstandig loodgieter een premie krijgen?", "loodgieter"),
    ("Onze drukkerij wil minder papier weggooien", "drukker"),
    ("I am a plumber and I want to hire", "loodgieter"),
    ("Our bakery needs a new oven", "bakker"),
    ("je suis boulanger et mon four est vieux", "bakker"),
    ("Notre restaurant perd des clients", "restaurant"),
    ("Ma banque refuse un prêt pour mon salon de coiffure", "kapper"),
    ("ik zoek een leerjongen voor in mijne garage", "garage"),
    ("landbouwbedrijf kan de leverancier niet meer betalen", "boer"),
    ("We bouwen machines en willen een nieuw materiaal", "machinebouw"),
]
NOT_TOLD = [
    "ik wil zonnepanelen op mijn dak",
    "wij maken machines voor bakkerijen en willen een prototype testen",
    "de wegenwerken voor mijn deur jagen klanten weg",
    "ik zoek een boekhouder",
    "ik wil verkopen aan restaurants",
    "ik ben op zoek naar een loodgieter",
    "mijn boekhouder zegt dat ik moet stoppen",
    "ik heb een elektricien nodig",
    "ik wil een webshop beginnen",
    "naast mijn deur komt een supermarkt",
    "I need an accountant",
    "we sell to hotels and want more of them",
    "je cherche un comptable",
    "nous vendons aux restaurants",
    "als de garage dicht is, kan ik niet werken",
    "Boekhouding, daar verlies ik tijd mee",
    "Transport, alles wordt duurder",
    "mijn boekhoudkantoor antwoordt niet",
    "Boekhouder, ik zoek er een",
    "Supermarkt naast mij, ik verlies klanten",
]
TOLD_APART = [
    ("Wij zijn een familiale slagerij met vijf mensen", "slager"),
    ("ik ben zelfstandig kapster in Genk en wil mijn prijzen verhogen", "kapper"),
    ("Ik ben tandarts en zoek een assistent", "tandarts"),
    ("ons hotel staat in de winter leeg", "hotel"),
    ("Fotograaf in Gent, ik vind te weinig klanten", "fotograaf"),
    ("we hebben een kleine brouwerij en willen uitvoeren", "brouwer"),
    ("hoe kan ik als dakwerker mensen vinden", "dakwerker"),
    ("Mijn apotheek werd overvallen", "apotheek"),
    ("ik baat een café uit en de huur stijgt", "café"),
    ("Ik run een garage en wil elektrische wagens herstellen", "garage"),
    ("I run a small restaurant and my energy bill is too high", "restaurant"),
    ("As a hairdresser I can't find staff", "kapper"),
    ("We are a brewery looking for a new market", "brouwer"),
    ("nous sommes une imprimerie et voulons investir", "drukker"),
    ("En tant que plombier, je manque de temps", "loodgieter"),
]
NOT_TOLD_APART = [
    "de bakker naast mij stopt en ik wil zijn pand kopen",
    "wij leveren aan slagerijen en hotels",
    "ik wil een laadpaal en zonnepanelen voor de wagens",
    "mijn architect is failliet",
    "ik ben klant bij een garage die mij te veel aanrekent",
    "ik ben geen bakker maar wil brood verkopen",
    "we willen een magazijn bouwen",
    "mijn advocaat raadt een minnelijk akkoord aan",
    "iemand opleiden als lasser",
    "we zoeken een aannemer om ons dak te isoleren",
    "wij zijn op zoek naar een notaris",
    "ik wil een website laten maken",
    "my accountant says I owe taxes",
    "I want to open a restaurant next to a hotel",
    "mon avocat ne répond pas",
]

TOLD_OF_WORKERS_AND_OPENING = [
    ("het vriest, mijn metsers kunnen niet werken", "metser"),
    ("onze lassers krijgen te weinig opleiding", "lasser"),
    ("my welders need training", "lasser"),
    ("our hairdressers are leaving", "kapper"),
    ("mes maçons ne peuvent pas travailler", "metser"),
    ("nos soudeurs manquent d'expérience", "lasser"),
    ("j'ouvre une épicerie", "supermarkt"),
    ("J’ouvre une épicerie à Liège", "supermarkt"),
    ("ik open een kapsalon in Aalst", "kapper"),
    ("we gaan een bistro openen", "restaurant"),
    ("I'm opening a bakery", "bakker"),
    ("we started a brewery", "brouwer"),
    ("je vais ouvrir un restaurant", "restaurant"),
    ("je lance un food truck", "foodtruck"),
    ("je reprends une boulangerie", "bakker"),
    ("ik heb een webshop", "webshop"),
]
TOLD_IN_SPOKEN_WORDS = [
    ("kben bakker en mijn oven is kapot", "bakker"),
    ("'k ben kapper", "kapper"),
    ("k heb een frituur in Gent", "frituur"),
    ("kheb een winkel", "winkel"),
    ("heb een garage en vind geen volk", "garage"),
    ("wij zen een slagerij", "slager"),
    ("chuis coiffeur à domicile", "kapper"),
    ("on est une boulangerie", "bakker"),
    ("on tient une boutique de mode", "kledingwinkel"),
    ("im a plumber", "loodgieter"),
    ("I've got a hair salon", "kapper"),
    ("ik ben kapper en heb personeel nodig", "kapper"),
]
TOLD_IN_OTHER_LANGUAGES = [
    ("I run a metal workshop and my customers complain", "metaalbewerking"),
    ("we have a metalworking company", "metaalbewerking"),
    ("Metal workshop in Ghent, complaints about quality", "metaalbewerking"),
    ("nous avons un atelier de métallerie", "metaalbewerking"),
    ("j'ai un atelier de métal", "metaalbewerking"),
    ("mon atelier de menuiserie manque de place", "schrijnwerker"),
    ("my grocery store loses customers", "supermarkt"),
    ("my pub is empty", "café"),
    ("my construction company has no orders", "aannemer"),
    ("we are a home care organisation", "thuiszorg"),
    ("wij zijn een thuiszorgorganisatie", "thuiszorg"),
    ("nous sommes des menuisiers", "schrijnwerker"),
    ("nous sommes une société de transport", "transport"),
    ("je suis une infirmière indépendante", "thuisverpleging"),
    ("As bakers we need energy", "bakker"),
]
TOLD_OF_WORK_IN_METAL = [
    ("nos clients se plaignent de la qualité de nos pièces métalliques", "metaalbewerking"),
    ("nos clients se plaignent de nos pièces usinées en métal", "metaalbewerking"),
    ("atelier de travail des métaux, nos clients se plaignent", "metaalbewerking"),
    ("nous usinons des pièces et les rebuts augmentent", "metaalbewerking"),
    ("mon entreprise de chaudronnerie reçoit des plaintes", "metaalbewerking"),
    ("nous faisons de la tôlerie", "metaalbewerking"),
    ("mon atelier d'usinage perd des clients", "draaier"),
    ("klanten klagen over de kwaliteit van onze metalen stukken", "metaalbewerking"),
    ("wij plooien plaatwerk en hebben te veel uitval", "metaalbewerking"),
    ("customers complain about our metal parts", "metaalbewerking"),
    ("we machine steel and have too much scrap", "metaalbewerking"),
]
TOLD_OF_THE_FAMILY = [
    ("de bakkerij van mijn vader verliest klanten", "bakker"),
    ("mijn vader zijn garage is te klein", "garage"),
    ("my parents' bakery loses customers", "bakker"),
    ("la ferme de mon père perd de l'argent", "boer"),
]
IF_AND_OTHERS = [
    "als aannemers te duur zijn, wat kan ik dan doen",
    "als loodgieters niet komen opdagen",
    "als een loodgieter niet komt",
    "als een elektricien te duur is wil ik het zelf doen",
    "als restaurants sluiten verlies ik klanten",
    "als transport duurder wordt",
    "as plumbers are scarce, we wait",
    "comme les boulangers sont chers",
    "mijn aannemers zijn te laat",
    "mijn boekhouders zeggen dat het slecht gaat",
    "mijn loodgieter komt niet",
    "my law firm sends me bills",
    "my insurance agency does not answer",
    "mon agence bancaire refuse",
    "ik start een webshop",
    "mes comptables disent que ça va mal",
    "ik koop de winkel van mijn buurman",
    "de boekhouder van mijn vader zegt dat het slecht gaat",
    "ik concurreer met de bakkerij van mijn broer",
    "nos pièces métalliques viennent d'un fournisseur en retard",
    "nous achetons nos pièces usinées",
    "mes étagères métalliques rouillent",
    "je cherche un atelier d'usinage",
    "mon usine est trop petite",
    "onze metalen onderdelen komen van een leverancier",
    "we work in a steel building",
]


@pytest.mark.parametrize(
    ("text", "trade"),
    TOLD_OF_WORKERS_AND_OPENING
    + TOLD_IN_SPOKEN_WORDS
    + TOLD_IN_OTHER_LANGUAGES
    + TOLD_OF_WORK_IN_METAL
    + TOLD_OF_THE_FAMILY,
)
def test_a_trade_is_heard_of_its_workers_spoken_and_in_other_languages(
    text: str, trade: str
) -> None:
    assert [t.word for t in own_trades(text)] == [trade]


@pytest.mark.parametrize("text", IF_AND_OTHERS)
def test_what_happens_if_others_do_something_is_no_trade(text: str) -> None:
    assert own_trades(text) == []


@pytest.mark.parametrize(("text", "trade"), TOLD)
def test_what_a_firm_says_of_itself_is_its_trade(text: str, trade: str) -> None:
    assert [t.word for t in own_trades(text)] == [trade]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_is_sought_bought_or_next_door_is_no_trade(text: str) -> None:
    assert own_trades(text) == []


@pytest.mark.parametrize(("text", "trade"), TOLD_APART)
def test_what_a_firm_says_of_itself_in_texts_kept_apart(text: str, trade: str) -> None:
    assert [t.word for t in own_trades(text)] == [trade]


@pytest.mark.parametrize("text", NOT_TOLD_APART)
def test_what_is_no_trade_in_texts_kept_apart(text: str) -> None:
    assert own_trades(text) == []


@pytest.mark.parametrize(
    ("need", "lang", "label"),
    [
        ("ik ben bakker", "nl", "brood en gebak"),
        ("my bakery", "en", "bread and pastry"),
        ("ik ben boer", "nl", "landbouw"),
        ("je suis agriculteur", "fr", "agriculture"),
        ("mijn winkel verkoopt minder", "nl", "winkel"),
        (
            "ma boutique de fleurs vend moins",
            "fr",
            "Commerce de détail de fleurs, de plantes, de graines et d'engrais",
        ),
        ("ma boutique vend moins", "fr", "magasin"),
        ("ik wil zonnepanelen op mijn dak", "nl", None),
    ],
)
def test_the_trade_is_told_by_a_plain_label(need: str, lang: str, label: str | None) -> None:
    assert read_firm({}, need, date(2026, 11, 26), lang).trade_label == label


def test_who_takes_the_trade_away_does_not_get_it_back() -> None:
    query = {"need": "ik ben bakker en mijn energiefactuur is te hoog", "as_of": "2026-11-26"}
    assert baken.match(query).heard_trade == "brood en gebak"
    assert baken.match(query | {"asked": ["sector"]}).heard_trade is None
