"""A filing of the National Bank answers questions of /rekenen; nothing of it is kept."""

from __future__ import annotations

import json
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baken.kernel.documents import Document
from baken.web.reckon import model
from baken.web.reckon.filing import answers_of
from tests.registers.filings import table
from tests.web.rekenen.walker import DAY, Owner

NEWEST = {
    "20/58": "1000000", "10/49": "1000000", "10/11": "100000", "10/15": "40000", "16": "10000",
    "17/49": "950000", "20": "3000", "70": "2500000", "9087": "12.5", "9901": "50000",
    "630": "20000", "650": "4000",
}  # fmt: skip
BEFORE = {
    "20/58": "900000", "10/49": "900000", "10/15": "80000", "17/49": "820000", "70": "2400000",
}  # fmt: skip


def filing(**more: Any) -> dict[str, Any]:
    """A filing with two years."""
    rows = [
        {"Code": code, "Value": value, "Period": period}
        for period, codes in (("N", NEWEST), ("NM1", BEFORE))
        for code, value in codes.items()
    ]
    days = {"startDate": "2025-01-01", "endDate": "2025-12-31"}
    return {"ExerciseDates": days, "LegalForm": "610", "Rubrics": rows, **more}


@pytest.mark.parametrize(
    ("tool", "expected"),
    [
        ("size", {"year_end": ("2025-12-31",), "turnover": ("2500000", "2400000"),
                  "balance": ("1000000", "900000")}),
        ("difficulty", {"legal_form": ("bv",), "year_end": ("2025-12-31",), "equity": ("40000",),
                        "contributions": ("100000",), "equity_before": ("80000",),
                        "debt": ("950000", "820000"), "ebitda": ("70000", ""),
                        "interest": ("4000", "")}),
        ("alarm_bell", {"legal_form": ("bv",), "assets": ("1000000",), "debts": ("950000",),
                        "provisions": ("10000",), "formation": ("3000",), "equity": ("40000",)}),
    ],
)  # fmt: skip
def test_what_a_filing_answers(tool: str, expected: dict[str, tuple[str, ...]]) -> None:
    """Heads are asked: owners who work in the firm are not in the accounts."""
    assert answers_of(model.load(tool), Document("a.json", filing(), ""), DAY) == expected


def test_codes_name_questions_that_exist() -> None:
    for tool in model.tools():
        assert set(tool.accounts) <= {q.id for q in tool.questions()}


def test_the_csv_of_the_national_bank_will_do_as_well(web: Client) -> None:
    assert "Dit lazen we in je jaarrekening" in sent(web, table()).page


def sent(web: Client, content: bytes, slug: str = "moeilijkheden") -> Owner:
    """Somebody who chose a file of accounts on the first page."""
    owner = Owner(web, f"/{slug}".strip("/"))
    file = SimpleUploadedFile("accounts.json", content, "application/json")
    response = web.post(owner.url, {"filing": "1", "accounts": file})
    owner.status, owner.page = response.status_code, response.content.decode()
    return owner


def test_accounts_answer_without_asking(web: Client) -> None:
    owner = sent(web, json.dumps(filing()).encode())
    assert owner.status == 200
    assert "Dit lazen we in je jaarrekening" in owner.page
    asked = []
    while owner.question:
        asked.append(owner.question)
        answer = {"size": "small", "founded": "1/3/2015"}.get(owner.question, "no")
        owner.answer(answer)
    assert asked == ["proceedings", "criteria", "rescue", "restructuring", "size", "founded",
                     "linked.0"]  # fmt: skip
    assert "moeilijkheden" in owner.says and "niet" not in owner.says


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Kies eerst een bestand"),
        (b"[1, 2]", "these are no annual accounts"),
        (b'{"a": "\xff"}', "is not UTF-8"),
        (b"%PDF-1.7", "Download dezelfde jaarrekening als CSV"),
        (b'{"Rubrics": ', "no valid"),
        (json.dumps(filing(ExerciseDates={})).encode(), "does not tell the year's end"),
        (json.dumps(filing(ExerciseDates={"endDate": "2026-12-31"})).encode(), "after today"),
        (json.dumps(filing(Rubrics=[])).encode(), "there are no rubrics"),
        (b"a" * 900_001, "te groot"),
    ],
)
def test_a_file_that_can_not_be_read(web: Client, content: bytes, says: str) -> None:
    owner = sent(web, content)
    assert owner.status == 400
    assert says in unescape(owner.page)
    assert 'id="accounts-error"' in owner.page


def test_a_tool_without_accounts_takes_none(web: Client) -> None:
    owner = sent(web, json.dumps(filing()).encode(), "steun")
    assert "Dit lazen we" not in owner.page
