"""Worked examples of the Commission's guide, notices and replies, of manuals and authorities, and
our own from the text of the acts: each row names where it comes from and why."""

from __future__ import annotations

from typing import Any

import pytest

from baken.law.aid import aid_of, read_aid
from baken.law.alarm_bell import alarm_bell, read_bell
from baken.law.delineation import delineate, read_delineate
from baken.law.deminimis import read_de_minimis, room_of
from baken.law.difficulty import difficulty_of, read_difficulty
from baken.law.size import read_size, size_of
from tests.law.tables import differences, plain, rows

Row = dict[str, Any]


@pytest.mark.parametrize("row", rows("size"))
def test_size(row: Row) -> None:
    """Recommendation 2003/361/EC, annex."""
    found = size_of(read_size(row["input"])).as_json()
    expected = dict(row["expected"])
    parts = expected.pop("parts", None)
    totals = expected.pop("totals", [])
    assert list(differences(expected, found)) == [], row["why"]
    if parts is not None:
        shares = {p["enterprise"]: plain(p["pct"]) for p in parts}
        assert {p["enterprise"]: plain(p["pct"]) for p in found["parts"]} == shares
        for part in parts:
            if "relation" in part:
                match = next(p for p in found["parts"] if p["enterprise"] == part["enterprise"])
                assert match["relation"] == part["relation"]
    assert list(differences(totals, found["totals"][: len(totals)])) == []


@pytest.mark.parametrize("row", rows("difficulty", "difficulty"))
def test_difficulty(row: Row) -> None:
    """Regulation (EU) 651/2014, art. 2(18)."""
    found = difficulty_of(read_difficulty(row["input"])).as_json()
    assert list(differences(row["expect"], found)) == [], row["why"]


@pytest.mark.parametrize("row", rows("difficulty", "alarm_bell"))
def test_alarm_bell(row: Row) -> None:
    """WVV, art. 5:153, 6:119, 7:228 and 7:229; CBN advice 2021/14."""
    found = alarm_bell(read_bell(row["input"])).as_json()
    assert list(differences(row["expect"], found)) == [], row["why"]


@pytest.mark.parametrize("row", rows("deminimis"))
def test_de_minimis(row: Row) -> None:
    """Regulations (EU) 2023/2831, 1407/2013, 1408/2013, 717/2014, 2023/2832 and 360/2012."""
    found = room_of(read_de_minimis(row["input"])).as_json()
    found["window_from"] = (found["window"] or {}).get("from")
    found["window_to"] = (found["window"] or {}).get("to")
    found["register_required"] = found["register"]["required"]
    assert list(differences(row["expected"], found)) == [], row["why"]


@pytest.mark.parametrize("row", rows("aid"))
def test_aid(row: Row) -> None:
    """Regulation (EU) 651/2014, art. 4, 6, 8 and chapter III."""
    found = aid_of(read_aid(row["input"])).as_json()
    expected = dict(row["expected"])
    bonuses = expected.pop("bonuses", None)
    assert list(differences(expected, found)) == [], row["why"]
    if bonuses is not None:
        assert sorted(b["pct"] for b in found["bonuses"]) == sorted(b["pct"] for b in bonuses)


@pytest.mark.parametrize("row", rows("delineate"))
def test_delineate(row: Row) -> None:
    """Frascati Manual 2015, Oslo Manual 2018, 651/2014 art. 2(84) to (87), (96), (97)."""
    found = delineate(read_delineate(row["input"])).as_json()
    assert list(differences(row["expected"], found)) == [], row["why"]
