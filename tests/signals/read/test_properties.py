"""Whatever is handed in, it is read or refused by name; what is written comes back the same."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.kernel.errors import BakenError
from baken.signals.read.numbers import Mark, is_missing, number, read_number, sign_of
from baken.signals.read.paths import read_paths
from baken.signals.read.periods import (
    day,
    frequency_of,
    last_day,
    month,
    period_of,
    quarter,
    readings,
    week_of,
    year,
)
from baken.signals.read.source import Source, encoding_of
from baken.signals.read.tables import read_table
from tests.examples import examples
from tests.signals.read.statements import year as bank_year
from tests.signals.read.test_dialects import DIALECTS, TODAY
from tests.signals.read.test_returns import SHAPES
from tests.signals.read.workbooks import workbook

amounts = st.decimals(
    min_value=-(10**12), max_value=10**12, places=2, allow_nan=False, allow_infinity=False
)
dates = st.dates(min_value=date(1600, 1, 1), max_value=date(2199, 12, 31))


def belgian(value: Decimal, between: str = ".") -> str:
    return f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", between)


@given(amounts, st.sampled_from([".", " ", "\u00a0", "\u202f", ""]))
def test_belgian_numbers(value: Decimal, between: str) -> None:
    text = belgian(value, between)
    assert number(text, ",") == value
    assert sign_of(text) == "comma"
    for said in (f"€ {text}", f"{text} €", f"EUR {text}", f"{text} euro"):
        assert number(said, ",") == value


@given(amounts)
def test_minus_signs(value: Decimal) -> None:
    text = belgian(abs(value))
    for said in (f"-{text}", f"{text}-", f"({text})", f"\u2212{text}", f"- {text}"):
        assert number(said, ",") == -abs(value)


@given(amounts)
def test_english_numbers(value: Decimal) -> None:
    assert number(f"{value:,.2f}", ".") == value
    assert number(f"{value:.2f}", ".") == value
    assert sign_of(f"{value:.2f}") == "dot"


def nought(value: float) -> float:
    """Nearer to it than 10^-18 a number is nought."""
    return value if abs(value) >= 1e-18 else 0.0


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e17, max_value=1e17))
def test_numbers_of_programs(value: float) -> None:
    found = read_number(repr(value), ".")
    assert found is not None
    assert float(found) == nought(value)


@given(st.text(max_size=30), st.sampled_from([".", ","]))
def test_any_text_is_a_number_or_not(text: str, mark: Mark) -> None:
    found = read_number(text, mark)
    assert found is None or found.is_finite()
    assert isinstance(is_missing(text), bool)


@pytest.mark.parametrize(
    "text",
    "1.2.3 1,2,3 12.34.567 1..2 1,,2 .. , . - -- +- 1-2 ١٢٣ ¹² 1_000 0x10 inf 1e 1e5e5 1e9999 "
    "1.234.56 (1 1) 12a € --02".split(),
)
def test_no_numbers(text: str) -> None:
    assert read_number(text, ".") is None
    assert read_number(text, ",") is None


@given(dates)
def test_days(value: date) -> None:
    shown = day(value)
    texts = [
        value.isoformat(),
        f"{value:%d/%m/%Y}",
        f"{value:%d-%m-%Y}",
        f"{value:%d.%m.%Y}",
        f"{value.day}/{value.month}/{value:%Y}",
        f"{value:%Y/%m/%d}",
        f"{value:%Y-%m-%d} 00:00:00",
    ]
    assert {period_of(t, "day") for t in texts} == {shown}
    assert period_of(f"{value:%m/%d/%Y}", "day", "mdy") == shown
    assert last_day(shown) == value


@given(st.integers(1900, 2099), st.integers(1, 12))
def test_months(at: int, number: int) -> None:
    names = (
        "januari februari maart april mei juni juli augustus september oktober november december"
    )
    french = "janv. févr. mars avril mai juin juil. août sept. oct. nov. déc."
    texts = [
        f"{at}-{number:02d}",
        f"{at}/{number}",
        f"{number:02d}/{at}",
        f"{at}{number:02d}",
        f"{names.split()[number - 1]} {at}",
        f"{names.split()[number - 1][:3].title()} {at}",
        f"{french.split()[number - 1]} {at}",
    ]
    shown = month(at, number)
    assert {period_of(t, "month") for t in texts} == {shown}
    last = last_day(shown)
    assert last is not None
    assert (last + timedelta(days=1)).day == 1


@given(dates, st.integers(1, 4))
def test_weeks_quarters_and_years(value: date, number: int) -> None:
    week = week_of(value)
    assert period_of(week.label, "week") == week
    last = last_day(week)
    assert last is not None
    assert 0 <= (last - value).days <= 6
    for text in (f"{value:%Y}-Q{number}", f"Q{number} {value:%Y}", f"{value:%Y}K{number}"):
        assert period_of(text, "quarter") == quarter(value.year, number)
    assert period_of(f"{value:%Y}", "year") == year(value.year)


@given(st.text(max_size=20))
def test_any_text_is_a_period_or_not(text: str) -> None:
    for found in readings(text):
        assert found.label


@given(st.lists(st.integers(0, 1499), min_size=1))
def test_small_numbers_are_positions(values: list[int]) -> None:
    assert frequency_of(map(str, values)) == "position"


numbers = st.one_of(st.none(), st.floats(min_value=-1e17, max_value=1e17))


@examples(50)
@given(
    st.lists(numbers, min_size=1, max_size=30),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig"]),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(0, 3000),
)
def test_the_long_form_comes_back(
    values: list[float | None], mark: str, encoding: str, ends: str, first: int
) -> None:
    rows = [["period", "value"]]
    rows += [[str(first + n), "" if v is None else repr(v)] for n, v in enumerate(values)]
    text = ends.join(mark.join(r) for r in rows) + ends
    (series,) = read_table(Source("x.csv", text.encode(encoding))).series
    assert series.values == tuple(None if v is None else nought(v) for v in values)
    assert series.periods == tuple(r[0] for r in rows[1:])


SEEDS = [t.encode() for t, _ in DIALECTS.values()]
SEEDS += [t.encode("cp1252") for t in SHAPES.values()]
SEEDS += [
    bank_year()[:3000].encode(),
    b"firm,series,period,value,unit,bad\nA,s,2024-01,1,EUR,down\nA,s,2024-02,2,EUR,down\n",
    workbook({"Blad1": [["maand", "omzet"], ["2025-01", 5], [date(2025, 2, 1), 6]]}),
]
PIECES = [b"", b"\0", b'"', b";", b"\n", b"\xff", b"\xe9", b"#REF!", b"1e999", b"2025-02-30", b"-"]
PIECES += [
    b"totaal",
    b"=1+1",
    b"9" * 400,
    b"\r",
    b"2100",
    b"01/02/2025",
    "€".encode(),
    b"(((",
    b"\t",
]


@examples(300)
@given(st.data())
def test_mutations_are_read_or_refused_by_name(data: st.DataObject) -> None:
    raw = data.draw(st.sampled_from(SEEDS))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw)))
        gone = data.draw(st.integers(0, 8))
        raw = raw[:at] + data.draw(st.sampled_from(PIECES)) + raw[at + gone :]
    found = read_paths([("x.csv", raw)], today=TODAY)
    assert found.series or found.rejected or found.questions
    assert all(r.file and r.why for r in found.rejected)
    for series in found.series:
        assert len(series.periods) == len(series.values)
        assert all(v is None or abs(v) < 1e40 for v in series.values)


@examples(100)
@given(st.binary(max_size=400))
def test_any_bytes(raw: bytes) -> None:
    assert encoding_of(raw)
    found = read_paths([("x", raw)], today=TODAY)
    assert found.series or found.rejected or found.questions
    try:
        read_table(Source("x", raw), today=TODAY)
    except BakenError as e:
        assert e.problem
