"""Verdicts and their reasons on the real catalogue, by what was said and by papers."""

from __future__ import annotations

from datetime import date

import pytest

import baken
from baken.facts.vocabulary import load_vocabulary
from baken.kernel.values import SetOf
from baken.match.engine import default_engine
from baken.match.firm import read_firm
from baken.match.reasons import show_value
from baken.match.verdict import Judged
from tests.match.asked import DAY, ask, judged


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
    "facts",
    [
        {},
        {"region": "Vlaanderen", "headcount": 4},
        {"municipality": "Namur", "nace": "01.13", "in_difficulty": True},
        {"municipality": "Gent", "legal_form": "VZW", "size": "large", "event": ["road_works"]},
    ],
)
def test_the_verdict_alone_is_what_its_reasons_make(facts):
    catalogue, judge = default_engine().catalogue, default_engine().judge
    day = date.fromisoformat(DAY)
    firm = read_firm(facts, "", day, "nl").values
    seen = set()
    for record in catalogue:
        found = judge(record, firm, day)
        mets = [h.met for h in found.held if h.rule is not None]
        told = "excluded" if False in mets else "open" if None in mets else "fits"
        assert found.verdict == judge.verdict(record, firm, day) == told, record.id
        seen.add(told)
    assert len(seen) > 1
    found = Judged(judge, catalogue, firm, day)
    assert all(found.verdict(key) == found[key].verdict == found.verdict(key) for key in found)


@pytest.mark.parametrize(
    ("offer", "known", "open_one", "says"),
    [
        ("hinderpremie", "event", "works", "30 dagen"),
        ("pmv-waarborg-openbare-werken", "event", "event-month", "één maand"),
    ],
)
def test_who_tells_of_works_told_nothing_of_their_size_or_days(offer, known, open_one, says):
    reasons = {r.condition: r for r in judged(offer, event=["road_works"]).reasons}
    assert reasons[known].met is True
    assert says not in reasons[known].says and "bereikbaar" not in reasons[known].says
    assert (reasons[open_one].met, reasons[open_one].unknown_because) == (None, "text")
    assert says in reasons[open_one].says


@pytest.mark.parametrize(
    ("lang", "why"),
    [
        ("nl", "stond niet in wat we lazen"),
        ("en", "wasn't in what we read"),
        ("fr", "ne figurait pas dans ce que nous avons lu"),
    ],
)
def test_each_language_gives_the_reason_of_the_record(lang, why):
    answer = ask("", only=["hinderpremie"], facts={}, lang=lang)
    (reason,) = [r for r in answer.offers[0].reasons if r.condition == "nace-list"]
    assert why in reason.says


@pytest.mark.parametrize(
    ("offer", "facts", "change"),
    [
        ("winwinlening", {"municipality": "Namur"}, "Met een vestiging in Vlaanderen wel."),
        ("klimop-lening", {"province": "Antwerpen"}, "Met een vestiging in Limburg wel."),
        (
            "mechelen-kernversterkend-renoveren",
            {"municipality": "Antwerpen"},
            "Met een vestiging in Mechelen wel, of als je plan daar ligt.",
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


def test_no_change_is_told_of_a_yes_or_a_no():
    """ "Kreeg al een FIT-subsidie = nee" is no sentence, and what happened can't be changed."""
    for offer, facts in (
        ("fit-starterspakket-internationalisering", {"had_fit_aid": True}),
        ("ontwikkelingsproject", {"project_started": True, "recovery_order": True}),
    ):
        unmet = [r for r in judged(offer, **facts).reasons if r.met is False]
        assert unmet
        assert {r.change for r in unmet} == {None}


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


def test_a_derived_fact_may_be_given_and_then_holds():
    given_ = {"municipality": "Namur", "establishment_regions": ["vlaams-gewest"]}
    assert judged("winwinlening", **given_).verdict == "open"
    assert judged("vlif-investeringssteun", nace="10.71", nace_2025=["01130"]).verdict == "open"


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


# -- by papers -----------------------------------------------------------------------------------
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
    assert any("not legal advice" in n for n in answer.notices)


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
