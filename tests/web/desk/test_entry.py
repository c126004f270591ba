"""Coming in: an invitation, password and code, recovery codes, and a new second step."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from baken.web.desk import inviting, joining
from baken.web.desk.entry import MOST_WRONG, PAUSE, enter
from baken.web.desk.models import Invitation, Member, Role
from tests.web.desk.made import (
    HOUSE,
    OTHER,
    PASSWORD,
    anonymous,
    browser,
    code,
    digits,
    member,
    with_password,
)
from tests.web.handover.made import receiver

pytestmark = pytest.mark.django_db


def invited(role: Role = Role.OPERATOR) -> str:
    return inviting.invite(None, "An@Bureau.example", "An", role, None)


def use(token: str, password: str = PASSWORD, typed: str = "") -> object:
    form = {"password": password, "code": typed or digits(joining.secret_of(token))}
    return anonymous().post(f"/bureau/uitnodiging/{token}", form)


def test_the_first_operator_comes_by_a_command_and_is_in() -> None:
    said = io.StringIO()
    call_command("invite", "an@bureau.example", stdout=said)
    token = said.getvalue().strip().rpartition("/")[2]
    client = anonymous()
    page = client.get(f"/bureau/uitnodiging/{token}").content.decode()
    assert joining.key_of(token) in page
    assert "<svg" in page
    assert "style=" not in page, "the policy of content allows none"
    assert not Member.objects.exists(), "looking changes nothing"
    form = {"password": PASSWORD, "code": digits(joining.secret_of(token))}
    page = client.post(f"/bureau/uitnodiging/{token}", form).content.decode()
    assert all(c.token in page for c in StaticToken.objects.all())
    assert client.get("/bureau/mensen").status_code == 200
    assert use(token).status_code == 410, "it opens once"


@pytest.mark.parametrize(
    ("role", "at", "leads"),
    [
        (Role.OPERATOR, None, "bureau"),
        (Role.POLICY, None, "bureau"),
        (Role.ADVISER, HOUSE, "files"),
    ],
)
def test_the_way_on_is_one_that_the_role_has(role: Role, at: str | None, leads: str) -> None:
    at_house = receiver(at) if at else None
    token = inviting.invite(None, "an@bureau.example", "An", role, at_house)
    page = use(token).content.decode()
    assert ("Naar de dossiers" in page) == (leads == "files")
    assert ("Naar het bureau" in page) == (leads == "bureau")


def test_the_database_knows_the_hash_of_an_invitation_only() -> None:
    token = invited()
    assert token not in str(Invitation.objects.values_list().get())


WRONG = [
    ("short", {"password": "kort"}, "password"),
    ("well known", {"password": "passwordpassword"[:8]}, "password"),
    ("digits only", {"password": "123456789012345"}, "password"),
    ("like the address", {"password": "an@bureau.example"}, "password"),
    ("a wrong code", {"typed": "000000"}, "code"),
    ("no digits", {"typed": "abc"}, "code"),
    ("nothing typed", {"password": ""}, "password"),
    ("no code", {"typed": " "}, "code"),
]


@pytest.mark.parametrize(("what", "form", "field"), WRONG, ids=[w for w, *_ in WRONG])
def test_what_is_wrong_is_told_and_the_invitation_stays(
    what: str, form: dict[str, str], field: str
) -> None:
    token = invited()
    page = use(token, **form)
    assert page.status_code == 400
    assert f'id="{field}-error"' in page.content.decode()
    assert not Member.objects.exists()
    assert use(token).status_code == 200


def test_an_old_invitation_opens_nothing() -> None:
    token = invited()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert use(token).status_code == 410
    assert anonymous().get(f"/bureau/uitnodiging/{token}").status_code == 410


def test_password_and_code_open_and_the_same_code_not_again() -> None:
    who = with_password(member("adviser", HOUSE))
    form = {"email": who.email.upper(), "password": PASSWORD, "code": code(who)}
    client = anonymous()
    first = client.post("/bureau/aanmelden", form | {"naar": "/bureau?toon=laat"})
    assert (first.status_code, first.headers["Location"]) == (302, "/bureau?toon=laat")
    assert client.get("/bureau").status_code == 200
    assert anonymous().post("/bureau/aanmelden", form).status_code == 403


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("email", "x@y.example"),
        ("password", "fout"),
        ("code", "000000"),
        ("email", ""),
        ("password", ""),
        ("code", ""),
    ],
)
def test_what_is_wrong_is_not_told_at_the_door(field: str, typed: str) -> None:
    who = with_password(member("adviser", HOUSE))
    form = {"email": who.email, "password": PASSWORD, "code": code(who), field: typed}
    page = anonymous().post("/bureau/aanmelden", form)
    assert page.status_code == 403
    assert "Dat klopt niet" in page.content.decode()


@pytest.mark.parametrize("naar", ["https://elders.example/", "//elders.example", "javascript:1"])
def test_the_door_leads_to_no_other_site(naar: str) -> None:
    who = with_password(member("adviser", HOUSE))
    form = {"email": who.email, "password": PASSWORD, "code": code(who), "naar": naar}
    assert anonymous().post("/bureau/aanmelden", form).headers["Location"] == "/bureau"


def test_a_recovery_code_opens_once() -> None:
    who = with_password(member("adviser", HOUSE))
    now = timezone.now()
    assert enter(who.email, PASSWORD, "ABCDEF abcdef", now) is not None
    assert enter(who.email, PASSWORD, "abcdefabcdef", now) is None


def test_after_five_wrong_passwords_none_is_looked_at_for_a_quarter() -> None:
    who = with_password(member("adviser", HOUSE))
    now = timezone.now()
    for _ in range(MOST_WRONG):
        assert enter(who.email, "fout", code(who), now) is None
    assert enter(who.email, PASSWORD, code(who), now) is None
    assert enter(who.email, PASSWORD, code(who), now + PAUSE) is not None


def test_an_empty_form_counts_as_no_wrong_password() -> None:
    who = with_password(member("adviser", HOUSE))
    for _ in range(MOST_WRONG):
        assert enter(who.email, "", "", timezone.now()) is None
    assert enter(who.email, PASSWORD, code(who), timezone.now()) is not None


@pytest.mark.parametrize("wrong", ["000000", "aaaaaaaaaaaa"], ids=["app", "recovery"])
def test_after_each_wrong_code_the_next_one_waits_twice_as_long(wrong: str) -> None:
    who = with_password(member("adviser", HOUSE))
    kind = TOTPDevice if wrong.isdecimal() else StaticDevice
    for failures in (1, 2, 3):
        assert enter(who.email, PASSWORD, wrong, timezone.now()) is None
        device = kind.objects.get(user=who)
        assert device.throttling_failure_count == failures
        good = code(who) if kind is TOTPDevice else "abcdefabcdef"
        assert enter(who.email, PASSWORD, good, timezone.now()) is None, "too soon"
        passed = timezone.now() - timedelta(seconds=2 ** (failures - 1) + 0.1)
        kind.objects.filter(user=who).update(throttling_failure_timestamp=passed)
    assert enter(who.email, PASSWORD, good, timezone.now()) is not None
    assert kind.objects.get(user=who).throttling_failure_count == 0


def test_a_new_second_step_needs_a_second_person_and_the_password() -> None:
    boss, who = member("administrator", HOUSE), with_password(member("adviser", HOUSE))
    theirs = browser(who)
    mine = browser(boss)
    assert mine.post("/bureau/mensen", {"do": "reset", "member": boss.pk}).status_code == 404
    assert theirs.post("/bureau/mensen", {"do": "reset", "member": who.pk}).status_code == 403
    page = mine.post("/bureau/mensen", {"do": "reset", "member": who.pk}).content.decode()
    token = page.split("/bureau/uitnodiging/")[1].split("<")[0]
    assert theirs.get("/bureau").status_code == 302, "the lost phone opens nothing any more"
    assert use(token, password="een ander wachtwoord").status_code == 400
    assert not TOTPDevice.objects.filter(user=who).exists()
    assert use(token).status_code == 200
    assert TOTPDevice.objects.get(user=who).key == joining.secret_of(token)
    who.refresh_from_db()
    assert who.check_password(PASSWORD)


INVITES = [
    ("administrator", HOUSE, "adviser", "", 200),
    ("administrator", HOUSE, "coordinator", "", 400),
    ("administrator", HOUSE, "operator", "", 400),
    ("operator", None, "administrator", OTHER, 200),
    ("operator", None, "adviser", "", 400),
    ("operator", None, "policy", "", 200),
    ("operator", None, "policy", OTHER, 400),
    ("operator", None, "koning", "", 400),
]


@pytest.mark.parametrize(("by", "at", "role", "to", "status"), INVITES)
def test_who_may_invite_whom(by: str, at: str | None, role: str, to: str, status: int) -> None:
    receiver(OTHER)
    form = {"do": "invite", "email": "n@b.example", "name": "N", "role": role, "receiver": to}
    assert browser(member(by, at)).post("/bureau/mensen", form).status_code == status
    found = Invitation.objects.first()
    if status == 200 and by == "administrator":
        assert found is not None
        assert found.receiver.record_id == HOUSE, "of the own organisation, whatever was asked"


def test_an_administrator_manages_the_own_people_only() -> None:
    boss, other = member("administrator", HOUSE), member("adviser", OTHER)
    client = browser(boss)
    for do in ("reset", "leave"):
        assert client.post("/bureau/mensen", {"do": do, "member": other.pk}).status_code == 404
    assert other.email not in client.get("/bureau/mensen").content.decode()
    other.refresh_from_db()
    assert other.is_active


def test_who_left_or_forgot_the_password_is_invited_again_by_who_managed_them() -> None:
    boss, who = member("administrator", HOUSE), with_password(member("adviser", HOUSE))
    form = {"do": "invite", "email": who.email, "name": "An", "role": "administrator"}
    client, stranger = browser(boss), browser(member("administrator", OTHER))
    assert client.post("/bureau/mensen", form).status_code == 400, "still here"
    client.post("/bureau/mensen", {"do": "leave", "member": who.pk})
    assert stranger.post("/bureau/mensen", form).status_code == 400, "not theirs"
    page = client.post("/bureau/mensen", form).content.decode()
    token = page.split("/bureau/uitnodiging/")[1].split("<")[0]
    assert enter(who.email, PASSWORD, "abcdefabcdef", timezone.now()) is None
    assert use(token, password="vijf nieuwe woorden achter elkaar").status_code == 200
    again = Member.objects.get(email=who.email)
    assert (again.pk, again.role, again.is_active) == (who.pk, "administrator", True)
    assert TOTPDevice.objects.get(user=who).key == joining.secret_of(token)


def test_of_two_invitations_of_one_person_the_newer_opens() -> None:
    first, second = invited(), invited()
    assert [use(first).status_code, use(second).status_code] == [410, 200]
