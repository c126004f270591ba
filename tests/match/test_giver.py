"""Who gives an offer, by a name of the reader's language."""

from __future__ import annotations

import re

import pytest

from baken.landscape.catalogue import load_catalogue
from baken.landscape.model import Instrument, Organisation, Training
from baken.match import giver, match

SETTLED = "an OCMW or CAW recognised for debt mediation"


@pytest.mark.parametrize(
    ("told", "lang", "name"),
    [
        ("Waals Gewest (SPW Economie, Emploi, Recherche)", "en", "the Walloon Region"),
        ("Waals Gewest (SPW Economie)", "fr", "la Région wallonne"),
        ("Waals Gewest (SPW Economie)", "nl", "Waals Gewest"),
        ("Stad Gent", "fr", "la ville de Gand"),
        ("VLAIO", "en", "VLAIO"),
        ("de ondernemingsrechtbank, met een advocaat", "en", "the business court"),
        ("je ziekenfonds (RIZIV)", "fr", "votre mutualité"),
        (
            "een OCMW of CAW dat erkend is voor schuldbemiddeling",
            "fr",
            "un CPAS ou CAW agréé pour la médiation de dettes",
        ),
    ],
)
def test_a_body_is_named_in_the_language(told: str, lang: str, name: str) -> None:
    assert giver.name_in(told, lang) == name


def test_every_name_that_is_translated_is_one_of_a_record() -> None:
    told = {
        giver.head(r.provider if isinstance(r, Instrument) else r.names.nl or "")
        for r in load_catalogue()
        if isinstance(r, Instrument | Organisation)
    }
    assert set(giver._names()) <= told


def test_all_that_is_told_in_more_words_is_of_a_record() -> None:
    told = {r.provider for r in load_catalogue() if isinstance(r, Instrument | Training)}
    assert set(giver._whole()) <= told
    assert all(set(names) == {"nl", "en", "fr"} for names in giver._whole().values())


DUTCH = frozenset(
    "een je het de en van met voor of ook door zoals andere erkend erkende stad provincie gemeente"
    " fonds overheid gewest vlaamse vlaanderen brussel".split()
)
ALSO = {"en": frozenset({"of"}), "fr": frozenset({"de", "en", "fonds"})}
"""Words that the language itself has."""
NAMES = (
    "Service public de Wallonie", "De Vlaamse Waterweg", "Het Vlaamse Kruis", "Horeca Vlaanderen",
    "Horeca Forma Vlaanderen", "Huis van het Nederlands Brussel", "Fonds 127",
    "Toerisme Vlaanderen",
    "Sociaal Fonds Podiumkunsten", "Syntra Midden-Vlaanderen", "POM West-Vlaanderen",
    "MVO Vlaanderen", "Vlaanderen Circulair",
)  # fmt: skip
"""Names that are the same in every language, or that a body's own record translates."""


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_giver_is_told_in_dutch_words_elsewhere(lang: str) -> None:
    told = {r.provider for r in load_catalogue() if isinstance(r, Instrument | Training)}
    shown = {name for t in told for name in (giver.whole_in(t, lang) or t, giver.name_in(t, lang))}
    for name in NAMES:
        shown = {s.replace(name, "") for s in shown}
    dutch = DUTCH - ALSO[lang]
    assert not {s for s in shown if dutch & set(re.findall(r"\w+", s.lower()))}


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("nl", "een gecertificeerd accountant (boekhouder)"),
        ("en", "a certified accountant"),
        ("fr", "un expert-comptable certifié"),
    ],
)
def test_an_organisation_that_is_any_of_its_kind_has_an_article(lang: str, says: str) -> None:
    assert giver.with_article("Gecertificeerd accountant (boekhouder)", lang) == says


LAW = "Belgische wet (je past ze zelf toe op je factuur)"
KNOWN = {"region": "vlaams-gewest"}
SAYS = {"nl": "Dit volgt uit de wet", "en": "This follows from the law", "fr": "découle de la loi"}


@pytest.mark.parametrize("lang", SAYS)
def test_nobody_is_sent_to_ask_the_law(lang: str) -> None:
    only = ["wet-betalingsachterstand"]
    (offer,) = match(
        {"need": "", "lang": lang, "only": only, "facts": KNOWN, "as_of": "2026-11-28"}
    ).offers
    assert offer.verdict == "fits" and SAYS[lang] in offer.verdict_says
    for word in ("vraag het aan", "Belgische wet", "; ask", "Belgian law", "à qui demander"):
        assert word not in offer.verdict_says


def test_every_giver_that_is_no_body_but_the_law_is_known_as_that() -> None:
    told = {r.provider for r in load_catalogue() if isinstance(r, Instrument | Training)}
    begins = re.compile(r"(?i)(de |belgische |vlaamse |europese )?(wet|decreet|verordening)\b")
    assert {t for t in told if t and begins.match(t)} == {t for t in told if t and giver.by_law(t)}
    assert LAW in told
