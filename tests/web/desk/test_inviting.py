"""Invitations by mail, sent again, drawn back; and who gets the files of somebody who leaves."""

from __future__ import annotations

import html
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from baken.web.desk import files, inviting, letters
from baken.web.desk.inviting import OPEN_FOR
from baken.web.desk.models import Holder, Invitation, Member, Role, Trail
from baken.web.handover import outbox
from baken.web.handover.models import Intent
from baken.web.handover.post import letter
from baken.web.texts import text
from tests.web.desk.made import HOUSE, OTHER, SECRET, anonymous, browser, file, member
from tests.web.handover.made import receiver

pytestmark = pytest.mark.django_db
FORM = {"do": "invite", "email": "nieuw@bureau.example", "name": "N", "role": "adviser"}


@pytest.fixture
def mail(settings: Any) -> None:
    """The site sends mail."""
    settings.BAKEN_SMTP_HOST = "mail.example"


def sent(now: datetime | None = None) -> list[Any]:
    """The letters to who works at the desk that would go now, in order of writing."""
    found = Intent.objects.filter(stage=Intent.WAITING, to=letters.TO).order_by("pk")
    made = [letter(intent, now or timezone.now()) for intent in found]
    return [one for one in made if one is not None]


def link(message: Any) -> str:
    """The address in a letter, without the site's own."""
    found: str = message.get_content().split("http://localhost:8000")[1].split()[0]
    return found


@pytest.mark.usefixtures("mail")
@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_an_invitation_goes_by_mail_in_the_language_of_the_page_and_stands_on_none(
    lang: str,
) -> None:
    page = browser(member("administrator", HOUSE)).post(f"{lang}/bureau/mensen", FORM, follow=True)
    (message,) = sent()
    assert message["To"] == FORM["email"]
    assert link(message).startswith(f"{lang}/bureau/uitnodiging/")
    assert link(message) not in page.content.decode()
    assert anonymous().get(link(message)).status_code == 200
    assert Invitation.objects.get().token_hash not in message.get_content()


@pytest.mark.usefixtures("mail")
def test_under_another_key_a_letter_that_leaves_holds_a_link_that_opens(settings: Any) -> None:
    browser(member("administrator", HOUSE)).post("/bureau/mensen", FORM)
    (before,) = sent()
    settings.SECRET_KEY = "another" * 8
    assert anonymous().get(link(before)).status_code == 410
    (after,) = sent()
    assert anonymous().get(link(after)).status_code == 200
    assert anonymous().get(link(before)).status_code == 410


FOR = [
    ("adviser", HOUSE, "om voor je organisatie mee dossiers op te volgen"),
    ("coordinator", None, "of dossiers op tijd vooruitgaan"),
    ("policy", None, "om de cijfers te lezen"),
    ("operator", None, "om deze site mee te beheren"),
]


@pytest.mark.usefixtures("mail")
@pytest.mark.parametrize(("role", "at", "says"), FOR)
def test_the_letter_says_for_what_by_role(role: str, at: str | None, says: str) -> None:
    by = member("operator")
    house = receiver(at) if at else None
    inviting.invite(by, FORM["email"], "iemand", Role(role), house)
    body = " ".join(sent()[0].get_content().split())
    assert says in body and sum(other in body for _, _, other in FOR) == 1


def test_without_a_mail_server_the_link_is_shown_once_and_no_letter_is_written() -> None:
    page = browser(member("administrator", HOUSE)).post("/bureau/mensen", FORM).content.decode()
    path = "/bureau/uitnodiging/" + page.split("/bureau/uitnodiging/")[1].split("<")[0]
    assert anonymous().get(path).status_code == 200
    assert not Intent.objects.exists()


def test_a_second_invitation_of_the_machine_shuts_the_first() -> None:
    first, second = (
        inviting.invite(None, "n@b.example", "N", Role.OPERATOR, None) for _ in range(2)
    )
    opened = [anonymous().get(f"/bureau/uitnodiging/{t}").status_code for t in (first, second)]
    assert opened == [410, 200]


