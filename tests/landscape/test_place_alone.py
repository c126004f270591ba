"""A condition that is met by a place alone says no more of the firm than that place.

What is met is told as a fact (*Klopt: Je bakkerij ligt in Vlaanderen*): to a hair salon in
Flanders that is untrue, where the rule looks at the region only. What else the offer asks is a
condition of its own: with a rule, or in words, and then it is asked and never told as met.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from baken.landscape.catalogue import load_catalogue
from baken.landscape.model import Condition
from baken.match.firm import read_firm
from baken.match.verdict import Judge, Judgement
from baken.rules import facts_of
from tests.match.asked import ask

DAY = date(2026, 11, 28)
PLACES = {
    f"{of}_{what}" for of in ("project", "seat") for what in ("region", "province", "municipality")
} | {
    "region", "province", "municipality",
    "establishment_regions", "establishment_provinces", "establishment_municipalities",
}  # fmt: skip
NAMES_MORE = {
    "nl": r"bakker|boer|tuinder|landbouw|veld|percee?l|terrein|logies|café|winkel|horeca|handel"
    r"|pand\b|gebouw|arbeider|werknemer|personeel|afval|produc|fabriek|camping|hotel|kust"
    r"|sociale economie|\bopent\b|^je investeert\b(?! of)|toerist|drone",
    "en": r"bak(?:er|ing)|farm|grower|field|parcel|\bsites?\b|lodging|café|shop|restaurant|premises"
    r"|building|workers|employee|staff|waste|produc|factory|camping|campsite|hotel|coast"
    r"|social economy|\bopen\b|^you invest\b(?! or)|tourist|drone",
    "fr": r"boulang|agric|horti|champ\b|parcelle|terrain|hébergement|café|magasin|commerc|horeca"
    r"|\blocal\b|bâtiment|\bbien\b|ouvrier|travailleur|personnel|déchet|produi|usine|camping"
    r"|hôtel|côte|économie sociale|\bouvrez\b|^vous investissez\b(?! ou)|tourist"
    r"|drone",
}
"""What sentences named beside a place: trades, objects and what happens."""


def named(lang: str, sentence: str) -> list[str]:
    """The words of a sentence that tell more than a place."""
    return re.findall(NAMES_MORE[lang], sentence, re.IGNORECASE)


def met_by_place() -> Iterator[tuple[str, Condition]]:
    """The conditions of the catalogue that a place alone meets, by rule or surely (``met_if``)."""
    catalogue = load_catalogue()
    for record in catalogue:
        rules = catalogue.rules.get((record.type, record.id), {})
        for condition in record.conditions:
            rule = rules.get(condition.id)
            if rule is not None and set(facts_of(rule)) <= PLACES:
                yield f"{record.type}/{record.id}, {condition.id}", condition


def judged(kind: str, record_id: str, **facts: object) -> Judgement:
    catalogue = load_catalogue()
    firm = read_firm(facts, "", DAY, "nl")
    return Judge.of(catalogue)(catalogue.by_key[(kind, record_id)], firm.values, DAY)


def met(judgement: Judgement) -> dict[str, bool | None]:
    return {held.condition.id: held.met for held in judgement.held}


def test_a_condition_met_by_a_place_alone_names_nothing_but_the_place():
    found = list(met_by_place())
    assert len(found) > 300
    more = {
        f"{where}, {lang}: {sentence}": words
        for where, condition in found
        for lang, sentence in condition.says.model_dump().items()
        if sentence and (words := named(lang, sentence))
    }
    assert more == {}


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("nl", "Je bakkerij ligt in Vlaanderen."),
        ("en", "Your bakery is in Flanders."),
        ("fr", "Votre boulangerie est en Flandre."),
        ("nl", "De beschadigde percelen liggen in het Waalse Gewest."),
        ("fr", "Les parcelles endommagées se trouvent en Région wallonne."),
        ("nl", "Je opent een zaak in Kortrijk."),
        ("nl", "Je hebt of opent een zaak in Oostende."),
        ("fr", "Vous avez ou ouvrez une entreprise à Ostende."),
        ("en", "Your premises are in Genk."),
        ("nl", "Je produceert in België."),
        ("nl", "Je project ligt aan de kust (West-Vlaanderen)."),
    ],
)
def test_a_trade_an_object_or_what_happens_is_more_than_a_place(lang, sentence):
    assert named(lang, sentence)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("nl", "Je zaak ligt in Aalst."),
        ("en", "Your firm or your plan is in Bruges."),
        ("fr", "Vous avez un établissement en Région flamande."),
    ],
)
def test_a_firm_and_where_it_is_are_no_more_than_a_place(lang, sentence):
    assert not named(lang, sentence)


PLANNED = re.compile(
    r"of opent|gaat dat doen|of krijgt|have or open|will (?:do so|have)|ou ouvrez|allez le faire"
    r"|ou aurez"
)
"""What a firm will do, beside what it is: asked of nobody."""


def test_no_rule_on_a_place_says_what_the_firm_is_going_to_do_there():
    catalogue = load_catalogue()
    planned = [
        f"{record.type}/{record.id}: {sentence}"
        for record in catalogue
        for condition in record.conditions
        if (rule := catalogue.rules.get((record.type, record.id), {}).get(condition.id))
        if not PLACES.isdisjoint(facts_of(rule))
        for sentence in condition.says.model_dump().values()
        if sentence and PLANNED.search(sentence)
    ]
    assert planned == []


@pytest.mark.parametrize(
    ("lang", "says", "change"),
    [
        ("nl", "Je zaak ligt in Oostende.", "Met een vestiging in Oostende wel, of als je plan"),
        ("en", "Your business is in Ostend.", "or if your plan is there."),
        ("fr", "Votre entreprise est à Ostende.", "ou si votre projet s'y trouve"),
    ],
)
def test_of_a_plan_to_open_there_that_nobody_asked_for_no_no_is_told(lang, says, change):
    answer = ask(
        "", only=["economisch-huis-oostende"], facts={"municipality": "Nieuwpoort"}, lang=lang
    )
    (place,) = [r for o in answer.offers for r in o.reasons if r.condition == "place"]
    assert (place.met, place.says) == (False, says)
    assert change in place.change


def test_a_hair_salon_is_not_told_that_its_bakery_lies_in_flanders():
    salon = judged("organisation", "bakkers-vlaanderen", region="vlaams-gewest", nace="96.21")
    bakery = judged("organisation", "bakkers-vlaanderen", region="vlaams-gewest", nace="10.71")
    unknown = judged("organisation", "bakkers-vlaanderen", region="vlaams-gewest")
    assert (salon.verdict, met(salon)["sector"]) == ("excluded", False)
    assert (bakery.verdict, met(bakery)["sector"]) == ("fits", True)
    assert (unknown.verdict, met(unknown)["sector"]) == ("open", None)


def test_a_workshop_in_wallonia_has_no_damaged_fields_there():
    workshop = judged("instrument", "calamites-agricoles", region="waals-gewest", nace="25.53")
    farm = judged("instrument", "calamites-agricoles", region="waals-gewest", nace="01.13")
    assert (workshop.verdict, met(workshop)["wallonia"]) == ("excluded", None)
    assert (farm.verdict, met(farm)["wallonia"]) == ("fits", None)


def test_who_flies_no_drone_is_asked_and_not_told_so():
    firm = judged("organisation", "dg-luchtvaart", region="vlaams-gewest", nace="62.10")
    assert met(firm)["drone"] is None
