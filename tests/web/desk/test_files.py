"""The list and one file: what stands in it, what its buttons do, and the trail of it all."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.model import ALREADY_HELPED, Event, Kind, Outcome, Who
from baken.web.desk import files
from baken.web.desk.inbox import FILTERS, inbox
from baken.web.desk.models import Holder, Note, Trail
from baken.web.handover import links, store
from baken.web.handover.models import EventRow, Intent
from baken.web.texts import text
from tests.web.desk.made import HOUSE, OTHER, browser, file, member
from tests.web.handover.made import at, sent

pytestmark = pytest.mark.django_db


def trail() -> list[str]:
    return list(Trail.objects.order_by("pk").values_list("what", flat=True))


def kinds() -> list[str]:
    return list(EventRow.objects.order_by("pk").values_list("kind", flat=True))


def test_an_adviser_walks_a_file_from_new_to_closed() -> None:
    row, client = file(), browser(member("adviser", HOUSE))
    address = f"/bureau/dossier/{row.public_id}"
    assert "energie" in client.get("/bureau").content.decode()
    said = ({"do": "open"}, {"do": "accept"}, {"do": "contact"}, {"do": "end", "outcome": "partly"})
    for form in said:
        assert client.post(address, form).status_code == 302
    assert kinds() == ["sent", "seen", "accepted", "contact", "closed", "outcome"]
    assert trail() == ["listed", "open", "accepted", "contact", "closed"]
    assert "1 dossier" in client.get("/bureau?toon=klaar").content.decode()
    assert "taken" in Intent.objects.values_list("letter", flat=True), "the owner hears it"


LACKS = [
    ({"do": "refuse"}, "handover.refuse_wrong"),
    ({"do": "full", "until": "2020-01-01"}, "handover.full_wrong"),
    ({"do": "end"}, "desk.end_wrong"),
    ({"do": "note", "note": "  \x00"}, "desk.note_wrong"),
    ({"do": "note", "note": "x" * 5_001}, "desk.note_wrong"),
    ({"do": "give", "colleague": "99999"}, "desk.give_wrong"),
    ({"do": "give", "colleague": "<b>"}, "desk.give_wrong"),
    ({"do": "give", "colleague": "COLLEAGUE"}, "desk.because_wrong"),
    ({"do": "give", "colleague": "COLLEAGUE", "because": " \x00 "}, "desk.because_wrong"),
    ({"do": "dans"}, "handover.late"),
]


@pytest.mark.parametrize(("form", "says"), LACKS)
def test_what_lacks_is_asked_and_nothing_is_written(form: dict[str, str], says: str) -> None:
    row, client = file(), browser(member("adviser", HOUSE))
    if form.get("colleague") == "COLLEAGUE":
        form = form | {"colleague": str(member("administrator", HOUSE).pk)}
    address = f"/bureau/dossier/{row.public_id}"
    client.post(address, {"do": "contact" if form["do"] == "end" else "accept"})
    before = kinds(), trail()
    page = client.post(address, form)
    assert page.status_code == 400
    assert text("nl", says) in page.content.decode()
    assert (kinds(), trail()) == (before[0], [*before[1], "read"])


def test_hostile_words_stay_words() -> None:
    row, client = file(), browser(member("adviser", HOUSE))
    address = f"/bureau/dossier/{row.public_id}"
    client.post(address, {"do": "note", "note": "<script>alert(1)</script>\u202e\x07 =1+1"})
    page = client.get(address).content.decode()
    assert "<script>" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page


def test_a_colleague_gets_it_and_another_organisation_never() -> None:
    row, who = file(), member("adviser", HOUSE)
    friend, stranger = member("administrator", HOUSE), member("adviser", OTHER)
    client, address = browser(who), f"/bureau/dossier/{row.public_id}"
    give = {"do": "give", "because": "jij kent ovens"}
    assert client.post(address, give | {"colleague": friend.pk}).status_code == 302
    assert Holder.objects.get().member == friend
    for nobody in (stranger.pk, "x", "9" * 5_000):
        assert client.post(address, give | {"colleague": nobody}).status_code == 400
    assert "0 dossiers" in client.get("/bureau?toon=mijn").content.decode()
    assert "1 dossier" in browser(friend).get("/bureau?toon=mijn").content.decode()


def test_a_file_that_is_no_longer_theirs_is_handed_to_nobody() -> None:
    row, who = file(), member("adviser", HOUSE)
    form = {"do": "give", "colleague": member("administrator", HOUSE).pk, "because": "ovens"}
    client, address = browser(who), f"/bureau/dossier/{row.public_id}"
    assert 'value="give"' in client.get(address).content.decode()
    client.post(address, {"do": "refuse", "reason": "no_room", "nonce": "n"})
    assert 'value="give"' not in client.get(address).content.decode()
    assert client.post(address, form).status_code == 400
    assert not Holder.objects.exists()


def test_who_looks_at_an_older_page_undoes_no_hand_over_of_a_colleague() -> None:
    row, who = file(), member("adviser", HOUSE)
    friend, third = member("administrator", HOUSE), member("adviser", HOUSE, name="third")
    client, address = browser(who), f"/bureau/dossier/{row.public_id}"
    assert 'name="held" value=""' in client.get(address).content.decode()
    form = {"do": "give", "held": "", "because": "jij kent ovens"}
    assert client.post(address, form | {"colleague": friend.pk}).status_code == 302
    assert client.post(address, form | {"colleague": friend.pk}).status_code == 302, (
        "a double click"
    )
    assert Note.objects.count() == 1, "and the reason stands there once"
    stale = client.post(address, form | {"colleague": third.pk})
    assert stale.status_code == 400
    page = stale.content.decode()
    assert text("nl", "desk.give_overtaken") in page and f'value="{friend.pk}"' in page
    assert Holder.objects.get().member == friend
    seen = form | {"held": str(friend.pk), "colleague": third.pk}
    assert client.post(address, seen).status_code == 302
    assert Holder.objects.get().member == third


def test_a_colleague_reads_why_it_came_and_too_long_a_reason_hands_nothing_on() -> None:
    row, who = file(), member("adviser", HOUSE)
    friend = member("administrator", HOUSE)
    client, address = browser(who), f"/bureau/dossier/{row.public_id}"
    form = {"do": "give", "colleague": friend.pk}
    assert client.post(address, form | {"because": "x" * 5_001}).status_code == 400
    assert not Holder.objects.exists()
    assert client.post(address, form | {"because": "jij kent <b>ovens</b>"}).status_code == 302
    assert "jij kent &lt;b&gt;ovens" in browser(friend).get(address).content.decode()


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_handing_on_asks_for_a_reason_and_keeps_who_was_chosen(lang: str) -> None:
    row, client = file(), browser(member("adviser", HOUSE))
    friend = member("administrator", HOUSE)
    before = "" if lang == "nl" else f"/{lang}"
    address = f"{before}/bureau/dossier/{row.public_id}"
    page = client.post(address, {"do": "give", "colleague": friend.pk, "because": "\n "})
    said = html.unescape(page.content.decode())
    assert (page.status_code, Holder.objects.exists()) == (400, False)
    assert said.count(text(lang, "desk.because_wrong")) == 2, "at the head and at the field"
    assert f'<option value="{friend.pk}" selected>' in said
    both = html.unescape(client.post(address, {"do": "give"}).content.decode())
    assert text(lang, "desk.give_wrong") in both and text(lang, "desk.because_wrong") in both
    assert (
        "jij kent ovens"
        in client.post(address, {"do": "give", "because": "jij kent ovens"}).content.decode()
    ), "what was typed stays"


def test_a_program_reads_that_a_reason_lacks() -> None:
    row, client = file(), browser(member("adviser", HOUSE))
    form = {"do": "give", "colleague": member("administrator", HOUSE).pk}
    address = f"/bureau/dossier/{row.public_id}"
    said = client.post(address, form, headers={"accept": "application/json"})
    error = said.json()["error"]
    assert (said.status_code, error["path"]) == (400, "because")
    assert error["expected"] == text("nl", "desk.because_wrong")


def test_who_takes_what_nobody_has_need_not_say_why_but_from_a_colleague_does() -> None:
    row, an, bo = file(), member("adviser", HOUSE), member("administrator", HOUSE)
    address = f"/bureau/dossier/{row.public_id}"
    mine = [(browser(who), {"do": "give", "colleague": who.pk}) for who in (an, bo)]
    answers = [client.post(address, form).status_code for client, form in mine]
    assert (answers, Holder.objects.get().member) == ([302, 400], an)


def test_notes_are_for_the_own_organisation() -> None:
    row, who = file(), member("adviser", HOUSE)
    files.note(who, row.public_id, "belt liever 's morgens", timezone.now())
    opened = browser(member("administrator", HOUSE)).get(f"/bureau/dossier/{row.public_id}")
    assert "belt liever" in opened.content.decode()
    shut = browser(member("coordinator")).get(f"/bureau/dossier/{row.public_id}")
    assert "belt liever" not in shut.content.decode()


FILTERED = [
    # days after the sending, what was said by then, and in which filters it stands
    (1, [], "open nieuw vrij"),
    (8, [], "open nieuw vrij laat"),
    (1, [(Kind.ACCEPTED, 0.5)], "open vrij"),
    (8, [(Kind.CONTACT, 0.5)], "open vrij"),
    (40, [(Kind.CONTACT, 0.5)], "open vrij uitkomst"),
    (40, [(Kind.CONTACT, 0.5), (Kind.CLOSED, 1)], "open uitkomst klaar"),
    (2, [(Kind.CONTACT, 0.5), (Kind.CLOSED, 1)], "klaar"),
    (2, [(Kind.WITHDRAWN, 0.5)], "klaar"),
]


@pytest.mark.parametrize(("days", "said", "where"), FILTERED)
def test_what_stands_in_which_filter(days: int, said: list[tuple[Kind, float]], where: str) -> None:
    row, who = sent(), member("adviser", HOUSE)
    for kind, when in said:
        by = Who.OWNER if kind is Kind.WITHDRAWN else Who.RECEIVER
        store.record(row.pk, Event(kind, by, at(when), f"{kind}"))
    today = timezone.localtime(at(days)).date()
    found = [f for f in FILTERS if inbox(who, f, today)]
    assert found == where.split()


def test_late_comes_first_then_the_first_promise_and_trouble_promises_sooner() -> None:
    rows = [sent("a"), sent("b", crisis=True), sent("c", on=at(-10))]
    lines = inbox(member("adviser", HOUSE), "open", at(1).date())
    names = [row.public_id for row in rows]
    assert [(names.index(line.id), line.late) for line in lines] == [
        (2, True), (1, False), (0, False)
    ]  # fmt: skip


def test_a_read_and_its_line_in_the_trail_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    row, who = file(), member("adviser", HOUSE)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(store, "record", broken)
    with pytest.raises(RuntimeError):
        files.open_file(who, row.public_id, timezone.now())
    assert not Trail.objects.exists()
    monkeypatch.undo()
    monkeypatch.setattr(Trail.objects, "create", broken)
    with pytest.raises(RuntimeError):
        files.note(who, row.public_id, "iets", timezone.now())
    assert not Note.objects.exists()


def test_the_trail_only_grows_and_holds_no_content() -> None:
    row, who = file(), member("adviser", HOUSE)
    files.look(who, row.public_id, timezone.now())
    one = Trail.objects.get()
    changes = (
        one.save,
        one.delete,
        Trail.objects.all().delete,
        lambda: Trail.objects.update(what="x"),
    )
    for change in changes:
        with pytest.raises(TypeError):
            change()
    names = {f.name for f in Trail._meta.get_fields()}
    assert names == {"id", "member", "about", "file", "what", "at"}
    row.delete()
    assert Trail.objects.get().file == row.public_id, "it stays when the file is wiped"


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_each_page_speaks_each_language(lang: str) -> None:
    row, before = file(), "" if lang == "nl" else f"/{lang}"
    client = browser(member("administrator", HOUSE))
    for page in (
        "",
        "/mensen",
        "/maand",
        "/organisatie",
        "/aanmelden",
        "/mijn-toegang",
        "/uitnodiging/x",
        "/spoor",
        "/wie-is-er",
        f"/dossier/{row.public_id}",
        f"/dossier/{row.public_id}/spoor",
    ):
        html = client.get(f"{before}/bureau{page}").content.decode()
        assert f'<html lang="{lang}">' in html
        assert not re.search(r"\b(desk|handover)\.\w", html)


def test_the_list_tells_how_often_a_call_was_in_vain() -> None:
    row, client = file(), browser(member("adviser", HOUSE))
    assert "keer)" not in client.get("/bureau").content.decode()
    for key in "ab":
        store.record(row.pk, Event(Kind.TRIED, Who.RECEIVER, timezone.now(), key))
    assert "Geprobeerd te bereiken (2 keer)" in client.get("/bureau").content.decode()
    listed = client.get("/bureau", headers={"accept": "application/json"}).json()["files"]
    assert [f["tries"] for f in listed] == [2]


@pytest.mark.parametrize("over", [False, True])
def test_a_file_whose_day_of_full_until_is_over_is_full_no_more(over: bool) -> None:
    row, client = file(), browser(member("adviser", HOUSE))
    now = timezone.now()
    until = timezone.localdate(now) - timedelta(days=1 if over else 0)
    full = Event(Kind.FULL, Who.RECEIVER, now - timedelta(days=5), "a", until=until)
    store.record(row.pk, full)
    says = {name: text("nl", f"desk.state.{name}") for name in ("full", "full_over")}
    there, gone = ("full_over", "full") if over else ("full", "full_over")
    for address in ("/bureau", "/bureau/dossiers.csv", f"/bureau/dossier/{row.public_id}"):
        page = client.get(address).content.decode()
        assert says[there] in page and says[gone] not in page
    _, token = links.link_for(row, Who.RECEIVER, timezone.localdate())
    assert (
        text("nl", f"handover.state.{there}") in Client().get(f"/dossier/{token}").content.decode()
    )


def test_the_list_tells_a_no_from_who_helps_the_firm_already() -> None:
    row, client = file(), browser(member("adviser", HOUSE))
    store.record(
        row.pk, Event(Kind.REFUSED, Who.RECEIVER, timezone.now(), "a", reason=ALREADY_HELPED)
    )
    says = text("nl", "desk.state.already_helped")
    for address in ("/bureau?toon=klaar", "/bureau/dossiers.csv?toon=klaar"):
        assert says in client.get(address).content.decode()


def test_the_same_as_json() -> None:
    row, client = file(), browser(member("adviser", HOUSE))
    listed = client.get("/bureau", headers={"accept": "application/json"}).json()["files"]
    assert [(f["id"], f["handling"], f["late"]) for f in listed] == [
        (row.public_id, "offered", False)
    ]
    address = f"/bureau/dossier/{row.public_id}"
    assert client.get(address, headers={"accept": "application/json"}).json()["dossier"] is None
    client.post(address, {"do": "open"})
    read = client.get(address, headers={"accept": "application/json"}).json()
    assert read["dossier"]["need"]["codes"] == ["N10"]
    shut = browser(member("coordinator")).get(address, headers={"accept": "application/json"})
    assert shut.json()["dossier"] is None


def test_json_tells_no_more_of_the_owner_s_outcome_than_the_page() -> None:
    row = file()
    now = timezone.now()
    said = [
        Event(Kind.ACCEPTED, Who.RECEIVER, now, "a"),
        Event(Kind.CONTACT, Who.RECEIVER, now, "b"),
        Event(Kind.OUTCOME, Who.OWNER, now, "c", outcome=Outcome.NOT),
        Event(Kind.OUTCOME, Who.RECEIVER, now, "d", outcome=Outcome.HELPED),
    ]
    for event in said:
        store.record(row.pk, event)
    address = f"/bureau/dossier/{row.public_id}"
    told = browser(member("adviser", HOUSE)).get(address, headers={"accept": "application/json"})
    assert told.json()["outcomes"] == {"receiver": "helped"}


def test_a_file_is_handed_to_nobody_who_has_it() -> None:
    row, who = file(), member("adviser", HOUSE)
    client, address = browser(who), f"/bureau/dossier/{row.public_id}"
    assert 'value="give"' in client.get(address).content.decode()
    files.give(who, row.public_id, str(who.pk), timezone.now())
    alone = client.get(address).content.decode()
    assert 'value="give"' not in alone, "nobody else works there"
    friend = member("administrator", HOUSE)
    page = client.get(address).content.decode()
    assert f'<option value="{friend.pk}">' in page
    assert f'<option value="{who.pk}"' not in page


def test_what_was_wrong_stays_in_the_browser_until_one_logs_out() -> None:
    row, who = file(), member("adviser", HOUSE)
    client, address = browser(who), f"/bureau/dossier/{row.public_id}"
    assert client.get(address).headers["Cache-Control"] == "no-store"
    wrong = client.post(address, {"do": "note", "note": ""})
    assert (wrong.status_code, wrong.headers["Cache-Control"]) == (400, "private, no-cache")
    assert client.post("/bureau/afmelden").headers["Clear-Site-Data"] == '"cache"'


def test_a_note_that_is_pressed_twice_stands_there_once_and_another_word_beside_it() -> None:
    row, client = file(), browser(member("adviser", HOUSE))
    colleague = browser(member("administrator", HOUSE))
    address = f"/bureau/dossier/{row.public_id}"
    form = {"do": "note", "note": "gebeld, terug na tien uur"}
    for _ in "double":
        page = client.post(address, form, follow=True)
        assert text("nl", "desk.file_done.note") in page.content.decode()
    assert page.content.decode().count(form["note"]) == 1
    colleague.post(address, form)
    client.post(address, form | {"note": "gebeld, terug na elf uur"})
    assert Note.objects.count() == 3, "a colleague's word and other words are their own"
    Note.objects.update(at=timezone.now() - files.ONE_WORD - timedelta(seconds=1))
    client.post(address, form)
    assert Note.objects.count() == 4, "called again later is a note again"
