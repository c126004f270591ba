"""From a query to an answer, on the real catalogue."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.facts.vocabulary import load_vocabulary
from baken.match.engine import default_engine
from baken.match.search import embed_query
from tests.examples import examples
from tests.match.asked import OVEN, ask


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


def test_a_bare_code_where_words_are_expected_is_read_as_that_code():
    typed, told = (ask(facts=f) for f in ({"sector": "62.010"}, {"nace": "62010"}))
    assert [o.id for o in typed.offers] == [o.id for o in told.offers]
    assert not any("62.010" in n for n in typed.notices)


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


@pytest.mark.parametrize("facts", [{}, {"municipality": "Gent"}, {"sector": "bakker"}])
def test_no_reason_ends_in_the_air(facts):
    for offer in ask("ik heb een bakkerij en mijn oven verbruikt te veel", facts=facts).offers:
        assert not any(w.rstrip(". ").endswith(":") for w in offer.why)


def test_a_shared_id_gives_both_and_an_unknown_one_is_told():
    answer = ask("", only=["microstart", "niets"])
    assert {o.type for o in answer.offers} == {"instrument", "organisation"}
    assert any("niets" in n for n in answer.notices)


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_the_answer_speaks_three_languages(lang):
    answer = ask(lang=lang, facts={"province": "Limburg"})
    start = {"nl": "Nog niet zeker", "en": "Not certain yet", "fr": "Pas encore certain"}[lang]
    assert any(o.verdict_says.startswith(start) for o in answer.offers)
    last = {"nl": "Weet ik niet", "en": "I do not know", "fr": "Je ne sais pas"}[lang]
    assert answer.next_question.choices[-1].label == last


NEEDS = ["oven verbruikt te veel", "geen personeel", "geld nodig", "we zijn gehackt", "exporteren"]


@examples(25)
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


def test_a_program_can_tell_a_yes_from_what_could_not_be_looked_at() -> None:
    answer = ask(only=["afbetalingsplan-rsz-bijdragen", "unizo"], facts={"province": "Limburg"})
    told = {o.id: o for o in answer.offers}
    assert (told["unizo"].verdict, told["unizo"].checked) == ("fits", 1)
    blind = told["afbetalingsplan-rsz-bijdragen"]
    assert (blind.verdict, blind.checked) == ("fits", 0)
    assert "niets nakijken" in blind.verdict_says
    doors = ask(facts={"province": "Limburg"}).route.reasons
    assert all(d.checked == sum(r.met is not None for r in d.reasons) for d in doors)