def test_a_name_is_kept_without_signs_that_turn_it_around() -> None:
    inviting.invite(None, "n@b.example", "An\u202e\n Peeters", Role.POLICY, None)
    assert Invitation.objects.get().name == "An Peeters"


@pytest.mark.usefixtures("mail")
def test_the_letter_goes_through_the_outbox_once_and_the_page_tells_how_it_went() -> None:
    client, went = browser(member("administrator", HOUSE)), []
    client.post("/bureau/mensen", FORM)
    assert "De mail wacht" in client.get("/bureau/mensen").content.decode()
    for _ in "twice":
        outbox.drain(lambda i: bool(went.append(i.key)) or True, timezone.now)
    assert len(went) == 1
    assert "De mail is verstuurd" in client.get("/bureau/mensen").content.decode()
    Intent.objects.update(stage=Intent.DEAD)
    assert "kwam niet aan" in client.get("/bureau/mensen").content.decode()


@pytest.mark.usefixtures("mail")
def test_sent_again_it_is_open_for_seven_days_anew_and_the_link_before_is_dead() -> None:
    client = browser(member("administrator", HOUSE))
    client.post("/bureau/mensen", FORM)
    (first,) = sent()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert sent() == [], "what is over is not sent any more"
    assert "Vervallen op" in client.get("/bureau/mensen").content.decode()
    one = Invitation.objects.get()
    client.post("/bureau/mensen", {"do": "again", "member": one.pk})
    (second,) = sent()
    assert link(first) != link(second)
    opens = [anonymous().get(link(m)).status_code for m in (first, second)]
    assert opens == [410, 200]
    one.refresh_from_db()
    assert one.expires_at > timezone.now() + OPEN_FOR - timedelta(minutes=5)


@pytest.mark.usefixtures("mail")
def test_drawn_back_it_opens_nothing_and_its_letter_does_not_go() -> None:
    client = browser(member("administrator", HOUSE))
    client.post("/bureau/mensen", FORM)
    (message,) = sent()
    client.post("/bureau/mensen", {"do": "draw_back", "member": Invitation.objects.get().pk})
    assert anonymous().get(link(message)).status_code == 410
    assert sent() == []
    assert list(Trail.objects.order_by("pk").values_list("what", flat=True)) == [
        "invited",
        "revoked",
    ]


@pytest.mark.usefixtures("mail")
@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_a_newer_invitation_takes_the_place_of_an_open_one_and_the_older_link_says_so(
    lang: str,
) -> None:
    client = browser(member("administrator", HOUSE))
    client.post("/bureau/mensen", FORM)
    (first,) = sent()
    client.post("/bureau/mensen", FORM | {"name": "Nieuw", "email": FORM["email"].upper()})
    (second,) = sent()
    older = anonymous().get(f"{lang}{link(first)}")
    assert older.status_code == 410
    assert text(lang[1:] or "nl", "desk.no_invitation_newer") in html.unescape(
        older.content.decode()
    )
    assert anonymous().get(link(second)).status_code == 200
    page = client.get("/bureau/mensen").content.decode()
    assert page.count(FORM["email"]) == 1, "only the newest can be sent again or drawn back"
    replaced = Invitation.objects.order_by("pk")[0]
    assert client.post("/bureau/mensen", {"do": "again", "member": replaced.pk}).status_code == 404


def test_an_invitation_of_another_organisation_stays_open() -> None:
    by, opened = member("operator"), []
    for at in (HOUSE, OTHER):
        token = inviting.invite(by, FORM["email"], "N", Role.ADVISER, receiver(at))
        opened.append(f"/bureau/uitnodiging/{token}")
    assert [anonymous().get(one).status_code for one in opened] == [200, 200]


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_an_address_that_joined_elsewhere_reads_so_before_it_fills_anything_in(lang: str) -> None:
    by, tokens = member("operator"), []
    for at in (HOUSE, OTHER):
        tokens.append(inviting.invite(by, FORM["email"], "N", Role.ADVISER, receiver(at)))
    Invitation.objects.filter(receiver__record_id=HOUSE).update(used_at=timezone.now())
    joined = member("adviser", HOUSE)
    Member.objects.filter(pk=joined.pk).update(email=FORM["email"])
    of, address = lang[1:] or "nl", f"{lang}/bureau/uitnodiging/{tokens[1]}"
    for page in (anonymous().get(address), anonymous().post(address, {"password": "x"})):
        says = html.unescape(page.content.decode())
        assert page.status_code == 410 and 'class="qr"' not in says
        assert says.count(text(of, "desk.invitation_taken")) == 2, "in the title and as heading"
        assert text(of, "desk.no_invitation_taken") in says
        assert text(of, "desk.no_invitation_text") not in says
    Member.objects.filter(pk=joined.pk).update(is_active=False)
    assert anonymous().get(address).status_code == 200, "who left can come back by it"


