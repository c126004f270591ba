"""From a query to an answer, on the real catalogue."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import baken
from baken.facts.vocabulary import load_vocabulary
from baken.kernel.errors import BakenError
from baken.kernel.values import SetOf
from baken.match.engine import default_engine
from baken.match.model import read_query, schemas
from baken.match.reasons import show_value
from baken.match.search import embed_query

DAY = "2026-11-24"
OVEN = "mijn oven verbruikt te veel en de klanten lopen weg naar de supermarkt"


def ask(need=OVEN, **more):
    return baken.match({"need": need, "as_of": DAY} | more)


def judged(offer_id, **facts):
    """The instrument's verdict when the firm is as told."""
    answer = ask("", only=[offer_id], facts=facts)
    return next(o for o in answer.offers if o.type == "instrument")


def test_the_owner_with_the_oven_is_understood():
    answer = ask(facts={"municipality": "Hasselt", "headcount": 4})
    assert {"N11", "N12"} == {n.code for n in answer.needs[:2]}
    usable = [o for o in answer.offers if o.verdict != "excluded"]
    assert len(usable) == 5
    assert {"ecologiepremie-plus", "energiescan-kmo"} <= {o.id for o in usable}
    assert all(o.availability != "closed" for o in usable)
    assert all(r.source.url for o in answer.offers for r in o.reasons)
    assert len(answer.route.doors) <= 2
    assert not answer.unmet


@pytest.mark.parametrize(
    ("offer", "facts", "verdict", "condition"),
    [
        ("winwinlening", {"municipality": "Gent", "size": "small"}, "open", None),
        ("winwinlening", {"municipality": "Namur"}, "excluded", "region"),
        ("winwinlening", {"municipality": "Brussel"}, "excluded", "region"),
        ("winwinlening", {"region": "buitenland"}, "excluded", "region"),
        ("winwinlening", {"municipality": "Namur", "establishments": ["Gent"]}, "open", None),
        ("winwinlening", {"size": "large"}, "excluded", "size"),
        ("winwinlening", {"headcount": 400}, "excluded", "size"),
        ("klimop-lening", {"province": "Limburg"}, "open", None),
        ("klimop-lening", {"province": "Antwerpen"}, "excluded", "place"),
        ("klimop-lening", {"postal_code": "9000"}, "excluded", "place"),
        ("kmo-portefeuille-advies", {"legal_form": "VZW"}, "excluded", "legal-form"),
        ("ontwikkelingsproject", {"legal_form": "sole_trader"}, "excluded", "legal-personality"),
        ("ontwikkelingsproject", {"in_difficulty": True}, "excluded", "difficulty"),
        ("vlif-investeringssteun", {"nace": "10.71"}, "excluded", "sector"),
        ("vlif-investeringssteun", {"nace": "01.13"}, "open", None),
        ("vlif-investeringssteun", {"nace": "01"}, "open", None),
        ("tax-shelter-startup", {"founded_on": "2015-01-01"}, "excluded", "age"),
        ("tax-shelter-startup", {"founded_on": "2025-01-01"}, "open", None),
        ("mechelen-kernversterkend-renoveren", {"municipality": "Antwerpen"}, "excluded", "place"),
        ("incubatoren", {}, "excluded", "applicant"),
    ],
)
def test_verdicts_follow_from_the_conditions(offer, facts, verdict, condition):
    found = judged(offer, **facts)
    assert found.verdict == verdict
    if condition:
        assert condition in {r.condition for r in found.reasons if r.met is False}


@pytest.mark.parametrize(
    ("offer", "facts", "change"),
    [
        ("winwinlening", {"municipality": "Namur"}, "Met een vestiging in Vlaanderen wel."),
        ("klimop-lening", {"province": "Antwerpen"}, "Met een vestiging in Limburg wel."),
        (
            "mechelen-kernversterkend-renoveren",
            {"municipality": "Antwerpen"},
            "Met een vestiging in Mechelen wel.",
        ),
        ("hinderpremie", {"employees": 12}, "Aantal werknemers in dienst: 12; de grens is 9."),
        ("schaalklaar", {"project_cost": 1000}, "minstens 500.000 EUR"),
        (
            "pmv-waarborg-groot",
            {"nace": "01.41"},
            "Dit staat in de weg: 01.410 (Fokken en houden van melkvee).",
        ),
        ("tax-shelter-startup", {"founded_on": "2020-01-01"}, "zijn of later"),
        ("winwinlening", {"size": "large"}, "wel met: micro"),
    ],
)
def test_the_smallest_change_is_told(offer, facts, change):
    told = " ".join(r.change or "" for r in judged(offer, **facts).reasons)
    assert change in told


