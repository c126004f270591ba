"""Months in figures by role, and lists as CSV without formulas."""

from __future__ import annotations

import csv
import importlib
import io
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from baken.refer.model import Event, Kind, Outcome, Who
from baken.web.desk.figures import LEAST, Month, harmless, months
from baken.web.desk.models import Member, Trail
from baken.web.desk.supply import refusals
from baken.web.handover import store
from baken.web.handover.models import Absence, Receiver, Referral
from baken.web.handover.tick import tick
from baken.web.owner.models import UnmetNeed
from baken.web.texts import text
from tests.web.desk.made import HOUSE, OTHER, browser, file, member
from tests.web.handover.made import at, event, receiver, sent

pytestmark = pytest.mark.django_db
TODAY = at(40).date()


def march(who: Member) -> Month:
    """The month of the tests' Monday, as somebody sees it."""
    return next(m for m in months(who, TODAY) if m.month == "2026-03")


@pytest.fixture
def files() -> None:
    """Six at one organisation: contact after 1, 2 and 8 days, one refused, two silent; one
    elsewhere.
    """
    rows = [sent(f"form-{n}") for n in range(6)]
    for row, days in zip(rows, (1, 2, 8), strict=False):
        store.record(row.pk, event(Kind.CONTACT, days))
    store.record(rows[0].pk, event(Kind.OUTCOME, 20, by=Who.OWNER, outcome=Outcome.HELPED))
    store.record(rows[1].pk, event(Kind.OUTCOME, 20, outcome=Outcome.NOT))
    store.record(rows[3].pk, event(Kind.REFUSED, 1, reason="not_my_area"))
    sent("form-x", OTHER)


SEEN = [
    # who, sent, contact, in time, median working days, refused, helped
    ("adviser", HOUSE, (6, 3, 2, 2.0, 1, 1)),
    ("administrator", OTHER, (1, 0, 0, None, 0, 0)),
    ("coordinator", None, (7, 3, 2, 2.0, 1, 1)),
    ("policy", None, (7, None, None, None, None, None)),
    ("operator", None, (0, 0, 0, None, 0, 0)),
]


@pytest.mark.parametrize(("role", "where", "told"), SEEN)
def test_a_month_as_each_role_sees_it(
    files: None, role: str, where: str | None, told: tuple[float | None, ...]
) -> None:
    m = march(member(role, where))
    assert (m.sent, m.contact, m.in_time, m.days, m.refused, m.helped) == told


def absent(first: date, last: date) -> None:
    """Nobody is there on these days."""
    Absence.objects.create(receiver=receiver(), first=first, last=last)


PROMISES = [
    # the promise of five working days from Monday 2 March ends on day 7; contact on a day
    ("usual", {}, None, 7, 1),
    ("usual", {}, None, 8, 0),
    ("crisis", {"crisis": True}, None, 2, 1),
    ("crisis", {"crisis": True}, None, 3, 0),
    ("away", {}, None, 14, 1),
    ("away", {}, None, 15, 0),
    ("full", {}, event(Kind.FULL, 1, until=at(4).date()), 11, 1),
    ("full", {}, event(Kind.FULL, 1, until=at(4).date()), 14, 0),
    ("taken", {}, event(Kind.ACCEPTED, 2), 9, 1),
]


@pytest.mark.parametrize(("what", "more", "said", "day", "in_time"), PROMISES)
def test_in_time_is_by_the_day_that_was_promised_then(
    what: str, more: dict[str, Any], said: Event | None, day: int, in_time: int
) -> None:
    if what == "away":
        absent(at(0).date(), at(7).date())
    row = sent(**more)
    if said:
        store.record(row.pk, said)
    store.record(row.pk, event(Kind.CONTACT, day))
    who = member("adviser", HOUSE)
    assert (march(who).contact, march(who).in_time) == (1, in_time)
    store.record(row.pk, event(Kind.CLOSED, day + 1))
    store.wipe(row.pk, at(day + 2))
    assert march(who).in_time == in_time, "also once all of it is thrown away"


