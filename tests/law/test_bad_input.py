"""Bad input: the path of the field, what is wrong, what was expected; nothing else is lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from baken.kernel.documents import decode_document
from baken.kernel.errors import BakenError
from baken.law.aid import read_aid
from baken.law.alarm_bell import read_bell
from baken.law.delineation import read_delineate
from baken.law.deminimis import read_de_minimis
from baken.law.difficulty import read_difficulty
from baken.law.size import read_size

YEAR = {"end": "2025-12-31", "headcount": 5, "turnover": 1, "balance": 1}


def group(**more: Any) -> dict[str, Any]:
    one = {"years": [YEAR]}
    base = {"as_of": "2026-06-30", "enterprise": "A", "enterprises": {"A": one, "B": one}}
    return {**base, **more}


def linked(**link: Any) -> dict[str, Any]:
    return group(links=[{"owner": "B", "owned": "A", **link}])


def years(*rows: dict[str, Any]) -> dict[str, Any]:
    return group(enterprises={"A": {"years": list(rows)}})


@pytest.mark.parametrize(
    ("raw", "path", "problem"),
    [
        (linked(capital_pct=101), "links[0].capital_pct", "101 is out of bounds"),
        (linked(voting_pct=-1), "links[0].voting_pct", "-1 is out of bounds"),
        (
            group(links=[{"owner": "B", "owned": "A", "voting_pct": 60}] * 2),
            "links[1].voting_pct",
            "add up to 120 %",
        ),
        (group(links=[{"owner": "A", "owned": "A"}]), "links[0]", "A holds itself"),
        (linked(owner="Q"), "links[0].owner", "no enterprise 'Q'"),
        (linked(control="charm"), "links[0].control", "'charm' is not known"),
        (group(enterprise="Z"), "enterprise", "no enterprise 'Z'"),
        (group(enterprises={"A": {"kind": "bank"}}), "enterprises.A.kind", "'bank' is not known"),
        (years(), "enterprises.A.years", "the list of years is empty"),
        (years({**YEAR, "headcount": -1}), "enterprises.A.years[0].headcount", "-1 is out of"),
        (years(YEAR, YEAR), "enterprises.A.years[1].end", "overlaps"),
        (
            years({**YEAR, "months": 18}, {**YEAR, "end": "2024-12-31"}),
            "enterprises.A.years[1].end",
            "overlaps",
        ),
        (years({**YEAR, "currency": "USD"}), "enterprises.A.years[0].currency", "'USD'"),
        (years({**YEAR, "end": "2025-02-30"}), "enterprises.A.years[0].end", "2025-02-30"),
        ({"enterprise": "A", "enterprises": {"A": {}}}, "as_of", "missing"),
        (group(colour="red"), "colour", "no such field"),
        ([], "", "this is no size question"),
    ],
)
def test_size(raw: Any, path: str, problem: str) -> None:
    with pytest.raises(BakenError) as caught:
        read_size(raw)
    assert caught.value.path == path
    assert problem in caught.value.problem


def test_the_line_of_the_field_is_told() -> None:
    text = b"as_of: 2026-06-30\nenterprise: A\nenterprises:\n  A: {}\n  B: {kind: bank}\n"
    document = decode_document(text, "group.yaml")
    with pytest.raises(BakenError) as caught:
        read_size(document.value, document)
    assert caught.value.path == "group.yaml, line 5, enterprises.B.kind"


@pytest.mark.parametrize(
    ("read", "raw", "path"),
    [
        (read_difficulty, {"as_of": "2026-06-30", "years": []}, "years"),
        (
            read_difficulty,
            {"as_of": "2026-06-30", "years": [{"end": "2025-12-31"}, {"end": "2025-12-31"}]},
            "years[1].end",
        ),
        (read_de_minimis, {"as_of": "2026-06-30"}, "undertaking"),
        (
            read_de_minimis,
            {
                "as_of": "2026-06-30",
                "undertaking": "A",
                "asked": {"granted_on": "2026-06-30", "regime": "general", "instrument": "loan"},
            },
            "asked.principal",
        ),
        (
            read_de_minimis,
            {
                "as_of": "2026-06-30",
                "undertaking": "A",
                "aids": [{"granted_on": "2026-01-01", "amount": -5, "regime": "general"}],
            },
            "aids[0].amount",
        ),
        (read_aid, {"as_of": "2026-06-30", "size": "small", "project": {}}, "project.kind"),
        (
            read_aid,
            {"as_of": "2026-06-30", "size": "tiny", "project": {"kind": "fair"}},
            "size",
        ),
        (read_delineate, {"activity": {"kind": "dancing"}}, "activity.kind"),
        (
            read_difficulty,
            {"as_of": "2026-06-30", "years": [{"end": "2025-12-31"}, {"end": "2025-06-30"}]},
            "years[1].end",
        ),
        (
            read_bell,
            {
                "as_of": "2026-06-30",
                "legal_form": "bv",
                "years": [{"end": "2025-12-31"}, {"end": "2025-06-30"}],
            },
            "years[1].end",
        ),
        (
            read_aid,
            {"as_of": "2026-06-30", "size": "small", "project": {"kind": "fair", "costs": []}},
            "project.costs",
        ),
    ],
)
def test_the_others(read: Any, raw: Any, path: str) -> None:
    with pytest.raises(BakenError) as caught:
        read(raw)
    assert caught.value.path == path


def accounts(**year: Any) -> dict[str, Any]:
    return {
        "as_of": "2026-06-30",
        "legal_form": "nv",
        "years": [{"end": "2025-12-31", **year}],
    }


def de_minimis(*events: dict[str, Any], **asked: Any) -> dict[str, Any]:
    return {
        "as_of": "2026-06-30",
        "undertaking": "A",
        "aids": [{"id": "a1", "granted_on": "2025-01-01", "amount": 5, "regime": "general"}],
        "events": [{"on": "2025-06-01", **e} for e in events],
        "asked": {"granted_on": "2026-06-30", "regime": "general", "amount": 5, **asked},
    }


SPLIT = {"kind": "split", "from": ["A"], "into": ["X", "Y"]}


@pytest.mark.parametrize("read", [read_difficulty, read_bell])
@pytest.mark.parametrize(
    ("year", "path", "problem"),
    [
        ({"rubrics": {"10": -5}}, "rubrics.10", "-5 is out of bounds"),
        ({"rubrics": {"100": -5}}, "rubrics.100", "-5 is out of bounds"),
        ({"rubrics": {"11": "-5"}}, "rubrics.11", "-5 is out of bounds"),
        ({"rubrics": {"xx": 1}}, "rubrics.xx", "no code of the standard accounts"),
        ({"rubrics": {"10-15": 1}}, "rubrics.10-15", "no code of the standard accounts"),
        ({"rubrics": {"10/15": Decimal("200.000")}}, "rubrics.10/15", "read in two ways"),
        ({"subscribed_capital": Decimal("200.000")}, "subscribed_capital", "read in two ways"),
        (
            {"rubrics": {"10": 100}, "subscribed_capital": 200},
            "subscribed_capital",
            "subscribed_capital is 200, and rubric 10 100",
        ),
        ({"rubrics": {"10/15": 100}, "equity": -20}, "equity", "rubric 10/15 100"),
        ({"rubrics": [{"Code": "10", "Value": "x"}]}, "rubrics.10", "'x' is no plain number"),
        ({"rubrics": [{"Code": "10", "Value": 1}, {"Value": 1}]}, "rubrics", "row 2 is no rubric"),
        ({"rubrics": [{"Code": "10", "Value": 1}, {"Code": "10", "Value": 2}]}, "rubrics",
         "10 stands twice"),
        ({"rubrics": [{"Code": "10", "Value": 1, "Period": "M"}]}, "rubrics", "is no period"),
    ],
)  # fmt: skip
def test_closed_years(read: Any, year: dict[str, Any], path: str, problem: str) -> None:
    with pytest.raises(BakenError) as caught:
        read(accounts(**year))
    assert caught.value.path == f"years[0].{path}"
    assert problem in caught.value.problem


def test_rubrics_as_the_national_bank_writes_them() -> None:
    rows = [
        {"Code": "10", "Value": "18600.00", "Period": "N"},
        {"Code": "10/15", "Value": 9000},
        {"Code": "10/15", "Value": 15000, "Period": "NM1"},
        {"Code": "9087", "Value": "12.500", "Period": "N"},
        {"Code": "14", "Value": None, "Period": "N"},
    ]
    found = read_difficulty(accounts(rubrics=rows, subscribed_capital=18600))
    assert found.years
    assert found.years[0].rubrics == {"10": 18600, "10/15": 9000, "9087": Decimal("12.5")}


def test_codes_without_quotes_are_codes() -> None:
    found = read_difficulty(accounts(rubrics={10: 18600, "10/15": 9000}))
    assert found.years and found.years[0].rubrics == {"10": 18600, "10/15": 9000}


@pytest.mark.parametrize(
    ("raw", "path", "problem"),
    [
        (de_minimis(instalments=[]), "asked.instalments", "the list is empty"),
        (
            de_minimis(instalments=[{"on": "2025-06-29", "amount": 5}]),
            "asked.instalments[0].on",
            "more than a year before",
        ),
        (de_minimis(nace="99.99"), "asked.nace", "99.99 is no code of NACE-BEL"),
        (de_minimis(nace=Decimal("10.71")), "asked.nace", "'10.71' is no text"),
        (
            de_minimis({"kind": "merger", "from": ["A"], "into": ["A"]}),
            "events[0].into",
            "nothing changes from A into A",
        ),
        (
            de_minimis({"kind": "split", "from": ["A"], "into": ["A"]}),
            "events[0].into",
            "nothing changes",
        ),
        (
            de_minimis({**SPLIT, "aid_follows": {"a9": "X"}}),
            "events[0].aid_follows.a9",
            "no aid has the id 'a9'",
        ),
        (
            de_minimis({**SPLIT, "aid_follows": {"a1": "Q"}}),
            "events[0].aid_follows.a1",
            "'Q' is not one of those",
        ),
        (
            {**de_minimis(), "enterprises": {"B": {"founded_on": "2026-07-01"}}},
            "enterprises.B.founded_on",
            "lies after as_of",
        ),
        ({**de_minimis(), "member_states": {"B": False}}, "member_states.B", "no text"),
    ],
)
def test_de_minimis(raw: Any, path: str, problem: str) -> None:
    with pytest.raises(BakenError) as caught:
        read_de_minimis(raw)
    assert caught.value.path == path
    assert problem in caught.value.problem


def test_what_lies_close_to_an_error_is_none() -> None:
    merger = {"kind": "merger", "from": ["X", "A"], "into": ["A"]}
    kept = {"kind": "split", "from": ["A"], "into": ["A", "N"], "aid_follows": {"a1": "A"}}
    read_de_minimis(de_minimis(merger, kept, instalments=[{"on": "2025-06-30", "amount": 5}]))
    for code in ("10.71", "10712", "99.00", "990", "45.11", "46", "C", "v"):
        read_de_minimis(de_minimis(nace=code))
    read_size(
        years({**YEAR, "headcount": 13, "staff": [{"n": 12, "fte": 1}, {"fte": 0.5, "n": 1}]})
    )
    read_size(years({**YEAR, "headcount": 5, "staff": [{"fte": 1}]}))
    read_size(linked(capital_pct=Decimal("33.333")))
    read_difficulty(accounts(rubrics={"100": 200, "10": 150}, subscribed_capital=200))


@pytest.mark.parametrize(
    ("read", "raw", "path"),
    [
        (
            read_size,
            years({**YEAR, "headcount": 12, "staff": [{"n": 12, "fte": 1}, {"fte": 0.5, "n": 1}]}),
            "enterprises.A.years[0].headcount",
        ),
        (read_size, years({**YEAR, "staff": []}), "enterprises.A.years[0].headcount"),
        (
            read_size,
            group(enterprises={"A": {"founded_on": "2026-07-01"}}),
            "enterprises.A.founded_on",
        ),
        (
            read_difficulty,
            {"as_of": "2026-06-30", "linked": [{"founded_on": "2026-07-01"}]},
            "linked[0].founded_on",
        ),
        (
            read_aid,
            {
                "as_of": "2026-06-30",
                "size": "small",
                "project": {"kind": "startup", "startup": {"registered_on": "2026-07-01"}},
            },
            "project.startup.registered_on",
        ),
        (
            read_aid,
            {
                "as_of": "2026-06-30",
                "size": "small",
                "project": {"kind": "fair", "costs": [{"amount": Decimal("200.000")}]},
            },
            "project.costs[0].amount",
        ),
    ],
)
def test_what_contradicts_itself(read: Any, raw: Any, path: str) -> None:
    with pytest.raises(BakenError) as caught:
        read(raw)
    assert caught.value.path == path