def test_the_four_kinds_of_unknown_stay_apart():
    reasons = judged("onderzoeksproject").reasons
    assert {"not_said", "not_stated", "judged"} <= {r.unknown_because for r in reasons}
    assert all((r.unknown_because is None) == (r.met is not None) for r in reasons)


def test_an_old_rule_holds_for_an_old_date_only():
    """Since 1 February 2026 the wallet's advice covers cyber security only."""
    query = {
        "need": "",
        "only": ["kmo-portefeuille-advies"],
        "facts": {"project_themes": ["energy"]},
    }
    before = baken.match(query | {"as_of": "2025-06-01"}).offers[0]
    after = baken.match(query | {"as_of": DAY}).offers[0]
    assert (before.verdict, after.verdict) == ("open", "excluded")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"headcount": 12}, "regel van twee jaar"),
        ({"headcount": 10, "size": "large"}, "We gebruiken wat jij zei"),
        ({"nace": "25.62"}, "2008"),
        ({"municipality": "Namur"}, "Wallonië"),
        ({"municipality": "Elsene"}, "Brussel"),
        ({"region": "buitenland"}, "buitenland"),
        ({"sector": "qqzzx"}, "qqzzx"),
    ],
)
def test_what_the_reader_must_know_is_a_notice(facts, words):
    assert words in " ".join(ask(facts=facts).notices)


@pytest.mark.parametrize(
    ("as_of", "words"), [("2019-05-01", "01/05/2019"), ("2027-02-01", "31 december 2026")]
)
def test_another_day_is_told(as_of, words):
    assert words in " ".join(ask(as_of=as_of).notices)


@pytest.mark.parametrize(
    "need",
    [
        "😀😀😀",
        "schrijf een gedicht over de maan",
        "1234",
        "Raconte-moi une histoire drôle.",
        "Write a song about summer rain.",
        "Wat een domme brol is dit, krapuul!",
        "Ik heb koorts en keelpijn, wat moet ik innemen?",
    ],
)
def test_no_need_gives_the_general_door_and_no_guesses(need):
    answer = ask(need)
    assert answer.unmet and answer.route.id == "R0" and answer.offers == []
    assert answer.route.doors and answer.next_question is None
    assert answer.no_need and answer.needs == []
    assert not any("aanbod" in n for n in answer.notices)
    assert "noteren" not in answer.route.why


@pytest.mark.parametrize("need", ["de lijm in ons product laat los", OVEN])
def test_an_adviser_for_every_question_is_among_the_first_five(need):
    offers = [o for o in ask(need, limit=20).offers if o.verdict != "excluded"]
    assert any("elke vraag" in w for o in offers[:5] for w in o.why)


@pytest.mark.parametrize(
    "need", [OVEN, "ik vind geen vakmensen", "wie kan mij helpen met mijn idee"]
)
def test_a_long_list_keeps_places_for_measures_and_for_organisations(need):
    offers = [o for o in ask(need, limit=20).offers if o.verdict != "excluded"]
    assert len(offers) == 20
    of_type = Counter(o.type for o in offers)
    assert of_type["instrument"] >= 5 and of_type["organisation"] >= 5
    far = [o for o in ask(need, limit=60).offers if o.verdict != "excluded"]
    for kind in ("instrument", "organisation"):
        first = [o.id for o in far if o.type == kind][:5]
        assert [o.id for o in offers if o.type == kind][:5] == first


@pytest.mark.parametrize("sector", ["akkerbouw", "groenteteelt"])
def test_a_trade_with_several_codes_is_answered(sector):
    assert ask("luizen in mijn gewas", facts={"sector": sector}, limit=60).offers


@pytest.mark.parametrize(
    ("possible", "said"),
    [
        ({"01110"}, "01.110 ("),
        ({"01110", "01120"}, ") of 01.120 ("),
        ({"01110", "01120", "01130", "01140"}, ") …"),
    ],
)
def test_an_activity_that_may_be_several_is_told(possible, said):
    value = SetOf((frozenset(possible),))
    assert said in show_value(value, load_vocabulary()["nace_2025"], "nl")


