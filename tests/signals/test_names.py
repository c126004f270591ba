"""Names of series, and amounts, in the reader's language."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.signals.amounts import amount, number, percent
from baken.signals.kinds import LANGS
from baken.signals.names import names
from baken.signals.read.accounts import FIGURES as ACCOUNTS
from baken.signals.read.coda import FIGURES as CODA
from baken.signals.read.paths import read_paths
from baken.signals.read.trial_series import FIGURES as TRIAL
from baken.signals.series import Series
from baken.signals.watch import watch
from tests.signals.made import level, series


def of(id: str, name: str) -> tuple[str, str, str]:
    found = names(Series(id, (), (), name=name))
    return found["nl"], found["en"], found["fr"]


VAT = """kwartaal;01;03;48;54;59;71;72;81
2024-Q1;100;900;10;210;60;150;0;300
2024-Q2;120;950;20;224;70;154;0;310
"""
MADE = (
    [(id, name) for id, name, _, _ in CODA]
    + [(f"ledger-{row[0]}", row[1]) for row in TRIAL]
    + [(figure.id, figure.name) for figure in ACCOUNTS]
)


@pytest.mark.parametrize(("id", "name"), MADE)
def test_what_readers_call_their_series_is_known_in_three_languages(id: str, name: str) -> None:
    dutch, english, french = of(id, name)
    assert dutch == name and english != name and french not in (name, english)


def test_vat_returns_too(tmp_path: Path) -> None:
    path = tmp_path / "btw.csv"
    path.write_text(VAT, encoding="utf-8")
    made = read_paths([path]).series
    assert len(made) == 6
    for one in made:
        assert names(one)["nl"] == one.name and names(one)["en"] != one.name, one.id


@pytest.mark.parametrize(
    ("id", "name", "said"),
    [
        ("sales", "Verkoop", ("Verkoop", "Sales", "Ventes")),
        ("sales.klant-b", "Verkoop aan klant B",
         ("Verkoop aan klant B", "Sales to customer B", "Ventes à client B")),
        ("price.leverancier-a.artikel-c", "Prijs van leverancier A, artikel C",
         ("Prijs van leverancier A, artikel C", "Price of supplier A, article C",
          "Prix de fournisseur A, article C")),
        ("cash.0034.eur", "Saldo op het einde van de maand (rekening ...0034, EUR)",
         ("Saldo op het einde van de maand (rekening ...0034, EUR)",
          "Balance at the end of the month (account ...0034, EUR)",
          "Solde à la fin du mois (compte ...0034, EUR)")),
        ("purchases", "Aankopen", ("Aankopen", "Purchases", "Achats")),
        ("purchases", "Inkoop van hout", ("Inkoop van hout",) * 3),
        ("sales.horeca", "Horeca", ("Horeca",) * 3),
        ("omzet", "omzet", ("omzet",) * 3),
        ("turnover", "turnover", ("turnover",) * 3),
        ("sales.klant-a", "sales.klant-a", ("sales.klant-a",) * 3),
        ("sales", "", ("Verkoop", "Sales", "Ventes")),
        ("cash", "", ("Saldo op het einde van de maand", "Balance at the end of the month",
                      "Solde à la fin du mois")),
        ("cash", "Saldo KBC", ("Saldo KBC",) * 3),
    ],
)  # fmt: skip
def test_names(id: str, name: str, said: tuple[str, str, str]) -> None:
    assert of(id, name) == said


@pytest.mark.parametrize(
    ("value", "nl", "en", "fr"),
    [
        (1234567.4, "1.234.567", "1,234,567", "1\u00a0234\u00a0567"),
        (-1500, "-1.500", "-1,500", "-1\u00a0500"),
        (2.5, "2,5", "2.5", "2,5"),
        (99.96, "100", "100", "100"),
        (0, "0", "0", "0"),
    ],
)
def test_numbers(value: float, nl: str, en: str, fr: str) -> None:
    assert number(value) == {"nl": nl, "en": en, "fr": fr}
    assert percent(value / 100)["nl"] == number(round(abs(value)))["nl"]


@given(st.integers(-(10**12), 10**12))
def test_an_amount_can_be_read_back_in_each_language(value: int) -> None:
    for lang, marks in (("nl", "."), ("en", ","), ("fr", "\u00a0")):
        assert int(amount(value)[lang].split(" ")[0].replace(marks, "")) == value


def test_what_moved_with_an_alarm_is_named_in_the_language_that_is_asked() -> None:
    fall = [1.0] * 44 + [0.5] * 4
    sales = series(level(48) * fall)
    orders = series(level(48, 200, seed=5) * fall, "invoices", name="Aantal facturen")
    found = {a.id: a for a in watch([sales, orders]).alarms}
    told = {lang: [a.as_json(lang) for a in found.values()] for lang in LANGS}
    seen = {lang: {m for a in rows for m in a["moved_with"]} for lang, rows in told.items()}
    assert {"Verkoop", "Aantal facturen"} & seen["nl"]
    assert seen["en"] <= {"Sales", "Number of invoices"} and len(seen["en"]) == len(seen["nl"])
    assert {a["series"] for a in told["fr"]} == {"Ventes", "Nombre de factures"}
