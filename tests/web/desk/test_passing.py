"""A file to another organisation: only where the firm allowed it, with a reason, once."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.refer.model import Event, Kind, Who
from baken.refer.words import REFUSALS
from baken.web.desk import files, inbox, passing
from baken.web.desk.models import Trail
from baken.web.handover import links, store
from baken.web.handover.models import Intent, Permission, Receiver, Referral
from baken.web.texts import text
from tests.web.desk.made import HOUSE, OTHER, SECRET, anonymous, browser, file, member, opened
from tests.web.handover.following import owners_page
from tests.web.handover.made import receiver

pytestmark = pytest.mark.django_db
GOOD = {"do": "pass", "to": OTHER, "why": "not_my_sector"}


@pytest.fixture
def row() -> Referral:
    receiver(OTHER)
    return file(may_pass_on=True, owner_address="bakker@firma.example", crisis=True, lang="fr")


def test_it_is_refused_here_and_new_there_with_what_was_shared_and_no_note(row: Referral) -> None:
    who = member("adviser", HOUSE)
    files.note(who, row.public_id, "lastig karakter", timezone.now())
    page = browser(who).post(f"/bureau/dossier/{row.public_id}", GOOD)
    assert page.status_code == 302
    row.refresh_from_db()
    new = Referral.objects.get(after=row)
    assert (row.handling, new.handling) == ("refused", "offered")
    assert (new.receiver.record_id, new.crisis, new.lang) == (OTHER, True, "fr")
    assert (new.dossier["to_id"], new.dossier["need"]["words"]) == (OTHER, SECRET)
    assert new.dossier["to"] == Receiver.objects.get(record_id=OTHER).name
    assert new.permission.items == row.permission.items
    assert not new.notes.exists()
    assert SECRET in opened(browser(member("adviser", OTHER)), new)


def test_who_passed_it_on_no_longer_sees_how_to_reach_the_firm(row: Referral) -> None:
    address, client = f"/bureau/dossier/{row.public_id}", browser(member("adviser", HOUSE))
    reads = {"HTTP_ACCEPT": "application/json"}
    assert "de bakker" in opened(client, row)
    assert client.get(address, **reads).json()["dossier"]["contact"]["name"] == "de bakker"
    client.post(address, GOOD)
    page = client.get(address).content.decode()
    assert SECRET in page
    assert "de bakker" not in page
    assert "Dit dossier is niet meer bij jullie." in page
    assert client.get(address, **reads).json()["dossier"]["contact"] is None
    new = Referral.objects.get(after=row)
    assert new.dossier["contact"]["name"] == "de bakker", "the next door can call"


def test_the_firm_and_the_other_organisation_hear_it(row: Referral) -> None:
    passing.pass_on(member("adviser", HOUSE), row.public_id, GOOD, timezone.now())
    new = Referral.objects.get(after=row)
    told = set(Intent.objects.filter(referral=new).values_list("letter", "to"))
    assert told == {("new_file", "receiver"), ("passed_on", "owner")}
    assert not row.intents.filter(to="owner").exclude(letter="sent").exists(), (
        "one letter tells it, not two"
    )


def test_a_double_click_sends_it_once(row: Referral) -> None:
    client = browser(member("adviser", HOUSE))
    statuses = [client.post(f"/bureau/dossier/{row.public_id}", GOOD).status_code for _ in "ab"]
    assert statuses == [302, 302]
    assert Referral.objects.count() == 2
    third = receiver("derde-huis").record_id
    assert client.post(f"/bureau/dossier/{row.public_id}", GOOD | {"to": third}).status_code == 400
    assert Referral.objects.count() == 2


NOT = [
    ("no reason", GOOD | {"why": ""}, {}),
    ("a reason of one's own", GOOD | {"why": "<b>zomaar</b>"}, {}),
    ("that they help the firm already", GOOD | {"why": "already_helped"}, {}),
    ("nobody", GOOD | {"to": ""}, {}),
    ("oneself", GOOD | {"to": HOUSE}, {}),
    ("who takes none", GOOD | {"to": "weg"}, {}),
    ("not allowed", GOOD, {"may_pass_on": False}),
    ("allowed, and drawn back", GOOD, {"withdrawn_at": timezone.now()}),
    ("allowed, and no more", GOOD, {"no_next_at": timezone.now()}),
]


@pytest.mark.parametrize(("what", "form", "permission"), NOT, ids=[w for w, *_ in NOT])
def test_what_lacks_changes_nothing(
    row: Referral, what: str, form: dict[str, str], permission: dict[str, object]
) -> None:
    Receiver.objects.create(record_id="weg", name="Weg", address="w@w.example", active=False)
    Permission.objects.update(**permission)
    with pytest.raises(BakenError):
        passing.pass_on(member("adviser", HOUSE), row.public_id, form, timezone.now())
    assert Referral.objects.get().handling == "offered"
    assert not Trail.objects.exists()


def test_a_door_that_did_not_help_this_firm_is_not_offered_again(row: Referral) -> None:
    receiver("derde-huis", name="Derde huis")
    passing.pass_on(member("adviser", HOUSE), row.public_id, GOOD, timezone.now())
    new = Referral.objects.get(after=row)
    there = member("adviser", OTHER)
    page = opened(browser(there), new)
    assert 'id="why-no_room"' in page
    assert 'id="why-already_helped"' not in page
    assert 'value="derde-huis"' in page
    assert f'value="{HOUSE}"' not in page
    with pytest.raises(BakenError):
        passing.pass_on(there, new.public_id, GOOD | {"to": HOUSE}, timezone.now())
    assert Referral.objects.count() == 2


def test_where_it_is_not_allowed_the_page_says_so_and_shows_no_button() -> None:
    receiver(OTHER)
    page = opened(browser(member("adviser", HOUSE)), file())
    assert 'value="pass"' not in page
    assert "laat niet toe" in page


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_the_file_tells_to_whom_it_was_handed_on_and_why(row: Referral, lang: str) -> None:
    """In the list, its CSV and JSON, at the head of the page and in what happened; the reason to
    who may open the file, and to the coordinator not.
    """
    client = browser(member("adviser", HOUSE))
    client.post(f"/bureau/dossier/{row.public_id}", GOOD)
    name, why = Receiver.objects.get(record_id=OTHER).name, REFUSALS[GOOD["why"]].says[lang]
    says, refused = text(lang, "desk.state.passed_on", to=name), text(lang, "desk.state.refused")
    desk = "/bureau" if lang == "nl" else f"/{lang}/bureau"
    for reader, reasons in ((client, 2), (browser(member("coordinator")), 0)):
        page = _read(reader, f"{desk}/dossier/{row.public_id}")
        assert (page.count(says), page.count(why)) == (2, reasons)
        assert refused not in page
        listed = _read(reader, f"{desk}?toon=klaar")
        csv = _read(reader, f"{desk}/dossiers.csv?toon=klaar")
        assert says in listed and refused not in listed
        assert says in csv and refused not in csv
        found = reader.get(f"{desk}?toon=klaar", headers={"accept": "application/json"}).json()
        (one,) = [each for each in found["files"] if each["id"] == row.public_id]
        assert (one["handling"], one["stands"], one["passed_to"]) == ("refused", "passed_on", name)


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
@pytest.mark.parametrize("why", ["not_my_sector", "other"])
@pytest.mark.parametrize("was_opened", [True, False])
def test_the_link_and_the_owner_s_page_tell_it_too_and_not_a_no(
    row: Referral, lang: str, why: str, was_opened: bool
) -> None:
    client, before = browser(member("adviser", HOUSE)), "" if lang == "nl" else f"/{lang}"
    if was_opened:
        opened(client, row)
    client.post(f"/bureau/dossier/{row.public_id}", GOOD | {"why": why})
    name = Receiver.objects.get(record_id=OTHER).name
    _, token = links.link_for(row, Who.RECEIVER, timezone.localdate())
    pages, link = [_read(anonymous(), f"{before}/dossier/{token}")], anonymous()
    if was_opened:
        seen = link.post(f"{before}/dossier/{token}", {"do": "open"}, follow=True)
        pages.append(html.unescape(seen.content.decode()))
    for page in pages:
        assert text(lang, "handover.state.passed_on", to=name) in page
        assert text(lang, "handover.state.refused") not in page
    page = owners_page(row, before)
    told = {"to": row.receiver.name, "next": name, "reason": REFUSALS[why].says[lang]}
    for key in ("state", "event"):
        kind = "passed_on_other" if why == "other" else "passed_on"
        says = text(lang, f"follow.{key}.{kind}", **told).replace("\u00a0", " ")
        assert says in page
        assert text(lang, f"follow.{key}.refused", **told).replace("\u00a0", " ") not in page
    assert text(lang, "follow.state.refused_other", **told) not in page


def test_where_the_next_door_refuses_it_each_says_what_was_done_there(row: Referral) -> None:
    passing.pass_on(member("adviser", HOUSE), row.public_id, GOOD, timezone.now())
    new = Referral.objects.get(after=row)
    store.record(new.pk, Event(Kind.REFUSED, Who.RECEIVER, timezone.now(), "no", reason="other"))
    assert store.state_of(row).passed_to == OTHER
    assert store.state_of(new).passed_to == ""
    assert inbox.passed_to([row.pk, new.pk]) == {row.pk: OTHER}, "list and page judge alike"


def _read(client: Client, address: str) -> str:
    return html.unescape(client.get(address).content.decode())
