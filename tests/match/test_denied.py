"""Who denies a trouble is not read as having it; of what did not happen the law asks nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.search import triage

import baken
from baken.kernel.files import own_yaml
from baken.match.denied import without_denied
from baken.match.dialect import plain
from baken.match.model import Answer


def ask(need: str, lang: str = "nl") -> Answer:
    facts = {"municipality": "Mechelen", "headcount": 12}
    return baken.match({"need": need, "lang": lang, "as_of": "2026-11-27", "facts": facts})


NO_TROUBLE = [
    ("nl", "wij hebben geen geldproblemen maar zoeken krediet"),
    ("en", "we are not in financial trouble"),
    ("en", "we have no debts and want to grow"),
    ("nl", "wij zitten niet in financiële moeilijkheden"),
    ("nl", "we hebben geen schulden, we zoeken een lasser"),
    ("en", "we are not bankrupt, we want to invest"),
    ("fr", "sans dettes, nous voulons agrandir"),
    ("nl", "ik kan mijn rekeningen wel betalen maar zoek personeel"),
]


@pytest.mark.parametrize(("lang", "need"), NO_TROUBLE)
def test_who_has_no_trouble_is_not_told_to_have_it(lang: str, need: str) -> None:
    answer = ask(need, lang)
    assert answer.route.id != "R1"
    assert "financial_trouble" not in answer.heard


@pytest.mark.parametrize(
    "need",
    [
        "we hebben geen geld meer om de lonen te betalen",
        "ik kan mijn schulden niet betalen",
        "we willen niet failliet gaan maar de deurwaarder staat hier",
        "geen uitstel gekregen voor mijn schulden bij de rsz",
    ],
)
def test_who_has_it_with_a_no_in_the_text_is_heard(need: str) -> None:
    assert ask(need).route.id == "R1"


@pytest.mark.parametrize(
    "need",
    [
        "wij zijn advocaten voor mensen met schulden, we zoeken klanten",
        "we begeleiden bedrijven in faillissement en zoeken een jurist",
        "we help families with debts and need new software",
    ],
)
def test_the_trouble_of_whom_a_firm_works_for_is_not_its_own(need: str) -> None:
    answer = ask(need)
    assert answer.route.id != "R1" and "financial_trouble" not in answer.heard


def test_who_asks_for_help_for_firms_in_trouble_is_heard() -> None:
    assert ask("waar vind ik hulp voor ondernemers in moeilijkheden").route.id == "R1"


@pytest.mark.parametrize(
    "need",
    [
        "we werden niet gehackt maar willen ons beveiligen",
        "er lekten geen gegevens, we willen een betere firewall",
        "geen enkele klant werd ziek van onze vis, we zoeken een keurmerk",
        "we hadden nooit een arbeidsongeval en willen dat zo houden",
    ],
)
def test_of_what_did_not_happen_the_law_asks_nothing(need: str) -> None:
    answer = ask(need)
    assert not answer.duties
    assert answer.route.doors[0] not in ("gegevensbeschermingsautoriteit", "favv", "fedris")


def test_who_repairs_what_a_storm_did_had_no_disaster() -> None:
    assert "event" not in ask("wij repareren auto's met hagelschade en zoeken personeel").heard
    assert "event" in ask("hagelschade aan onze serres, wie helpt").heard


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Zonder schulden", " "),
        ("er is niemand gewond maar de oven brandt", "er is   maar de oven brandt"),
        ("geen geld", "geen geld"),
    ],
)
def test_only_what_is_denied_is_left_out(text: str, left: str) -> None:
    assert without_denied(plain(text)) == left


@pytest.mark.parametrize(
    "need",
    ["de huisbaas zet me op straat", "ze zetten ons uit ons pand op 1 januari"],
)
def test_who_is_put_out_of_the_premises_goes_to_who_judges_that(need: str) -> None:
    answer = ask(need)
    assert answer.route.doors[0] == "vredegerecht" and not answer.urgent


def test_who_only_may_be_alone_keeps_the_doors_for_a_firm() -> None:
    answer = ask("ik sta er alleen voor sinds de scheiding")
    assert not answer.urgent and answer.calls


TEXTS = own_yaml(Path(triage.__file__).parent / "denied.yaml")
HOLDERS = {"leak": "gegevensbeschermingsautoriteit", "accident": "fedris", "food": "favv"}


def tells(text: dict[str, str], kind: str) -> bool:
    answer = ask(text["text"], text["lang"])
    if kind in HOLDERS:
        return HOLDERS[kind] in {d.id for d in answer.duties}
    return answer.danger is not None if kind == "danger" else answer.route.id == "R1"


@pytest.mark.parametrize("kind", ["crisis", "danger", *HOLDERS])
def test_hardly_any_denial_is_read_as_its_trouble(kind: str) -> None:
    told = [tells(t, kind) for t in TEXTS["denied"] if t["about"] == kind]
    assert sum(told) <= 1 < len(told)


@pytest.mark.parametrize(("kind", "least"), [("crisis", 15), ("leak", 8), ("food", 5)])
def test_a_no_in_a_text_hides_no_trouble(kind: str, least: int) -> None:
    assert sum(tells(t, kind) for t in TEXTS["real"] if t["what"] == kind) >= least


@pytest.mark.parametrize(
    "need",
    [
        "In 2011 ging mijn vorige zaak failliet. Nu wil ik een webshop.",
        "tien jaar geleden waren we failliet, nu zoeken we twee bakkers",
        "ons afbetalingsplan is volledig afgelost. Vandaag willen we groeien.",
    ],
)
def test_what_is_over_is_no_trouble_of_today(need: str) -> None:
    assert ask(need).route.id != "R1"


def test_debts_of_long_ago_that_still_press_are() -> None:
    need = "sinds 2015 sleep ik schulden mee en nu staat de deurwaarder hier"
    assert ask(need).route.id == "R1"


@pytest.mark.parametrize(
    ("lang", "need", "not_first"),
    [
        ("nl", "We gaan niet failliet, we willen gewoon groeien", "dyzo"),
        ("fr", "Nous n'allons pas faire faillite, nous voulons grandir", "1890"),
        ("nl", "ik wil geen personeel, ik wil mijn planning automatiseren", "vdab"),
        ("nl", "we exporteren niet en willen dat ook niet, we zoeken subsidie", "fit"),
        ("en", "I don't want to stop my shop, I want to renovate it", "accountant"),
    ],
)
def test_what_is_not_wanted_is_no_door(lang: str, need: str, not_first: str) -> None:
    assert ask(need, lang).route.doors[0] != not_first


@pytest.mark.parametrize(
    "need", ["ik vind geen personeel", "we vinden geen mensen voor de bakkerij"]
)
def test_who_finds_nobody_still_seeks(need: str) -> None:
    assert ask(need).route.doors[0] == "vdab"


def test_arrears_beside_a_wish_are_arrears() -> None:
    need = "ik kan mijn leveranciers niet meer betalen maar wil een nieuwe website"
    assert ask(need).route.id == "R1"
