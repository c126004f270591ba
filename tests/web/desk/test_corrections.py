"""A refusal proposes a correction of the record of who refused; no firm is named."""

from __future__ import annotations

import csv
import io

import pytest

from baken.refer.model import Kind
from baken.refer.words import REFUSALS
from baken.web.desk.corrections import corrections
from baken.web.handover import store
from baken.web.texts import text
from tests.web.desk.made import HOUSE, OTHER, browser, member
from tests.web.handover.made import at, event, sent

pytestmark = pytest.mark.django_db


def refused(key: str, to: str, day: int, reason: str) -> None:
    store.record(sent(key, to).pk, event(Kind.REFUSED, day, reason=reason))


@pytest.mark.parametrize("reason", REFUSALS)
def test_each_reason_that_tells_of_the_record_proposes_its_part(reason: str) -> None:
    refused("form-1", HOUSE, 1, reason)
    field = REFUSALS[reason].corrects
    assert [one.field for one in corrections(at(2))] == ([field] if field else [])


def test_they_are_counted_by_record_and_reason_with_first_and_last_day() -> None:
    refused("form-1", HOUSE, 3, "not_my_area")
    refused("form-2", HOUSE, 1, "not_my_area")
    refused("form-3", OTHER, 2, "not_my_area")
    refused("form-4", HOUSE, 2, "not_my_size")
    told = [(c.record, c.field, c.count, c.first, c.last) for c in corrections(at(4))]
    assert told == [
        (HOUSE, "area", 2, at(1).date(), at(3).date()),
        (OTHER, "area", 1, at(2).date(), at(2).date()),
        (HOUSE, "size", 1, at(2).date(), at(2).date()),
    ]
    assert corrections(at(400)) == [], "of the last year"


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
@pytest.mark.parametrize("role", ["operator", "policy"])
def test_page_table_and_json_tell_the_same_and_nothing_of_the_firm(
    role: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused("form-1", HOUSE, 1, "not_my_area")
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(2))
    client = browser(member(role))
    there = f"{'' if lang == 'nl' else '/' + lang}/bureau/verbeteringen"
    page = client.get(there).content.decode()
    table = client.get(f"{there}.csv").content.decode("utf-8-sig")
    for shown in (page, table):
        assert text(lang, "desk.correction_of.area") in shown
        assert REFUSALS["not_my_area"].says[lang] in shown
        assert "Huis van Raad" in shown
        assert "oven" not in shown and "bakker" not in shown
    head, row = csv.reader(io.StringIO(table))
    assert (head[1], row[0], row[4:]) == (
        text(lang, "desk.correction.name"), HOUSE, ["1", "2026-03-03", "2026-03-03"],
    )  # fmt: skip
    (one,) = client.get(there, headers={"accept": "application/json"}).json()["corrections"]
    assert one == {
        "record": HOUSE, "name": "Huis van Raad", "field": "area", "reason": "not_my_area",
        "count": 1, "first": "2026-03-03", "last": "2026-03-03",
    }  # fmt: skip


def test_where_nothing_was_proposed_the_page_says_so() -> None:
    page = browser(member("operator")).get("/bureau/verbeteringen").content.decode()
    assert text("nl", "desk.corrections_none") in page
