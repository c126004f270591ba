"""What the headline says of a project: what may still be had, and what it is."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.rekenen.walker import Owner, Said, outcome

# -- aid ------------------------------------------------------------------------------------------
PROJECT = {
    "kind": "investment", "size": "micro", "costs": "40000", "investment_kind": "extension",
    "difficulty": "no", "days": ["2026-12-01", "2026-12-10"], "granted": "2026-12-20", "asked": "",
    "other.0": "no",
}  # fmt: skip
SEVEN = {"other.0": "yes", "other.0.row": ["7000", "gber", "yes"], "other.1": "no"}


@pytest.mark.parametrize(
    ("said", "says", "look"),
    [
        ({}, "Onder de Europese regels mag je project tot € 8.000 steun krijgen.", "fits"),
        (SEVEN, "Er kan nog € 1.000 bij. Je project mag samen tot € 8.000 steun krijgen, en"
         " € 7.000 heb je al.", "fits"),
        ({**SEVEN, "other.0.row": ["8000", "gber", "yes"]}, "Er kan geen steun meer bij.",
         "excluded"),
        ({**SEVEN, "other.0.row": ["9000", "gber", "yes"]}, "Er kan geen steun meer bij.",
         "excluded"),
        ({**SEVEN, "other.0.row": ["", "gber", "yes"]}, "Je project mag tot € 8.000 steun krijgen,"
         " maar de steun die je al hebt, gaat daar nog af.", "open"),
        ({**SEVEN, "other.0.row": ["7000", "gber", ""]}, "Onder de Europese regels mag je project"
         " tot € 8.000 steun krijgen, als dit klopt: de andere steun is voor andere kosten.",
         "open"),
        ({"other.0": ""}, "Onder de Europese regels mag je project tot € 8.000 steun krijgen, als"
         " dit klopt: je hebt geen andere steun voor dit project.", "open"),
        ({"asked": "13000"}, "Dat is te veel steun. € 5.000 minder kan wel", "excluded"),
        ({**SEVEN, "asked": "3000"}, "Samen met je andere steun is dat te veel. € 2.000 minder kan"
         " wel: er kan nog € 1.000 bij.", "excluded"),
        ({"granted": "", "days": ["2026-12-01", "2027-01-10"]}, "Na 31 december 2026 komen er"
         " andere Europese regels.", "open"),
        ({"granted": "2027-02-01"}, "Na 31 december 2026 komen er andere Europese regels.", "open"),
        ({"granted": "2027-09-01"}, "Na 31 december 2026 komen er andere Europese regels.", "open"),
        ({"days": ["", "2026-06-01"]}, "Je begon al.", "open"),
        ({"difficulty": ""}, "Onder de Europese regels mag je project tot € 8.000 steun krijgen,"
         " als dit klopt: de onderneming is niet in moeilijkheden.", "open"),
        ({"difficulty": "yes"}, "Onder de Europese regels kan deze steun niet.", "excluded"),
        ({"days": ["2026-06-02", "2026-06-01"]}, "Onder de Europese regels kan deze steun niet.",
         "excluded"),
    ],
)  # fmt: skip
def test_aid(web: Client, said: Said, says: str, look: str) -> None:
    owner, _ = outcome(web, "steun", {**PROJECT, **said})
    assert owner.says.startswith(says)
    assert owner.look == look


def test_a_refusal_has_its_reason_and_no_maximum(web: Client) -> None:
    _, page = outcome(web, "steun", {**PROJECT, "difficulty": "yes"})
    box = page.split("reckon__outcome")[1].split("</section>")[0]
    assert "Een onderneming in moeilijkheden kan deze steun niet krijgen." in box
    assert "Europees maximum" not in page


def test_a_start_before_the_application_is_told_loudly(web: Client) -> None:
    for size in ("micro", ""):
        said = {**PROJECT, "size": size, "days": ["", "2026-06-01"]}
        _, page = outcome(web, "steun", said)
        assert "Begin nooit voor je de steun gevraagd hebt." in page
        assert "Onder deze Europese regels kan het. [" not in page


def test_other_aid_that_is_not_known_is_not_counted_as_nought(web: Client) -> None:
    _, page = outcome(web, "steun", {**PROJECT, **SEVEN, "other.0.row": ["", "gber", "yes"]})
    assert "samen: 0 euro" not in page


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("steun", {**PROJECT, "size": ""}),
        ("moeilijkheden", {"proceedings": "yes"}),
        ("innovatie-of-onderzoek", {"kind": "prototype", "novel": "market", "creative": "yes",
                                    "goal": "use_existing_knowledge"}),
    ],
)  # fmt: skip
def test_the_end_of_the_regulation_is_told(web: Client, slug: str, said: Said) -> None:
    _, page = outcome(web, slug, said)
    assert "eindigen op 31/12/2026" in page.split("reckon__steps")[0]
    assert "mag nog zes maanden doorlopen" in page


def test_energy_asks_for_the_extra_costs(web: Client) -> None:
    owner = Owner(web, "steun")
    owner.answer("energy_efficiency")
    assert "meer dan een gewone keuze" in owner.answer("small")
    page = owner.outcome({"kind": ["energy_efficiency"], "size": ["small"], "extra": ["15000"]})
    assert "hoogstens € 7.500" in page or "hoogstens € 9.000" in page


# -- research or innovation -----------------------------------------------------------------------
WORK = {
    "kind": "other", "novel": "firm", "uncertainty": "commercial", "creative": "yes",
    "systematic": "no", "transferable": "no", "goal": "use_existing_knowledge", "different": "yes",
    "implemented": "yes",
}  # fmt: skip
CAMPAIGN = {
    "kind": "marketing_change", "novel": "firm", "uncertainty": "none", "systematic": "no",
    "transferable": "no", "part": "no", "different": "yes", "implemented": "no",
}  # fmt: skip
BOUGHT = {"kind": "install_bought", "novel": "firm", "different": "yes", "implemented": "yes"}


@pytest.mark.parametrize(
    ("said", "says", "told", "never"),
    [
        (CAMPAIGN, "Dit is nog geen innovatie.", "vraag je aan voor je begint", "niet genoeg"),
        (BOUGHT, "Dit is een innovatie", "dus hiervoor is het meestal te laat", "Je kan steun"),
        (WORK, "Voor Europese steun is dit experimentele ontwikkeling.",
         "de Europese regels verschillen hier", "niet genoeg"),
        ({**WORK, "implemented": "no"}, "Voor Europese steun is dit experimentele ontwikkeling.",
         "<dd>nog niet</dd>", "niet genoeg"),
        ({**WORK, "kind": "seasonal_change"}, "Dit is geen onderzoek en geen innovatie.",
         "een verandering per seizoen nooit onderzoek", "Hou vanaf vandaag bij"),
    ],
)  # fmt: skip
def test_delineation(web: Client, said: Said, says: str, told: str, never: str) -> None:
    owner, page = outcome(web, "innovatie-of-onderzoek", said)
    assert owner.says.startswith(says)
    assert told in page
    assert never not in page
