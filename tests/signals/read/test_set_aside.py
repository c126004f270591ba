"""What can't be used is set aside with its line, and the rest goes on."""

from __future__ import annotations

from datetime import date

import pytest

from baken.kernel.errors import BakenError
from baken.signals.read.source import Source
from baken.signals.read.tables import read_table
from tests.signals.read.test_dialects import TODAY, read

ASIDE: dict[str, tuple[str, int | None, str]] = {
    "a formula that went wrong": (
        "maand;omzet\n2025-01;5\n2025-02;#DEEL/0!\n",
        3,
        "a formula went wrong in 'omzet': #DEEL/0!",
    ),
    "a text where a figure should be": (
        "maand;omzet\n2025-01;5\n2025-02;veel\n2025-03;6\n",
        3,
        "'veel' in 'omzet' is no number",
    ),
    "a formula as text": (
        "maand;omzet\n2025-01;=A1+B1\n2025-02;6\n",
        2,
        "'=A1+B1' in 'omzet' is no number",
    ),
    "a heading that stands twice": (
        "maand;omzet;omzet\n2025-01;5;1\n2025-02;6;2\n",
        None,
        "one is called 'omzet (2)'",
    ),
    "a day that does not exist": (
        "datum;omzet\n31/01/2025;5\n30/02/2025;6\n31/03/2025;7\n",
        3,
        "'30/02/2025' is no date or period",
    ),
    "a booking of 1900": (
        "datum;omzet\n31/01/1900;5\n28/02/2025;6\n31/03/2025;7\n",
        2,
        "1900-01-31 lies too far away",
    ),
    "a booking of 2100": (
        "maand;omzet\n2100-01;5\n2025-02;6\n",
        2,
        "2100-01 lies too far away",
    ),
    "a quarter of the year nought": (
        "kwartaal;omzet\nT1 2025;5\nT2 0000;6\nT3 2025;7\n",
        3,
        "'T2 0000' is no date or period",
    ),
    "a month of the year nought": (
        "maand;omzet\njan 2025;5\nfeb 0000;6\nmrt 2025;7\n",
        3,
        "'feb 0000' is no date or period",
    ),
    "a return of the year nought": (
        "kwartaal;03;54;59\nT1 2025;5;1;1\nT2 0000;6;1;1\nT3 2025;7;1;1\n",
        3,
        "'T2 0000' is no period",
    ),
    "a quarter nought of a program": (
        "period,value\n2023-Q1,1\n0000-Q2,3\n2023-Q3,3\n",
        3,
        "'0000-Q2' is no period",
    ),
    "a week that ends after the last day there is": (
        "period,value\n2023-W01,1\n9999-W52,3\n2023-W02,3\n",
        3,
        "'9999-W52' is no period",
    ),
    "a total": ("maand;omzet\n2025-01;5\nTotaal;5\n", 3, "'Totaal' is a total"),
    "a subtotal among rows": (
        "post;2024;2025\nA;1;2\nSubtotaal horeca;1;2\nB;3;4\n",
        3,
        "'Subtotaal horeca' is a total",
    ),
    "a column of totals": (
        "maand;winkel;totaal\n2025-01;5;5\n2025-02;6;6\n",
        1,
        "the column 'totaal' is a total",
    ),
    "a header that comes back": (
        "maand;omzet\n2025-01;5\nmaand;omzet\n2025-02;6\n",
        3,
        "once more",
    ),
    "a note below": ("maand;omzet\n2025-01;5\n2025-02;6\nBron: kassa;\n", 4, "no figures beside"),
    "another currency": (
        "maand;omzet\n2025-01;€ 5\n2025-02;€ 6\n2025-03;$ 7\n",
        4,
        "USD, and the other rows of this column are in EUR",
    ),
    "another currency in the first row": (
        "maand;omzet\n2025-01;5 USD\n2025-02;6 EUR\n2025-03;7 EUR\n",
        2,
        "USD, and the other rows of this column are in EUR",
    ),
    "another unit in the first row of a program": (
        "period,value,unit\n2025-01,5,USD\n2025-02,6,EUR\n2025-03,7,EUR\n",
        2,
        "the unit is USD, and the series is in EUR",
    ),
    "a quote that is not closed": (
        'maand;omzet\n2025-01;"5\n2025-02;6\n2025-03;7\n',
        2,
        "a quote is not closed",
    ),
    "codes": (
        "datum;factuurnummer;bedrag\n13/01/2025;1;5\n13/01/2025;2;6\n31/01/2025;3;7\n",
        1,
        "the column 'factuurnummer' holds codes",
    ),
    "prices are not added up": (
        "datum;prijs;bedrag\n13/01/2025;1;5\n13/01/2025;2;6\n31/01/2025;3;7\n",
        1,
        "the column 'prijs' can't be added up",
    ),
    "a sum below nought is kept": (
        "maand;omzet\n2025-01;100\n2025-02;-250\n2025-03;50\n2025-04;-1\n",
        3,
        "'omzet' is below nought in 2025-02 and 1 more; the figures are kept",
    ),
    "a column of which nothing is known": (
        "maand;omzet;klachten\n2025-01;100;?\n2025-02;250;?\n",
        1,
        "the column 'klachten' holds more text (?) than figures, left out",
    ),
    "a column of which little is a figure": (
        "maand;omzet;klachten\n2025-01;100;veel\n2025-02;250;geen\n2025-03;30;2\n",
        1,
        "the column 'klachten' holds more text (veel) than figures, left out",
    ),
    "a question mark": (
        "maand;omzet\n2025-01;100\n2025-02;?\n2025-03;30\n",
        3,
        "'?' in 'omzet' is no number",
    ),
    "a quote that stays open below one over two lines": (
        'maand;omzet;nota\n2025-01;5;"a\nb"\n2025-02;6;"x\n2025-03;7;y\n',
        4,
        "a quote is not closed",
    ),
    "no dates": ("naam;bedrag\nA;5\nB;6\n", 1, "there is no column of dates"),
    "a row without a name": ("post;2024;2025\nA;1;2\n;3;4\n", 3, "no name"),
    "a name that stands twice": ("post;2024;2025\nA;1;2\nA;3;4\n", 3, "on line 2 already"),
}


