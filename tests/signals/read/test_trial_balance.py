"""Trial balances: per file, with periods as columns, and with a period on each line."""

from __future__ import annotations

from datetime import date

from baken.signals.read.paths import Files, read_paths
from baken.signals.series import Reading
from tests.signals.read.test_dialects import read

TODAY = date(2026, 11, 26)


def values(reading: Reading) -> dict[str, tuple[float | None, ...]]:
    return {s.id.removeprefix("ledger-"): s.values for s in reading.series}


def balance(of: str, turnover: int, cash: int) -> tuple[str, bytes]:
    text = (
        f"Proef- en saldibalans per {of}\n"
        "rekening;omschrijving;debet;credit;saldo debet;saldo credit\n"
        f"400000;Klanten;900,00;800,00;100,00;\n440000;Leveranciers;10,00;60,00;;50,00\n"
        f"550000;Bank;500,00;{500 - cash},00;{cash},00;\n604000;Handelsgoederen;70,00;;70,00;\n"
        f"700000;Verkopen;;{turnover},00;;{turnover},00\nTotaal;1;1;1;1\n"
    )
    return f"balans {of.replace('/', '-')}.csv", text.encode()


def quarters(*files: tuple[str, bytes]) -> Files:
    return read_paths(list(files), today=TODAY)


def test_a_balance_a_quarter() -> None:
    found = quarters(
        balance("30/06/2025", 250, 40),
        balance("31/03/2025", 100, 30),
        balance("30/09/2025", 330, 20),
    )
    assert not found.questions
    assert found.series[0].periods == ("2025-Q1", "2025-Q2", "2025-Q3")
    assert values(found) == {
        "turnover": (100, 150, 80),
        "purchases": (70, 0, 0),
        "cash": (30, 40, 20),
        "receivables": (100, 100, 100),
        "suppliers": (50, 50, 50),
    }


def test_a_balance_that_is_missing_in_between() -> None:
    found = quarters(balance("31/03/2025", 100, 30), balance("30/09/2025", 330, 20))
    assert values(found)["turnover"] == (100, None)
    assert any("the balance before 2025-Q3 is missing" in r.why for r in found.rejected)


def test_the_same_day_twice() -> None:
    found = quarters(balance("31/03/2025", 100, 30), ("b.csv", balance("31/03/2025", 1, 1)[1]))
    assert values(found)["turnover"] == (100,)
    assert any("already" in r.why for r in found.rejected)


def test_a_day_that_is_not_told() -> None:
    text = "rekening;saldo\n550000;5,00\n700000;-7,00\n"
    assert "not told of which day" in read(text).rejected[0].why


COLUMNS = (
    "rekening;naam;2025-01;2025-02;2025-03\n70;Verkopen;-10,00;-30,00;-60,00\n"
    "700000;Winkel;-10,00;-25,00;-50,00\n700100;Web;0,00;-5,00;-10,00\n550000;Bank;5,00;6,00;7,00\n"
)


def test_periods_as_columns_and_totals_over_accounts() -> None:
    (asked,) = read(COLUMNS).questions
    assert asked["id"] == "cijfers.csv:running"
    assert values(read(COLUMNS, running="yes")) == {"turnover": (10, 20, 30), "cash": (5, 6, 7)}
    assert values(read(COLUMNS, running="no")) == {"turnover": (10, 30, 60), "cash": (5, 6, 7)}


def test_a_period_on_each_line_that_goes_down_does_not_run_up() -> None:
    text = (
        "maand;rekening;debet;credit\n2025-01;700000;;50,00\n2025-01;610000;20,00;\n"
        "2025-02;700000;5,00;30,00\n2025-02;610000;21,00;\n"
    )
    assert values(read(text)) == {"turnover": (50, 25), "services": (20, 21)}


def test_one_column_of_balances_without_signs() -> None:
    text = "Balans op 31/12/2025\nrekening;saldo\n550000;5,00\n700000;70,00\n440000;8,00\n"
    found = read(text)
    assert found.series[0].frequency == "year"
    assert values(found) == {"turnover": (70,), "cash": (5,), "suppliers": (8,)}


def test_a_journal_tells_what_was_booked_and_not_what_stands_there() -> None:
    text = (
        "Datum;Dagboek;Rekening;Debet;Credit\n13/01/2025;VK;700000;;100,00\n"
        "13/01/2025;VK;400000;121,00;\n13/01/2025;VK;451000;;21,00\n31/01/2025;VK;700000;;50,00\n"
        "28/02/2025;AK;610000;7,00;\n"
    )
    assert values(read(text)) == {"turnover": (150, 0), "services": (0, 7)}


def test_a_balance_or_booking_of_another_age_is_set_aside() -> None:
    text = "Rekening;Debet;Credit\n600000;5,00;\n610000;6,00;\n700000;;9,00\n400000;1,00;\n"
    found = quarters(("balans 31-12-9999.csv", text.encode()))
    assert not found.series
    assert [r.why for r in found.rejected] == ["9999-12 lies too far away to be a booking"]
