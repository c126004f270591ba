"""The long form: ``[firm,][series,]period,value[,unit][,bad]``, as programs hand it in."""

from __future__ import annotations

from pathlib import Path

import pytest

from baken.kernel.errors import BakenError
from baken.signals.read import long_form
from baken.signals.read.long_form import read_long
from baken.signals.read.source import Source
from baken.signals.series import Reading, Series


def read(text: str | bytes, name: str = "x.csv", **answers: str) -> Reading:
    data = text.encode() if isinstance(text, str) else text
    return read_long(Source(name, data), {f"{name}:{k}": v for k, v in answers.items()})


def one(text: str | bytes, **answers: str) -> Series:
    reading = read(text, **answers)
    assert not reading.questions
    assert len(reading.series) == 1
    return reading.series[0]


@pytest.mark.parametrize(
    ("frequency", "periods"),
    [
        ("day", "2024-05-30 2024-05-31 2024-06-03"),
        ("day", "20240530 20240531 20240603"),
        ("day", "2024-05-30T00:00:00 2024-05-31T00:00:00"),
        ("week", "2024-05-06 2024-05-13 2024-05-27"),
        ("month", "2024-01-31 2024-02-29 2024-03-31"),
        ("month", "2024-01-01 2024-02-01 2024-04-01"),
        ("quarter", "2024-03-31 2024-06-30 2024-09-30"),
        ("year", "1891-01-01 1892-01-01 1893-01-01"),
        ("week", "2024-W05 2024-W06 2025-W01"),
        ("month", "2024-05 2024-06 2024-08"),
        ("month", "202411 202412 202501"),
        ("quarter", "2024-Q1 2024-Q2"),
        ("year", "1750 1751 1760"),
        ("year", "1891 1892 1893"),
        ("year", "2024 2025"),
        ("position", "0 1 2 3"),
        ("position", "0.0 1.0 2.0"),
        ("position", "17 18 30"),
        ("position", "0 500 1000 1500 2000"),
        ("position", "1499 1500 1501"),
        ("position", "2199 2200"),
        ("position", "999999 1000000"),
    ],
)
def test_periods_are_echoed_and_known_from_the_whole_column(frequency: str, periods: str) -> None:
    rows = periods.split()
    series = one("period,value\n" + "".join(f"{p},{at}\n" for at, p in enumerate(rows)))
    assert series.frequency == frequency
    assert list(series.periods) == rows
    assert series.values == tuple(float(at) for at in range(len(rows)))


def test_each_firm_and_series_apart_with_unit_and_bad() -> None:
    reading = read(
        "firm,series,period,value,unit,bad\n"
        "A,sales,2024-01,10,EUR,down\n"
        "B,sales,2024-01,20,,\n"
        "A,klachten,2024-01,0,,\n"
        "A,sales,2024-02,11,EUR,down\n"
        "A,klachten,2024-02,3,,up\n"
        "B,x,2024-01,2,,\n"
    )
    assert not reading.rejected
    assert [(s.firm, s.id, s.values, s.unit, s.bad, s.kind) for s in reading.series] == [
        ("A", "sales", (10, 11), "EUR", "down", "money"),
        ("B", "sales", (20,), "", "down", "number"),
        ("A", "klachten", (0, 3), "", "up", "count"),
        ("B", "x", (2,), "", "both", "number"),
    ]


def test_a_missing_value_keeps_its_row_and_gaps_are_not_filled() -> None:
    series = one("period,value\n2024-01,1\n2024-02,\n2024-03,NaN\n2024-07,4\n")
    assert series.periods == ("2024-01", "2024-02", "2024-03", "2024-07")
    assert series.values == (1, None, None, 4)


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        ("1234.5 1e3 -2", (1234.5, 1000, -2)),
        ("1.234 2.345", (1.234, 2.345)),  # a program's file: the dot stands before decimals
        ("1.234,56 2.345", (1234.56, 2345)),  # unless commas show that it does not
        ("1234.5 1.234,56 -2", (1234.5, 1234.56, -2)),
        ("1,5 2,25", (1.5, 2.25)),
        ("0,125 1,234", (0.125, 1.234)),
        ("12.5 1,234", (12.5, 1234)),
        ("1.234.567 2.345", (1234567, 2345)),
        ("1.5E+03 2e-2", (1500, 0.02)),
    ],
)
def test_values(texts: str, values: tuple[float, ...]) -> None:
    rows = "".join(f"{at};{t}\n" for at, t in enumerate(texts.split()))
    assert one("period;value\n" + rows).values == values
    rows = "".join(f'{at},"{t}"\n' for at, t in enumerate(texts.split()))
    assert one("period,value\n" + rows).values == values