def test_a_link_for_a_new_second_step_is_of_somebody_who_has_access() -> None:
    who = member("adviser", HOUSE)
    token = inviting.reset_second_step(member("administrator", HOUSE), who.pk)
    assert anonymous().get(f"/bureau/uitnodiging/{token}").status_code == 200


WHOSE = [
    # who, at, the organisation of the invitation, and whether it is theirs
    ("administrator", HOUSE, HOUSE, True),
    ("administrator", OTHER, HOUSE, False),
    ("administrator", HOUSE, None, False),
    ("operator", None, HOUSE, True),
    ("operator", None, None, True),
]


@pytest.mark.parametrize("do", ["again", "draw_back"])
@pytest.mark.parametrize(("role", "at", "of", "theirs"), WHOSE)
def test_who_sends_again_or_draws_back_which(
    role: str, at: str | None, of: str | None, theirs: bool, do: str
) -> None:
    house = receiver(of) if of else None
    inviting.invite(None, "n@b.example", "N", Role.ADVISER if of else Role.POLICY, house)
    before = Invitation.objects.get()
    client = browser(member(role, at))
    listed = "n@b.example" in client.get("/bureau/mensen").content.decode()
    status = client.post("/bureau/mensen", {"do": do, "member": before.pk}).status_code
    assert (listed, status == 404) == (theirs, not theirs)
    same = Invitation.objects.filter(token_hash=before.token_hash).exists()
    assert same is not theirs


@pytest.mark.usefixtures("mail")
def test_the_link_for_a_new_second_step_goes_to_that_person_only() -> None:
    boss, who = member("administrator", HOUSE), member("adviser", HOUSE)
    client = browser(boss)
    page = client.post("/bureau/mensen", {"do": "reset", "member": who.pk}, follow=True)
    (message,) = sent()
    assert message["To"] == who.email
    assert link(message) not in page.content.decode()
    client.post("/bureau/mensen", {"do": "reset", "member": who.pk})
    assert Invitation.objects.count() == 1, "the newest one is the only one"
    assert anonymous().get(link(message)).status_code == 410


HEIRS = [
    # who does it, whom is named, who holds the open file then
    ("administrator", "", "administrator"),
    ("administrator", "colleague", "colleague"),
    ("operator", "", "administrator"),
    ("operator", "colleague", "colleague"),
]


@pytest.mark.parametrize(("by", "named", "holds"), HEIRS)
def test_open_files_of_who_leaves_go_to_a_colleague_or_an_administrator(
    by: str, named: str, holds: str
) -> None:
    who, house = member("adviser", HOUSE, name="leaver"), {}
    for role in ("adviser", "administrator", "operator"):
        name = "colleague" if role == "adviser" else role
        house[name] = member(role, None if role == "operator" else HOUSE, name=name)
    opened, done = file(key="a"), file(key="b")
    for row in (opened, done):
        Holder.objects.create(referral=row, member=who)
    type(done).objects.filter(pk=done.pk).update(ended=True)
    heir = house[named].pk if named else ""
    form = {"do": "leave", "member": who.pk, "heir": heir}
    assert browser(house[by]).post("/bureau/mensen", form).status_code == 302
    held = dict(Holder.objects.values_list("referral__public_id", "member__name"))
    assert held == {opened.public_id: holds, done.public_id: "leaver"}
    given = Trail.objects.filter(what="given").values_list("file", "member__name")
    assert list(given) == [(opened.public_id, by)], "also of an operator, who sees no file"
    (message,) = sent()
    assert message["To"] == house[holds].email
    assert SECRET not in message.get_content()


