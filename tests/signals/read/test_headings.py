"""What a heading, a corner or a title tells of figures, and what it does not."""

from __future__ import annotations

from datetime import date

import pytest

from baken.signals.read.paths import read_paths
from baken.signals.series import Reading
from tests.signals.made import months


def read(text: str, name: str = "a.csv") -> Reading:
    return read_paths([(name, text.encode())], as_of=date(2026, 1, 10), today=date(2026, 1, 10))


BAD: dict[str, tuple[str, str, str]] = {
    "CA HT": ("a.csv", "CA HT", "down"),
    "Montant HTVA": ("a.csv", "Montant HTVA", "down"),
    "Inkomsten": ("a.csv", "Inkomsten", "down"),
    "Bedrag excl. BTW": ("a.csv", "Bedrag excl. BTW", "down"),
    "Totaal excl.": ("a.csv", "Totaal excl.", "down"),
    "an amount of which nothing is told": ("a.csv", "Bedrag", "both"),
    "net of what": ("a.csv", "Netto", "both"),
    "a file of purchases": ("aankopen.csv", "Bedrag excl. BTW", "both"),
    "costs": ("kosten.csv", "Montant HTVA", "up"),
}


@pytest.mark.parametrize("name", BAD)
def test_which_way_is_bad(name: str) -> None:
    file, heading, bad = BAD[name]
    rows = "".join(f"{m};{at}\n" for at, m in enumerate(months(8)))
    assert [s.bad for s in read(f"maand;{heading}\n{rows}", file).series] == [bad]


def test_a_title_tells_it() -> None:
    text = "Chiffre d'affaires 2022-2025\n\nMois;Montant\njanvier 2022;5\nmars 2022;6\n"
    assert [s.bad for s in read(text).series] == ["down"]


def test_the_corner_tells_what_rows_are() -> None:
    (one, two) = read(";2024;;2025;\nVerkoop;K1;K2;K1;K2\nBrood;5;6;7;8\nGebak;5;6;7;8\n").series
    assert (one.name, one.bad, two.name) == ("Verkoop: Brood", "down", "Verkoop: Gebak")


def test_a_year_that_stands_beside_january_only() -> None:
    names = (
        "januari februari maart april mei juni juli augustus september oktober november december"
    )
    rows = [f"{y if n == 'januari' else ''};{n};{at % 5}" for y in (2023, 2024)
            for at, n in enumerate(names.split())]  # fmt: skip
    found = read("Jaar;Maand;Omzet\n" + "\n".join(rows))
    assert found.series[0].periods == tuple(months(24, 2023))
    assert not found.rejected


def test_somebody_called_jan_is_no_date() -> None:
    rows = "".join(f"{13 + m}/{m:02}/2025;{15 + m}/{m:02}/2025;Jan\n" for m in range(1, 13))
    found = read(f"van;tot;naam\n{rows}", "ziekte.csv")
    assert not found.questions
    assert [(s.bad, s.values[:2]) for s in found.series] == [("up", (1, 1))]


def test_months_beside_a_year_are_still_asked_about() -> None:
    rows = "".join(f"2025;{n};5\n" for n in ("jan", "feb", "mrt", "apr"))
    (asked,) = read(f"Jaar;Mnd;Omzet\n{rows}").questions
    assert asked["id"] == "a.csv:date-column"


@pytest.mark.parametrize("ending", ["", ";bedrag"])
def test_customers_k1_and_k2_are_no_dates(ending: str) -> None:
    rows = "".join(
        f"{3 + n:02}/{m:02}/2025;K{n};gewonnen{';5' if ending else ''}\n"
        for m in range(1, 13) for n in (1, 2, 3, 4)
    )  # fmt: skip
    found = read(f"datum;klant;resultaat{ending}\n{rows}31/12/2025;K1;verloren\n")
    assert not found.questions
    assert "gewonnen" in {s.id for s in found.series}
