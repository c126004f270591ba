"""Annual accounts as yearly series, with lights for overdue debts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from baken.signals.read.accounts import read_filings
from baken.signals.read.recognise import recognise
from baken.signals.read.source import Source
from tests.registers.filings import HEAD, table


def filing(
    end: str, now: dict[str, Any], before: dict[str, Any] | None = None, name: str = "De Korst"
) -> bytes:
    def rows(items: dict[str, Any], period: str) -> list[dict[str, str]]:
        total = {"20/58": "100", "10/49": "100", "10/15": "40", "17/49": "60"} | items
        return [{"Code": c, "Value": str(v), "Period": period} for c, v in total.items()]

    found = {
        "EnterpriseName": name,
        "ExerciseDates": {"startDate": f"{end[:4]}-01-01", "endDate": end},
        "Rubrics": rows(now, "N") + (rows(before, "NM1") if before is not None else []),
        "Administrators": {"NaturalPersons": [{"Person": {"LastName": "Peeters"}}]},
    }
    return json.dumps(found).encode()


def test_years_of_several_filings_beside_each_other() -> None:
    one = filing("2023-12-31", {"9900": 50, "9087": "3.5"}, {"9900": 40})
    two = filing("2024-12-31", {"9900": 60, "54/58": 7}, {"9900": 55})
    found = read_filings([Source("b.json", two), Source("a.json", one)])
    assert not found.reading.rejected
    series = {s.id: (s.periods, s.values, s.frequency, s.bad) for s in found.reading.series}
    years = ("2022", "2023", "2024")
    assert series["gross-margin"] == (years, (40, 50, 60), "year", "down")
    assert series["equity"] == (years, (40, 40, 40), "year", "down")
    assert series["debts"] == (years, (60, 60, 60), "year", "up")
    assert series["heads"] == (years, (None, 3.5, None), "year", "down")
    assert series["cash-at-year-end"] == (years, (None, None, 7), "year", "down")
    assert "overdue-tax" not in series
    assert {
        "series": "gross-margin",
        "firm": "",
        "at": "2024",
        "value": 60.0,
        "before": 50.0,
        "change_pct": 20.0,
    } in found.compared


def test_the_csv_that_anybody_can_download_says_the_same() -> None:
    older = {k: v.replace("2025", "2024") if "period" in k else v for k, v in HEAD.items()}
    files = [Source("b.csv", table()), Source("a.csv", table(head=older))]
    assert [recognise(f) for f in files] == ["accounts", "accounts"]
    found = read_filings(files)
    assert not found.reading.rejected
    series = {s.id: (s.periods, s.values) for s in found.reading.series}
    assert series["equity"] == (("2024", "2025"), (62345.67, 62345.67))
    assert series["heads"] == (("2024", "2025"), (4.6, 4.6))


def test_a_table_that_only_looks_a_little_like_it_stays_a_table() -> None:
    assert recognise(Source("a.csv", b"Entity name,omzet\nA,3\n")) == "table"


def test_lights() -> None:
    data = filing("2024-12-31", {"9072": "12.5", "9076": 3}, {"9076": 1})
    found = read_filings([Source("a.json", data)])
    assert found.lights == [
        {"kind": "overdue-tax", "firm": "", "code": "9072", "at": "2024", "amount": 12.5,
         "before": 0.0, "unit": "EUR"},
        {"kind": "overdue-social-security", "firm": "", "code": "9076", "at": "2023",
         "amount": 1.0, "before": None, "unit": "EUR"},
        {"kind": "overdue-social-security", "firm": "", "code": "9076", "at": "2024",
         "amount": 3.0, "before": 1.0, "unit": "EUR"},
    ]  # fmt: skip


def test_training_is_added_up_over_men_and_women() -> None:
    items = {"5802": 10, "5812": 5, "5842": 1, "5803": 100, "5833": "50.5"}
    found = read_filings([Source("a.json", filing("2024-12-31", items))])
    series = {s.id: s.values for s in found.reading.series}
    assert series["training-hours"] == (16,)
    assert series["training-cost"] == (150.5,)


@pytest.mark.parametrize(
    ("numbers", "firms"),
    [
        (["0412345614"], {"0412.345.614"}),
        (["BE 0412.345.614", "412345614"], {"0412.345.614"}),
        (["0412345614", "0200065765"], {"0412.345.614", "0200.065.765"}),
        (["0412345615"], {""}),
        ([None], {""}),
        ([None, None], {"Zaak 0", "Zaak 1"}),
        (["0412345614", None], {"0412.345.614", "Zaak 1"}),
    ],
)
def test_a_firm_is_called_by_its_number(numbers: list[str | None], firms: set[str]) -> None:
    files = []
    for at, number in enumerate(numbers):
        raw = json.loads(filing(f"202{at + 3}-12-31", {"9072": "5"}, name=f"Zaak {at}"))
        raw |= {"EnterpriseNumber": number} if number else {}
        files.append(Source(f"{at}.json", json.dumps(raw).encode()))
    found = read_filings(files)
    assert {s.firm for s in found.reading.series} == firms
    assert {x["firm"] for x in found.lights} == firms


def test_firms_are_kept_apart_and_people_are_not_named() -> None:
    files = [
        Source("a.json", filing("2024-12-31", {}, name="A")),
        Source("b.json", filing("2024-12-31", {}, name="B")),
    ]
    found = read_filings(files)
    assert {s.firm for s in found.reading.series} == {"A", "B"}
    assert "Peeters" not in repr(found)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"{}", "no annual accounts"),
        (b'{"Rubrics": [', "no valid JSON"),
        (b'{"a": "\xff"}', "is not UTF-8"),
        (b'{"Rubrics": []}', "year's end"),
        (filing("2024-12-31", {"10/15": 45}), "10/49 is 100"),
        (filing("2024-12-31", {"9072": "much"}), "is no number"),
    ],
)
def test_refused_by_name_and_the_rest_goes_on(data: bytes, why: str) -> None:
    found = read_filings([Source("x.json", data), Source("a.json", filing("2024-12-31", {}))])
    (rejected,) = found.reading.rejected
    assert rejected.file == "x.json"
    assert why in rejected.why
    assert found.reading.series


def test_a_year_that_is_filed_twice() -> None:
    files = [Source(n, filing("2024-12-31", {})) for n in ("a.json", "b.json")]
    assert "stand in another file" in read_filings(files).reading.rejected[0].why
