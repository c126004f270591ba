"""What owners say in other words than the lists had: staff of any trade, whom a product is sold to,
works, contributions, customers abroad, care, and what a farm grows. None of these is a lesson.
"""

from __future__ import annotations

import pytest

from baken.match.dialect import written
from baken.match.first_named import tells_care
from baken.match.no_work import tells_no_work, tells_of_staff
from baken.match.own_trade import own_trades
from baken.match.told import told_in
from tests.match.asked import ask

HIRING = {"vdab", "ibo", "forem", "actiris", "individuele-beroepsopleiding-brussel"}


def led(answer):
    """Ids of the doors and of the offers that may lead."""
    doors = {d for d in (*answer.route.doors, answer.route.alternative) if d}
    return doors | {o.id for o in answer.offers if o.leads}


IDLE = [
    ("nl", "te weinig werk voor onze vijf lassers"),
    ("nl", "geen werk meer voor mijn drie naaisters"),
    ("nl", "mijn chauffeurs hebben niets te doen, de ritten vallen weg"),
    ("nl", "onze twee schilders zitten zonder werk, wat nu"),
    ("nl", "bijna geen klussen voor mijn 4 loodgieters"),
    ("en", "my drivers have hardly any work"),
    ("en", "our six seamstresses have not enough work"),
    ("en", "my welders don't have enough work this month"),
    ("fr", "mes couturières n'ont presque plus de travail"),
    ("fr", "plus assez de commandes pour mes trois soudeurs"),
]


@pytest.mark.parametrize(("lang", "need"), IDLE)
def test_people_of_any_trade_and_of_any_number_without_work_are_staff(lang: str, need: str) -> None:
    answer = ask(need, lang=lang)
    assert answer.offers[0].id == "tijdelijke-werkloosheid"
    assert not led(answer) & HIRING


NOT_IDLE = [
    "ik vind geen lassers",
    "mijn klanten hebben geen werk",
    "mijn huurders hebben niets te doen",
    "our customers have no work for us",
    "mijn drie kappers hebben te veel werk",
    "my drivers have enough work",
    "er is geen werk voor jonge architecten",
    "mes clients n'ont plus de travail",
    "mijn chauffeurs hebben weinig ervaring",
]


@pytest.mark.parametrize("need", NOT_IDLE)
def test_others_without_work_or_staff_with_it_are_no_idle_staff(need: str) -> None:
    assert not tells_no_work(need)


SOLD_TO = [
    ("nl", "wij telen witloof en willen rechtstreeks aan restaurants verkopen"),
    ("nl", "ik wil mijn vis aan restaurants verkopen"),
    ("nl", "ik wil mijn kaas aan hotels verkopen"),
    ("nl", "hoe verkoop ik mijn koffie aan een café"),
    ("fr", "nous voulons vendre nos glaces aux restaurants"),
    ("fr", "je veux vendre mon pain à des hôtels"),
    ("en", "we want to sell our ice cream to restaurants"),
]


@pytest.mark.parametrize(("lang", "need"), SOLD_TO)
def test_who_sells_to_a_restaurant_sells_no_firm(lang: str, need: str) -> None:
    answer = ask(need, lang=lang)
    assert answer.needs[0].code == "N12"
    assert "dyzo" not in [o.id for o in answer.offers[:3]]


@pytest.mark.parametrize("need", [
    "ik wil mijn restaurant verkopen aan mijn kok",
    "ik wil mijn zaak aan een restaurant verkopen",
    "ik wil mijn brouwerij verkopen aan een hotel",
    "je veux vendre mon magasin à un restaurant",
    "ik lever aan restaurants",
])  # fmt: skip
def test_who_sells_the_firm_or_only_delivers_is_left_as_it_is_said(need: str) -> None:
    assert written(need) == need


CONTRIBUTIONS = [
    ("en", "I am a butcher and can no longer pay social security for my staff nor my rent"),
    ("en", "we cannot pay the contributions for our employees any more"),
    ("fr", "je ne peux plus payer l'ONSS ni mon loyer"),
    ("nl", "ik kan de RSZ van mijn personeel niet meer betalen"),
]


@pytest.mark.parametrize(("lang", "need"), CONTRIBUTIONS)
def test_contributions_that_cannot_be_paid_have_a_payment_plan(lang: str, need: str) -> None:
    answer = ask(need, lang=lang)
    assert answer.route.id == "R1"
    assert "afbetalingsplan-rsz-bijdragen" in [o.id for o in answer.offers[:3]]


WORKS = [
    ("nl", "de gemeente breekt ons plein open en mijn terras staat leeg"),
    ("nl", "sinds ze de straat openbreken komt er niemand meer in mijn winkel"),
    ("nl", "ze gooien de markt open en mijn café blijft leeg"),
    ("en", "the council is digging up our square and my terrace is empty"),
    ("fr", "la commune éventre notre place et ma terrasse est vide"),
]


