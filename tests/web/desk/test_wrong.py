"""What is wrong with a form: in the title, in a summary at the head, and at its field."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from baken.web.desk import inviting
from baken.web.desk.models import Invitation, Member, Role
from baken.web.handover.models import Permission
from baken.web.handover.shown import mark_opened
from baken.web.texts import text
from tests.web.desk.made import (
    HOUSE,
    OTHER,
    PASSWORD,
    anonymous,
    browser,
    file,
    member,
    with_password,
)
from tests.web.handover.made import receiver

pytestmark = pytest.mark.django_db

INVITES = {"do": "invite", "email": "x@y.example", "role": "adviser"}
CASES = [
    ("dossier", {"do": "pass"}, "why"),
    ("dossier", {"do": "pass"}, "to"),
    ("dossier", {"do": "pass", "why": "no_room"}, "to"),
    ("dossier", {"do": "refuse"}, "reason"),
    ("dossier", {"do": "full"}, "until"),
    ("dossier", {"do": "note"}, "note"),
    ("dossier", {"do": "give"}, "colleague"),
    ("dossier", {"do": "give"}, "because"),
    ("dossier", {"do": "give", "because": "x" * 501}, "because"),
    ("dossier", {"do": "dans"}, ""),
    ("organisatie", {"do": "away"}, "first"),
    ("organisatie", {"do": "away", "first": "2026-01-02", "last": "2026-01-01"}, "last"),
    ("organisatie", {"do": "full"}, "until"),
    ("organisatie", {"do": "answer"}, "title"),
    ("organisatie", {"do": "answer", "title": "Dag"}, "text"),
    ("organisatie", {"do": "answer", "row": "ROW", "title": " "}, "title-ROW"),
    ("organisatie", {"do": "offer", "each": "day"}, "each"),
    ("organisatie", {"do": "offer", "each": "mon", "on": "2026-12-01"}, "on"),
    ("organisatie", {"do": "dans"}, ""),
    ("wie-is-er", {"do": "busy"}, "kind"),
    ("wie-is-er", {"do": "busy"}, "first"),
    ("wie-is-er", {"do": "busy"}, "last"),
    ("wie-is-er", {"do": "busy", "kind": "away"}, "first"),
    ("mensen", {"do": "invite", "email": "x", "name": "X", "role": "adviser"}, "email"),
    ("mensen", {"do": "invite"}, "email"),
    ("mensen", {"do": "invite"}, "name"),
    ("mensen", {"do": "invite"}, "role"),
    ("mensen", {"do": "invite", "email": "x@y.example", "name": "X"}, "role"),
    ("mensen", INVITES | {"name": "n" * 121}, "name"),
    ("mijn-toegang", {"do": "codes", "had": "fout", "code": "1"}, "codes-had"),
    ("mijn-toegang", {"do": "password", "had": "fout", "password": "kort"}, "password-new"),
    ("spoor", None, "first"),
]


@pytest.mark.parametrize(("where", "form", "field"), CASES)
def test_an_error_is_found_from_the_head_of_the_page(
    where: str, form: dict[str, str] | None, field: str
) -> None:
    row, boss = file(), with_password(member("administrator", HOUSE))
    Permission.objects.update(may_pass_on=True)
    receiver(OTHER)
    mark_opened(row, timezone.now())
    assert boss.receiver is not None
    kept = boss.receiver.answers.create(title="Dag", text="We bellen.")
    form = form and {name: said.replace("ROW", str(kept.pk)) for name, said in form.items()}
    address = f"/bureau/{where}" + (f"/{row.public_id}" if where == "dossier" else "")
    client = browser(boss)
    page = client.get(f"{address}?first=x") if form is None else client.post(address, form)
    assert page.status_code == 400
    told(page.content.decode(), field.replace("ROW", str(kept.pk)))


def told(page: str, field: str) -> None:
    assert re.search(r"<title>Fout: [^<]", page)
    assert page.count('role="alert"') == 1
    head = page.index('class="errors" role="alert" tabindex="-1" autofocus')
    assert head < page.index("<h1")
    if not field:
        return
    assert f'<a href="#{field}">' in page
    assert page.count(f' id="{field}"') == 1
    tag = re.search(rf'<[^>]* id="{field}"[^>]*>', page)
    assert tag
    assert 'aria-invalid="true"' in tag[0]
    named = re.search(r'aria-describedby="([^"]*)"', tag[0])
    assert named
    assert all(f'id="{one}"' in page for one in named[1].split())
    assert any(one.endswith("-error") for one in named[1].split())


@pytest.mark.parametrize(
    ("form", "field"), [({"password": "kort"}, "password"), ({"password": PASSWORD}, "code")]
)
def test_so_is_one_of_an_invitation(form: dict[str, str], field: str) -> None:
    token = inviting.invite(None, "an@b.example", "An", Role.ADVISER, receiver(HOUSE))
    page = anonymous().post(f"/bureau/uitnodiging/{token}", form)
    assert page.status_code == 400
    told(page.content.decode(), field)


def test_so_is_one_of_the_door() -> None:
    page = anonymous().post("/bureau/aanmelden", {"email": "an@b.example"})
    told(page.content.decode(), "email")
    assert 'value="an@b.example"' in page.content.decode()


def test_what_was_chosen_beside_the_error_stays() -> None:
    row, client = file(), browser(member("adviser", HOUSE))
    Permission.objects.update(may_pass_on=True)
    receiver(OTHER)
    mark_opened(row, timezone.now())
    page = client.post(f"/bureau/dossier/{row.public_id}", {"do": "pass", "to": OTHER})
    assert f'value="{OTHER}" selected' in page.content.decode()


def test_a_page_without_an_error_has_no_such_head() -> None:
    page = browser(member("adviser", HOUSE)).get("/bureau/organisatie").content.decode()
    assert 'class="errors"' not in page
    assert "Fout:" not in page


def test_who_presses_what_was_pressed_in_another_tab_reads_that_it_was() -> None:
    row, client = file(), browser(member("adviser", HOUSE))
    address = f"/bureau/dossier/{row.public_id}"
    assert client.post(address, {"do": "accept", "nonce": "a"}).status_code == 302
    again = client.post(address, {"do": "accept", "nonce": "b"}).content.decode()
    assert text("nl", "handover.already") in again
    other = client.post(address, {"do": "full", "until": "x"}).content.decode()
    assert text("nl", "handover.already") not in other


def test_no_name_of_a_colleague_is_cut() -> None:
    client = browser(member("administrator", HOUSE))
    assert client.post("/bureau/mensen", INVITES | {"name": "n" * 121}).status_code == 400
    assert not Invitation.objects.exists()
    assert client.post("/bureau/mensen", INVITES | {"name": "n" * 120}).status_code in (200, 302)
    assert Invitation.objects.get().name == "n" * 120


def test_who_is_away_is_not_offered_as_the_own_stand_in() -> None:
    who, friend = member("adviser", HOUSE), member("administrator", HOUSE)

    def offered(to: Member) -> str:
        page = browser(to).get("/bureau/wie-is-er").content.decode()
        return page.partition('id="stand-in"')[2].partition("</select>")[0]

    assert f'value="{who.pk}"' not in offered(who)
    assert f'value="{friend.pk}"' in offered(who)
    assert f'value="{who.pk}"' in offered(friend), "who says it of others can stand in for them"


def test_a_place_of_before_does_not_keep_the_focus_from_an_error() -> None:
    """A browser gives no focus to the error where the address names another place of the page."""
    client = browser(member("adviser", HOUSE))
    page = client.post(f"/bureau/dossier/{file().public_id}", {"do": "refuse"})
    assert 'id="stand"' not in page.content.decode()


@pytest.mark.parametrize("do", ["note", "give", "accept"])
def test_after_a_button_the_page_says_what_it_did_there(do: str) -> None:
    row, who = file(), member("adviser", HOUSE)
    friend, client = member("administrator", HOUSE), browser(who)
    address = f"/bureau/dossier/{row.public_id}"
    told = {"note": text("nl", "desk.file_done.note"), "give": f"in handen van {friend.name}."}
    form = {"do": do, "note": "belt liever 's morgens", "colleague": str(friend.pk)}
    form |= {"because": "jij kent ovens"}
    answer = client.post(address, form)
    asked = f"?klaar={do}" if do in told else ""
    assert answer.headers["Location"] == f"{address}{asked}#stand", "not where an error was"
    page = client.get(f"{address}{asked}").content.decode()
    assert page.count('id="stand" tabindex="-1"') == 1
    said = page.partition('id="stand" tabindex="-1"')[2].partition("</p>")[0]
    assert told.get(do, text("nl", "desk.state.accepted")) in said
    assert 'role="status"' in page.partition('id="stand"')[0].rpartition("<p")[2]