def test_a_contact_that_is_denied_is_in_time_no_more() -> None:
    row = sent()
    store.record(row.pk, event(Kind.CONTACT, 1))
    store.record(row.pk, event(Kind.NO_CONTACT, 2, by=Who.OWNER))
    row.refresh_from_db()
    assert row.in_time is None


def test_a_door_that_was_full_for_too_long_and_passed_on_is_no_door_that_let_it_expire() -> None:
    receiver(OTHER)
    full = sent("full", alternative=OTHER, may_pass_on=True)
    store.record(full.pk, event(Kind.FULL, 1, until=at(60).date()))
    sent("silent")
    for day in (2, 30):
        tick(at(day))
    assert set(Referral.objects.filter(ended=True).values_list("handling", flat=True)) == {
        "expired"
    }
    found = march(member("adviser", HOUSE))
    assert (found.sent, found.full, found.expired) == (2, 1, 1)
    page = browser(member("coordinator")).get("/bureau/maand.csv").content.decode()
    assert text("nl", "desk.column.full") in page


def test_the_migration_looks_up_which_day_was_promised() -> None:
    for key, day in (("a", 7), ("b", 8)):
        store.record(sent(key).pk, event(Kind.CONTACT, day))
    sent("c")
    Referral.objects.update(in_time=None)
    migration = importlib.import_module("baken.web.handover.migrations.0011_in_time")
    then = MigrationExecutor(connection).loader.project_state(("handover", "0011_in_time")).apps
    migration.fill(then, SimpleNamespace(connection=connection))
    assert list(Referral.objects.order_by("pk").values_list("in_time", flat=True)) == [
        True, False, None,
    ]  # fmt: skip


def test_the_outcome_counted_is_the_firm_s_own(files: None) -> None:
    assert march(member("adviser", HOUSE)).not_helped == 0


def test_an_outcome_without_a_contact_does_not_count(files: None) -> None:
    """One of before it was refused, which stands beside the file."""
    Referral.objects.filter(contact_on=None).update(owner_says="not")
    assert march(member("adviser", HOUSE)).not_helped == 0


def test_twelve_months_newest_first_over_the_turn_of_the_year() -> None:
    found = [m.month for m in months(member("coordinator"), TODAY)]
    assert (found[0], found[3], found[4], len(found)) == ("2026-04", "2026-01", "2025-12", 12)


def test_fewer_than_five_are_not_told_to_a_reader_of_figures() -> None:
    for n in range(LEAST - 1):
        sent(f"form-{n}")
    who = member("policy")
    assert march(who).sent is None
    sent("form-5")
    assert march(who).sent == LEAST


CELLS = [
    ("=1+1", "'=1+1"), ("+32 2", "'+32 2"), ("-x", "'-x"), ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("  =1", "'  =1"), ("\n=1", "'\n=1"),
    ("bakker", "bakker"), ("", ""), (-3, -3), (None, None), (True, True),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "out"), CELLS)
def test_no_cell_is_a_formula(cell: object, out: object) -> None:
    assert harmless(cell) == out


def test_the_list_as_csv_is_in_the_trail_and_holds_no_formula() -> None:
    row = file()
    row.dossier["need"]["labels"] = ["=HYPERLINK(1)", "twee"]
    row.save()
    page = browser(member("adviser", HOUSE)).get("/bureau/dossiers.csv?toon=nieuw")
    head, line = csv.reader(io.StringIO(page.content.decode("utf-8-sig")), delimiter=";")
    told = dict(zip(head, line, strict=True))
    assert (told["Dossier"], told["Waarover"]) == (row.public_id, "'=HYPERLINK(1), twee")
    assert (told["Hoe het ermee staat"], told["Te laat"]) == ("Nieuw", "nee")
    assert list(Trail.objects.values_list("file", "what")) == [(row.public_id, "list")]
    assert "attachment" in page.headers["Content-Disposition"]


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_the_list_as_csv_tells_last_how_often_a_call_was_in_vain(lang: str) -> None:
    row = file()
    for day in (1, 2):
        store.record(row.pk, event(Kind.TRIED, day))
    page = browser(member("adviser", HOUSE)).get(f"{lang}/bureau/dossiers.csv")
    head, line = csv.reader(io.StringIO(page.content.decode("utf-8-sig")), delimiter=";")
    assert head[-1] == text(lang.strip("/") or "nl", "desk.list.tries")
    assert line[-1] == "2"