@pytest.mark.parametrize(("lang", "need"), WORKS)
def test_a_street_or_square_that_is_opened_is_works_and_no_weather(lang: str, need: str) -> None:
    answer = ask(need, lang=lang)
    assert answer.heard_values == {"event": ["road_works"]}
    assert "tijdelijke-werkloosheid-slecht-weer" not in led(answer)
    if lang == "nl":
        assert "hinderpremie" in [o.id for o in answer.offers[:2]]


@pytest.mark.parametrize("need", [
    "onze winkel in de dorpsstraat ligt open voor klanten",
    "als ze de straat openbreken verlies ik klanten",
    "de markt is elke zondag open",
])  # fmt: skip
def test_a_market_that_is_open_or_works_that_are_feared_are_no_works(need: str) -> None:
    assert "event" not in told_in(need, ["N14"])


ABROAD = [
    ("nl", "mijn klant in Duitsland betaalt zijn facturen niet"),
    ("en", "a customer in France does not pay my invoices"),
    ("fr", "mon client aux Pays-Bas ne paie pas ses factures"),
]


@pytest.mark.parametrize(("lang", "need"), ABROAD)
def test_of_a_customer_abroad_nothing_collects_that_is_for_belgium(lang: str, need: str) -> None:
    answer = ask(need, lang=lang)
    assert "advocaat" in [o.id for o in answer.offers[:3]]
    assert not led(answer) & {"fit", "invordering-onbetwiste-schulden"}


CARE = [
    ("en", "my wife is ill and I run the tea room alone"),
    ("nl", "mijn vader is ziek en ik moet de winkel alleen doen"),
    ("fr", "ma femme est malade et je tiens seul le salon de thé"),
]


@pytest.mark.parametrize(("lang", "need"), CARE)
def test_who_cares_for_somebody_ill_is_not_ill(lang: str, need: str) -> None:
    answer = ask(need, lang=lang)
    assert answer.offers[0].id == "mantelzorguitkering-zelfstandigen"
    assert "ziekte-uitkering-zelfstandigen" not in led(answer)


@pytest.mark.parametrize("need", [
    "mijn man is ziek en ik neem zijn zaak over",
    "ik ben ziek en mijn vrouw doet de winkel",
    "mijn medewerker is ziek en ik sta alleen",
])  # fmt: skip
def test_who_is_ill_or_takes_over_for_somebody_ill_is_no_carer(need: str) -> None:
    assert not tells_care(need)


GROWN = [
    ("wij telen aardbeien en de hagel heeft alles vernield", "01.25"),
    ("nous cultivons des fraises et la grêle a tout détruit", "01.25"),
    ("we grow strawberries and hail destroyed everything", "01.25"),
    ("ik kweek witloof", "01.13"),
    ("we grow potatoes near Ypres", "01.1"),
]


@pytest.mark.parametrize(("need", "code"), GROWN)
def test_what_somebody_says_to_grow_tells_a_farm(need: str, code: str) -> None:
    (trade,) = own_trades(need)
    assert code.replace(".", "") in "".join(trade.prefixes).replace(".", "")


@pytest.mark.parametrize("need", ["mijn aardbeien verkopen niet in de winkel", "we grow fast"])
def test_what_is_only_sold_or_does_not_grow_in_a_field_tells_none(need: str) -> None:
    assert own_trades(need) == []


STAFF = [
    "werknemer zegt dat de chef haar betast", "een werknemer is gepakt op stelen uit de kassa",
    "een boze klant bedreigt mijn personeel", "mijn kapster is zwanger",
    "one of my employees steals", "un employé vole dans la caisse",
]  # fmt: skip


@pytest.mark.parametrize("need", STAFF)
def test_what_goes_on_with_the_staff_leads_to_nobody_who_finds_people(need: str) -> None:
    answer = ask(need, facts={"municipality": "Gent"})
    assert answer.route is not None and "vdab" not in answer.route.doors


@pytest.mark.parametrize(
    "need", ["ik zoek een vervanger voor mijn zwangere werkneemster", "personeel", "ik ben zwanger"]
)
def test_who_seeks_somebody_tells_of_nothing_among_the_staff(need: str) -> None:
    assert not tells_of_staff(need)


DOORS = [
    ("bouwvergunning geweigerd", "omgevingsloket", "arbeidsrechtbank"),
    ("permis d'urbanisme refusé", "omgevingsloket", "arbeidsrechtbank"),
    ("valt mijn bedrijf onder nis2", "centrum-voor-cybersecurity-belgie", "zelfmoordlijn"),
    ("mijn boekhouder zegt dat ik de boeken moet neerleggen", "dyzo", "zelfmoordlijn"),
    ("fiscus heeft beslag gelegd op mijn rekening", "dyzo", "vdab"),
    ("een collega-bakker ging failliet, kan ik zijn oven overkopen?", "accountant", "dyzo"),
    ("mijn vennoot is gestorven, wat nu met de bv", "accountant", "zelfmoordlijn"),
]


@pytest.mark.parametrize(("need", "first", "never"), DOORS)
def test_these_words_lead_there(need: str, first: str, never: str) -> None:
    answer = ask(need, facts={"municipality": "Gent"})
    assert answer.route is not None
    assert answer.route.doors[0] == first and never not in answer.route.doors