@pytest.mark.parametrize(
    ("need", "facts", "route"),
    [
        ("ik kan mijn rekeningen niet betalen, de deurwaarder komt", {}, "R1"),
        ("Ik kan mijn leveranciers niet meer op tijd betalen", {}, "R1"),
        ("mijn restaurant maakt al twee jaar verlies, ik ben op", {}, "R1"),
        ("our cash runs out in two months", {}, "R1"),
        (OVEN, {"in_difficulty": True}, "R1"),
        ("de lijm in ons product laat los", {"nace": "31.00"}, "R3"),
        ("de lijm in ons product laat los", {"sector": "schrijnwerker"}, "R4"),
        ("de lijm in ons product laat los", {}, "R4"),
        ("ik ben schrijnwerker en de lijm laat los", {}, "R4"),
        ("de lijm in ons product laat los", {"nace": "10.71"}, "R4"),
        ("we willen exporteren naar Duitsland", {}, "R10"),
        ("we zijn gehackt", {}, "R7"),
        ("ik zoek een opleiding voor mijn personeel", {}, "R8"),
        ("de bank weigert een lening", {}, "R9"),
        ("ik zoek een partner om mee samen te werken", {}, "R6"),
        ("we hebben onderzoek van een universiteit nodig", {}, "R5"),
        ("wie kan mij helpen, waar moet ik beginnen", {}, "R2"),
    ],
)
def test_the_first_door_follows_from_need_and_firm(need, facts, route):
    answer = ask(need, facts={"region": "vlaams-gewest"} | facts)
    assert answer.route.id == route
    assert 1 <= len(answer.route.doors) <= 2
    assert answer.route.why


def test_nobody_is_called_a_member_who_may_not_be():
    """Membership of a collective centre goes by NACE code, not by a theme in common."""
    for facts in ({}, {"nace": "43.34"}):
        offers = ask("", only=["ocw-brrc"], facts=facts | {"region": "vlaams-gewest"}).offers
        assert not any("al lid" in w for w in offers[0].why)
    roads = ask("", only=["ocw-brrc"], facts={"nace": "42.11", "region": "vlaams-gewest"}).offers
    assert any("al lid" in w for w in roads[0].why)


def test_a_derived_fact_may_be_given_and_then_holds():
    given_ = {"municipality": "Namur", "establishment_regions": ["vlaams-gewest"]}
    assert judged("winwinlening", **given_).verdict == "open"
    assert judged("vlif-investeringssteun", nace="10.71", nace_2025=["01130"]).verdict == "open"


GROUP = {
    "enterprise": "A",
    "enterprises": {
        n: {"years": [{"end": "2025-12-31", "headcount": h, "turnover": t, "balance": t}]}
        for n, h, t in (("A", 8, 900_000), ("B", 300, 80_000_000))
    },
    "links": [{"owner": "B", "owned": "A", "capital_pct": 60, "voting_pct": 60}],
}
LOST = {"9087": 12, "10/11": 100_000, "10/15": 40_000, "17/49": 960_000, "20/58": 1_000_000}
"""Accounts of a company that lost more than half of what was put in."""


@pytest.mark.parametrize(
    ("offer", "facts", "condition"),
    [
        pytest.param("winwinlening", {"group": GROUP}, "size", id="large with its group"),
        pytest.param(
            "ontwikkelingsproject",
            {
                "accounts": [{"end": "2025-12-31", "rubrics": LOST}],
                "legal_form": "bv",
                "founded_on": "2015-01-01",
            },
            "difficulty",
            id="in difficulty by its accounts",
        ),
        pytest.param(
            "bv-vrijstelling-onderzoekers",
            {"activity": {"kind": "market_research"}},
            None,
            id="market research is no research",
        ),
    ],
)
def test_papers_settle_conditions_without_asking(offer, facts, condition):
    """A group, accounts, aids or an activity in place of answers; the law settles the rest."""
    found = judged(offer, **facts)
    assert found.verdict == "excluded"
    assert condition in {None} | {r.condition for r in found.reasons if r.met is False}


