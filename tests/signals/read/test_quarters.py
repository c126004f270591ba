"""Quarters that look like months: a heading settles it, else it is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from baken.signals.read.paths import read_paths
from baken.signals.series import Reading

TODAY = date(2026, 1, 10)
FOUR = [(y, n) for y in (2023, 2024) for n in (1, 2, 3, 4)]
NAMES = ("jan-mrt", "apr-jun", "juli - september", "okt t/m dec")
WRITTEN: dict[str, tuple[str, Callable[[int, int], str]]] = {
    "1/2023": ("Kwartaal", lambda y, n: f"{n}/{y}"),
    "01/2023": ("kwartaal", lambda y, n: f"{n:02}/{y}"),
    "2023/1": ("Trimestre", lambda y, n: f"{y}/{n}"),
    "2023-1": ("Quarter", lambda y, n: f"{y}-{n}"),
    "2023.1": ("Trim.", lambda y, n: f"{y}.{n}"),
    "1 2023": ("KW", lambda y, n: f"{n} {y}"),
    "20231": ("Q", lambda y, n: f"{y}{n}"),
    "Q1-23": ("periode", lambda y, n: f"Q{n}-{y % 100}"),
    "kw 1 2023": ("periode", lambda y, n: f"kw 1 {y}".replace("1", str(n), 1)),
    "K.1 2023": ("periode", lambda y, n: f"K.{n} {y}"),
    "jan-mrt 2023": ("periode", lambda y, n: f"{NAMES[n - 1]} {y}"),
}
QUARTERS = tuple(f"{y}-Q{n}" for y, n in FOUR)


def read(text: str, **answers: str) -> Reading:
    given = {f"a.csv:{name}": told for name, told in answers.items()}
    return read_paths([("a.csv", text.encode())], today=TODAY, answers=given)


def sales(heading: str, periods: list[str]) -> str:
    return f"{heading};omzet\n" + "".join(f"{p};{100 + at}\n" for at, p in enumerate(periods))


def returns(heading: str, periods: list[str]) -> str:
    rows = "".join(f"{p};{100 + at};5;4\n" for at, p in enumerate(periods))
    return f"{heading};03;54;59\n" + rows


@pytest.mark.parametrize("table", [sales, returns])
@pytest.mark.parametrize("name", WRITTEN)
def test_quarters(name: str, table: Callable[[str, list[str]], str]) -> None:
    heading, form = WRITTEN[name]
    found = read(table(heading, [form(y, n) for y, n in FOUR]))
    assert (found.series[0].frequency, found.series[0].periods) == ("quarter", QUARTERS)
    assert not [r for r in found.rejected if not r.note]


@pytest.mark.parametrize("table", [sales, returns])
def test_without_a_heading_it_is_asked(table: Callable[[str, list[str]], str]) -> None:
    text = table("periode", [f"{n}/{y}" for y, n in FOUR])
    (asked,) = read(text).questions
    assert asked["id"] == "a.csv:quarters"
    assert asked["text"]["en"] == "Is 1/2023 in a.csv (periode) a quarter or a month?"  # type: ignore[index]
    assert read(text, quarters="quarter").series[0].periods == QUARTERS
    months = tuple(f"{y}-{n:02}" for y, n in FOUR)
    assert read(text, quarters="month").series[0].periods == months


MONTHS: dict[str, tuple[str, list[str], tuple[str, ...]]] = {
    "months under quarter": (
        "kwartaal", [f"{n}/2023" for n in range(1, 13)],
        tuple(f"2023-{n:02}" for n in range(1, 13)),
    ),
    "four months": (
        "maand", ["1/2023", "2/2023", "3/2023", "4/2023"],
        ("2023-01", "2023-02", "2023-03", "2023-04"),
    ),
    "a heading that says month": (
        "Mois", [f"{n}/{y}" for y, n in FOUR], tuple(f"{y}-{n:02}" for y, n in FOUR),
    ),
    "the end of a year": (
        "maand", ["11/2022", "12/2022", "1/2023", "2/2023", "3/2023", "4/2023"],
        ("2022-11", "2022-12", "2023-01", "2023-02", "2023-03", "2023-04"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MONTHS)
def test_months_stay_months(name: str) -> None:
    heading, periods, expected = MONTHS[name]
    found = read(sales(heading, periods))
    assert not found.questions
    assert found.series[0].periods == expected


def test_a_slip_under_quarter_is_set_aside() -> None:
    periods = [f"{n}/{y}" for y in (2021, 2022, 2023) for n in (1, 2, 3, 4)]
    found = read(sales("kwartaal", [*periods[:5], "5/2022", *periods[6:]]))
    assert [(r.line, r.why) for r in found.rejected if not r.note] == [
        (7, "'5/2022' is no date or period")
    ]
    assert len(found.series[0].periods) == 11


def test_a_spreadsheet_that_made_days_of_them() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Kwartaal", "Omzet"])
    for y, n in FOUR:
        sheet.append([date(y, n, 1), 100 + n])
    out = BytesIO()
    book.save(out)
    found = read_paths([("a.xlsx", out.getvalue())], today=TODAY)
    assert found.series[0].periods == QUARTERS


def test_across() -> None:
    heads = ";".join(f"{n}/{y}" for y, n in FOUR)
    found = read(f"Kwartaal;{heads}\nomzet;{';'.join('12345678')}\nkosten;{';'.join('12345678')}\n")
    assert {s.periods for s in found.series} == {QUARTERS}