def test_a_number_in_doubt_is_a_question() -> None:
    text = "period;value\n1;1,234\n2;5\n"
    (asked,) = read(text).questions
    assert asked["id"] == "x.csv:decimal"
    assert not read(text).series
    assert one(text, decimal="comma").values == (1.234, 5)
    assert one(text, decimal="dot").values == (1234, 5)
    with pytest.raises(BakenError, match="perhaps"):
        read(text, decimal="perhaps")


BAD = """firm,series,period,value,unit,bad
A,s,2024-01,1,EUR,down
A,s,2024-02,abc,EUR,down
A,s,2024-13,3,EUR,down
A,s,2024-03,4,USD,down
A,s,2024-04,5,EUR,up
A,s,2024-05,6,EUR,sideways
A,s,2024-01,7,EUR,down
A,s,2024-06,1.234,56,EUR,down
A,s
,s,2024-07,8,EUR,down
A,,2024-07,8,EUR,down
A,s,"2024-07,8,EUR,down
A,s,2024,9,EUR,down
A,s,2024-08,inf,EUR,down
A,s,2024-8,1e400,EUR,down
A,s,2024-08,#DIV/0!,EUR,down
A,s,2024-09,10,EUR,down
A,s,--02,10,EUR,down
"""


def test_bad_lines_are_set_aside_with_line_and_reason() -> None:
    reading = read(BAD)
    (series,) = reading.series
    values = dict(zip(series.periods, series.values, strict=True))
    assert values == {
        "2024-01": 1, "2024-02": None, "2024-03": None, "2024-04": 5, "2024-05": 6,
        "2024-08": None, "2024-09": 10,
    }  # fmt: skip
    assert series.rows == (0, 1, 3, 4, 5, 10, 13)
    why = {r.line: r.why for r in reading.rejected}
    assert sorted(w for w in why if w) == [*range(3, 18), 19]
    for line, word in [
        (3, "'abc' is no number"),
        (4, "'2024-13' is no period"),
        (5, "the unit is USD"),
        (6, "bad is up"),
        (7, "bad is 'sideways'"),
        (8, "stands on line 2 already"),
        (9, "between quotes"),
        (10, "2 cells"),
        (11, "no firm"),
        (12, "no series"),
        (13, "a quote is not closed"),
        (14, "is no month"),
        (15, "no number"),
        (16, "line 15 already"),
        (17, "line 15 already"),
        (19, "no period"),
    ]:
        assert word in why[line]


def test_dates_are_put_in_order_and_positions_are_not() -> None:
    reading = read("period,value\n2024-03,3\n2024-01,1\n2024-02,2\n")
    assert reading.series[0].values == (1, 2, 3)
    assert "order of time" in reading.rejected[0].why
    assert one("period,value\n3,3\n1,1\n2,2\n").values == (3, 1, 2)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"period;amount\n1;2\n", "no period and value"),
        (b"period,value,value\n1,2,3\n", "stands twice"),
        (b"period,value\n1,\x002\n", "NUL"),
        (b"period,value\n" + b"1" * 200_000, "too long"),
    ],
)
def test_files_that_are_refused(data: bytes, why: str) -> None:
    with pytest.raises(BakenError, match=why):
        read(data)


def test_a_header_without_rows_is_said() -> None:
    assert "no rows" in read("period,value\n").rejected[0].why


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings(encoding: str) -> None:
    series = one("series,period,value\nré,1,2\nré,2,3\n".encode(encoding))
    assert series.id == "ré"


def test_a_letter_of_another_encoding_far_in_the_file() -> None:
    rows = "".join(f"s,{at},1\n" for at in range(12_000)) + "é,1,2\n"
    assert [s.id for s in read(("series,period,value\n" + rows).encode("cp1252")).series] == [
        "s",
        "é",
    ]


def test_too_many_rows_are_refused_while_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_form, "MAX_ROWS", 100)
    path = tmp_path / "long.csv"
    path.write_text("period,value\n" + "".join(f"{at},1\n" for at in range(101)))
    with pytest.raises(BakenError, match="more than 100 rows"):
        read_long(Source.of(path))


def test_a_file_over_its_size_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_form, "MAX_BYTES", 10)
    with pytest.raises(BakenError, match="too large"):
        read("period,value\n1,2\n")
