"""Bad input: the path of the field, what is wrong, what was expected; nothing else is lost."""

from __future__ import annotations

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
