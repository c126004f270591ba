"""What an owner says that happened is known: it is shown, and no longer asked."""

from __future__ import annotations

from typing import Any

import pytest

import baken
from baken.facts.vocabulary import load_vocabulary
from baken.match.told import happenings, told_in, unsettled_in
from tests.match.asked import ask

HAPPENED = [
    ("er zijn wegenwerken voor mijn deur en niemand komt nog", ["road_works"]),
    ("door de wegenwerken komen er geen klanten meer", ["road_works"]),
    ("onze straat ligt al maanden open", ["road_works"]),
    ("there are road works in front of my shop", ["road_works"]),
    ("il y a des travaux dans ma rue et plus personne ne vient", ["road_works"]),
    ("de werken in mijn straat jagen het volk weg", ["road_works"]),
    ("mijn kinderen werken niet in de zaak", []),
    ("onze mensen werken graag in de winkel", []),
    ("wij doen wegenwerken voor de gemeente", []),
    ("ik zoek personeel voor wegenwerken", []),
    ("volgend jaar zijn er wegenwerken voor mijn deur", []),
    ("mijn winkel is afgebrand vannacht", ["fire"]),
    ("er was brand in mijn atelier", ["fire"]),
    ("onze loods is volledig uitgebrand", ["fire"]),
    ("my shop burned down last night", ["fire"]),
    ("there was a fire in my workshop", ["fire"]),
    ("il y a eu un incendie dans mon atelier", ["fire"]),
    ("mon restaurant a brûlé", ["fire"]),
    ("ik ben bang voor brand in mijn atelier", []),
    ("hoe verzeker ik mij tegen brand in mijn winkel", []),
    ("als er brand is in mijn zaak, wat dan", []),
    ("de loods van mijn leverancier is afgebrand", []),
    ("er is geen brand in mijn zaak geweest", []),
    ("ik ben uitgebrand en moe", []),
    ("I want to protect my brand", []),
    ("I had to fire someone", []),
    ("un exercice incendie dans notre bâtiment", []),
    ("mijn bedrijf moet weg voor een overstromingsgebied", []),
    ("vijf jaar geleden was er brand in mijn zaak, nu wil ik groeien", []),
    ("hagel heeft mijn peren kapot gemaakt", ["disaster"]),
    ("mijn kelder staat onder water na de storm", ["disaster"]),
    ("la tempête a abîmé mon toit", ["disaster"]),
    ("our shop was flooded", ["disaster"]),
    ("hoe voorkom ik hagelschade in mijn boomgaard", []),
    ("wij krijgen een overstroming van bestellingen", []),
    ("ik ben ziek en kan niet meer werken", ["illness"]),
    ("ik lig in het ziekenhuis", ["illness"]),
    ("ik heb kanker en weet niet hoe het met de zaak verder moet", ["illness"]),
    ("I am seriously ill and can't work", ["illness"]),
    ("je suis malade et je ne peux plus travailler", ["illness"]),
    ("j'ai un cancer", ["illness"]),
    ("ik ben ziek van die papieren", []),
    ("I am sick of paperwork", []),
    ("je suis malade de stress", []),
    ("mijn werknemer is al weken ziek", []),
    ("burn-out van mijn beste werknemer", []),
    ("ik ben niet ziek", []),
    ("wat als ik ziek word", []),
]


@pytest.mark.parametrize(("need", "events"), HAPPENED)
def test_what_happened_is_heard_of_who_says_it_of_himself(need: str, events: list[str]) -> None:
    assert list(told_in(need, ["N14"]).get("event", ())) == events


BANKRUPT = [
    ("ik ben failliet verklaard, wat nu", True),
    ("mijn zaak is failliet", True),
    ("failliet, wat nu", True),
    ("we went bankrupt", True),
    ("ma société est en faillite", True),
    ("j'ai fait faillite", True),
    ("ik ben failliet geweest en wil opnieuw beginnen", False),
    ("mijn klant is failliet", False),
    ("mijn grootste leverancier ging failliet", False),
    ("ik ben bang dat ik failliet ga", False),
    ("ik ben bijna failliet", False),
    ("we zijn nog niet failliet", False),
    ("we are going bankrupt", False),
    ("mon client est en faillite", False),
    ("je ne suis pas en faillite", False),
    ("in 2015 ben ik failliet gegaan en nu wil ik herbeginnen", False),
]


