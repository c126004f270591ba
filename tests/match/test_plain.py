"""Plain short needs lead to their need and to a door for it, in each language and region.

None of these sentences is one that the reading of needs learned from.
"""

from __future__ import annotations

import pytest

import baken
from baken.landscape.catalogue import load_catalogue
from baken.match.advised import load_advised
from baken.match.topics import TOPICS
from baken.needs import load_statements

PLACES = {"G": "Gent", "H": "Hasselt", "N": "Namur", "I": "Ixelles"}
MARKET = {"unizo", "vlaio-bedrijfsadviseurs", "ucm", "1890", "groupe-one", "hub-brussels"}
LABOUR = {"vdab", "forem", "actiris"}
ABROAD = {"fit", "awex", "hub-brussels"}
NETS = {"dyzo", "1890", "centrum-ondernemingen-in-moeilijkheden-brussel"}
CASES = [
    # the need, the language, the places, the need understood, the first doors that are right
    ("mijn verkoop gaat achteruit", "nl", "GH", "N12", MARKET),
    ("we verkopen elke maand minder", "nl", "GH", "N12", MARKET),
    ("er komt minder volk in de winkel", "nl", "GH", "N12", MARKET),
    ("my sales are falling", "en", "GI", "N12", MARKET),
    ("mon chiffre d'affaires diminue", "fr", "NI", "N12", MARKET),
    ("klanten lopen weg naar de supermarkt", "nl", "H", "N12", MARKET),
    ("ik vind geen metser", "nl", "GH", "N13", LABOUR),
    ("I can't find a hairdresser for my salon", "en", "GI", "N13", LABOUR),
    ("je ne trouve pas de cuisinier", "fr", "NI", "N13", LABOUR),
    ("kapper, gasfactuur te hoog", "nl", "GH", "N11", MARKET),
    ("our energy bill is too high", "en", "GI", "N11", MARKET),
    ("ma facture de gaz est trop lourde", "fr", "NI", "N11", MARKET),
    ("I want to sell abroad", "en", "GI", "N12", ABROAD),
    ("je veux exporter", "fr", "NI", "N12", ABROAD),
    ("ik kan mijn facturen niet meer betalen", "nl", "GH", "N14", NETS),
    ("Je ne peux plus payer mes factures", "fr", "NI", "N14", NETS),
    ("landbouwbedrijf kan de leverancier en de bank niet meer betalen", "nl", "G", "N14",
     {"boeren-op-een-kruispunt"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("need", "lang", "place", "code", "doors"),
    [
        pytest.param(need, lang, PLACES[p], code, doors, id=f"{need[:40]}-{p}")
        for need, lang, places, code, doors in CASES
        for p in places
    ],
)
def test_a_plain_need_leads_to_a_door_for_it(
    need: str, lang: str, place: str, code: str, doors: set[str]
) -> None:
    facts = {"municipality": place, "headcount": 4}
    answer = baken.match({"need": need, "facts": facts, "lang": lang, "as_of": "2026-11-26"})
    assert answer.needs[0].code == code
    assert answer.route.doors[0] in doors


def test_none_of_these_is_a_lesson() -> None:
    lessons = {s.need.casefold() for s in load_statements()} | {
        a.need.casefold() for a in load_advised()
    }
    assert not lessons & {need.casefold() for need, *_ in CASES}


@pytest.mark.parametrize(
    ("need", "place", "never"),
    [
        # the opposite purpose, a course of something else, another sector
        ("Ik vind geen personeel", "Hasselt", "tijdelijke-werkloosheid"),
        ("I can't find staff, or my people need to learn", "Gent", "frans-voor-beginners-online"),
        ("mes ventes baissent", "Ixelles", "premie-overdracht-overname-brussel"),
        ("klanten lopen weg naar de supermarkt", "Hasselt", "hinderpremie"),
        ("kapper, energiefactuur te hoog", "Gent", "bakkers-vlaanderen"),
    ],
)
def test_what_is_for_something_else_never_stands_in_the_first_sentence(
    need: str, place: str, never: str
) -> None:
    assert load_catalogue().find(never)
    facts = {"municipality": place, "headcount": 4}
    answer = baken.match({"need": need, "facts": facts, "as_of": "2026-11-26", "limit": 20})
    assert never not in [*answer.route.doors, answer.route.alternative]
    assert never not in {o.id for o in answer.offers if o.leads}


def test_a_course_that_the_owner_names_may_lead() -> None:
    answer = baken.match({"need": "een cursus Frans voor mijn winkel", "as_of": "2026-11-26"})
    assert "frans-voor-beginners-online" in {o.id for o in answer.offers if o.leads}


BRIEF = [
    "Ik kan mijn rekeningen niet betalen",
    "Ik zoek personeel of opleiding",
    "Klanten klagen over de kwaliteit",
    "mijn energie kost te veel",
    "ik vind geen personeel",
]


WRITTEN_BY_THE_SITE = [
    "Mijn grootste klant koopt niets meer en mijn verkoop zakt. Hoe vind ik nieuwe klanten en "
    "markten?",
    "I get more complaints and send more credit notes. How do I solve a quality problem in my "
    "product or way of working?",
    "Mes ventes varient beaucoup et je ne peux pas planifier. Qui peut analyser mon entreprise ?",
    "Je veux mieux savoir ce que veulent mes clients et trouver de nouveaux clients",
    "Je cherche du personnel ou une formation",
]


def of_one_sector(need: str, facts: dict[str, object]) -> set[str]:
    """Which of the first five offers are for one sector only."""
    answer = baken.match({"need": need, "facts": facts, "as_of": "2026-11-26"})
    records = load_catalogue().by_key
    usable = [o for o in answer.offers if o.verdict != "excluded"][:5]
    return {o.id for o in usable if not TOPICS & set(records[o.type, o.id].themes)}


@pytest.mark.parametrize("facts", [{}, {"municipality": "Gent", "headcount": 12}])
@pytest.mark.parametrize("need", [*BRIEF, *WRITTEN_BY_THE_SITE])
def test_nothing_of_one_sector_comes_first_on_words_that_tell_no_trade(
    need: str, facts: dict[str, object]
) -> None:
    assert of_one_sector(need, facts) == set()


@pytest.mark.parametrize(
    ("need", "facts"),
    [
        ("Ik zoek personeel of opleiding", {"municipality": "Gent", "sector": "bakker"}),
        ("ik zoek personeel of opleiding voor mijn bakkerij", {"municipality": "Gent"}),
        ("wood.be", {}),
    ],
    ids=["told", "heard", "named"],
)
def test_it_does_where_the_sector_is_known_or_the_record_is_named(
    need: str, facts: dict[str, object]
) -> None:
    assert of_one_sector(need, facts)


NUMBER = "0403.170.701"
STOPPED = {"kbo": NUMBER, "active_in_kbo": False}


@pytest.mark.parametrize(
    "over",
    [{"insolvency": True}, {"event": ["bankruptcy"]}, STOPPED],
    ids=["wound up", "bankrupt", "stopped"],
)
@pytest.mark.parametrize(
    "need",
    ["mijn oven verbruikt te veel", "mijn energierekening is te hoog", "ik wil een machine kopen",
     "ecologiepremie", "ik zoek personeel"],
)  # fmt: skip
def test_who_is_bankrupt_or_stopped_reads_of_no_aid_for_working_firms_in_the_first_sentence(
    need: str, over: dict[str, object]
) -> None:
    facts = {"municipality": "Gent"}
    working = baken.match({"need": need, "facts": facts, "as_of": "2026-11-26", "limit": 20})
    assert any(o.leads for o in working.offers)
    answer = baken.match(
        {"need": need, "facts": {**facts, **over}, "as_of": "2026-11-26", "limit": 20}
    )
    assert not {o.id for o in answer.offers if o.leads} - LAST_RESORT


@pytest.mark.parametrize(
    "over",
    [{"insolvency": True}, {"event": ["bankruptcy"]}, STOPPED],
    ids=["wound up", "bankrupt", "stopped"],
)
@pytest.mark.parametrize(
    "need",
    ["ik wil investeren in een nieuwe oven", "I want a loan for a machine",
     "je veux exporter", "mijn energierekening is te hoog", "wij zoeken een prototype"],
)  # fmt: skip
def test_who_is_bankrupt_or_stopped_is_offered_no_aid_for_working_firms(
    need: str, over: dict[str, object]
) -> None:
    query = {"need": need, "facts": {"municipality": "Gent", **over}, "as_of": "2026-11-26"}
    answer = baken.match({**query, "limit": 20})
    records = load_catalogue().by_key
    shown = [records[o.type, o.id] for o in answer.offers]
    assert shown
    aid = [r.id for r in shown if r.type != "organisation" and not {"N14", "N01"} & set(r.needs)]
    assert aid == []
    assert "pmv" not in {r.id for r in shown} | set(answer.route.doors)


def test_who_is_bankrupt_is_led_to_what_is_for_that() -> None:
    facts = {"insolvency": True, "municipality": "Gent"}
    need = "ik ben failliet en heb schulden"
    answer = baken.match({"need": need, "facts": facts, "as_of": "2026-11-26"})
    assert answer.route.id == "R1"
    assert any(o.leads for o in answer.offers)


@pytest.mark.parametrize(
    ("facts", "asked", "doubted"),
    [
        # the register says that the firm stopped: that comes first, until its owner told
        (STOPPED, [], True),
        (STOPPED, ["active_in_kbo"], False),
        # active, or not yet begun and without a number
        ({**STOPPED, "active_in_kbo": True}, [], False),
        ({"active_in_kbo": False}, [], False),
    ],
)
def test_a_firm_that_stopped_by_the_register_is_asked_first_whether_that_is_right(
    facts: dict[str, object], asked: list[str], doubted: bool
) -> None:
    answer = baken.match(
        {"need": "mijn oven verbruikt te veel", "facts": facts, "asked": asked,
         "as_of": "2026-11-26"}
    )  # fmt: skip
    assert ("gestopt" in (answer.doubt or "")) == doubted
    assert (answer.next_question.fact == "active_in_kbo") == doubted


LAST_RESORT = {"ondernemingsrechtbank", "gerechtelijke-reorganisatie", "dyzo", "koim"}
LEARNING = {"kmo-portefeuille-opleiding", "ondernemerslabs-voor-groei"}


@pytest.mark.parametrize(
    ("need", "facts", "within"),
    [
        # sales fall, nothing of trouble or of people
        ("Mijn verkoop daalt", {}, set()),
        ("mijn omzet daalt", {}, set()),
        ("mijn omzet daalt", {"municipality": "Gent", "headcount": 4}, set()),
        ("my sales are falling", {"municipality": "Gent"}, set()),
        ("we verkopen elke maand minder", {"municipality": "Hasselt"}, set()),
        # trouble is told: by words, by a fact
        ("mijn verkoop daalt, ik kan mijn leveranciers niet meer betalen", {}, LAST_RESORT),
        ("ik word gedagvaard door schuldeisers", {}, LAST_RESORT),
        ("ik wil mijn faillissement aanvragen", {}, LAST_RESORT),
        # people are told
        ("mijn verkopers moeten beter leren verkopen", {}, LEARNING),
    ],
)
def test_what_nobody_asked_for_is_no_offer(
    need: str, facts: dict[str, object], within: set[str]
) -> None:
    """A last resort is for who tells of trouble, learning for who tells of people."""
    answer = baken.match({"need": need, "facts": facts, "as_of": "2026-11-26", "limit": 8})
    first = {o.id for o in answer.offers[:8]}
    shown = {o.id for o in answer.offers[:6]} | set(answer.route.doors)
    assert not shown & ((LAST_RESORT | LEARNING) - within)
    assert not {o.id for o in answer.offers if o.leads} & ((LAST_RESORT | LEARNING) - within)
    assert bool(first & within) == bool(within)


@pytest.mark.parametrize(
    ("facts", "kept"),
    [({}, False), ({"in_difficulty": True}, True), ({"social_debt_overdue": True}, True)],
)
def test_a_fact_that_tells_of_trouble_keeps_the_safety_net_near(
    facts: dict[str, object], kept: bool
) -> None:
    query = {"need": "Mijn verkoop daalt", "facts": facts, "as_of": "2026-11-26", "limit": 15}
    answer = baken.match(query)
    assert (answer.route.id == "R1") == kept
    assert bool({o.id for o in answer.offers} & {"dyzo", "ondernemingsrechtbank"}) == kept


@pytest.mark.parametrize(
    ("need", "lang", "door"),
    [
        # no need stands out: who answers every question
        ("mijn dak lekt", "nl", {"unizo", "vlaio-bedrijfsadviseurs"}),
        ("leaking roof", "en", {"unizo", "vlaio-bedrijfsadviseurs"}),
        ("le toit de mon atelier fuit", "fr", {"unizo", "vlaio-bedrijfsadviseurs", "accountant"}),
        ("mijn toog is versleten", "nl", {"unizo", "vlaio-bedrijfsadviseurs"}),
        ("mijn koelcel is stuk", "nl", {"unizo", "vlaio-bedrijfsadviseurs"}),
        # what is worn asks for money to renew it
        ("de keuken van mijn restaurant is versleten", "nl", {"horeca-vlaanderen", "unizo"}),
        ("the kitchen of my restaurant is worn out", "en", {"horeca-vlaanderen", "unizo"}),
        ("la cuisine de mon restaurant est usée", "fr", {"horeca-vlaanderen", "unizo"}),
        # an adviser before the hub for artificial intelligence, unless that is asked
        ("software voor de planning van thuiszorg", "nl", {"vlaio-bedrijfsadviseurs"}),
        ("home care planning software", "en", {"vlaio-bedrijfsadviseurs"}),
        ("kassasysteem voor mijn winkel", "nl", {"vlaio-bedrijfsadviseurs", "unizo"}),
        ("wij willen AI gebruiken om foto's te sorteren", "nl", {"flanders-ai-edih"}),
        ("ik wil een webshop", "nl", {"vlaio-bedrijfsadviseurs", "unizo"}),
    ],
)
def test_what_is_not_clear_goes_to_who_answers_every_question(
    need: str, lang: str, door: set[str]
) -> None:
    query = {"need": need, "lang": lang, "facts": {"municipality": "Gent"}}
    answer = baken.match({**query, "as_of": "2026-11-26"})
    assert answer.route.doors[0] in door
    assert answer.route.doors[0] != "flanders-ai-edih" or "AI" in need


NOT_ASKED = {
    "kmo-portefeuille-opleiding", "online-marketing-voor-ondernemers", "overbruggingsrecht",
    "tijdelijke-werkloosheid-overmacht", "fit-prospectiereis", "favv", "dyzo",
    "hinderpremie",
}  # fmt: skip


@pytest.mark.parametrize(
    "need",
    [
        "ik wil een webshop", "I want a website", "je veux une boutique en ligne",
        "ik wil een app", "mijn dak lekt", "the roof of my shop leaks", "mijn toog is versleten",
        "er komt water binnen door het dak van mijn winkel", "mijn restaurantkeuken is versleten",
        "la cuisine de mon restaurant est usée", "ik wil exporteren", "I want to sell in France",
        "hoe vind ik klanten in het buitenland", "mijn bestelwagen is versleten",
        "I have a butcher shop and customers stay away", "mijn klanten blijven weg",
    ],
)  # fmt: skip
def test_what_was_not_asked_never_stands_in_the_first_sentence(need: str) -> None:
    answer = baken.match({"need": need, "as_of": "2026-11-26"})
    assert not NOT_ASKED & {o.id for o in answer.offers if o.leads and o.verdict != "excluded"}


@pytest.mark.parametrize(
    ("need", "leads"),
    [
        ("de straat ligt open en mijn klanten komen niet door de wegenwerken", "hinderpremie"),
        ("ik wil klanten bezoeken in Amerika, buiten Europa", "fit-prospectiereis"),
        ("ik wil een cursus online marketing volgen", "online-marketing-voor-ondernemers"),
    ],
)
def test_it_does_where_the_words_ask_for_it(need: str, leads: str) -> None:
    query = {"need": need, "facts": {"municipality": "Gent"}, "as_of": "2026-11-26", "limit": 10}
    assert leads in {o.id for o in baken.match(query).offers if o.leads}


@pytest.mark.parametrize(
    ("need", "facts", "never"),
    [
        ("mes ventes baissent", {"sector": "boulangerie"}, "be-florist"),
        ("le supermarché vend moins cher que moi", {"sector": "boucherie"}, "be-florist"),
        ("j'ai une boulangerie et mes ventes baissent", {}, "be-florist"),
        ("je suis coiffeuse et je cherche une apprentie", {}, "horeca-forma"),
        ("ik heb een garage en vind geen personeel", {}, "horeca-forma"),
        ("notre atelier de métallerie a des plaintes sur la qualité", {}, "centexbel"),
        ("wij zijn fotograaf en zoeken klanten", {}, "horeca-vlaanderen"),
    ],
)
def test_who_is_of_another_trade_of_the_same_theme_never_leads(
    need: str, facts: dict[str, str], never: str
) -> None:
    assert load_catalogue().find(never)
    for place in ("Gent", "Namur"):
        query = {"need": need, "facts": {**facts, "municipality": place}, "limit": 20}
        answer = baken.match({**query, "as_of": "2026-11-26"})
        assert never not in [*answer.route.doors, answer.route.alternative]
        assert never not in {o.id for o in answer.offers if o.leads}
        assert never not in {o.id for o in answer.offers[:5]}
