"""What programs hand in, one case a line: the header, the rows, and the series that come of it."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from baken.cli.app import app
from baken.signals.read.paths import Files, read_paths
from baken.signals.series import Series
from baken.signals.watch import watch

TODAY = date(2026, 11, 26)
NONE = None


def read(text: str | bytes, name: str = "x.csv") -> Files:
    return read_paths([(name, text.encode() if isinstance(text, str) else text)], today=TODAY)


PERIODS: dict[str, tuple[str, str]] = {
    "days": ("2024-05-30 2024-05-31", "day"),
    "days with a time": ("2024-05-30T00:00:00Z 2024-05-31T00:00:00Z", "day"),
    "days, the day first": ("30/05/2024 01/06/2024", "day"),
    "Mondays": ("2024-05-27 2024-06-03", "week"),
    "weeks": ("2024-W05 2024-W06", "week"),
    "weeks by one figure": ("2024-W5 2024-W6", "week"),
    "the 53rd week": ("2020-W53 2021-W01", "week"),
    "weeks in words": ("week_5_2024 wk_6_2024", "week"),
    "months": ("2024-03 2024-04", "month"),
    "months, the month first": ("03/2024 04/2024", "month"),
    "months by name": ("mrt_2024 apr_2024", "month"),
    "months by name in French": ("février_2024 août_2024", "month"),
    "months as Excel shows them": ("Jan-24 Feb-24", "month"),
    "months of another century": ("1871-11 1871-12", "month"),
    "months with an M": ("2024M01 2024M02", "month"),
    "quarters": ("2024Q1 2024Q2", "quarter"),
    "quarters with a dash": ("2024-Q1 2024-Q2", "quarter"),
    "quarters in Dutch": ("1e_kwartaal_2024 2e_kwartaal_2024", "quarter"),
    "quarters, shorter": ("1e_kw_2024 KW2_2024", "quarter"),
    "quarters in French": ("1er_trimestre_2024 T2_2024", "quarter"),
    "years": ("2023 2024", "year"),
    "years of another century": ("1749 1750", "year"),
    "positions": ("0 1", "position"),
    "positions far on": ("1000 1001", "position"),
    "positions apart": ("0 7", "position"),
    "positions below nought": ("-1 0", "position"),
    "seconds of a clock": ("1704067200 1704070800", "position"),
}


@pytest.mark.parametrize("name", PERIODS)
@pytest.mark.parametrize("shape", ["{p},{v}", "{p};{v}", "{p}\t{v}", '"{p}","{v}"'])
def test_periods(name: str, shape: str) -> None:
    texts, frequency = PERIODS[name]
    periods = texts.replace("_", " ").split() if "_" not in texts else [
        t.replace("_", " ") for t in texts.split()
    ]  # fmt: skip
    rows = [("PERIOD", "Value"), *((p, str(at)) for at, p in enumerate(periods))]
    text = "\ufeff" + "\r\n".join(shape.format(p=p, v=v) for p, v in rows) + "\r\n"
    found = read(text)
    assert not found.rejected
    (series,) = found.series
    assert (series.frequency, list(series.periods)) == (frequency, periods)
    assert series.values == (0, 1)


VALUES: dict[str, tuple[str, list[float | None]]] = {
    "a program's": ("1|1.5|-2|1e3|-1.5E-3|1e12", [1, 1.5, -2, 1000, -0.0015, 1e12]),
    "missing": ("1||NA|NaN|nan|null|None|n/a|-", [1, *[None] * 8]),
    "no numbers": ("1|?|.|inf|-inf|1e300|abc|0x10|1_000|#N/A", [1, *[None] * 9]),
    "Belgian": ("1.234,56|-0,5|2.345", [1234.56, -0.5, 2345]),
    "all equal": ("5|5|5", [5, 5, 5]),
    "euros and shares": ("€ 5|5 EUR|5%", [5, 5, 5]),
    "next to nought": ("1e-19|-1e-300|1e-400|1e-17", [0, 0, 0, 1e-17]),
    "with signs": ("+5|5-|(5)", [5, -5, -5]),
}


@pytest.mark.parametrize("name", VALUES)
def test_values(name: str) -> None:
    texts, values = VALUES[name]
    rows = "".join(f"{at};{v}\n" for at, v in enumerate(texts.split("|")))
    (series,) = read("t;value\n" + rows).series
    assert series.values == tuple(values)
    assert series.periods == tuple(map(str, range(len(values))))


HEADERS: dict[str, str] = {
    "any order": "value,bad,series,period,unit,firm\n1,up,s,2024-01,EUR,A\n2,,s,2024-02,,A\n",
    "spaces": " firm ; series ; period ; value ;unit;bad\nA;s;2024-01;1;EUR;up\nA;s;2024-02;2;;\n",
    "letters": "FIRM|SERIES|PERIOD|VALUE|UNIT|BAD\nA|s|2024-01|1|EUR|UP\nA|s|2024-02|2|eur|up\n",
    "blank lines": "firm,series,period,value,unit,bad\n\n"
    "A,s,2024-01,1,EUR,up\n,,,,,\n\nA,s,2024-02,2\n",
    "a comma behind": "firm,series,period,value,unit,bad,\nA,s,2024-01,1,EUR,up,\n"
    "A,s,2024-02,2,,,\n",
}


@pytest.mark.parametrize("name", HEADERS)
def test_headers(name: str) -> None:
    found = read(HEADERS[name])
    assert not found.rejected
    assert found.series == [
        Series("s", ("2024-01", "2024-02"), (1, 2), "up", "money", "month", "A", "s", "EUR")
    ]


def test_a_cell_between_quotes_may_take_two_lines() -> None:
    text = 'firm,period,value\n"Bakkerij\nde Hoek",2024-01,1\n"Bakkerij\nde Hoek",2024-02,2\n'
    found = read(text)
    assert [(s.firm, s.values) for s in found.series] == [("Bakkerij de Hoek", (1, 2))]
    assert not found.rejected


def test_a_quote_that_stays_open_costs_one_line() -> None:
    found = read('period,value\n2024-01,"1\n' + "".join(f"2024-{m:02},{m}\n" for m in range(2, 9)))
    assert [(r.line, r.why) for r in found.rejected] == [(2, "a quote is not closed")]
    (series,) = found.series
    assert series.values == (2, 3, 4, 5, 6, 7, 8)


def test_columns_of_firm_and_series_may_be_empty_but_not_in_part() -> None:
    assert [s.values for s in read("firm,series,period,value\n,,1,5\n,,2,6\n").series] == [(5, 6)]
    found = read("firm,period,value\n,1,5\nA,2,6\n")
    assert [s.firm for s in found.series] == ["A"]
    assert [(r.line, r.why) for r in found.rejected] == [(2, "there is no firm")]


def test_an_index_is_the_row_as_given() -> None:
    """Rows out of order, twice, without a period or with a wrong one count, and empty lines not."""
    months = [f"{y}-{m:02}" for y in range(2016, 2024) for m in range(1, 13)]
    chance = random.Random(5)
    values = {m: chance.gauss(100 + 60 * (m >= "2020-01"), 3) for m in months}
    rows = [f"{m},{values[m]}" for m in months]
    plain = watch(read("period,value\n" + "\n".join(rows)).series)
    assert [c["index"] for c in plain.judged[0].changes] == [48]
    turned = watch(read("period,value\n" + "\n".join(rows[::-1])).series)
    assert [c["index"] for c in turned.judged[0].changes] == [95 - 48]
    assert [c["at"] for c in turned.judged[0].changes] == ["2020-01"]
    spoilt = [rows[0], rows[0], "later,5", "", *rows[1:]]
    found = watch(read("period,value\n" + "\n".join(spoilt)).series)
    assert [c["index"] for c in found.judged[0].changes] == [50]
    rows[3] = "2016-04,unknown"
    found = watch(read("period,value\n" + "\n".join(rows)).series)
    assert [c["index"] for c in found.judged[0].changes] == [48]
    assert found.judged[0].as_json()["n"] == 96


def test_days_of_which_the_month_stands_first_are_written_as_others() -> None:
    (series,) = read("period,value\n05/30/2024,1\n06/01/2024,2\n").series
    assert series.periods == ("2024-05-30", "2024-06-01")


def test_dates_that_fit_one_order_only() -> None:
    """Firsts of the month, the month first: read the other way they are no rhythm."""
    rows = "".join(f"{m}/1/{y},1\n" for y in (2023, 2024) for m in range(1, 13))
    found = read("period,value\n" + rows)
    assert found.series[0].frequency == "month"
    assert [r.note for r in found.rejected] == [True]
    asked = read("period,value\n01/02/2024,1\n02/02/2024,2\n03/02/2024,3\n")
    assert [q["id"] for q in asked.questions] == ["x.csv:day-first"]
    assert not asked.series


def test_a_series_that_has_a_time_of_its_own_is_not_cut_at_today() -> None:
    rows = "".join(f"{y}-{m:02},1\n" for y in range(2024, 2030) for m in range(1, 13))
    data = [("x.csv", ("period,value\n" + rows).encode())]
    found = read_paths(data, as_of=TODAY, today=TODAY)
    assert len(found.series[0].values) == 72
    assert [r.note for r in found.rejected] == [True]
    assert len(read_paths(data, as_of=date(2025, 12, 31), today=TODAY).series[0].values) == 24
    now = [("x.csv", b"period,value\n2026-09,1\n2026-10,1\n2026-11,1\n")]
    assert len(read_paths(now, as_of=TODAY, today=TODAY).series[0].values) == 2


numbers = st.one_of(
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12),
    st.integers(-5, 5).map(float),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_but_the_index(
    values: list[float | None], chance: random.Random
) -> None:
    rows = [f"{2000 + at // 12}-{at % 12 + 1:02},{'' if v is None else repr(v)}"
            for at, v in enumerate(values)]  # fmt: skip
    mixed = list(rows)
    chance.shuffle(mixed)
    one, two = (watch(read("period,value\n" + "\n".join(r)).series) for r in (rows, mixed))
    for a, b in zip(one.judged, two.judged, strict=True):
        assert (a.series.periods, a.series.values) == (b.series.periods, b.series.values)
        assert [x.as_json() for x in a.alarms] == [x.as_json() for x in b.alarms]
        index = {rows.index(line): at for at, line in enumerate(mixed)}
        assert [{**c, "index": index[c["index"]]} for c in a.changes] == b.changes


@settings(max_examples=15, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["A", "B", "C"]),
        st.lists(st.integers(0, 100), min_size=6, max_size=30),
        min_size=1,
    )
)
def test_a_file_per_firm_gives_the_same_answers(firms: dict[str, list[int]]) -> None:
    rows = {f: [f"{f},{at},{v}" for at, v in enumerate(vs)] for f, vs in firms.items()}
    head = "firm,period,value\n"
    whole = watch(read(head + "\n".join(r for own in rows.values() for r in own)).series).as_json()
    parts = [watch(read(head + "\n".join(own)).series).as_json() for own in rows.values()]
    assert whole["series"] == [s for part in parts for s in part["series"]]
    assert whole["facts"] == {f: v for part in parts for f, v in part["facts"].items()}


ODD = st.sampled_from(
    ["1", "1,5", '"', '"1"', "2024-01", "NaN", "inf", "-inf", "1e308", "1e-400", "", "x", "€", "\t"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(ODD, max_size=5), max_size=12), st.sampled_from(",;\t|"))
def test_whatever_stands_in_it_the_answer_is_json(rows: list[list[str]], mark: str) -> None:
    head = mark.join(["firm", "period", "value", "bad"])
    text = head + "\n" + "\n".join(mark.join(r) for r in rows) + "\n"
    found = read(text)
    json.loads(json.dumps(watch(found.series, found.rejected).as_json(), allow_nan=False))


def test_the_command_reads_five_thousand_points(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("t,value\n" + "".join(f"{t},{t % 13}\n" for t in range(5_000)))
    told = CliRunner().invoke(app, ["watch", str(path), "--json"])
    assert told.exit_code == 0
    answer = json.loads(told.output)
    assert answer["series"][0]["n"] == 5_000
    assert (answer["rejected"], answer["notes"]) == ([], [])
