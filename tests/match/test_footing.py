"""What nobody checked is not told as met: a size by heads alone, and a duty of others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from baken.facts.derive import derive_all
from baken.facts.state import Facts, Origin
from baken.kernel.values import Choices, Value
from baken.landscape.catalogue import load_catalogue
from baken.landscape.types import rule_types
from baken.match.footing import grown_over
from baken.match.model import OfferAnswer, Reason
from baken.match.texts import say
from baken.match.told_group import tells_group
from baken.match.verdict import Held
from baken.rules import parse
from baken.rules.ast import Compare, FactRef, Or
from tests.match.asked import ask

DAY = date(2026, 11, 26)
GENK = {"municipality": "Genk", "headcount": 30}
GROUP = "wij zijn een dochterbedrijf van een Duitse groep met 4000 mensen en willen zonnepanelen"
ALONE = "wij willen zonnepanelen op ons dak"


def offer(name: str, need: str = ALONE, lang: str = "nl", **facts: Any) -> OfferAnswer:
    found = ask(need, facts={**GENK, **facts}, only=[name], lang=lang).offers
    return next(o for o in found if o.id == name)


def reason(name: str, condition: str, need: str = ALONE, **facts: Any) -> Reason:
    return next(r for r in offer(name, need, **facts).reasons if r.condition == condition)


# -- a size by heads alone -----------------------------------------------------------------------
def test_a_size_that_follows_from_heads_alone_is_assumed_and_tells_what_it_rests_on() -> None:
    found = reason("energiescan-kmo", "size")
    assert (found.met, found.unknown_because) == (None, "assumed")
    assert found.says.startswith("Je onderneming is een kmo volgens de Europese definitie")
    assert found.says.endswith(
        "(we kennen alleen het aantal mensen, 30; je omzet, je balans of een moederbedrijf kan dit"
        " veranderen)"
    )


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "we only know the number of people, 30"), ("fr", "le nombre de personnes, 30 ;")],
)
def test_it_is_told_so_in_each_language(lang: str, words: str) -> None:
    (found,) = [r for r in offer("energiescan-kmo", lang=lang).reasons if r.condition == "size"]
    assert words in found.says


def test_a_range_of_heads_is_told_as_it_was_answered() -> None:
    assert "aantal mensen, 10 - 49;" in reason("energiescan-kmo", "size", headcount="10..49").says


def test_with_turnover_and_balance_the_group_is_still_not_known() -> None:
    found = reason("energiescan-kmo", "size", turnover=4_000_000, balance_total=2_000_000)
    assert (found.met, found.unknown_because) == (None, "assumed")
    assert "cijfers van dit jaar; een moederbedrijf" in found.says


TWO_YEARS = (
    "Kwam je pas dit jaar boven die grens, dan verandert je grootte pas na twee jaar na elkaar"
)


@pytest.mark.parametrize(
    ("known", "two_years"),
    [
        ({"headcount": 260}, True),
        ({"headcount": "250.."}, True),
        ({"headcount": 260, "turnover": 9e7, "balance_total": 9e7}, True),
        ({"size": "large"}, False),  # said so by the owner
    ],
)
def test_who_is_too_large_by_one_year_reads_that_it_takes_two(
    known: dict[str, Any], two_years: bool
) -> None:
    found = reason("kmo-groeisubsidie", "size", **known)
    assert (found.met, TWO_YEARS in (found.change or "")) == (False, two_years)


@pytest.mark.parametrize(
    ("rule", "size", "grown"),
    [
        ("size <> 'large'", "large", True),
        ("size = 'micro'", "small", True),
        ("size = 'large'", "small", False),  # it is too small for that
        ("size <> 'large' and headcount < 5", "large", False),  # its heads are in the way too
    ],
)
def test_only_who_is_too_large_may_still_be_of_the_size_before(
    rule: str, size: str, grown: bool
) -> None:
    condition = next(c for record in load_catalogue() for c in record.conditions)
    held = Held(condition, parse(rule, rule_types()), met=False)
    firm: dict[str, Value] = {"size": size, "headcount": 12}
    assert grown_over(held, firm, {"size": "..."}) is grown
    assert grown_over(held, firm, {}) is False


@pytest.mark.parametrize(
    "known",
    [
        {"size": "small"},
        {
            "group": {
                "enterprise": "us",
                "enterprises": {
                    "us": {
                        "years": [
                            {"end": "2025-12-31", "headcount": 30, "turnover": 4e6, "balance": 2e6},
                            {"end": "2024-12-31", "headcount": 28, "turnover": 4e6, "balance": 2e6},
                        ]
                    }
                },
                "links": [],
            }
        },
    ],
    ids=["given", "group"],
)  # fmt: skip
def test_a_size_that_was_given_or_reckoned_with_the_group_is_met(known: Mapping[str, Any]) -> None:
    found = reason("energiescan-kmo", "size", **known)
    assert (found.met, found.unknown_because) == (True, None)


def test_a_firm_of_few_people_is_still_offered_what_is_for_smes() -> None:
    """The verdict and the questions stay those of an sme: only the reason says what it rests on."""
    found = offer("energiescan-kmo")
    assert found.verdict == "open"
    assert "size" not in found.missing
    assert found.checked == sum(r.met is not None for r in found.reasons)


def test_what_fits_by_an_assumed_size_alone_may_fit_and_no_more() -> None:
    found = offer("win4expertise", "ik zoek een expert")
    assert (found.verdict, found.checked) == ("fits", 0)
    assert "kijk na wat nog openstaat" in found.verdict_says


# -- accounts, and what does not stand in them --------------------------------------------------
HEALTHY = [{"end": "2025-12-31", "contributions": 50_000, "reserves": 20_000,
            "accumulated_losses": 0}]  # fmt: skip
OWN = {"headcount": 8, "legal_form": "bv", "founded_on": "2010-01-01", "accounts": HEALTHY}
COURT = "(volgens je jaarrekening; een procedure bij de rechtbank of reddingssteun staat daar niet"


def test_no_difficulty_by_accounts_alone_is_assumed_for_no_court_stands_in_them() -> None:
    found = reason("ontwikkelingsproject", "difficulty", **OWN)
    assert (found.met, found.unknown_because) == (None, "assumed")
    assert found.says.startswith("Je onderneming is geen onderneming in moeilijkheden")
    assert COURT in found.says and "aantal mensen" not in found.says


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_that_is_told_in_each_language(lang: str) -> None:
    found = offer("ontwikkelingsproject", lang=lang, **OWN).reasons
    (told,) = [r.says for r in found if r.condition == "difficulty"]
    assert say("because.difficulty", lang) in told


@pytest.mark.parametrize(
    "said",
    [
        {"insolvency": False},
        {"in_difficulty": False},
        {"accounts": {"years": HEALTHY, "insolvency": {"proceedings": False}}},
    ],
    ids=["no insolvency", "no difficulty", "in the papers"],
)
def test_who_says_that_no_proceedings_run_keeps_a_plain_no(said: dict[str, Any]) -> None:
    found = reason("ontwikkelingsproject", "difficulty", **{**OWN, **said})
    assert (found.met, found.unknown_because) == (True, None)
    assert "jaarrekening" not in found.says


def test_that_it_is_assumed_changes_no_verdict_and_no_question() -> None:
    by_accounts = offer("ontwikkelingsproject", **OWN)
    said = offer("ontwikkelingsproject", **OWN, insolvency=False)
    assert (by_accounts.verdict, by_accounts.missing) == (said.verdict, said.missing)
    assert "in_difficulty" not in by_accounts.missing


def test_lost_capital_in_the_accounts_is_a_plain_yes() -> None:
    lost = [{**HEALTHY[0], "reserves": 0, "accumulated_losses": 40_000}]
    found = reason("ontwikkelingsproject", "difficulty", **{**OWN, "accounts": lost})
    assert found.met is False


# -- a group -------------------------------------------------------------------------------------
def test_who_tells_of_a_group_has_a_size_that_is_not_known() -> None:
    found = reason("energiescan-kmo", "size", GROUP)
    assert (found.met, found.unknown_because) == (None, "not_said")
    assert "size" in offer("energiescan-kmo", GROUP).missing


def test_who_tells_of_a_group_reads_that_it_counts_for_the_size() -> None:
    notices = ask(GROUP, facts=GENK).notices
    assert any(n.startswith("Je schrijft over een groep") for n in notices)
    assert not any(n.startswith("Hoe groot je onderneming is") for n in notices)
    assert not any(n.startswith("Je schrijft") for n in ask(ALONE, facts=GENK).notices)


def test_no_question_on_the_firms_own_money_is_put_for_it() -> None:
    """Its own turnover can't settle a size that is the group's."""

    def asked(need: str) -> str | None:
        found = ask(need, facts={**GENK, "headcount": 80}, only=["win4expertise"]).next_question
        return found and found.fact

    assert asked(ALONE) in ("turnover", "balance_total")
    assert asked(GROUP) is None


@pytest.mark.parametrize(
    ("heads", "size"),
    [
        (5, None),
        (30, Choices(frozenset({"small", "medium", "large"}))),
        (120, Choices(frozenset({"medium", "large"}))),
        (300, "large"),
    ],
)
def test_of_a_firm_in_a_group_the_heads_tell_only_the_least(heads: int, size: object) -> None:
    facts = Facts(in_group=True)
    facts.set("headcount", heads, Origin("given"))
    derive_all(facts, DAY)
    assert facts.get("size") == size


TOLD = [
    GROUP,
    "Wij zijn een dochter van een Franse groep en zoeken steun voor innovatie",
    "ons moederbedrijf zit in Nederland",
    "een klant liep weg en wij horen bij een groep",
    "onze leverancier stopt, en we zijn een dochterbedrijf van een groep",
    "we maken deel uit van een internationale groep",
    "wij zijn onderdeel van een grotere groep met 900 werknemers",
    "we horen bij de Colruyt groep",
    "ik heb een holding boven mijn bv",
    "we hebben twee dochterondernemingen",
    "onze firma is overgenomen door een Nederlandse groep",
    "wij zijn een filiaal van een multinational",
    "we are a subsidiary of a German group",
    "our parent company is American",
    "we are part of a larger group and want solar panels",
    "our holding company owns the building",
    "nous sommes une filiale d'un groupe allemand",
    "nous faisons partie d'un groupe international",
    "notre société mère est en France",
    "notre entreprise appartient à un groupe",
]
NOT_TOLD = [
    "een groep klanten loopt weg",
    "mijn dochter werkt mee",
    "mijn dochter neemt de zaak over",
    "ik ben de dochter van de zaakvoerder",
    "we zijn zoon en dochter van de stichter",
    "ik wil een dochterbedrijf oprichten in Duitsland",
    "mijn klant is een dochterbedrijf van een Duitse groep",
    "we leveren aan een dochterbedrijf van een groep",
    "onze leverancier is failliet en hoort bij een groep",
    "our supplier is late and is part of a larger group",
    "notre client ne paie plus et appartient à un groupe",
    "wij zijn geen deel van een groep",
    "we zijn een onafhankelijk bedrijf zonder moederbedrijf",
    "een groep ondernemers wil samen zonnepanelen kopen",
    "onze doelgroep is jonge moeders",
    "we are holding a workshop",
    "a group of clients left",
    "we are part of a group of farmers",
    "we want to set up a subsidiary in Germany",
    "nous voulons ouvrir une filiale en France",
    "un groupe de clients est parti",
    "ma fille travaille avec moi",
]


@pytest.mark.parametrize("need", TOLD)
def test_words_of_a_group_that_the_firm_is_in_are_heard(need: str) -> None:
    assert tells_group(need)


@pytest.mark.parametrize("need", NOT_TOLD)
def test_words_of_another_group_or_of_others_change_nothing(need: str) -> None:
    assert not tells_group(need)


# -- a duty of others ----------------------------------------------------------------------------
CLIMATE = ["innovatiemandaat", "ontwikkelingsproject", "oo-haalbaarheidsstudie"]


@pytest.mark.parametrize("name", CLIMATE)
def test_what_is_asked_of_a_large_firm_only_does_not_apply_to_a_small_one(name: str) -> None:
    found = reason(name, "climate-plan", "we willen innoveren", size="small")
    assert (found.met, found.unknown_because) == (None, "does_not_apply")
    assert found.says.endswith("(geldt alleen voor een grote onderneming)")


def test_by_heads_alone_it_tells_beside_that_what_it_rests_on() -> None:
    found = reason("ontwikkelingsproject", "climate-plan", "we willen innoveren", headcount=22)
    assert found.unknown_because == "does_not_apply"
    assert "en zover we weten ben je dat niet: we kennen alleen het aantal" in found.says


def test_of_a_large_firm_it_is_asked_as_before() -> None:
    large = {"size": "large"}
    found = reason("ontwikkelingsproject", "climate-plan", **large)
    assert (found.met, found.unknown_because) == (None, "not_said")
    assert reason("ontwikkelingsproject", "climate-plan", **large, climate_plan=True).met is True
    assert reason("ontwikkelingsproject", "climate-plan", **large, climate_plan=False).met is False


def test_what_is_asked_of_an_association_only_does_not_apply_to_a_company() -> None:
    found = reason("winwinlening", "vzw-activity", legal_form="bv")
    assert found.unknown_because == "does_not_apply"
    assert found.says.endswith("(geldt alleen voor een vzw)")


def test_each_kind_that_a_rule_asks_something_of_has_its_words() -> None:
    kinds = set()
    for record in load_catalogue():
        for condition in record.conditions:
            rule = parse(condition.rule, rule_types()) if condition.rule else None
            for part in rule.parts if isinstance(rule, Or) else ():
                if isinstance(part, Compare) and part.op == "<>" and isinstance(part.left, FactRef):
                    kinds.add((part.left.id, str(getattr(part.right, "value", ""))))
    assert kinds == {("size", "large"), ("legal_form", "vzw")}
    for _, kind in kinds:
        for lang in ("nl", "en", "fr"):
            assert say(f"because.only_for.{kind}", lang)