def test_the_answer_shows_how_a_fact_was_computed():
    answer = ask("", only=["winwinlening"], facts={"group": GROUP}, lang="en")
    (size,) = answer.computed
    assert (size.fact, size.value, size.used) == ("size", "large", True)
    assert size.steps[-1].says["fr"] == "L'entreprise n'est pas une PME."
    assert size.steps[-1].source == "2003/361/EC, annex, art. 2"
    assert any("no legal advice" in n for n in answer.notices)


def test_what_is_given_by_hand_holds_against_what_was_computed():
    answer = ask("", only=["winwinlening"], facts={"group": GROUP, "size": "small"}, lang="en")
    assert answer.offers[0].verdict == "open"
    (size,) = answer.computed
    assert (size.value, size.used) == ("large", False)
    assert any("We use what you said" in n for n in answer.notices)


def test_a_group_that_leaves_the_size_open_is_not_asked_about_heads():
    open_group = {**GROUP, "enterprises": {**GROUP["enterprises"], "B": {}}}
    answer = ask("", only=["winwinlening"], facts={"group": open_group})
    assert answer.computed[0].missing == ["enterprises.B.years"]
    assert answer.next_question is None or answer.next_question.fact != "headcount"


def test_without_papers_nothing_is_computed():
    assert ask(facts={"headcount": 12}).computed == []


@pytest.mark.parametrize("facts", [{}, {"municipality": "Gent"}, {"sector": "bakker"}])
def test_no_reason_ends_in_the_air(facts):
    for offer in ask("ik heb een bakkerij en mijn oven verbruikt te veel", facts=facts).offers:
        assert not any(w.rstrip(". ").endswith(":") for w in offer.why)


def test_a_shared_id_gives_both_and_an_unknown_one_is_told():
    answer = ask("", only=["microstart", "niets"])
    assert {o.type for o in answer.offers} == {"instrument", "organisation"}
    assert any("niets" in n for n in answer.notices)


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ([], ""),
        ("tekst", ""),
        ({"need": ""}, "need"),
        ({"need": 5}, "need"),
        ({"need": "x" * 50_000}, "need"),
        ({"need": "\ud800"}, "need"),
        ({"need": "x", "lang": "de"}, "lang"),
        ({"need": "x", "facts": []}, "facts"),
        ({"need": "x", "limit": 0}, "limit"),
        ({"need": "x", "limit": True}, "limit"),
        ({"need": "x", "only": "a"}, "only"),
        ({"need": "x", "asked": [1]}, "asked"),
        ({"need": "x", "as_of": "2026-02-30"}, "as_of"),
        ({"need": "x", "as_of": 2026}, "as_of"),
        ({"need": "x", "as_of": "1066-01-01"}, "as_of"),
        ({"need": "x", "ned": "y"}, "ned"),
        ({"need": "x"}, "as_of"),
    ],
)
def test_a_wrong_query_names_its_field(query, path):
    with pytest.raises(BakenError) as e:
        read_query({"as_of": DAY} | query if isinstance(query, dict) and path != "as_of" else query)
    assert e.value.path == path
    assert e.value.expected


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"municipality": "Qwertystad"}, "facts.municipality"),
        ({"municipality": True}, "facts.municipality"),
        ({"postal_code": "0001"}, "facts.postal_code"),
        ({"province": "Mordor"}, "facts.province"),
        ({"establishments": 5}, "facts.establishments"),
        ({"establishments": ["Qwertystad"]}, "facts.establishments.0"),
        ({"establishments": [{"kleur": "rood"}]}, "facts.establishments.0"),
        ({"establishments": [{"region": "Mordor"}]}, "facts.establishments.0.region"),
        ({"nace": "99.99"}, "facts.nace"),
        ({"nace": []}, "facts.nace"),
        ({"nace": "10", "nace_version": "1999"}, "facts.nace_version"),
        ({"activities": 5}, "facts.activities"),
        ({"sector": 5}, "facts.sector"),
        ({"legal_form": "hobby"}, "facts.legal_form"),
        ({"kbo": "123"}, "facts.kbo"),
        ({"founded_on": "2030-01-01"}, "facts.founded_on"),
        ({"hedcount": 1}, "facts.hedcount"),
    ],
)
def test_a_fact_that_cannot_be_names_its_field(facts, path):
    with pytest.raises(BakenError) as e:
        ask(facts=facts)
    assert e.value.path == path


