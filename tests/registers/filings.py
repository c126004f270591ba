"""Filings of a made-up bakery: as the web service gives them, and as the CSV for anybody."""

from __future__ import annotations

BAKERY = {
    "20/58": "412345.67", "29/58": "120000.00", "10/49": "412345.67", "10/15": "62345.67",
    "10/11": "18600.00", "14": "43745.67", "16": "10000.00", "17/49": "340000.00",
    "9900": "310000.00", "9901": "25000.00", "630": "18000.00", "650": "6000.00", "9087": "4.6",
    "1003": "4.6",
}  # fmt: skip
"""An abridged model: no turnover (70), a gross margin (9900) instead."""

HEAD = {
    "Reference number": "2026-00000001",
    "Entity name": "Bakkerij De Korst",
    "Entity number": "0403170701",
    "Model code": "m01-f",
    "Legal form": "610",
    "Currency": "EUR",
    "Accounting period start date": "2025-01-01",
    "Accounting period end date": "2025-12-31",
}


def filing(this_year=BAKERY, last_year=None, **more):
    """A filing with the days of its reference; every part can be changed by name."""
    rows = [{"Code": c, "Value": v, "Period": "N"} for c, v in this_year.items()]
    rows += [{"Code": c, "Value": v, "Period": "NM1"} for c, v in (last_year or {}).items()]
    return {
        "ReferenceNumber": "2026-00000001",
        "ModelType": "m01-f",
        "LegalForm": "610",
        "ExerciseDates": {"startDate": "2025-01-01", "endDate": "2025-12-31"},
        "Rubrics": rows,
        "ParticipatingInterests": [],
        "Administrators": {"NaturalPersons": [{"Person": {"FirstName": "An", "LastName": "O"}}]},
    } | more


def table(codes=BAKERY, head=HEAD, between=",") -> bytes:
    """The file: the lines of ``head``, then a line a code."""
    lines = [f'"{k}"{between}"{v}"' for k, v in {**head, **codes}.items()]
    return ("\r\n".join(lines) + "\r\n").encode()
