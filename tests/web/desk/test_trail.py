"""Who reads the trail of what; that no line of it changes or goes before its year is over."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from baken.refer.model import Kind
from baken.web import desk
from baken.web.desk import files, trail
from baken.web.desk.models import Member, Trail
from baken.web.texts import catalogue
from tests.web.desk.made import HOUSE, OTHER, SECRET, browser, file, member

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def line(who: Member, days: float, what: str = "read", public_id: str = "f" * 32) -> Trail:
    """A line of so many days ago."""
    at = timezone.now() - days * DAY
    made: Trail = Trail.objects.create(member=who, file=public_id, what=what, at=at)
    return made


def told(client: object, query: str = "") -> list[tuple[str, str]]:
    """Who did what, as the page for programs tells it."""
    page = client.get(f"/bureau/spoor{query}", headers={"accept": "application/json"})
    return [(one["who"], one["what"]) for one in page.json()["trail"]]


def test_a_file_tells_who_read_and_changed_it_and_not_what_stood_in_it() -> None:
    row, an, bo = file(), member("adviser", HOUSE, name="An"), member("coordinator", name="Bo")
    files.look(bo, row.public_id, timezone.now())
    files.open_file(an, row.public_id, timezone.now())
    files.look(an, row.public_id, timezone.now())
    files.note(an, row.public_id, "geheim van de bakker", timezone.now())
    for who in (an, bo):
        page = browser(who).get(f"/bureau/dossier/{row.public_id}/spoor").content.decode()
        says = ("An, schreef een notitie", "An, las het dossier", "An, opende het dossier",
                "Bo, keek hoe het met het dossier staat")  # fmt: skip
        assert sorted(says, key=page.index) == list(says)
        assert SECRET not in page and "geheim" not in page
    elsewhere = browser(member("adviser", OTHER))
    assert elsewhere.get(f"/bureau/dossier/{row.public_id}/spoor").status_code == 404


def test_reading_the_trail_leaves_no_line_and_marks_nothing_seen() -> None:
    row, client = file(), browser(member("adviser", HOUSE))
    client.get(f"/bureau/dossier/{row.public_id}/spoor")
    row.refresh_from_db()
    assert (row.handling, Trail.objects.count()) == ("offered", 0)


def listed(client: object, query: str = "") -> list[tuple[str, str]]:
    """Who saw which file in the list, once somebody opened it."""
    assert client.get(f"/bureau{query}").status_code == 200
    lines = Trail.objects.order_by("pk").filter(what=files.LISTED)
    return list(lines.values_list("member__name", "file"))


def test_who_opens_the_list_leaves_a_line_of_each_file_that_stands_in_it() -> None:
    an, bo = member("adviser", HOUSE, name="An"), member("coordinator", name="Bo")
    mine, theirs = file(key="a").public_id, file(OTHER, "b").public_id
    assert listed(browser(an), "?toon=klaar") == [], "where no file stands none was seen"
    assert listed(browser(an)) == [("An", mine)]
    seen = listed(browser(bo))
    assert set(seen) == {("An", mine), ("Bo", mine), ("Bo", theirs)}
    page = browser(an).get(f"/bureau/dossier/{mine}/spoor").content.decode()
    assert "An, zag het dossier in de lijst" in page


def test_the_list_leaves_its_line_once_a_day_of_each_file_and_person() -> None:
    """It is opened over and over; what is taken along leaves a line each time."""
    an, row = member("adviser", HOUSE, name="An"), file(key="a")
    line(an, 1.5, files.LISTED, row.public_id)
    client = browser(an)
    for _ in "abc":
        assert listed(client) == [("An", row.public_id)] * 2, "that of the day before, and today's"
    new = file(key="b").public_id
    assert listed(client) == [("An", row.public_id)] * 2 + [("An", new)]
    for _ in "ab":
        client.get("/bureau/dossiers.csv")
    assert Trail.objects.filter(what="list").count() == 4


def test_a_list_that_can_t_be_written_down_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    file()
    client = browser(member("adviser", HOUSE))

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Trail.objects, "bulk_create", broken)
    for address in ("/bureau", "/bureau/dossiers.csv"):
        with pytest.raises(RuntimeError):
            client.get(address)


def test_an_operator_sees_all_and_an_administrator_what_is_of_the_own_organisation() -> None:
    row = file()
    here, there = member("adviser", HOUSE, name="hier"), member("adviser", OTHER, name="daar")
    over = member("coordinator", name="over")
    line(here, 3)
    line(there, 2)
    line(over, 1, public_id=row.public_id)
    assert {who for who, _ in told(browser(member("operator")))} == {"hier", "daar", "over"}
    mine = browser(member("administrator", HOUSE))
    assert {who for who, _ in told(mine)} == {"hier", "over"}
    assert "daar" not in mine.get("/bureau/spoor").content.decode()


def test_filters() -> None:
    an, bo = member("adviser", HOUSE, name="an"), member("adviser", HOUSE, name="bo")
    line(an, 10, "read", "a" * 32)
    line(bo, 5, "note", "a" * 32)
    line(bo, 0, "read", "b" * 32)
    client = browser(member("operator"))
    today = timezone.localdate()
    asked = [
        ("", ["bo read", "bo note", "an read"]),
        (f"?who={an.pk}", ["an read"]),
        ("?who=x", []),
        (f"?who={'9' * 40}", []),
        ("?what=read", ["bo read", "an read"]),
        ("?file=AAAA", ["bo note", "an read"]),
        (f"?first={today - 6 * DAY}", ["bo read", "bo note"]),
        (f"?last={today - 6 * DAY}", ["an read"]),
        (f"?first={today}&last={today}", ["bo read"]),
        ("?what=<script>", []),
    ]
    for query, expected in asked:
        assert [" ".join(one) for one in told(client, query)] == expected, query
    for wrong in ("?first=morgen", "?last=2026-02-30", "?last=9999-12-31", "?first=0001-01-01"):
        assert client.get(f"/bureau/spoor{wrong}").status_code == 400
        assert client.get(f"/bureau/spoor.csv{wrong}").status_code == 400


def test_a_page_holds_a_hundred_and_the_table_all_without_formulas() -> None:
    who = member("adviser", HOUSE, name="=cmd|x")
    for n in range(101):
        line(who, n)
    client = browser(member("operator"))
    assert len(told(client)) == 100
    assert len(told(client, "?page=2")) == 1
    page = client.get("/bureau/spoor.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(page), delimiter=";"))
    assert (len(rows), rows[0]) == (102, ["Wanneer", "Wie", "Wat", "Dossier", "Over wie"])
    assert rows[1][1] == "'=cmd|x"


def test_what_happens_to_an_access_is_in_it_too() -> None:
    boss, who = member("administrator", HOUSE, name="baas"), member("adviser", HOUSE, name="an")
    client = browser(boss)
    form = {"do": "invite", "email": "n@b.example", "name": "N", "role": "adviser"}
    client.post("/bureau/mensen", form)
    for do in ("reset", "leave"):
        client.post("/bureau/mensen", {"do": do, "member": who.pk})
    lines = Trail.objects.order_by("pk").values_list("member__name", "what", "about__name")
    assert list(lines) == [
        ("baas", "invited", None), ("baas", "reset", "an"), ("baas", "left", "an")
    ]  # fmt: skip
    assert "haalde een tweede stap weg (an)" in client.get("/bureau/spoor").content.decode()


def test_each_sort_of_line_has_its_words() -> None:
    code = "\n".join(p.read_text() for p in Path(desk.__file__).parent.glob("*.py"))
    written = set(re.findall(r'touch\(member, public_id, "(\w+)"', code))
    written |= {"read", "state", "list", files.LISTED, "given"}
    kinds = {str(k) for k in (Kind.ACCEPTED, Kind.REFUSED, Kind.FULL, Kind.TRIED, Kind.CONTACT)}
    words = {key.removeprefix("desk.trail_what.") for key in catalogue("nl") if "trail_what" in key}
    assert written | kinds | {"outcome", "passed_on"} | set(trail.ACCESS) == words


def test_after_a_year_a_line_goes_and_no_sooner() -> None:
    who = member("adviser", HOUSE)
    kept = [line(who, days) for days in (0, 1, trail.TRAIL_DAYS - 1)]
    gone = [line(who, days) for days in (trail.TRAIL_DAYS + 1, 2_000)]
    assert trail.sweep() == len(gone)
    assert set(Trail.objects.all()) == set(kept)
    assert trail.sweep() == 0


def test_a_clock_that_is_wrong_takes_nothing_away() -> None:
    line(member("adviser", HOUSE), 1)
    ahead: datetime = timezone.now() + 3_000 * DAY
    with pytest.raises(DatabaseError), transaction.atomic():
        trail.sweep(ahead)
    assert Trail.objects.count() == 1


@pytest.mark.parametrize("sql", ["UPDATE desk_trail SET what = 'x'", "DELETE FROM desk_trail"])
def test_the_database_itself_lets_no_line_change_or_go(sql: str) -> None:
    line(member("adviser", HOUSE), 1)
    with (
        pytest.raises(DatabaseError, match="trail"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert Trail.objects.get().what == "read"
