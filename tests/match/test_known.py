"""What is known of a place or a trade is not asked again as a condition to check."""

from __future__ import annotations

from datetime import date

import pytest

from baken.facts.vocabulary import load_vocabulary
from baken.landscape.catalogue import load_catalogue
from baken.match.firm import Firm, read_firm
from baken.match.model import Reason
from baken.match.reasons import reasons
from baken.match.verdict import Judge, Judgement, with_trade
from tests.match.asked import ask

TODAY = date(2026, 11, 26)
FARMER = "ik ben landbouwer en zoek advies"
OTHERS = {
    "centrum-algemeen-welzijnswerk": "where the owner lives, not the firm",
    "ocmw": "where the owner lives, not the firm",
    "fost-plus": "where packaging is sold, not where the firm is",
}
"""Organisations whose condition of place no fact of the firm can meet."""


def held(door: str, need: str = "", **facts: object) -> tuple[Judgement, Firm]:
    catalogue, firm = load_catalogue(), read_firm(facts, need, TODAY, "nl")
    record = catalogue.by_key["organisation", door]
    judgement = Judge.of(catalogue)(record, firm.values, TODAY)
    return with_trade(judgement, firm.values, firm.trade), firm


def told(door: str, condition: str, lang: str = "nl", need: str = "", **facts: object) -> Reason:
    judgement, firm = held(door, need, **facts)
    record = load_catalogue().by_key["organisation", door]
    found = reasons(record, judgement, firm.values, load_vocabulary(), lang)
    return next(r for r in found if r.condition == condition)


KNOWN = [
    # an organisation, its condition, and who surely meets it
    ("ilvo", "region", {"municipality": "Gent"}),
    ("pmv", "region", {"municipality": "Gent"}),
    ("cci-wallonie", "region", {"municipality": "Namur"}),
    ("reload-yourself", "brussels", {"municipality": "Brussel"}),
    ("toerisme-vlaanderen", "region", {"project_region": "vlaams-gewest"}),
    ("horeca-vlaanderen", "sector", {"sector": "restaurant"}),
    ("sirris", "sector", {"nace": "28.41"}),
    ("bakkers-vlaanderen", "region", {"municipality": "Brussel"}),
]


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
@pytest.mark.parametrize(("door", "condition", "facts"), KNOWN)
def test_who_surely_meets_a_condition_is_not_asked_to_check_it(
    door: str, condition: str, facts: dict[str, object], lang: str
) -> None:
    reason = told(door, condition, lang, **facts)
    assert (reason.met, reason.unknown_because) == (True, None)
    assert not reason.says.endswith(")"), "why no rule can hold it is of no use here"


@pytest.mark.parametrize(("door", "condition", "facts"), KNOWN[:-1])
def test_of_others_it_tells_nothing_and_shuts_nobody_out(
    door: str, condition: str, facts: dict[str, object]
) -> None:
    flemish = {"Gent", "vlaams-gewest"} & set(map(str, facts.values()))
    elsewhere = "Namur" if flemish else "Kortrijk"
    for other in ({}, {"municipality": elsewhere, "nace": "62.10"}):
        reason = told(door, condition, **other)
        assert (reason.met, reason.unknown_because) in ((None, "text"), (None, "judged"))


def test_a_baker_in_wallonia_is_not_sent_to_the_bakers_of_flanders() -> None:
    assert held("bakkers-vlaanderen", municipality="Namur")[0].verdict == "excluded"


def test_each_condition_of_place_that_no_rule_holds_tells_who_surely_meets_it() -> None:
    lacking = {
        record.id
        for record in load_catalogue()
        if record.type == "organisation"
        for c in record.conditions
        if c.family == "region" and not (c.rule or c.met_if)
    }
    assert lacking == OTHERS.keys()


def test_a_trade_that_the_words_tell_meets_what_asks_for_it() -> None:
    assert told("boerenbond", "sector").unknown_because == "not_said"
    assert told("boerenbond", "sector", need=FARMER).met is True
    assert held("boerenbond", FARMER, municipality="Gent")[0].verdict == "fits"
    assert held("boerenbond", FARMER)[0].verdict == "open", "where it is stays open"
    restaurant = "wij zijn een restaurant en zoeken personeel"
    assert told("horeca-vlaanderen", "sector", need=restaurant).met is True


def test_another_trade_fails_nothing_for_a_firm_can_do_more_than_its_words_name() -> None:
    judgement, _ = held("boerenbond", "ik ben bakker en zoek advies")
    assert judgement.verdict == "open"
    assert told("boerenbond", "sector", need="ik ben bakker en zoek advies").met is None


def test_codes_that_were_given_hold_against_the_words() -> None:
    assert held("boerenbond", FARMER, nace="10.71")[0].verdict == "excluded"


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_no_door_of_an_answer_asks_for_the_trade_or_the_place_that_were_told(lang: str) -> None:
    answer = ask(FARMER, facts={"municipality": "Ieper"}, lang=lang)
    assert answer.route is not None
    doors = {r.id: r.reasons for r in answer.route.reasons}
    assert {"boerenbond", "innovatiesteunpunt"} & set(doors)
    asked = {
        (door, reason.condition)
        for door, found in doors.items()
        for reason in found
        if reason.met is None and reason.condition in ("sector", "region")
    }
    assert not asked
