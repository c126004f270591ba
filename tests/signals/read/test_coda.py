"""Bank statements: what is made of them, and what is refused by name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.signals.read.coda import read_coda
from baken.signals.read.source import Source
from baken.signals.series import Reading
from tests.signals.read.statements import statement, year

TODAY = date(2026, 11, 26)
D = date


def read(*texts: str | bytes, **answers: str) -> Reading:
    files = [
        Source(f"{n}.cod", t.encode("cp1252") if isinstance(t, str) else t)
        for n, t in enumerate(texts, start=1)
    ]
    return read_coda(
        files, {f"CODA:{k.replace('_', '-')}": v for k, v in answers.items()}, today=TODAY
    )


def values(reading: Reading) -> dict[str, tuple[float | None, ...]]:
    return {s.id: s.values for s in reading.series}


def test_a_year() -> None:
    reading = read(year())
    assert not reading.rejected
    assert not reading.questions
    assert reading.series[0].periods == tuple(f"2025-{m:02d}" for m in range(1, 13))
    assert values(reading) == {
        "cash": tuple(1000.0 + 100 * m for m in range(1, 13)),
        "money-in": (500.0,) * 12,
        "money-out": (400.0,) * 12,
        "payments-in": (1,) * 12,
        "days-below-zero": (0,) * 12,
    }
    assert [(s.bad, s.kind, s.unit) for s in reading.series] == [
        ("down", "money", "EUR"),
        ("down", "money", "EUR"),
        ("up", "money", "EUR"),
        ("down", "count", ""),
        ("up", "days", ""),
    ]


def test_days_below_nought_are_counted_by_day() -> None:
    text = statement(
        D(2025, 1, 31), D(2025, 2, 28), "100", [(D(2025, 2, 10), "-150"), (D(2025, 2, 15), "100")]
    )
    assert values(read(text))["days-below-zero"] == (5,)


def test_one_file_a_day_is_chained_in_any_order() -> None:
    parts = [
        statement(D(2025, 1, 31), D(2025, 2, 3), "10", [(D(2025, 2, 3), "5")], sequence=1),
        statement(D(2025, 2, 3), D(2025, 2, 27), "15", [(D(2025, 2, 27), "-7")], sequence=2),
        statement(D(2025, 2, 27), D(2025, 4, 29), "8", [(D(2025, 4, 29), "1")], sequence=3),
    ]
    reading = read(parts[2], parts[0], parts[1])
    assert values(reading)["cash"] == (8, 8, 9)
    assert values(reading)["money-in"] == (5, 0, 1)


def test_a_statement_that_stands_twice_counts_once() -> None:
    reading = read(year(), year())
    assert values(reading) == values(read(year()))
    assert len(reading.rejected) == 12
    assert "stands in 1.cod, line 1, already" in reading.rejected[0].why


def test_a_missing_statement_leaves_its_months_without_figures() -> None:
    first = statement(D(2024, 12, 31), D(2025, 1, 31), "10", [(D(2025, 1, 3), "5")])
    third = statement(D(2025, 2, 28), D(2025, 3, 31), "99", [(D(2025, 3, 3), "1")], sequence=3)
    reading = read(first, third)
    assert "a statement is missing" in reading.rejected[0].why
    assert values(reading)["cash"] == (15, 99, 100)
    assert values(reading)["money-in"] == (5, None, 1)


def test_details_of_a_batch_count_once() -> None:
    moves = [
        (D(2025, 1, 10), "300", "1"),
        (D(2025, 1, 10), "100", "5"),
        (D(2025, 1, 10), "200", "5"),
        (D(2025, 1, 10), "200", "9"),
    ]
    text = statement(D(2024, 12, 31), D(2025, 1, 31), "0", moves)
    reading = read(text)
    assert not reading.rejected
    assert values(reading)["money-in"] == (300,)
    assert values(reading)["payments-in"] == (1,)


def test_accounts_and_currencies_are_kept_apart() -> None:
    reading = read(year() + year(currency="USD") + year(account="BE71096123456769"))
    assert sorted(s.id for s in reading.series if s.id.startswith("cash")) == [
        "cash.6769.eur",
        "cash.7034.eur",
        "cash.7034.usd",
    ]
    assert {s.firm for s in reading.series} == {""}


def test_firms_are_kept_apart() -> None:
    reading = read(year(), year(account="BE71096123456769", company="00200065765"))
    assert {s.firm for s in reading.series} == {"0403019261", "0200065765"}


def test_no_name_or_account_leaves() -> None:
    said = repr(read(year(), year(account="BE71096123456769", name="Mia Janssens")))
    for text in ("Janssens", "Peeters", "BE68", "BE71", "mededeling", "huur", "BAKKERIJ"):
        assert text not in said


def test_half_a_month_at_either_end() -> None:
    text = statement(D(2025, 1, 15), D(2025, 1, 20), "10", [(D(2025, 1, 16), "5")])
    text += statement(D(2025, 1, 20), D(2025, 2, 3), "15", [(D(2025, 2, 3), "5")], sequence=2)
    text += statement(D(2025, 2, 3), D(2025, 2, 7), "20", [(D(2025, 2, 7), "5")], sequence=3)
    (asked,) = read(text).questions
    assert asked["id"] == "CODA:last-month"
    assert not read(text).series
    told = values(read(text, last_month="complete"))
    assert told["cash"] == (15, 25)
    assert told["money-in"] == (10,)
    assert values(read(text, last_month="open"))["cash"] == (15,)


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


GOOD = statement(D(2024, 12, 31), D(2025, 1, 31), "10", [(D(2025, 1, 3), "5")])
BROKEN: dict[str, tuple[str | bytes, int | None, str]] = {
    "nothing": ("", None, "empty"),
    "garbage": ("beste bank\nwat is dit\n", None, "no header (record 0)"),
    "NUL bytes": (b"\0" * 300, None, "no header"),
    "cut before record 8": ("".join(lines(GOOD)[:-2]), 5, "no closing balance (record 8)"),
    "cut before record 9": ("".join(lines(GOOD)[:-1]), 6, "no end (record 9)"),
    "no opening balance": ("".join(lines(GOOD)[:1] + lines(GOOD)[2:]), 1, "no opening balance"),
    "a move is gone": ("".join(lines(GOOD)[:2] + lines(GOOD)[5:]), 4, "the moves make 0 out and 0"),
    "a record is gone": ("".join(lines(GOOD)[:3] + lines(GOOD)[4:]), 6, "records; there are 4"),
    "another balance": (
        "".join(t.replace("0000000000015000", "0000000000016000") for t in lines(GOOD)),
        6,
        "the balance goes from 10 to 16",
    ),
    "an amount with letters": (
        "".join(
            t.replace("BANKREF              00000", "BANKREF              0O000")
            for t in lines(GOOD)
        ),
        3,
        "is no amount",
    ),
    "two accounts": (
        "".join(t.replace("7034", "7035") if t[0] == "8" else t for t in lines(GOOD)),
        6,
        "of different accounts",
    ),
    "a detail without an amount": (
        statement(
            D(2024, 12, 31),
            D(2025, 1, 31),
            "10",
            [(D(2025, 1, 3), "5", "1"), (D(2025, 1, 3), "7", "5")],
        ).replace("0000000000007000", "00000000000O7000"),
        1,
        "can't be read (",
    ),
    "a line too long": (lines(GOOD)[0][:-1] + "x" * 9 + "\n" + "".join(lines(GOOD)[1:]), 1, "137"),
    "an unknown record": (lines(GOOD)[0] + "7" + lines(GOOD)[1][1:], 2, "record '7'"),
    "version 1": (GOOD.replace(lines(GOOD)[0][-2:], "1\n", 1), 1, "can't be read (ValueError)"),
    "a day that can't be": (GOOD.replace("310125", "320125"), 1, "can't be read (ValueError)"),
    "a day in the past": (GOOD.replace("311224", "311269"), 1, "1969-12-31"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_refused_by_name(name: str) -> None:
    text, line, why = BROKEN[name]
    reading = read(text)
    assert not reading.series
    assert len(reading.rejected) == 1
    assert reading.rejected[0].file == "1.cod"
    assert reading.rejected[0].line == line
    assert why in reading.rejected[0].why


@pytest.mark.parametrize("name", BROKEN)
def test_the_rest_goes_on(name: str) -> None:
    reading = read(BROKEN[name][0], year())
    assert values(reading)["money-in"][-1] == 500


def test_a_bad_statement_between_good_ones() -> None:
    bad = "".join(lines(GOOD)[:-1])
    good = year()
    assert len(read(bad + good).series) == 5


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_mutations_never_give_other_sums_silently(data: st.DataObject) -> None:
    raw = bytearray(GOOD.encode("cp1252"))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    reading = read(bytes(raw))
    assert reading.rejected or reading.series
    cash = values(reading).get("cash", (15,))
    assert all(v is not None for v in cash)
