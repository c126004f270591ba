"""Files as firms keep them, from the file to what is said: two of each kind, with a known story."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from baken.signals.read.paths import Given, read_paths
from baken.signals.watch import Judged, Watch, watch
from tests.signals.read.test_accounts import filing

MONTHS = [(y, m) for y in (2023, 2024, 2025) for m in range(1, 13)]
TURN = (2025, 4)
"""In April 2025 something changes in each story that has one."""
QUARTERS = [(y, q) for y in range(2020, 2026) for q in (1, 2, 3, 4)]


def judged(*files: Given) -> Watch:
    found = read_paths(files, as_of=date(2026, 1, 10), today=date(2026, 1, 10))
    assert not found.questions
    return watch(found.series, found.rejected, lights=found.lights)


def belgian(value: float) -> str:
    return f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")


def days(chance: random.Random, often: Callable[[bool], int]) -> list[date]:
    """A number of days in each month, by whether the change has come."""
    return sorted(
        date(y, m, chance.randint(1, 28))
        for y, m in MONTHS
        for _ in range(often((y, m) >= TURN))
    )  # fmt: skip


def complaints_alone(chance: random.Random) -> tuple[str, str]:
    found = days(chance, lambda late: chance.randint(5, 9) if late else chance.randint(0, 3))
    return "klachten.csv", "\n".join(f"{d:%d/%m/%Y}" for d in found)


def complaints_counted(chance: random.Random) -> tuple[str, str]:
    rows = [f"{m:02}/{y};{chance.randint(5, 9) if (y, m) >= TURN else chance.randint(0, 3)}"
            for y, m in MONTHS]  # fmt: skip
    return "plaintes.csv", "mois;nombre\n" + "\n".join(rows)


def returns(chance: random.Random) -> tuple[str, str]:
    found = days(chance, lambda late: chance.randint(8, 14) if late else chance.randint(1, 5))
    rows = [
        f"{d};art. {chance.randint(1, 90)};{chance.choice(['stuk', 'te klein'])}" for d in found
    ]
    return "retours.csv", "datum;artikel;opmerking\n" + "\n".join(rows)


def returns_across(chance: random.Random) -> tuple[str, str]:
    names = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()
    counts = [
        [chance.randint(8, 14) if (y, m) >= TURN else chance.randint(1, 5) for m in range(1, 13)]
        for y in (2023, 2024, 2025)
    ]
    rows = [
        f"{y};{';'.join(map(str, c))};{sum(c)}"
        for y, c in zip(range(2023, 2026), counts, strict=True)
    ]
    return "lijst.csv", f"Aantal retours\njaar;{';'.join(names)};totaal\n" + "\n".join(rows)


def sick_days(chance: random.Random) -> tuple[str, str]:
    rows = [f"{y};{m};{chance.randint(6, 11) if (y, m) >= TURN else chance.randint(0, 3)}"
            for y, m in MONTHS]  # fmt: skip
    return "personeel.csv", "jaar;maand;ziektedagen\n" + "\n".join(rows)


def absences(chance: random.Random) -> tuple[str, str]:
    found = days(chance, lambda late: chance.randint(4, 7) if late else chance.randint(0, 2))
    rows = [f"W{chance.randint(1, 9)};{d:%d/%m/%Y};{d:%d/%m/%Y}" for d in found]
    return "ziekmeldingen.csv", "wie;van;tot\n" + "\n".join(rows)


def orders(chance: random.Random) -> tuple[str, str]:
    found = days(chance, lambda late: chance.randint(6, 9) if late else chance.randint(14, 18))
    rows = [f"B{n:05};{d:%d-%m-%Y};Klant {chance.choice('ABCD')};{belgian(chance.gauss(900, 90))}"
            for n, d in enumerate(found)]  # fmt: skip
    return "bestellingen.csv", "Bestelnr;Besteldatum;Klant;Bedrag excl. btw\n" + "\n".join(rows)


def visitors(chance: random.Random) -> tuple[str, str]:
    rows = [f"{chance.gauss(300 if (y, m) >= TURN else 500, 25):.0f}\t{m:02}-{y}"
            for y, m in MONTHS]  # fmt: skip
    return "winkel.tsv", "bezoekers\tmaand\n" + "\n".join(rows)


def quotes_listed(chance: random.Random) -> tuple[str, str]:
    rows = []
    for d in days(chance, lambda _: chance.randint(9, 12)):
        late = (d.year, d.month) >= TURN
        end = chance.choices(["gewonnen", "verloren", "open"], [1, 8, 1] if late else [6, 3, 1])[0]
        rows.append(f"O{len(rows)},{d},{chance.randint(500, 9000)}.00,{end}")
    return "offertes.csv", "offertenr,datum,bedrag,status\n" + "\n".join(rows)


def quotes_counted(chance: random.Random) -> tuple[str, str]:
    won = [chance.randint(0, 2) if at >= TURN else chance.randint(5, 8) for at in MONTHS]
    rows = [f"{y}-{m:02};{n};3" for (y, m), n in zip(MONTHS, won, strict=True)]
    return "offertes.csv", "maand;gewonnen;verloren\n" + "\n".join(rows)


EVENTS: dict[str, tuple[Callable[[random.Random], tuple[str, str]], str, str]] = {
    "complaints, dates alone": (complaints_alone, "klachten", "up"),
    "complaints counted, in French": (complaints_counted, "plaintes", "up"),
    "returns, one a line": (returns, "retours", "up"),
    "returns, a year a line": (returns_across, "Aantal retours", "up"),
    "sick days per month": (sick_days, "ziektedagen", "up"),
    "absences, from and until": (absences, "ziekmeldingen", "up"),
    "orders, their number": (orders, "aantal rijen bestellingen", "down"),
    "orders, their sum": (orders, "Bedrag excl. btw", "down"),
    "visitors": (visitors, "bezoekers", "down"),
    "quotes won, in a list": (quotes_listed, "gewonnen", "down"),
    "quotes won, counted": (quotes_counted, "gewonnen", "down"),
}


@pytest.mark.parametrize("name", EVENTS)
def test_what_is_kept_by_hand(name: str) -> None:
    make, series, bad = EVENTS[name]
    file, text = make(random.Random(7))
    found = judged((file, text.encode()))
    (one,) = [j for j in found.judged if j.series.name == series]
    assert one.series.bad == bad
    assert len(one.series.values) == 36
    told(one, "2025-04")
    quiet = [j for j in found.judged if j.series.name == "verloren" and name.endswith("counted")]
    assert not any(j.alarms for j in quiet)


def told(one: Judged, since: str) -> None:
    """The change is found in its month, and an alarm came within half a year."""
    assert since in [c["at"] for c in one.changes]
    (alarm, *_) = [a for a in one.alarms if a.detected >= since]
    assert alarm.detected <= {"2025-04": "2025-09", "2024-Q4": "2025-Q2"}[since]


def returns_in_columns(chance: random.Random) -> str:
    rows = []
    for y, q in QUARTERS:
        sales = chance.gauss(64_000 if (y, q) >= (2024, 4) else 90_000, 2_000)
        cells = [0, sales * 0.1, sales * 0.9, sales * 0.01, sales * 0.2, 7_000, sales * 0.2 - 7_000]
        rows.append(f"{q}e kwartaal {y};{';'.join(map(belgian, cells))};")
    return "Periode;00;01;03;49;54;59;71;72\n" + "\n".join(rows)


def returns_in_lines(chance: random.Random) -> str:
    rows = []
    for y, q in QUARTERS:
        sales = chance.gauss(64_000 if (y, q) >= (2024, 4) else 90_000, 2_000)
        for grid, value in (("03", sales), ("54", sales * 0.21), ("59", 7_000.0)):
            rows.append(f"T{q} {y};{grid};{belgian(value)}")
    return "Période;Grille;Montant\n" + "\n".join(rows)


@pytest.mark.parametrize("make", [returns_in_columns, returns_in_lines])
def test_vat_returns(make: Callable[[random.Random], str]) -> None:
    found = judged(("btw.csv", make(random.Random(5)).encode()))
    by_id = {j.series.id: j for j in found.judged}
    assert by_id["turnover"].series.frequency == "quarter"
    told(by_id["turnover"], "2024-Q4")
    assert not by_id["vat-deducted"].alarms


NAMES = {"400000": "Klanten", "440000": "Leveranciers", "550000": "Zichtrekening"}


def balances_month_by_month(chance: random.Random) -> list[Given]:
    """A file a month, running up through the year, with a title and a total."""
    files: list[Given] = []
    up: dict[str, float] = {}
    for y, m in MONTHS:
        up = up if m > 1 else dict.fromkeys(["600000", "610000", "700000"], 0.0)
        up["600000"] += chance.gauss(9_000, 300)
        up["610000"] += 3_000
        up["700000"] += chance.gauss(13_000 if (y, m) >= TURN else 20_000, 500)
        sides = {"400000": (15_000, 0), "440000": (0, 8_000), "550000": (12_000, 0)}
        sides |= {a: (0, v) if a[0] == "7" else (v, 0) for a, v in up.items()}
        lines = [f"{a};{NAMES.get(a, 'x')};{belgian(d) if d else ''};{belgian(c) if c else ''}"
                 for a, (d, c) in sorted(sides.items())]  # fmt: skip
        end = date(y + m // 12, m % 12 + 1, 1) - timedelta(days=1)
        text = f"Proef- en saldibalans per {end:%d/%m/%Y}\n\n"
        text += "Rekening;Omschrijving;Debet;Credit\n" + "\n".join(lines) + "\nTotaal;;1,00;1,00\n"
        files.append((f"balans {y}-{m:02}.csv", text.encode()))
    return files


def journal(chance: random.Random) -> list[Given]:
    """One file of bookings: day, account, debit, credit."""
    rows = []
    for y, m in MONTHS:
        for day in (5, 15, 25):
            sales = chance.gauss(4_300 if (y, m) >= TURN else 6_700, 200)
            rows += [f"{day:02}/{m:02}/{y};400000;{belgian(sales)};",
                     f"{day:02}/{m:02}/{y};700000;;{belgian(sales)}",
                     f"{day:02}/{m:02}/{y};610000;1.000,00;",
                     f"{day:02}/{m:02}/{y};550000;;1.000,00"]  # fmt: skip
    text = "Datum;Rekening;Debet;Credit\n" + "\n".join(rows)
    return [("journaal.csv", text.encode())]


@pytest.mark.parametrize("make", [balances_month_by_month, journal])
def test_books(make: Callable[[random.Random], list[Given]]) -> None:
    found = judged(*make(random.Random(5)))
    by_id = {j.series.id: j for j in found.judged}
    assert len(by_id["ledger-turnover"].series.values) == 36
    told(by_id["ledger-turnover"], "2025-04")
    assert not by_id["ledger-services"].alarms
    assert [r for r in found.rejected if not r.note] == []


def test_annual_accounts_of_a_firm_that_does_well_and_of_one_in_arrears() -> None:
    well: list[Given] = [
        (f"{y}.json", filing(f"{y}-12-31", {"9900": 300_000 + 9_000 * (y - 2020), "9087": "4.2"}))
        for y in range(2020, 2026)
    ]
    found = judged(*well)
    assert {j.series.id: len(j.series.values) for j in found.judged}["gross-margin"] == 6
    assert found.alarms == []
    late = {"9072": 12_000, "9076": 8_500, "9900": 210_000}
    found = judged(("2025.json", filing("2025-12-31", late, {"9072": 0, "9900": 300_000})))
    assert [(a.severity, a.kind) for a in found.alarms] == [("red", "debts_overdue")] * 2
    assert found.facts[""] == {"tax_debt_overdue": True, "social_debt_overdue": True}
