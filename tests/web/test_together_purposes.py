"""An amount that hangs on the purpose is told for each purpose, and the sum says which it took."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client

from baken.landscape.catalogue import load_catalogue
from baken.landscape.model import Instrument
from baken.law.size.model import SIZES
from baken.web.owner.models import CatalogueRecord
from tests.web.test_together import A, figure, measures, page

pytestmark = pytest.mark.django_db
__all__ = ["measures"]


def put(parameters: list[dict[str, Any]], conditions: Sequence[dict[str, Any]] = ()) -> None:
    row = CatalogueRecord.objects.get(type="instrument", record_id=A)
    row.json["parameters"], row.json["conditions"] = parameters, list(conditions)
    row.save()


def of(record: str) -> list[dict[str, Any]]:
    """The figures of a record of the catalogue, resting on the one source there is here; what it
    tells of a medium firm holds for every size."""
    (found,) = load_catalogue().find(record, "instrument")
    assert isinstance(found, Instrument)
    shown = [p.model_dump(mode="json") | {"source": 1} for p in found.parameters]
    held = [p for p in shown if not p["sizes"] or "medium" in p["sizes"]]
    return [p | {"sizes": p["sizes"] and list(SIZES)} for p in held]


TOLD = [
    ("",
     ["€ 140.000 (onderzoek)", "Onderzoek: 60 tot 70 %, hoogstens € 140.000.",
      "Ontwikkeling: 35 tot 50 %, hoogstens € 100.000.", "Nooit meer dan € 3.000.000.",
      "Dat krijg je alleen hiervoor: samenwerking in een erkende internationale of",
      "Meer dan 60 % krijg je alleen als dit geldt: plafond bij een internationale oproep.",
      "Hoogstens € 140.000: Premie G.",
      "Dat is gerekend met het geval dat het meest geeft: Premie G (onderzoek)."]),
    ("/en",
     ["€140,000 (research)", "Research: 60 to 70 %, at most €140,000.",
      "Development: 35 to 50 %, at most €100,000.",
      "You only get it for this: cooperation in a recognised international or",
      "That is worked out with the case that gives the most: Premie G (research)."]),
    ("/fr",
     ["140 000 € (recherche)", "Recherche : 60 à 70 %, au plus 140 000 €.",
      "Développement : 35 à 50 %, au plus 100 000 €.",
      "Vous ne la recevez que pour ceci : collaboration dans un appel international ou",
      "C'est calculé avec le cas qui donne le plus : Premie G (recherche)."]),
]  # fmt: skip


@pytest.mark.parametrize("at", ["/plan", "/naast-elkaar"])
@pytest.mark.parametrize(("lang", "says"), TOLD)
def test_each_purpose_is_told_with_its_own_rates_and_amount(
    site: Client, at: str, lang: str, says: list[str]
) -> None:
    put(of("onderzoeksproject"))
    told = page(site, A, at=lang + at, costs="200.000").replace("\u202f", " ")
    for line in says:
        assert line in told
    assert "35 % (ontwikkeling)" not in told


def test_extra_shares_are_told_once_for_all(site: Client) -> None:
    bonus = [
        figure("rate_pct", 10) | {"part": "bonus", "for_whom": {"nl": f"reden {n}"}} for n in "xy"
    ]
    put([figure("rate_pct", 35), *bonus, figure("rate_pct", 60) | {"part": "cap"}])
    told = page(site, A, costs="200.000")
    assert "35 % van je kosten, met alle extra delen erbij hoogstens 55 %" in told
    assert told.count("alleen hiervoor: ") == 1
    assert "gerekend met het geval" not in told, "it has one purpose"


@pytest.mark.parametrize(
    ("costs", "says"),
    [
        ("150.000", "Ontwikkeling: 35 tot 50 %. Je vraagt minstens € 100.000 steun, en daarvoor"),
        ("100.000", "Onderzoek: 60 tot 70 %. Ontwikkeling: 35 tot 50 %."),
        ("", "Onderzoek: 60 tot 70 %. Ontwikkeling: 35 tot 50 %."),
    ],
)
def test_a_purpose_that_gives_too_little_or_no_less_has_no_amount(
    site: Client, costs: str, says: str
) -> None:
    put(of("onderzoeksproject"))
    assert says in page(site, A, costs=costs)


def test_a_ceiling_alone_is_told_as_a_ceiling(site: Client) -> None:
    put([figure("rate_pct", 60) | {"part": "cap"}])
    assert "Hoogstens 60 % van je kosten." in page(site, A, costs="1.000")


PRICE = {"id": "max", "family": "project_size", "says": {"nl": "Het kost hoogstens 10.000 euro."},
         "rule": "project_cost <= 10000", "source": 1}  # fmt: skip
HIGHEST = [
    ("", "25.000", ["Dit past niet bij je kosten. Wat je plant, mag hoogstens € 10.000 kosten.",
                    "Met deze kosten geeft dit niets: Premie G."]),
    ("/en", "25,000", ["This does not fit your costs. What you plan may cost at most €10,000."]),
    ("/fr", "25 000", ["Cela ne convient pas à vos frais. Ce que vous prévoyez peut coûter "
                       "10 000 € au plus."]),
    ("", "5.000", ["van je kosten. Wat je plant, mag hoogstens € 10.000 kosten.",
                   "Hoogstens € 2.000: Premie G."]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "costs", "says"), HIGHEST)
def test_a_highest_price_is_told_as_one(
    site: Client, lang: str, costs: str, says: list[str]
) -> None:
    put([figure("rate_pct", 40), figure("max_project_cost", 10_000)], [PRICE])
    told = page(site, A, at=f"{lang}/plan", costs=costs).replace("\u202f", " ")
    for line in says:
        assert line in told
    assert "telt hoogstens" not in told


LEAST = [
    ("", "300.000", ["€ 60.000 (opleiding)", "Opleiding: 20 %, hoogstens € 60.000.",
                     "Investering: 8 %. Je kosten zijn hier te laag: het minimum is € 1.000.000."]),
    ("/en", "300,000", ["€60,000 (training)", "Investment: 8 %. Your costs are too low here: "
                        "the minimum is €1,000,000."]),
    ("/fr", "300 000", ["60 000 € (formation)", "Investissement : 8 %. Vos frais sont trop bas "
                        "ici : le minimum est de 1 000 000 €."]),
    ("", "50.000", ["Opleiding: 20 %. Je kosten zijn hier te laag: het minimum is € 100.000.",
                    "het minimum is € 1.000.000.", "Met deze kosten geeft dit niets: Premie G."]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "costs", "says"), LEAST)
def test_each_purpose_is_told_with_its_own_minimum(
    site: Client, lang: str, costs: str, says: list[str]
) -> None:
    put(of("strategische-transformatiesteun"))
    told = page(site, A, at=f"{lang}/plan", costs=costs).replace("\u202f", " ")
    for line in says:
        assert line in told
    assert "lager dan het minimum" not in told


@pytest.mark.parametrize(
    ("kind", "lang", "counts", "says"),
    [
        ("training", "", True, "Hoogstens € 4.000: Premie G."),
        ("advice", "/en", True, "At most €4,000: Premie G."),
        ("tax", "", False, "geen deel van je kosten dat je krijgt: Premie G"),
    ],
)
def test_a_rate_of_costs_counts_whatever_the_kind(
    site: Client, kind: str, lang: str, counts: bool, says: str
) -> None:
    put([figure("rate_pct", 40)])
    row = CatalogueRecord.objects.get(type="instrument", record_id=A)
    row.json["kind"] = kind
    row.save()
    told = page(site, A, at=f"{lang}/plan", costs="10000")
    assert says in told
    assert ("€ 4.000" in told or "€4,000" in told) == counts
    assert counts != ("geen deel van je kosten" in told or "not a share of your costs" in told)


EXTRA = [
    ("", "35 % van de meerkost", "niet van al je kosten"),
    ("/en", "35 % of the extra cost", "not of all your costs"),
    ("/fr", "35 % du surcoût", "pas de tous vos frais"),
]


@pytest.mark.parametrize(("lang", "share", "warns"), EXTRA)
def test_a_share_of_the_extra_cost_is_told_as_one(
    site: Client, lang: str, share: str, warns: str
) -> None:
    put(of("call-recyclagehub"))
    told = page(site, A, at=f"{lang}/plan", costs="20.000.000").replace("\u202f", " ")
    assert share in told and warns in told
    assert "7.000.000" not in told and "Al je kosten tellen mee" not in told
    part = {"": "welk deel van je kosten telt", "/en": "which part of your costs counts",
            "/fr": "quelle partie de vos frais compte"}[lang]  # fmt: skip
    assert f"{part}{' ' if lang == '/fr' else ''}: Premie G." in told
    assert "geen bedrag voor het geheel" not in told
    put(of("green-investeringssteun"))
    assert warns in page(site, A, at=f"{lang}/naast-elkaar", costs="100.000")