def test_the_list_as_json_is_in_the_trail_too() -> None:
    row = file()
    page = browser(member("adviser", HOUSE)).get("/bureau", headers={"accept": "application/json"})
    assert [line["id"] for line in page.json()["files"]] == [row.public_id]
    assert list(Trail.objects.values_list("file", "what")) == [(row.public_id, "list")]


def test_a_coordinator_s_list_says_nothing_of_what_it_is_about() -> None:
    file()
    page = browser(member("coordinator")).get("/bureau/dossiers.csv").content.decode()
    assert "energie" not in page
    assert Receiver.objects.get().name in page


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_months_as_csv(files: None, lang: str) -> None:
    page = browser(member("coordinator")).get(f"{lang}/bureau/maand.csv")
    lines = list(csv.reader(io.StringIO(page.content.decode("utf-8-sig")), delimiter=";"))
    assert len(lines) == 13
    assert len(set(map(len, lines))) == 1


@pytest.mark.parametrize(("lang", "days"), [("", "1,5"), ("/en", "1.5"), ("/fr", "1,5")])
def test_a_spreadsheet_reads_a_number_as_its_language_writes_it(lang: str, days: str) -> None:
    for name, later in (("one", 1), ("two", 2)):
        store.record(sent(name, HOUSE).pk, event(Kind.CONTACT, later))
    page = browser(member("coordinator")).get(f"{lang}/bureau/maand.csv").content.decode()
    assert f";{days};" in page


def refused(times: int, reason: str) -> None:
    for n in range(times):
        row = sent(f"{reason}-{n}", (HOUSE, OTHER)[n % 2])
        store.record(row.pk, event(Kind.REFUSED, 1, reason=reason))


def test_why_organisations_say_no_is_counted_from_five_on_and_the_rest_together() -> None:
    refused(LEAST, "not_my_sector")
    refused(3, "not_my_size")
    assert refusals(at(2)) == [("not_my_sector", 5)]
    refused(2, "not_my_area")
    assert refusals(at(2)) == [("not_my_sector", 5), ("", 5)]
    assert refusals(at(400)) == [], "of the last year"


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_a_reader_of_figures_sees_what_nobody_does_without_a_name(lang: str) -> None:
    for _ in range(LEAST):
        UnmetNeed.objects.create(
            channel="page", catalogue_version="v", noted_on=TODAY, needs=["N11"], failed="place",
            sector_section="C", size="micro", province="Limburg",
        )  # fmt: skip
    row = sent()
    store.record(row.pk, event(Kind.REFUSED, 1, reason="not_my_size"))
    client = browser(member("policy"))
    page = client.get(f"{lang}/bureau/wat-ontbreekt").content.decode()
    assert "Limb" in page
    assert "Huis van Raad" not in page
    lines = list(csv.reader(io.StringIO(
        client.get(f"{lang}/bureau/wat-ontbreekt.csv").content.decode("utf-8-sig")
    ), delimiter=";"))  # fmt: skip
    assert (len(lines), lines[1][-1]) == (2, "5")
    assert lines[0][0] == text(lang.strip("/") or "nl", "desk.supply_need")
    data = client.get(f"{lang}/bureau/wat-ontbreekt", headers={"accept": "application/json"}).json()
    assert (data["gaps"][0]["count"], data["refusals"]) == (5, [])


def test_where_nothing_came_five_times_the_page_says_so() -> None:
    page = browser(member("policy")).get("/bureau/wat-ontbreekt").content.decode()
    assert page.count(text("nl", "gaps.none", least=LEAST)) == 2
