"""What is there for one subject only leads for who has a word of it."""

from __future__ import annotations

import pytest

import baken
from baken.landscape.catalogue import load_catalogue
from baken.match.shared import shared_words
from baken.match.unasked import asked_subjects


@pytest.mark.parametrize(
    ("need", "asked"),
    [
        ("we zoeken een loods in Dendermonde", True),
        ("bedrijfsgrond gezocht", True),
        ("un entrepôt à louer", True),
        ("mijn verkoop daalt", False),
        ("ik wil groeien", False),
    ],
)
def test_who_lays_out_business_parks_leads_for_who_asks_for_a_place(need: str, asked: bool) -> None:
    assert ("premises" in asked_subjects(need)) is asked
    facts = {"municipality": "Dendermonde", "headcount": 4}
    answer = baken.match({"need": need, "as_of": "2026-11-24", "facts": facts})
    assert asked or "dds" not in {*answer.route.doors, *(offer.id for offer in answer.offers)}


@pytest.mark.parametrize(
    ("need", "lang", "asked"),
    [
        ("Ik wil mijn meubels in het buitenland verkopen", "nl", True),
        ("we want to sell in Germany", "en", True),
        ("trouver des clients à l'étranger", "fr", True),
        ("Mijn verkoop daalt, ik wil weer klanten", "nl", False),
        ("my sales are falling", "en", False),
        ("mes ventes baissent", "fr", False),
    ],
)
def test_who_helps_to_sell_abroad_leads_for_who_has_a_word_of_it(
    need: str, lang: str, asked: bool
) -> None:
    facts = {"municipality": "Aalst", "headcount": 4}
    answer = baken.match({"need": need, "lang": lang, "as_of": "2026-11-24", "facts": facts})
    assert ("fit" in {*answer.route.doors, *(offer.id for offer in answer.offers)}) is asked


@pytest.mark.parametrize(
    ("need", "asked"),
    [
        ("wegenwerken voor mijn winkel, ik zie geen klanten meer", True),
        ("de straat ligt open en mijn café is leeg", True),
        ("mijn restaurant verliest klanten", False),
        ("de klanten blijven weg uit mijn winkel", False),
    ],
)
def test_a_premium_for_road_works_is_for_who_tells_of_works(need: str, asked: bool) -> None:
    facts = {"municipality": "Aalst", "headcount": 4}
    answer = baken.match({"need": need, "as_of": "2026-11-24", "facts": facts})
    assert ("hinderpremie" in [offer.id for offer in answer.offers]) is asked


ARREARS = [
    "mijn leveranciers niet meer betalen",
    "na de brand kan ik mijn leveranciers niet meer betalen",
    "ik kan de huur en de bank niet betalen",
    "we geraken niet meer aan het betalen van onze facturen",
    "je n'arrive plus à payer mes fournisseurs",
    "impossible de payer mes fournisseurs",
    "we can't pay our staff any more",
]
DISPUTES = [
    "mijn verzekeraar wil niet betalen",
    "mijn klanten betalen niet",
    "klant betaalt niet",
    "omdat mijn klanten niet betalen",
    "ik kan mijn leveranciers niet betalen omdat de verzekering niet betaalt",
    "ik wil die factuur niet betalen",
    "ik kan geen advocaat betalen",
    "mon assureur refuse de payer",
    "je ne peux plus payer mes fournisseurs, mon client ne paie pas",
    "my insurer won't pay",
]


@pytest.mark.parametrize("need", ARREARS)
def test_a_firm_that_cannot_pay_disagrees_with_nobody(need: str) -> None:
    assert "dispute" not in asked_subjects(need)


@pytest.mark.parametrize("need", DISPUTES)
def test_who_is_not_paid_or_will_not_pay_has_a_dispute(need: str) -> None:
    assert "dispute" in asked_subjects(need)


@pytest.mark.parametrize("lang", ["nl", "fr", "en"])
@pytest.mark.parametrize("place", ["Gent", "Namur"])
def test_after_a_fire_no_ombudsman_settles_own_arrears(lang: str, place: str) -> None:
    need = {
        "nl": "na de brand kan ik mijn leveranciers niet meer betalen",
        "fr": "après l'incendie je ne peux plus payer mes fournisseurs",
        "en": "after the fire I can't pay my suppliers any more",
    }[lang]
    facts = {"municipality": place, "headcount": 4}
    route = baken.match({"need": need, "lang": lang, "as_of": "2026-11-27", "facts": facts}).route
    assert "ombudsman-van-de-verzekeringen" not in {*route.doors, route.alternative}


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("nl", "mijn verzekeraar wil niet betalen"),
        ("fr", "mon assureur refuse de payer"),
        ("en", "my insurer refuses to pay"),
    ],
)
def test_who_is_not_paid_by_an_insurer_finds_its_ombudsman(lang: str, need: str) -> None:
    answer = baken.match({"need": need, "lang": lang, "as_of": "2026-11-27"})
    named = {*answer.route.doors, answer.route.alternative}
    assert "ombudsman-van-de-verzekeringen" in named


UNTROUBLED = {"gerechtelijke-reorganisatie", "ondernemingsrechtbank", "aangifte-faillissement"}
FOR_CLAIMS = {"kredietverzekering", "schuldvordering-indienen"}


