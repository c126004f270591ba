"""Needs that owners put in a few plain words, with what must and must not stand in the answer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.match.asked import ask

TAKE_ON = {"opleiding-inschakelingsplan-wallonie", "aanwervingspremie-wallonie", "activa-brussels",
           "individuele-beroepsopleiding-brussel", "ibo"}  # fmt: skip
SEEK_STAFF = {"vdab", "forem", "actiris", "ibo", "opleiding-inschakelingsplan-wallonie"}


def shown(answer: Any) -> list[str]:
    return [o.id for o in answer.offers if o.verdict != "excluded"]


def doors(answer: Any) -> set[str]:
    return {d for d in (*answer.route.doors, answer.route.alternative) if d}


@pytest.mark.parametrize(
    ("lang", "need", "town", "pays"),
    [
        ("fr", "Je dois former mon personnel", "Liège", "opleidingscheque-wallonie"),
        ("en", "I must train my staff", "Charleroi", "opleidingscheque-wallonie"),
        ("fr", "Je veux former mes employés", "Ixelles", "opleidingspremie-brussel"),
        ("nl", "ik moet mijn personeel opleiden", "Gent", "kmo-portefeuille-opleiding"),
    ],
)
def test_who_trains_the_staff_there_is_finds_what_pays_for_it_and_takes_nobody_on(
    lang: str, need: str, town: str, pays: str
) -> None:
    answer = ask(need, lang=lang, facts={"municipality": town, "headcount": 20})
    assert pays in shown(answer)
    assert not TAKE_ON & set(shown(answer))


def test_who_seeks_trained_staff_still_finds_who_pays_for_a_new_one() -> None:
    facts = {"municipality": "Liège", "headcount": 20}
    assert TAKE_ON & set(shown(ask("je cherche du personnel formé", lang="fr", facts=facts)))


@pytest.mark.parametrize(
    ("lang", "need", "town"),
    [
        ("nl", "Mijn personeel staakt", "Genk"),
        ("fr", "Mes employés font grève", "Namur"),
        ("nl", "een personeelslid valt mij lastig", "Hasselt"),
        ("nl", "Een medewerkster zegt dat de ploegbaas haar lastigvalt", "Kortrijk"),
    ],
)
def test_a_strike_or_harassment_seeks_nobody(lang: str, need: str, town: str) -> None:
    answer = ask(need, lang=lang, facts={"municipality": town, "headcount": 60})
    assert answer.route.doors[0] in {"sociaal-secretariaat", "externe-dienst-voor-preventie"}
    assert not SEEK_STAFF & doors(answer)
    assert "externe-dienst-voor-preventie" in shown(answer)


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("en", "The bailiff came this morning"),
        ("nl", "De deurwaarder was hier vanmorgen"),
        ("fr", "L'huissier est passé ce matin"),
    ],
)
def test_a_bailiff_in_the_morning_is_no_accident(lang: str, need: str) -> None:
    answer = ask(need, lang=lang, facts={"municipality": "Brussel", "headcount": 3})
    assert (answer.danger, answer.duties) == (None, [])


@pytest.mark.parametrize(
    ("lang", "need"),
    [
        ("nl", "Ik ruik gas in de zaak"),
        ("nl", "Mijn collega ademt niet meer"),
        ("en", "we smell gas in the kitchen"),
        ("fr", "Le toit du hangar menace de s'effondrer"),
    ],
)
def test_danger_in_plain_words_has_112_above_all(lang: str, need: str) -> None:
    assert "112" in (ask(need, lang=lang).danger or "")


@pytest.mark.parametrize(
    ("lang", "need", "town"),
    [
        ("nl", "Er is ingebroken in mijn winkel", "Genk"),
        ("nl", "er is ingebroken in onze werkplaats en al het gereedschap is gestolen", "Gent"),
        ("en", "We had a burglary", "Genk"),
        ("fr", "On nous a cambriolés", "Namur"),
    ],
)
def test_a_burglary_is_told_to_the_police_and_leaks_no_data(
    lang: str, need: str, town: str
) -> None:
    answer = ask(need, lang=lang, facts={"municipality": town, "headcount": 2})
    assert "online-aangifte-bij-de-politie" in shown(answer)
    assert answer.duties == []
    assert "centrum-voor-cybersecurity-belgie" not in doors(answer)


@pytest.mark.parametrize(
    "need", ["onze server is gehackt", "inbrekers op ons netwerk", "een camera tegen inbraak"]
)
def test_a_burglar_on_the_net_or_one_to_be_kept_out_is_none(need: str) -> None:
    assert "online-aangifte-bij-de-politie" not in shown(ask(need))[:1]


@pytest.mark.parametrize(
    "need", ["ik ben moe van alles, de zaak zit vol schulden", "de winkel loopt niet meer"]
)
def test_who_was_robbed_of_nothing_is_not_sent_to_the_police(need: str) -> None:
    assert "online-aangifte-bij-de-politie" not in shown(ask(need))


@pytest.mark.parametrize(
    ("lang", "need", "town"),
    [
        ("nl", "onze werkplaats is afgebrand", "Mechelen"),
        ("en", "Our workshop burned down last night", "Mechelen"),
        ("fr", "Notre atelier a brûlé cette nuit", "Namur"),
    ],
)
def test_after_a_fire_there_is_income_and_leave_in_each_language(
    lang: str, need: str, town: str
) -> None:
    answer = ask(need, lang=lang, facts={"municipality": town, "headcount": 6})
    assert {"overbruggingsrecht", "tijdelijke-werkloosheid-overmacht"} <= set(shown(answer))


@pytest.mark.parametrize(
    ("lang", "need", "town", "who"),
    [
        ("nl", "mijn boerderij heeft vogelgriep en alles wordt geruimd", "Poperinge",
         "boeren-op-een-kruispunt"),
        ("fr", "nos porcs doivent être abattus à cause de la peste porcine", "Namur", "agricall"),
    ],
)  # fmt: skip
def test_whose_animals_are_culled_finds_who_stands_by_farmers(
    lang: str, need: str, town: str, who: str
) -> None:
    answer = ask(need, lang=lang, facts={"municipality": town, "headcount": 2})
    assert who in doors(answer) and who in shown(answer)


def test_who_makes_a_test_for_such_a_disease_is_no_such_farm() -> None:
    answer = ask("we ontwikkelen een test voor vogelgriep", facts={"municipality": "Gent"})
    assert "boeren-op-een-kruispunt" not in doors(answer)


def test_a_partner_who_is_struck_leads_to_both_benefits() -> None:
    need = "mijn man kreeg een hartaanval, wij runnen samen een café"
    found = shown(ask(need, facts={"municipality": "Gent", "headcount": 2}))
    assert {"ziekte-uitkering-zelfstandigen", "mantelzorguitkering-zelfstandigen"} <= set(found)


@pytest.mark.parametrize(
    ("need", "other"),
    [
        ("ik ben ziek en kan niet werken als zelfstandige kapster", "hinderpremie"),
        ("mijn zaak is afgebrand", "hinderpremie"),
    ],
)
def test_that_one_thing_happened_does_not_say_that_nothing_else_did(need: str, other: str) -> None:
    (offer,) = ask(need, facts={"municipality": "Gent"}, only=[other]).offers
    assert not [r for r in offer.reasons if r.met is False]


NO_TROUBLE = [
    ("nl", "ik wil mijn eerste werknemer aannemen en minder rsz betalen"),
    ("nl", "welke rsz korting krijg ik als ik iemand aanneem"),
    ("nl", "ik wil mijn cafe overlaten, ik stop ermee op mijn 64"),
    ("nl", "ik stop ermee en wil mijn zaak verkopen"),
    ("nl", "mijn klanten betalen hun rekeningen te laat"),
    ("nl", "ik krijg volgende week controle van de btw"),
    ("nl", "we betalen onze leverancier niet te vroeg"),
    ("nl", "een klant geeft ons de schuld van een fout"),
    ("nl", "wij zoeken een partner om onze schuldgraad te verlagen"),
    ("fr", "mes clients paient leurs factures en retard"),
]
TROUBLE = [
    ("nl", "ik heb achterstand bij de rsz"),
    ("nl", "mijn rekeningen stapelen zich op"),
    ("nl", "we betalen onze huur niet meer"),
    ("nl", "ik heb schulden bij mijn leveranciers"),
    ("nl", "ik stop ermee, het gaat niet meer"),
    ("nl", "brief van de rechtbank over schulden"),
    ("nl", "uitstel van betaling bij de fiscus"),
    ("en", "we are in debt with our suppliers"),
    ("fr", "j'ai du retard dans mes cotisations sociales"),
]


@pytest.mark.parametrize(
    ("lang", "need", "so"), [*((*t, False) for t in NO_TROUBLE), *((*t, True) for t in TROUBLE)]
)
def test_a_word_of_other_things_too_is_trouble_only_where_the_text_says_so(
    lang: str, need: str, so: bool
) -> None:
    answer = ask(need, lang=lang, facts={"municipality": "Gent", "headcount": 2})
    assert (answer.route.id == "R1") is so
