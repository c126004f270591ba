"""Papers of firms made up for tests, and what follows from them."""

from __future__ import annotations

from datetime import date

from baken.facts.derive import derive_all
from baken.facts.state import Facts, Origin
from baken.law.known import read_papers

DAY = date(2026, 11, 24)


def derived(papers=None, **given_):
    """What follows from papers and from facts that were given by hand."""
    facts = Facts(papers=read_papers(papers or {}, DAY))
    for name, value in given_.items():
        facts.set(name, value, Origin("given"))
    return derive_all(facts, DAY)


def year(heads, turnover, balance, end="2025-12-31"):
    return {"end": end, "headcount": heads, "turnover": turnover, "balance": balance}


MINE = year(8, 1_500_000, 900_000)
PARENT = year(300, 80_000_000, 60_000_000)


def group(pct=60, mine=MINE):
    """A small firm A, of which a large firm B holds some of the votes."""
    return {
        "enterprise": "A",
        "enterprises": {"A": {"years": [mine]} if mine else {}, "B": {"years": [PARENT]}},
        "links": [{"owner": "B", "owned": "A", "capital_pct": pct, "voting_pct": pct}],
    }


def booked(equity, end="2025-12-31", heads=12, **more):
    """A closed year by its rubrics: EUR 100,000 was put in, so much is left."""
    codes = {"9087": heads, "10/11": 100_000, "10/15": equity, "17/49": 1_000_000 - equity}
    return {"end": end, "rubrics": codes | {"20/58": 1_000_000, "10/49": 1_000_000}} | more


def filing(end="2025-12-31", heads="12.5", form="610"):
    """A filing of the National Bank; see ``tests/registers/test_accounts.py``."""
    codes = {"20/58": "1000000", "10/49": "1000000", "10/11": "100000", "10/15": "80000",
             "17/49": "920000", "1003": heads}  # fmt: skip
    return {
        "ExerciseDates": {"startDate": f"{end[:4]}-01-01", "endDate": end},
        "LegalForm": form,
        "Rubrics": [{"Code": c, "Value": v, "Period": "N"} for c, v in codes.items()],
        "Administrators": {"NaturalPersons": [{"Person": "never read"}]},
    }
