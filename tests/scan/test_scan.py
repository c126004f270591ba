"""From answers to a side: tables of scans, and what holds whatever is answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.kernel.values import Interval, SetOf
from baken.scan.items import DONT_KNOW, POSTURE, domains, items, items_of, next_steps, scoring
from baken.scan.scan import Scan, judge, to_ask, trade_of
from baken.scan.tell import as_json, in_percent
from tests.scan.made import DAY, answers, scan

DOMAIN = "customers_market"
GRADE = st.integers(0, 3)
WHOLE = st.tuples(GRADE, GRADE), st.tuples(GRADE, GRADE, GRADE, GRADE)


@pytest.mark.parametrize(
    ("posture", "level", "whole", "part"),
    [
        ((0, 0), (0, 0, 0, 0), "reactive", "reactive"),
        ((3, 3), (3, 3, 3, 3), "proactive", "proactive"),
        ((0, 1), (0, 1, 1, 0), "reactive", "reactive"),
        ((3, 2), (2, 3, 2, 2), "proactive", "proactive"),
        ((0, 0), (3, 3, 3, 3), "unknown", "proactive"),
        ((3, 3), (0, 0, 0, 0), "unknown", "reactive"),
        ((1, 2), (1, 2, 1, 2), "unknown", "unknown"),
        ((0, 3), (0, 3, 0, 3), "unknown", "unknown"),
        ((1, 2), (0, 0, 0, 1), "unknown", "reactive"),
    ],
)
def test_a_side_is_named_when_the_answers_agree(posture, level, whole, part):
    result = judge(scan(posture, level))
    assert (result.posture.side, result.domains[DOMAIN].side) == (whole, part)
    assert result.to_ask == ()


@pytest.mark.parametrize(
    ("posture", "level", "whole", "asked"),
    [
        ((), (), "unknown", []),
        ((None, None), (None, None, None, None), "unknown", [DOMAIN]),
        ((2,), (), "unknown", []),
        ((2, None), (1,), "unknown", [DOMAIN]),
        ((0, 0), (), "reactive", []),
        ((0, 0), (None, 1), "reactive", [DOMAIN]),
        ((0,), (), "unknown", []),
        ((), (0,), "unknown", [DOMAIN]),
        ((), (0, 0), "unknown", [DOMAIN]),
    ],
)
def test_half_a_scan_says_less_and_never_fails(posture, level, whole, asked):
    result = judge(scan(posture, level))
    assert result.posture.side == whole
    assert list(result.domains) == asked
    assert result.step is not None


@given(*WHOLE)
def test_mirrored_answers_give_the_mirrored_side(posture, level):
    one = judge(scan(posture, level))
    other = judge(scan([3 - g for g in posture], [3 - g for g in level]))
    assert one.posture.lean == pytest.approx(-other.posture.lean, abs=1e-9)
    assert one.domains[DOMAIN].lean == pytest.approx(-other.domains[DOMAIN].lean, abs=1e-9)


@given(*WHOLE, st.integers(0, 5))
def test_a_more_proactive_answer_never_makes_the_proactive_side_less_likely(posture, level, which):
    grades = [*posture, *level]
    if grades[which] == 3:
        return
    higher = [g + (n == which) for n, g in enumerate(grades)]
    before, after = judge(scan(posture, level)), judge(scan(higher[:2], higher[2:]))
    assert after.posture.lean > before.posture.lean - 1e-12
    assert after.domains[DOMAIN].lean > before.domains[DOMAIN].lean


@given(*WHOLE, st.randoms())
def test_the_order_of_answers_does_not_matter(posture, level, chance):
    one = scan(posture, level)
    shuffled = list(one.answers.items())
    chance.shuffle(shuffled)
    assert judge(Scan(DAY, domain=DOMAIN, answers=dict(shuffled))).posture == judge(one).posture


@given(st.sets(st.sampled_from(sorted(items()))), st.sampled_from([None, *domains()]))
def test_what_is_not_known_never_gives_a_side(asked, domain):
    result = judge(Scan(DAY, domain=domain, answers=dict.fromkeys(asked, DONT_KNOW)))
    assert result.posture.side == "unknown"
    assert result.posture.certainty == pytest.approx(0.5)
    whole = [d for d in domains() if {i.id for i in items_of(d)} <= asked]
    assert {d: s.side for d, s in result.domains.items()} == dict.fromkeys(whole, "unknown")


@given(*WHOLE, st.integers(0, 5))
def test_an_answer_not_known_says_as_little_as_one_not_given(posture, level, which):
    told = dict(scan(posture, level).answers)
    name = list(told)[which]
    unknown = judge(Scan(DAY, domain=DOMAIN, answers={**told, name: DONT_KNOW}))
    left_out = judge(Scan(DAY, domain=DOMAIN, answers={n: c for n, c in told.items() if n != name}))
    assert unknown.posture == left_out.posture
    assert unknown.domains == left_out.domains


@given(*WHOLE)
def test_a_side_is_named_exactly_from_eighty_percent_on(posture, level):
    result = judge(scan(posture, level))
    for stand in (result.posture, result.domains[DOMAIN]):
        assert (stand.side != "unknown") == (stand.certainty >= 0.8)
        assert (in_percent(stand.certainty) >= 80) == (stand.side != "unknown")
        if stand.side != "unknown":
            assert (stand.side == "proactive") == (stand.lean > 0)


@given(*WHOLE)
def test_the_answers_that_led_to_a_side_come_first(posture, level):
    result = judge(scan(posture, level))
    for stand in (result.posture, result.domains[DOMAIN]):
        weights = [r.weight for r in stand.reasons]
        assert weights == sorted(weights, reverse=stand.side != "reactive")
        if stand.side != "unknown":
            assert (weights[0] > 0) == (stand.side == "proactive")


def test_a_domain_shows_its_own_answers_and_the_whole_shows_all():
    result = judge(scan((0, 1), (0, 0, 1, 1)))
    assert {r.given.item.domain for r in result.domains[DOMAIN].reasons} == {DOMAIN}
    assert len(result.posture.reasons) == 6


@pytest.mark.parametrize(
    ("posture", "level", "side"),
    [((), (0,), "unknown"), ((), (0, 0), "reactive"), ((0,), (0,), "reactive")],
)
def test_one_answer_names_no_side_and_two_may(posture, level, side):
    assert judge(scan(posture, level)).domains[DOMAIN].side == side


def test_another_domain_can_be_asked_as_well_and_then_stands_beside():
    told = scan((0, 0), (0, 0, 0, 0)).answers | answers("energy_material", (3, 3, 3, 3))
    result = judge(Scan(DAY, domain=DOMAIN, answers=told))
    assert result.domains[DOMAIN].side == "reactive"
    assert result.domains["energy_material"].side == "proactive"
    assert result.step == next_steps()[DOMAIN]["reactive"][None]


@pytest.mark.parametrize(
    ("level", "facts", "asks"),
    [
        ((0,), {}, "people.peers"),
        ((0, 2, 3, 3), {}, "people.peers"),
        ((1, 3, 0, 3), {}, "people.ideas"),
        ((1, 3, 0, 3), {"employees": 0}, "people.course"),
        ((2, 3, 1), {}, "people.ahead"),
        ((2, 3, 1, None), {}, "people.ahead"),
    ],
)
def test_nobody_is_told_to_do_what_they_did_this_month(level, facts, asks):
    """Where no side is named: the step of a question that is open, or answered lowest."""
    domain = "people_learning"
    told = answers(domain, level)
    result = judge(Scan(DAY, domain=domain, answers=told, facts=facts))
    unknown = replace(result, domains={})
    assert unknown.step is not None and unknown.step.asks == asks
    whole = next_steps()[domain]["unknown"][None]
    assert unknown.step.says == whole.instead.get(asks, whole.says)
    of_use = whole.helps.get(asks, (whole.offers, whole.training))
    assert (unknown.step.offers, unknown.step.training) == of_use
    assert ("gratis-online-cursussen" in unknown.step.training) == (asks == "people.course")
    assert ("etion" in unknown.step.offers) == (asks == "people.peers"), "who learns from others"


@pytest.mark.parametrize(
    ("sections", "trade"),
    [
        (["C"], "making"),
        (["G", "I"], "shop"),
        (["C", "G"], None),
        (["J"], None),
        ([], None),
    ],
)
def test_the_trade_is_told_when_all_activities_are_in_it(sections, trade):
    told = SetOf(tuple(frozenset({s}) for s in sections), more=False)
    assert trade_of({"nace_section": told}) == trade


def test_activities_that_are_not_all_known_give_no_trade():
    assert trade_of({"nace_section": SetOf((frozenset({"C"}),), more=True)}) is None
    assert trade_of({}) is None


@pytest.mark.parametrize(
    ("need", "domain", "asked"),
    [
        ("N12", None, "customers_market"),
        ("N11", None, "energy_material"),
        ("N01", None, None),
        ("N02", "money_continuity", "money_continuity"),
        (None, "people_learning", "people_learning"),
        (None, None, None),
    ],
)
def test_at_most_six_questions_on_posture_and_the_domain_of_the_need(need, domain, asked):
    left = to_ask(Scan(DAY, need, domain))
    assert [i.domain for i in left] == [POSTURE] * 2 + ([asked] * 4 if asked else [])


@pytest.mark.parametrize(
    ("domain", "facts", "gone"),
    [
        ("people_learning", {"employees": 0}, {"people.ideas"}),
        ("people_learning", {"employees": 3}, set()),
        ("people_learning", {"employees": Interval(0, 4)}, set()),
        ("energy_material", {"climate_plan": True}, set()),
        ("customers_market", {"employees": 0}, set()),
    ],
)
def test_what_makes_no_sense_for_a_firm_is_not_asked(domain, facts, gone):
    left = {i.id for i in to_ask(Scan(DAY, domain=domain, facts=facts))}
    assert {i.id for i in items_of(domain)} - left == gone


def test_a_fact_narrows_an_answer_until_the_owner_gives_one():
    plain = judge(Scan(DAY, domain="energy_material"))
    knows = judge(Scan(DAY, domain="energy_material", facts={"climate_plan": True}))
    said = judge(
        Scan(DAY, domain="energy_material", facts={"climate_plan": True},
             answers={"energy.plan": "never"})
    )  # fmt: skip
    assert plain.domains == {}
    stand = knows.domains["energy_material"]
    assert (stand.side, stand.lean > 0) == ("unknown", True)
    assert stand.reasons[0].given.fact == "climate_plan"
    assert said.domains["energy_material"].lean < 0
    assert said.domains["energy_material"].reasons[0].given.fact is None


def test_facts_alone_name_no_side():
    facts = {"climate_plan": True, "energy_agreement_joined": True}
    told = answers(POSTURE, (3, 3))
    stand = judge(Scan(DAY, domain="energy_material", answers=told, facts=facts))
    assert stand.domains["energy_material"].lean > 1
    assert stand.domains["energy_material"].side == "unknown"


def test_a_scan_of_all_domains_is_judged_too():
    told = answers(POSTURE, (3, 3))
    for domain in domains():
        told |= answers(domain, (3, 3, 3, 3))
    result = judge(Scan(DAY, domain=DOMAIN, answers=told))
    assert {s.side for s in result.domains.values()} == {"proactive"}
    assert result.posture.certainty < 1


def test_a_fact_says_nothing_of_a_domain_that_is_not_asked():
    facts = {"climate_plan": True}
    assert judge(Scan(DAY, domain=DOMAIN, facts=facts)).domains == {}


def test_who_knows_no_answer_was_asked_and_it_is_not_known_yet():
    result = judge(scan((0, 1), (None, None, None, None)))
    out = as_json(result, "nl")
    sides = {d["id"]: d["side"] for d in out["domains"]}
    assert sides == dict.fromkeys(domains(), "not_asked") | {DOMAIN: "unknown"}
    stand = out["domains"][0]
    assert (stand["side_says"], stand["certainty_pct"], stand["answers"]) == (
        "weten we nog niet", None, [],
    )  # fmt: skip
    assert stand["says"].startswith("Rond klanten en markt weten we nog niets")
    assert out["next_step"]["says"] == next_steps()[DOMAIN]["unknown"][None].says["nl"]
    assert out["to_ask"] == []


@pytest.mark.parametrize("level", [(), (None,), (None, None, None)])
def test_a_domain_that_was_not_asked_to_its_end_stays_not_asked(level):
    assert judge(scan((0, 1), level)).domains == {}


def test_a_domain_of_which_nothing_was_known_stays_so_when_another_is_chosen():
    told = answers(POSTURE, (0, 1)) | answers(DOMAIN, (None,) * 4)
    result = judge(Scan(DAY, domain="energy_material", answers=told))
    assert {d: s.side for d, s in result.domains.items()} == {DOMAIN: "unknown"}


def test_a_question_that_makes_no_sense_keeps_nobody_from_having_been_asked():
    told = {i.id: DONT_KNOW for i in items_of("people_learning") if i.id != "people.ideas"}
    asked = Scan(DAY, domain="people_learning", answers=told, facts={"employees": 0})
    assert judge(asked).domains["people_learning"].side == "unknown"


def test_an_exact_answer_from_a_fact_is_not_asked(monkeypatch):
    from baken.scan import items as data

    item = items()["energy.plan"]
    known = (data.Known("climate_plan", False, ("never",)),)
    made = {**items(), item.id: replace(item, known=known)}
    monkeypatch.setattr("baken.scan.scan.items", lambda: made)
    monkeypatch.setattr(
        "baken.scan.scan.items_of", lambda d: [i for i in made.values() if i.domain == d]
    )
    asked = Scan(DAY, domain="energy_material", facts={"climate_plan": False})
    assert "energy.plan" not in {i.id for i in to_ask(asked)}
    assert judge(asked).domains["energy_material"].reasons[0].given.codes == ("never",)


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_the_result_in_words(lang):
    out = as_json(judge(scan((0, 0), (0, 1, 0, 1))), lang)
    assert out["posture"]["side"] == "reactive"
    sides = {d["id"]: d["side"] for d in out["domains"]}
    assert sides == dict.fromkeys(domains(), "not_asked") | {DOMAIN: "reactive"}
    assert "{" not in out["domains"][0]["says"]
    assert out["next_step"]["needs"] == ["N12", "N02"]
    assert "6 %" in out["limits"]


@pytest.mark.parametrize(
    ("side", "dutch"),
    [
        ((0, 0), "eerder reactief"),
        ((3, 3), "eerder proactief"),
        ((1, 2), "weten we nog niet"),
    ],
)
def test_the_names_of_the_sides(side, dutch):
    assert as_json(judge(scan(side)), "nl")["posture"]["side_says"] == dutch


def test_no_domain_no_step():
    result = judge(Scan(date(2026, 1, 1), answers=answers(POSTURE, (0, 0))))
    assert as_json(result, "nl")["next_step"] is None


def test_certainty_is_never_rounded_up_to_where_a_side_would_be_named():
    assert in_percent(scoring().named_from - 1e-6) == 79
    assert in_percent(scoring().named_from) == 80
