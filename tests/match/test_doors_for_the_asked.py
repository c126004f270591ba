"""Nobody is led to a door of another region, to a court or a psychologist that nobody asked for."""

from __future__ import annotations

import pytest

import baken
from baken.match.model import Answer

DAY = "2026-11-27"


def answer(need: str, place: str, heads: int, lang: str = "nl", limit: int = 5) -> Answer:
    facts = {"municipality": place, "headcount": heads}
    return baken.match({"need": need, "facts": facts, "lang": lang, "as_of": DAY, "limit": limit})


def fitting(found: Answer) -> list[str]:
    return [o.id for o in found.offers if o.verdict != "excluded"]


def doors(found: Answer) -> list[str]:
    assert found.route is not None
    return found.route.doors


def test_who_said_a_place_is_not_offered_what_hangs_on_another_region() -> None:
    found = answer("ik wil stoppen en mijn garage verkopen", "Roeselare", 4, limit=20)
    assert "overdrachtscheque-wallonie" not in fitting(found)
    trouble = [o for o in found.offers if o.id == "gerechtelijke-reorganisatie"]
    assert not any(o.leads for o in trouble)
    near = answer("je veux arrêter et vendre mon garage", "Namur", 4, "fr", limit=20)
    assert "overdrachtscheque-wallonie" in fitting(near)


def test_who_goes_on_alone_with_a_butchery_is_not_sent_to_who_helps_farmers() -> None:
    need = "mijn man is vorige maand gestorven en nu moet ik de beenhouwerij alleen verderdoen"
    found = answer(need, "Aalst", 3, limit=10)
    assert found.heard_trade
    assert "boeren-op-een-kruispunt" not in fitting(found)
    assert found.route and "sociaal-verzekeringsfonds" in found.route.doors


DEBTS = [
    ("je ne peux plus payer mes fournisseurs", "Mons", "1890"),
    ("je ne peux plus payer mes fournisseurs", "Ixelles",
     "centrum-ondernemingen-in-moeilijkheden-brussel"),
    ("je ne peux plus payer les factures de ma ferme laitière", "Bastogne", "agricall"),
]  # fmt: skip


@pytest.mark.parametrize(("need", "place", "first"), DEBTS)
def test_debts_lead_to_who_helps_firms_in_difficulty(need: str, place: str, first: str) -> None:
    found = answer(need, place, 4, "fr")
    assert doors(found)[0] == first
    assert "un-pass-dans-limpasse" not in [*doors(found), *fitting(found)]


def test_who_can_t_cope_is_led_to_who_listens() -> None:
    need = "je suis épuisée, je ne dors plus, j'ai besoin de parler à un psychologue"
    found = answer(need, "Namur", 2, "fr")
    assert "un-pass-dans-limpasse" in [*doors(found), *fitting(found)]


SECTORS = {"bcrc", "centexbel", "cori", "cric"}
QUALITY = [
    ("nos clients se plaignent de la qualité de nos pièces métalliques", "Charleroi", "fr"),
    ("nos clients se plaignent de la qualité de nos pièces usinées en métal", "Charleroi", "fr"),
    ("nous usinons des pièces et nos clients se plaignent de la qualité", "Charleroi", "fr"),
    ("klanten klagen over de kwaliteit van onze metalen stukken", "Gent", "nl"),
    ("customers complain about the quality of our metal parts", "Gent", "en"),
]


@pytest.mark.parametrize(("need", "place", "lang"), QUALITY)
def test_who_works_metal_is_led_to_its_centre_and_to_that_of_no_other_sector(
    need: str, place: str, lang: str
) -> None:
    found = answer(need, place, 18, lang)
    assert doors(found)[0] == "sirris"
    assert not SECTORS & {*doors(found), *fitting(found)}


@pytest.mark.parametrize(
    ("need", "lang", "centre"),
    [
        ("nos clients se plaignent de la qualité", "fr", ""),
        ("onze klanten klagen over de kwaliteit", "nl", ""),
        ("customers complain about quality", "en", ""),
        ("nos briques se fissurent à la cuisson", "fr", "bcrc"),
        ("onze bakstenen vertonen barsten na het bakken", "nl", "bcrc"),
        ("our bricks crack after firing", "en", "bcrc"),
        ("notre béton n'est pas assez solide", "fr", "cric"),
        ("onze verf schilfert na een jaar", "nl", "cori"),
    ],
)
def test_the_centre_of_a_sector_is_a_door_where_words_tell_of_what_it_is_for(
    need: str, lang: str, centre: str
) -> None:
    found = doors(answer(need, "Charleroi" if lang == "fr" else "Gent", 18, lang))
    assert {*found} & SECTORS == ({centre} if centre else set())


OMBUDSMAN = "ombudsman-van-de-verzekeringen"


@pytest.mark.parametrize(
    ("need", "place", "led"),
    [
        ("hagel heeft mijn peren kapot gemaakt", "Sint-Truiden", False),
        ("er was brand in mijn atelier", "Brugge", False),
        ("mijn huur gaat fors omhoog", "Gent", False),
        ("ons dak lekt en de verzekering betaalt niet", "Kortrijk", True),
        ("mijn verzekeraar weigert de schade te vergoeden", "Gent", True),
        ("mon assureur refuse de payer l'incendie de mon atelier", "Namur", True),
    ],
)
def test_an_ombudsman_is_for_a_dispute(need: str, place: str, led: bool) -> None:
    lang = "fr" if place == "Namur" else "nl"
    assert (OMBUDSMAN in doors(answer(need, place, 6, lang))) is led


def test_people_who_are_ill_and_an_inspection_lead_to_who_is_for_that() -> None:
    ill = answer("burn-out van mijn beste werknemer", "Aalst", 9)
    assert "externe-dienst-voor-preventie" in doors(ill)
    assert "ziekte-uitkering-zelfstandigen" not in fitting(ill)
    fined = answer("controle van de arbeidsinspectie en moet boete betalen", "Gent", 6)
    assert "kwijtschelding-fiscale-boete" not in fitting(fined)


def test_a_hotel_without_guests_and_a_salon_without_customers_ask_for_the_market() -> None:
    hotel = answer("I run a small hotel and nobody books in winter", "Spa", 4, "en")
    assert not any(o.leads for o in hotel.offers if o.id == "opleiding-inschakelingsplan-wallonie")
    need = "me salon loopt nimeer goe, te wijnig kliente en alles word duurder"
    salon = answer(need, "Oostende", 2)
    assert {"N12", "N02"} == {n.code for n in salon.needs[:2]}