def test_files_of_who_leaves_change_hands_with_their_line_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    boss, who = member("administrator", HOUSE), member("adviser", HOUSE)
    Holder.objects.create(referral=file(), member=who)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Trail.objects, "bulk_create", broken)
    with pytest.raises(RuntimeError):
        inviting.leave(boss, who.pk)
    assert Holder.objects.get().member == who
    assert Member.objects.get(pk=who.pk).is_active


def test_who_leaves_comes_back_by_no_older_invitation() -> None:
    boss, who = member("administrator", HOUSE), member("adviser", HOUSE)
    house, role = who.receiver, Role.ADVISER
    Member.objects.filter(pk=who.pk).update(is_active=False)
    token = inviting.invite(None, who.email, "An", role, house)
    assert anonymous().get(f"/bureau/uitnodiging/{token}").status_code == 200
    Member.objects.filter(pk=who.pk).update(is_active=True)
    browser(boss).post("/bureau/mensen", {"do": "leave", "member": who.pk})
    page = anonymous().get(f"/bureau/uitnodiging/{token}")
    assert page.status_code == 410
    assert text("nl", "desk.no_invitation_text") in page.content.decode()


def test_where_nobody_is_left_the_files_are_free() -> None:
    who = member("adviser", HOUSE)
    Holder.objects.create(referral=file(), member=who)
    browser(member("operator")).post("/bureau/mensen", {"do": "leave", "member": who.pk})
    assert not Holder.objects.exists()
    assert browser(member("adviser", HOUSE, name="nieuw")).get("/bureau").status_code == 200


def test_files_go_to_nobody_of_another_organisation_or_gone() -> None:
    boss, who = member("administrator", HOUSE), member("adviser", HOUSE)
    stranger, gone = member("adviser", OTHER), member("adviser", HOUSE, name="weg", is_active=False)
    Holder.objects.create(referral=file(), member=who)
    for heir in (stranger.pk, gone.pk, who.pk, "x", 99_999, "9" * 5_000):
        form = {"do": "leave", "member": who.pk, "heir": heir}
        assert browser(boss).post("/bureau/mensen", form).status_code == 400
    assert Member.objects.get(pk=who.pk).is_active


def test_files_handed_on_give_one_letter_a_day_and_none_to_oneself() -> None:
    an, bo = member("adviser", HOUSE, name="an"), member("adviser", HOUSE, name="bo")
    client = browser(an)
    for key in "abc":
        address = f"/bureau/dossier/{file(key=key).public_id}"
        for who in (bo, an, bo):
            client.post(address, {"do": "give", "colleague": who.pk, "because": "jij kent ovens"})
    told = Intent.objects.filter(to=letters.TO)
    assert list(told.values_list("letter", "about")) == [("given", f"member/{bo.pk}")]
    Member.objects.filter(pk=bo.pk).update(is_active=False)
    assert letter(told.get(), timezone.now()) is None, "who left gets no letter"


def test_what_is_handed_on_after_the_letter_of_the_day_left_goes_in_that_of_tomorrow() -> None:
    an, bo = member("adviser", HOUSE, name="an"), member("adviser", HOUSE, name="bo")
    first, second = file(key="a"), file(key="b")
    now = timezone.now()
    files.give(an, first.public_id, str(bo.pk), now, "ovens")
    told = Intent.objects.filter(letter="given")
    told.update(stage=Intent.DONE, done_at=now)
    files.give(an, second.public_id, str(bo.pk), now, "ovens")
    assert told.count() == 2
    tomorrow = told.latest("pk")
    assert timezone.localtime(tomorrow.next_try).date() == timezone.localtime(
        now
    ).date() + timedelta(days=1)
    assert letter(tomorrow, tomorrow.next_try) is not None
    Holder.objects.update(member=an)
    assert letter(tomorrow, tomorrow.next_try) is None, "nothing is in those hands any more"