@pytest.mark.parametrize("name", ASIDE)
def test_set_aside(name: str) -> None:
    text, line, why = ASIDE[name]
    found = [(r.line, r.why) for r in read(text).rejected]
    assert len(found) == 1, found
    assert found[0][0] == line
    assert why in found[0][1]


def test_the_rest_goes_on() -> None:
    (series,) = read("maand;omzet\n2025-01;5\n2025-02;#N/B\n2025-13;1\n2025-03;6\n").series
    assert series.periods == ("2025-01", "2025-02", "2025-03")
    assert series.values == (5, None, 6)


def test_a_cell_may_take_two_lines() -> None:
    reading = read('maand;nota;omzet\n2025-01;"a\nb";5\n2025-02;"c\n\nd";6\n2025-03;x;7\n')
    assert [s.values for s in reading.series] == [(5, 6, 7)]
    assert not reading.rejected


def test_currencies_are_never_added_up() -> None:
    rows = "13/01/2025;5;EUR\n14/01/2025;6;USD\n14/01/2025;7;EUR\n31/01/2025;8;EUR\n"
    found = read("datum;bedrag;munt\n" + rows).series
    assert {(s.name, s.unit, s.values) for s in found[:2]} == {
        ("bedrag", "EUR", (20,)),
        ("bedrag USD", "USD", (6,)),
    }


UNITS: dict[str, tuple[str, dict[str, tuple[str, tuple[float | None, ...]]]]] = {
    "most rows": (
        "maand;omzet\n2025-01;5 USD\n2025-02;6 EUR\n2025-03;7 EUR\n2025-04;8 EUR\n",
        {"omzet": ("EUR", (6, 7, 8))},
    ),
    "a tie": (
        "maand;omzet\n2025-01;5 USD\n2025-02;6 EUR\n2025-03;7 EUR\n2025-04;8 USD\n",
        {"omzet": ("USD", (5, 8)), "omzet-eur": ("EUR", (6, 7))},
    ),
    "a sign on some rows": (
        "maand;omzet\n2025-01;5\n2025-02;6 EUR\n2025-03;7\n",
        {"omzet": ("EUR", (5, 6, 7))},
    ),
    "a column that tells it": (
        "maand;omzet;munt\n2025-01;5;USD\n2025-02;6;EUR\n2025-03;7;EUR\n2025-04;8;EUR\n",
        {"omzet": ("EUR", (6, 7, 8))},
    ),
    "the long form": (
        "period,value,unit\n2025-01,5,USD\n2025-02,6,EUR\n2025-03,7,eur\n2025-04,8,\n",
        {"value": ("EUR", (None, 6, 7, 8))},
    ),
}


@pytest.mark.parametrize("name", UNITS)
def test_the_currency_of_most_rows(name: str) -> None:
    text, expected = UNITS[name]
    assert {s.id: (s.unit, s.values) for s in read(text).series} == expected


def test_a_month_that_is_not_over_at_the_day_asked() -> None:
    text = "datum;bedrag\n13/01/2025;5\n13/01/2025;5\n10/02/2025;1\n"
    reading = read_table(Source("x.csv", text.encode()), as_of=date(2025, 2, 15), today=TODAY)
    assert reading.series[0].periods == ("2025-01",)
    assert "2025-01-31" in reading.rejected[0].why


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"  \n \n", "empty"),
        (b"maand;omzet\n2025-01;\x005\n", "nought"),
        (bytes(range(1, 32)) * 40, "control signs"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "nought"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "no spreadsheet"),
        (b"PK\x03\x04 and no more", "can't be read"),
        (b"een brief\nover van alles\nen niets\n", "one column only"),
        (b'a;b\n1;"' + b"x" * 200_000 + b'"\n', "too long"),
    ],
)
def test_files_that_are_refused(data: bytes, why: str) -> None:
    try:
        said = " ".join(r.why for r in read(data).rejected)
    except BakenError as e:
        said = str(e)
    assert why in said


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("baken.signals.read.grid.MAX_ROWS", 10)
    with pytest.raises(BakenError, match="more than 10 rows"):
        read("maand;omzet\n" + "2025-01;5\n" * 11)


def test_far_too_many_rows_are_counted_and_not_cut_into_cells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("baken.signals.read.grid._records", never)
    with pytest.raises(BakenError, match="more than 300000 rows"):
        read("maand;omzet\n" + "1;5\n" * 301_001)
