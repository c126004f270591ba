"""A refusal proposes a correction of the record of who refused; no firm is named."""

from __future__ import annotations

import csv
import io

import pytest

from baken.refer.model import Kind
from baken.refer.words import REFUSALS
from baken.web import words
from baken.web.desk.corrections import Correction, corrections
from baken.web.desk.figures import LEAST
from baken.web.desk.models import Member
from baken.web.handover import store
from baken.web.texts import text
from tests.web.desk.made import HOUSE, OTHER, browser, member
from tests.web.handover.made import at, event, sent

pytestmark = pytest.mark.django_db


def refused(key: str, to: str, day: int, reason: str) -> None:
    store.record(sent(key, to).pk, event(Kind.REFUSED, day, reason=reason))


def seen_by(role: str, day: int) -> list[Correction]:
    return corrections(Member(role=role), at(day))


@pytest.mark.parametrize("reason", REFUSALS)
def test_each_reason_that_tells_of_the_record_proposes_its_part(reason: str) -> None:
    refused("form-1", HOUSE, 1, reason)
    field = REFUSALS[reason].corrects
    assert [one.field for one in seen_by("operator", 2)] == ([field] if field else [])


def test_they_are_counted_by_record_and_reason_with_first_and_last_day() -> None:
    refused("form-1", HOUSE, 3, "not_my_area")
    refused("form-2", HOUSE, 1, "not_my_area")
    refused("form-3", OTHER, 2, "not_my_area")
    refused("form-4", HOUSE, 2, "not_my_size")
    told = [(c.record, c.field, c.count, c.first, c.last) for c in seen_by("operator", 4)]
    assert told == [
        (HOUSE, "area", 2, "2026-03-03", "2026-03-05"),
        (OTHER, "area", 1, "2026-03-04", "2026-03-04"),
        (HOUSE, "size", 1, "2026-03-04", "2026-03-04"),
    ]
    assert seen_by("operator", 400) == [], "of the last year"


def test_a_reader_of_figures_sees_them_from_five_on_and_by_month() -> None:
    for n in range(LEAST - 1):
        refused(f"form-{n}", HOUSE, n + 1, "not_my_area")
        refused(f"form-x{n}", OTHER, n + 1, "not_my_area")
    assert seen_by("policy", 9) == [], "those of two organisations are not put together"
    refused("form-5", HOUSE, 6, "not_my_area")
    (one,) = seen_by("policy", 9)
    assert (one.record, one.count, one.first, one.last) == (HOUSE, LEAST, "2026-03", "2026-03")
    assert [c.count for c in seen_by("operator", 9)] == [LEAST, LEAST - 1]


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
@pytest.mark.parametrize(("role", "day"), [("operator", "2026-03-03"), ("policy", "2026-03")])
def test_page_table_and_json_tell_the_same_and_nothing_of_the_firm(
    role: str, day: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(2))
    client = browser(member(role))
    there = f"{'' if lang == 'nl' else '/' + lang}/bureau/verbeteringen"
    for n in range(LEAST):
        if n and role == "policy":
            assert "Huis van Raad" not in client.get(there).content.decode()
            assert "Huis van Raad" not in client.get(f"{there}.csv").content.decode()
            data = client.get(there, headers={"accept": "application/json"}).json()
            assert data["corrections"] == []
        refused(f"form-{n}", HOUSE, 1, "not_my_area")
    page = client.get(there).content.decode()
    table = client.get(f"{there}.csv").content.decode("utf-8-sig")
    for shown in (page, table):
        assert text(lang, "desk.correction_of.area") in shown
        assert REFUSALS["not_my_area"].says[lang] in shown
        assert "Huis van Raad" in shown
        assert "oven" not in shown and "bakker" not in shown
    assert (words.day(lang, day) in page) and (words.day(lang, "2026-03-03") in page) == (
        role == "operator"
    )
    head, row = csv.reader(io.StringIO(table), delimiter=";")
    assert (head[1], row[0], row[4:]) == (
        text(lang, "desk.correction.name"), HOUSE, ["5", day, day],
    )  # fmt: skip
    (one,) = client.get(there, headers={"accept": "application/json"}).json()["corrections"]
    assert one == {
        "record": HOUSE, "name": "Huis van Raad", "field": "area", "reason": "not_my_area",
        "count": 5, "first": day, "last": day,
    }  # fmt: skip


EMPTY = {
    "operator": text("nl", "desk.corrections_none"),
    "policy": text("nl", "gaps.none", least=5),
}


@pytest.mark.parametrize("role", EMPTY)
def test_where_nothing_is_to_be_seen_the_page_says_so(role: str) -> None:
    page = browser(member(role)).get("/bureau/verbeteringen").content.decode()
    assert EMPTY[role] in page
    assert (text("nl", "desk.corrections_few", least=5) in page) == (role == "policy")
