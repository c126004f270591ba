"""One firm, one condition: what is known, unknown or narrowed settles it or not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import duckdb
import pytest

from baken.kernel.values import Choices, Interval, SetOf, Truth, Value
from baken.rules.closures import compile_closure
from baken.rules.dates import shift
from baken.rules.parse import parse

from .vocabulary import AS_OF, VOCABULARY

SMALL_OR_MEDIUM = Choices(frozenset({"small", "medium"}))

JUDGED: list[tuple[str, dict[str, Value], Truth]] = [
    # null is unknown; what does not matter does not ask
    ("headcount < 50", {}, None),
    ("headcount < 50 and exporter", {"exporter": False}, False),
    ("headcount < 50 or exporter", {"exporter": True}, True),
    ("not (headcount < 50)", {}, None),
    ("headcount <> 50", {}, None),
    # narrowed choices
    ("size in ('small', 'medium')", {"size": SMALL_OR_MEDIUM}, True),
    ("size = 'small' or size = 'medium'", {"size": SMALL_OR_MEDIUM}, True),
    ("size <> 'micro' and size <> 'large'", {"size": SMALL_OR_MEDIUM}, True),
    ("size = 'small'", {"size": SMALL_OR_MEDIUM}, None),
    ("size = 'micro'", {"size": SMALL_OR_MEDIUM}, False),
    ("size not in ('micro')", {"size": SMALL_OR_MEDIUM}, True),
    ("nace like '10%' or nace like '11%'", {"nace": Choices(frozenset({"1071", "1105"}))}, True),
    ("nace like '10%'", {"nace": Choices(frozenset({"1071", "1105"}))}, None),
    # intervals
    ("headcount < 50", {"headcount": Interval(10, 49)}, True),
    ("headcount < 50", {"headcount": Interval(10, 50)}, None),
    ("headcount < 50", {"headcount": Interval(50, None)}, False),
    ("headcount between 10 and 49", {"headcount": Interval(None, 9)}, False),
    ("headcount not between 10 and 49", {"headcount": Interval(None, 9)}, True),
    ("headcount = 10", {"headcount": Interval(11, 12)}, False),
    ("headcount in (10, 11)", {"headcount": 11}, True),
    # sums: exact, and each fact counts once
    ("turnover / 3 > 10", {"turnover": Decimal("30.01")}, True),
    ("turnover / 3 = 10", {"turnover": 30}, True),
    ("turnover / (2 * 3 - 1 + 4 / 4) > 10", {"turnover": Decimal("60.01")}, True),
    ("headcount * 3 > 5", {"headcount": 2}, True),
    ("10 > headcount + 3", {"headcount": 7}, False),
    ("turnover - 0.5 * turnover >= 5", {"turnover": Interval(10, 90)}, True),
    ("-turnover < -5", {"turnover": 6}, True),
    ("turnover - balance_total > 0", {"turnover": Interval(5, 9), "balance_total": 4}, True),
    ("turnover - balance_total > 0", {"turnover": Interval(5, 9)}, None),
    ("turnover - balance_total > 0",
     {"turnover": Interval(5, None), "balance_total": Interval(None, 4)}, True),
    # dates and month ends
    ("founded_on + interval '4' year > as_of", {"founded_on": date(2022, 11, 2)}, True),
    ("founded_on + interval '4' year > as_of", {"founded_on": date(2022, 11, 1)}, False),
    ("founded_on >= as_of - interval '36' month",
     {"founded_on": Interval(date(2024, 1, 1), None)}, True),
    ("founded_on - interval '1' year = date '2023-02-28'", {"founded_on": date(2024, 2, 29)}, True),
    # sets
    ("has(nace_2025, '10%')", {"nace_2025": SetOf.of("1071", "4724")}, True),
    ("has(nace_2025, '62%')", {"nace_2025": SetOf.of("1071", "4724")}, False),
    ("has(nace_2025, '62%')", {"nace_2025": SetOf.of("1071", more=True)}, None),
    ("has(nace_2025, '10%')", {"nace_2025": SetOf.one_of(("1071", "4724"))}, None),
    ("has(nace_2025, '10%') or has(nace_2025, '47%')",
     {"nace_2025": SetOf.one_of(("1071", "4724"))}, True),
    ("not has(nace_2025, '62%')", {"nace_2025": SetOf.of()}, True),
    # null is asked of what is wholly unknown
    ("headcount is null", {}, True),
    ("headcount is null", {"headcount": Interval(1, None)}, False),
    ("headcount is not null", {"headcount": 0}, True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "firm", "truth"), JUDGED)
def test_judged(text: str, firm: dict[str, Value], truth: Truth) -> None:
    assert compile_closure(parse(text, VOCABULARY))({**firm, "as_of": AS_OF}) is truth


@pytest.mark.parametrize(
    ("day", "n", "unit", "moved"),
    [
        (date(2024, 2, 29), -1, "year", date(2023, 2, 28)),
        (date(2024, 2, 29), 4, "year", date(2028, 2, 29)),
        (date(2026, 1, 31), 1, "month", date(2026, 2, 28)),
        (date(2026, 3, 31), -1, "month", date(2026, 2, 28)),
        (date(2026, 1, 15), -13, "month", date(2024, 12, 15)),
        (date(2026, 12, 31), 14, "day", date(2027, 1, 14)),
        (date(2026, 12, 30), 2, "month", date(2027, 2, 28)),
    ],
)
def test_dates_move_as_in_sql(day: date, n: int, unit: str, moved: date) -> None:
    assert shift(day, n, unit) == moved
    sql = f"SELECT CAST(date '{day}' + INTERVAL ({n}) {unit} AS DATE)"
    assert duckdb.sql(sql).fetchall() == [(moved,)]


def test_every_day_of_two_years_moves_as_in_sql() -> None:
    sql = (
        "SELECT d::DATE, n, (d + to_months(n::INTEGER))::DATE FROM range(date '2023-01-01',"
        " date '2025-01-01', INTERVAL 1 day) AS a(d), range(-14, 15) AS b(n)"
    )
    rows = duckdb.sql(sql).fetchall()
    assert len(rows) == 731 * 29
    assert [shift(day, n, "month") for day, n, _ in rows] == [moved for _, _, moved in rows]


@pytest.mark.parametrize(
    ("n", "unit", "end"),
    [(9999, "year", date.max), (-99999, "month", date.min), (9999999, "day", date.max)],
)
def test_beyond_the_calendar(n: int, unit: str, end: date) -> None:
    assert shift(date(2026, 1, 1), n, unit) == end