@pytest.mark.parametrize(
    "facts",
    [
        {"establishments": ["9000", {"municipality": "Hasselt"}, "Limburg", "buitenland"]},
        {"activities": ["10.71", "47.24"], "nace_version": "2008"},
        {"province": "Brussel"},
        {"seat_municipality": "Gent", "project_province": "Limburg"},
        {"legal_form": "BVBA", "joint_committee": "PC 200"},
    ],
)
def test_facts_may_be_said_in_many_ways(facts):
    assert ask(facts=facts).offers


def test_the_schemas_hold_for_query_answer_and_error():
    known = schemas()
    jsonschema.validate({"need": OVEN, "as_of": DAY, "facts": {"size": "micro"}}, known["query"])
    answer = json.loads(json.dumps(ask(id=7).as_json()))
    jsonschema.validate(answer, known["answer"])
    assert answer["id"] == 7
    jsonschema.validate({"error": BakenError("a", "b").as_json()}, known["error"])


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        (
            "nl",
            "Past niet. Voorwaarde: Je eigen vermogen is niet negatief. Bij jou is dat niet zo.",
        ),
        ("en", "Does not fit. Condition: Your equity is not negative. That is not so for you."),
        ("fr", "Ne convient pas. Condition : Vos fonds propres ne sont pas négatifs. Ce n'est pas"),
    ],
)
def test_a_condition_that_excludes_is_told_as_a_condition(lang, says):
    only = ["cybersecurity-verbetertrajecten"]
    (offer,) = ask("", lang=lang, only=only, facts={"equity": -5000}).offers
    assert offer.verdict_says.startswith(says)


def test_no_dutch_description_stands_in_another_language():
    for lang in ("en", "fr"):
        for only in ("energiepremies-ondernemingen", "ambulante-handel"):
            (offer,) = ask("", lang=lang, only=[only], facts={"region": "vlaams-gewest"}).offers
            for dutch in ("netbeheerder", "erkend ondernemingsloket"):
                assert dutch not in offer.verdict_says


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_the_answer_speaks_three_languages(lang):
    answer = ask(lang=lang, facts={"province": "Limburg"})
    start = {"nl": "Kan passen", "en": "May fit", "fr": "Peut convenir"}[lang]
    assert any(o.verdict_says.startswith(start) for o in answer.offers)
    last = {"nl": "Weet ik niet", "en": "I do not know", "fr": "Je ne sais pas"}[lang]
    assert answer.next_question.choices[-1].label == last


NEEDS = ["oven verbruikt te veel", "geen personeel", "geld nodig", "we zijn gehackt", "exporteren"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(NEEDS), st.randoms(use_true_random=False))
def test_following_the_questions_ends_within_five(need, random):
    facts, asked = {}, []
    while True:
        answer = ask(need, facts=facts, asked=asked)
        question = answer.next_question
        if question is None:
            break
        assert question.fact not in asked
        assert 1 <= question.left <= 5 - len(asked)
        asked.append(question.fact)
        choice = random.choice(question.choices)
        if choice.value is not None:
            facts[question.fact] = choice.value
    assert len(asked) <= 5
    known = load_vocabulary()
    for offer in answer.offers:
        if offer.verdict == "open":
            assert offer.missing
            assert set(offer.missing) <= set(known)


def test_stale_records_are_labelled_and_lose_a_little():
    stale = [o for o in ask().offers if o.stale]
    assert stale
    assert all(any("vraag na" in w for w in o.why) for o in stale)


def test_each_way_of_searching_stands_alone():
    engine = default_engine()
    keys = list(engine.index.keys)
    for way in engine.index.retrievers:
        need = "energiefactuur is te hoog"
        scores = way.scores(need, embed_query(need))
        assert len(scores) == len(keys)
        best = keys[int(scores.argmax())]
        assert engine.catalogue.by_key[tuple(best.split("/"))].needs.count("N11") == 1


def test_many_can_ask_at_once():
    """The site answers in threads: the first ones may come while everything is still read."""
    code = (
        "import baken, sys\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "ask = lambda n: baken.match({'need': n, 'as_of': '2026-11-24'}).needs[0].code\n"
        "needs = ['geen personeel', 'we zijn gehackt', 'de bank weigert een lening'] * 8\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    print(''.join(pool.map(ask, needs)) == 'N13N10N09' * 8)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "True", done.stderr