@pytest.mark.parametrize(
    ("need", "lang", "town"),
    [
        ("mijn boekhandel kan niet op tegen bol.com en amazon", "nl", "Leuven"),
        ("je veux reprendre la boulangerie de mon patron", "fr", "Dinant"),
        ("ik krijg geen rekening geopend bij een bank", "nl", "Gent"),
        ("een klant schreef een slechte review", "nl", "Gent"),
    ],
)
def test_who_tells_no_trouble_is_offered_no_court_and_no_bankruptcy(
    need: str, lang: str, town: str
) -> None:
    facts = {"municipality": town}
    answer = baken.match({"need": need, "lang": lang, "as_of": "2026-11-27", "facts": facts})
    named = {*answer.route.doors, answer.route.alternative, *(o.id for o in answer.offers)}
    assert not named & (UNTROUBLED | FOR_CLAIMS)


@pytest.mark.parametrize(
    ("need", "offered"),
    [
        ("ik kan mijn rekeningen niet meer betalen", "gerechtelijke-reorganisatie"),
        ("mijn leveranciers dreigen met beslag", "gerechtelijke-reorganisatie"),
        ("mijn klant is failliet en betaalt mij niet", "schuldvordering-indienen"),
        ("kan ik mij indekken tegen slechte betalers", "kredietverzekering"),
    ],
)
def test_who_tells_trouble_or_a_claim_is_offered_what_is_for_it(need: str, offered: str) -> None:
    facts = {"municipality": "Gent"}
    answer = baken.match({"need": need, "as_of": "2026-11-27", "facts": facts})
    assert offered in [offer.id for offer in answer.offers]


@pytest.mark.parametrize(
    ("need", "lang"),
    [
        ("ik krijg geen rekening geopend bij een bank", "nl"),
        ("no bank will open an account for my company", "en"),
        ("aucune banque ne veut ouvrir un compte pour ma société", "fr"),
    ],
)
def test_who_gets_no_account_is_told_of_the_basic_banking_service(need: str, lang: str) -> None:
    answer = baken.match({"need": need, "lang": lang, "as_of": "2026-11-27"})
    assert answer.offers[0].id == "basisbankdienst-ondernemingen"


@pytest.mark.parametrize("word", ["tegen", "ben", "open", "tussen", "zodat"])
def test_a_word_that_tells_nothing_is_no_reason(word: str) -> None:
    for record in load_catalogue().records:
        assert shared_words(record, f"ik {word}") == []


@pytest.mark.parametrize(
    ("need", "lang", "town"),
    [
        ("mijn klanten lopen weg naar de concurrent, ik heb een schoenwinkel", "nl", "Gent"),
        ("mijn patiënten gaan naar een andere kinesist", "nl", "Gent"),
        ("my customers are leaving for a competitor", "en", "Gent"),
        ("mes clients partent chez le concurrent", "fr", "Namur"),
    ],
)
def test_customers_who_leave_are_no_staff(need: str, lang: str, town: str) -> None:
    facts = {"municipality": town}
    answer = baken.match({"need": need, "lang": lang, "as_of": "2026-11-27", "facts": facts})
    assert answer.needs[0].code == "N12"
    assert answer.route.id == "R2"
    assert not {"vdab", "forem", "sociaal-secretariaat"} & {*answer.route.doors}


@pytest.mark.parametrize(
    ("need", "lang", "town"),
    [
        ("ik moet twee mensen ontslaan", "nl", "Gent"),
        ("I have to lay off three people", "en", "Gent"),
        ("je dois licencier deux ouvriers", "fr", "Namur"),
    ],
)
def test_who_must_dismiss_somebody_is_not_sent_to_place_a_vacancy(
    need: str, lang: str, town: str
) -> None:
    facts = {"municipality": town}
    answer = baken.match({"need": need, "lang": lang, "as_of": "2026-11-27", "facts": facts})
    assert answer.route.doors[0] == "sociaal-secretariaat"
    assert not {"vdab", "forem", "federgon"} & {*answer.route.doors, answer.route.alternative}


def test_the_notary_asks_a_financial_plan_of_who_founds_only() -> None:
    record = load_catalogue().by_key["organisation", "notaris"]
    assert record.first_step and "plan" not in record.first_step.nl
    assert record.texts and any("financieel plan" in step.nl for step in record.texts.steps)


@pytest.mark.parametrize(
    ("need", "lang", "town", "named"),
    [
        ("mon champ de pommes de terre est inondé", "fr", "Gembloux", "calamites-agricoles"),
        ("mijn aardappelveld staat onder water", "nl", "Gembloux", "calamites-agricoles"),
        ("nous voulons développer un textile intelligent", "fr", "Mouscron", "centexbel"),
        ("we willen slim textiel ontwikkelen", "nl", "Moeskroen", "centexbel"),
        ("robotiser la soudure", "fr", "Herstal", "sirris"),
        ("wij willen het lassen robotiseren", "nl", "Herstal", "sirris"),
    ],
)
def test_in_wallonia_too_a_field_a_fabric_and_a_weld_find_who_is_for_them(
    need: str, lang: str, town: str, named: str
) -> None:
    facts = {"municipality": town}
    answer = baken.match({"need": need, "lang": lang, "as_of": "2026-11-27", "facts": facts})
    assert named in [offer.id for offer in answer.offers[:5]]