@pytest.mark.parametrize(("need", "so"), BANKRUPT)
def test_only_the_own_bankruptcy_that_is_there_is_heard(need: str, so: bool) -> None:
    told = told_in(need, ["N14"])
    assert ("insolvency" in told) is so and ("bankruptcy" in told.get("event", ())) is so


REORGANISED = [
    "er loopt een gerechtelijke reorganisatie voor mijn bakkerij en ik wil een nieuwe oven",
    "wij zitten in WCO en zoeken advies",
    "de WCO is opgestart voor onze firma",
    "mijn zaak zit sinds maart in een gerechtelijke reorganisatie",
    "sinds vorige maand zitten we in WCO",
    "ik heb een gerechtelijke reorganisatie aangevraagd",
    "tijdens onze gerechtelijke reorganisatie zoeken we een lening",
    "nu we in WCO zitten krijgen we geen krediet",
    "we are in judicial reorganisation and need a new machine",
    "a judicial reorganization is under way for my bakery",
    "we filed for judicial reorganisation",
    "notre entreprise est en PRJ, que faire",
    "une procédure de réorganisation judiciaire est ouverte pour ma société",
    "nous sommes en réorganisation judiciaire et nous cherchons un prêt",
    "nous avons demandé une réorganisation judiciaire",
]
NOT_REORGANISED = [
    "is WCO iets voor ons?",
    "wat is een gerechtelijke reorganisatie",
    "hoe wordt een WCO aangevraagd",
    "kan ik een gerechtelijke reorganisatie aanvragen",
    "een klant zit in WCO",
    "er loopt een gerechtelijke reorganisatie bij mijn grootste klant",
    "mijn leverancier vroeg een gerechtelijke reorganisatie aan",
    "we begeleiden bedrijven in reorganisatie",
    "we begeleiden bedrijven die in gerechtelijke reorganisatie zitten",
    "wij zitten niet in WCO",
    "we zijn bang dat we in WCO terechtkomen",
    "onze gerechtelijke reorganisatie is afgesloten",
    "my customer is in judicial reorganisation",
    "how is a judicial reorganisation started",
    "wij zijn een advocatenkantoor gespecialiseerd in gerechtelijke reorganisatie",
    "mijn advocaat is goed in WCO",
    "mijn moederbedrijf zit in WCO",
    "onze WCO-software verkoopt slecht",
    "un client est en réorganisation judiciaire",
    "nous ne sommes pas en PRJ",
    "we aren't in judicial reorganisation",
    "er loopt geen WCO bij ons",
    "comment une réorganisation judiciaire est-elle demandée",
]


@pytest.mark.parametrize("need", REORGANISED)
def test_a_judicial_reorganisation_of_the_firm_itself_is_trouble_and_no_bankruptcy(
    need: str,
) -> None:
    told = told_in(need, ["N14"])
    assert "financial_trouble" in told
    assert "insolvency" not in told
    assert unsettled_in(need) == {"in_difficulty"}


@pytest.mark.parametrize("need", NOT_REORGANISED)
def test_one_of_others_or_that_is_only_asked_about_is_none_of_the_firm(need: str) -> None:
    assert "financial_trouble" not in told_in(need, ["N09"])
    assert not unsettled_in(need)


COURT = "er loopt een gerechtelijke reorganisatie voor mijn bakkerij en ik wil een nieuwe oven"
OTHERS = "een klant zit in WCO en ik wil een nieuwe oven"
HEALTHY = {
    "municipality": "Gent", "headcount": 8, "legal_form": "bv", "founded_on": "2010-01-01",
    "accounts": [{"end": "2025-12-31", "contributions": 50_000, "reserves": 20_000,
                  "accumulated_losses": 0}],
}  # fmt: skip


def test_a_reorganisation_leads_to_help_in_trouble() -> None:
    route = ask(COURT, facts={"municipality": "Gent"}).route
    assert route is not None and route.id == "R1"


@pytest.mark.parametrize(
    ("need", "facts", "met", "because"),
    [
        (COURT, {}, None, "not_said"),
        (OTHERS, {}, None, "assumed"),
        (COURT, {"in_difficulty": False}, True, None),
        (COURT, {"in_difficulty": True}, False, None),
    ],
    ids=["own", "of a customer", "said no", "said yes"],
)
def test_with_a_reorganisation_accounts_no_longer_say_that_there_is_no_difficulty(
    need: str, facts: dict[str, Any], met: bool | None, because: str | None
) -> None:
    found = ask(need, facts={**HEALTHY, **facts}, only=["ontwikkelingsproject"]).offers
    (told,) = [r for r in found[0].reasons if r.condition == "difficulty"]
    assert (told.met, told.unknown_because) == (met, because)


MORE = [
    ("mijn winkel is afgebrand", "building_or_tools_damaged"),
    ("the fire destroyed our kitchen", "building_or_tools_damaged"),
    ("mijn man is vorige maand gestorven en nu sta ik er alleen voor", "accident_or_death"),
    ("my business partner passed away", "accident_or_death"),
    ("mon mari est décédé", "accident_or_death"),
    ("ik heb een ongeval gehad", "accident_or_death"),
]


@pytest.mark.parametrize(("need", "fact"), MORE)
def test_damage_and_death_are_heard(need: str, fact: str) -> None:
    assert fact in told_in(need, ["N14"])


def test_a_small_fire_tells_no_damage_and_no_need_tells_nothing() -> None:
    assert "building_or_tools_damaged" not in told_in("er was brand in mijn atelier", ["N14"])
    assert told_in("mijn winkel is afgebrand", []) == {}


def test_what_is_told_are_choices_of_the_vocabulary() -> None:
    choices = {c.value for c in load_vocabulary()["event"].choices}
    assert {h.value for h in happenings() if h.fact == "event"} <= choices


def _asked(query: dict[str, object]) -> list[str]:
    """The questions that somebody gets who knows no answer to any."""
    asked: list[str] = []
    while (question := baken.match(query | {"asked": asked}).next_question) is not None:
        asked.append(question.fact)
    return asked


SAID = [
    ("er was brand in mijn atelier", "nl", "Brugge", 1),
    ("mijn winkel is afgebrand vannacht", "nl", "Gent", 1),
    ("il y a eu un incendie dans mon atelier", "fr", "Namur", 1),
    ("ik ben failliet verklaard, wat nu", "nl", "Gent", 0),
    ("ik ben ziek en kan niet meer werken", "nl", "Gent", 0),
    ("mijn man is vorige maand gestorven en nu moet ik de beenhouwerij alleen verderdoen", "nl",
     "Aalst", 1),
]  # fmt: skip


@pytest.mark.parametrize(("need", "lang", "place", "most"), SAID)
def test_who_told_it_is_asked_little_more(need: str, lang: str, place: str, most: int) -> None:
    facts = {"municipality": place, "headcount": 3}
    asked = _asked({"need": need, "facts": facts, "lang": lang, "as_of": "2026-11-27"})
    assert len(asked) <= most, asked
    useless = {"collective_debt_settlement", "insolvency", "building_or_tools_damaged"}
    assert not useless & set(asked)


def test_what_was_heard_wrong_can_be_taken_back() -> None:
    query = {"need": "er was brand in mijn atelier", "facts": {}, "as_of": "2026-11-27"}
    answer = baken.match(query)
    assert (answer.heard, answer.heard_values) == (["event"], {"event": ["fire"]})
    assert baken.match(query | {"asked": ["event"]}).heard == []
    none = {"facts": {"event": ["none"]}}
    assert baken.match(query | none).heard == [], "what the owner answers goes before"


def test_who_can_t_pay_and_is_ill_has_money_trouble_too() -> None:
    need = "ik ben ziek en kan mijn facturen niet meer betalen"
    answer = baken.match({"need": need, "as_of": "2026-11-27"})
    assert answer.heard_values["event"] == ["illness", "economic_difficulty"]
