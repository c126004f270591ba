"""What somebody changes of the own access; each time with password and code."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken

from baken.web.desk.entry import MOST_WRONG, enter
from baken.web.desk.joining import RECOVERY_CODES
from baken.web.desk.models import Member
from tests.web.desk.made import HOUSE, PASSWORD, browser, code, member, with_password

pytestmark = pytest.mark.django_db
PAGE = "/bureau/mijn-toegang"
NEW = "zes andere woorden achter elkaar"


@pytest.fixture
def who() -> Member:
    return with_password(member("adviser", HOUSE))


def spare(who: Member) -> str:
    """A code that was not used: one of recovery."""
    return StaticToken.objects.filter(device__user=who).first().token


def inside(client: Client) -> bool:
    return client.get("/bureau").status_code == 200


DONE = [
    # what is asked, and whether what is open elsewhere ends
    ({"do": "password", "password": NEW}, True),
    ({"do": "codes"}, False),
    ({"do": "elsewhere"}, True),
]


@pytest.mark.parametrize(("form", "ends"), DONE, ids=[form["do"] for form, _ in DONE])
def test_a_change_ends_what_is_open_elsewhere_and_never_here(
    who: Member, form: dict[str, str], ends: bool
) -> None:
    here, elsewhere = browser(who), browser(who)
    page = here.post(PAGE, form | {"had": PASSWORD, "code": code(who)}, follow=True)
    assert page.status_code == 200
    assert (inside(here), inside(elsewhere)) == (True, not ends)
    who.refresh_from_db()
    assert who.check_password(form.get("password", PASSWORD))


def test_new_recovery_codes_are_shown_once_and_the_old_ones_are_dead(who: Member) -> None:
    client, old = browser(who), spare(who)
    page = client.post(PAGE, {"do": "codes", "had": PASSWORD, "code": code(who)}).content.decode()
    codes = list(StaticToken.objects.values_list("token", flat=True))
    assert len(codes) == RECOVERY_CODES
    assert all(one in page for one in codes)
    assert not any(one in client.get(PAGE).content.decode() for one in codes)
    assert enter(who.email, PASSWORD, codes[0], timezone.now()) is not None
    assert enter(who.email, PASSWORD, old, timezone.now()) is None


def test_who_came_in_by_a_recovery_code_stays_in_when_the_codes_are_made_anew(who: Member) -> None:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    form = {"email": who.email, "password": PASSWORD, "code": spare(who)}
    assert client.post("/bureau/aanmelden", form).status_code == 302
    client.post(PAGE, {"do": "codes", "had": PASSWORD, "code": code(who)})
    assert inside(client)


WRONG = [
    ("a wrong password", {"had": "fout"}),
    ("a wrong code", {"code": "000000"}),
    ("no code", {"code": ""}),
    ("a weak new one", {"password": "kort"}),
    ("one like the own address", {"password": "adviser-huis-van-raad"}),
    ("no button", {"do": "dans"}),
]


@pytest.mark.parametrize(("what", "typed"), WRONG, ids=[what for what, _ in WRONG])
def test_what_is_wrong_changes_nothing(who: Member, what: str, typed: dict[str, str]) -> None:
    client, elsewhere = browser(who), browser(who)
    good = {"do": "password", "had": PASSWORD, "code": code(who), "password": NEW}
    page = client.post(PAGE, good | typed)
    assert page.status_code == 400
    who.refresh_from_db()
    assert who.check_password(PASSWORD)
    assert inside(elsewhere)


@pytest.mark.parametrize("do", ["password", "codes", "elsewhere"])
def test_a_code_that_was_used_changes_nothing(who: Member, do: str) -> None:
    client, used = browser(who), code(who)
    assert enter(who.email, PASSWORD, used, timezone.now()) is not None
    form = {"do": do, "had": PASSWORD, "code": used, "password": NEW}
    assert client.post(PAGE, form).status_code == 400
    assert StaticToken.objects.count() == 1


def test_guessing_a_password_here_counts_as_at_the_door(who: Member) -> None:
    client = browser(who)
    for _ in range(MOST_WRONG):
        client.post(PAGE, {"do": "elsewhere", "had": "fout", "code": code(who)})
    good = {"do": "elsewhere", "had": PASSWORD, "code": code(who)}
    assert client.post(PAGE, good).status_code == 400
    assert enter(who.email, PASSWORD, code(who), timezone.now()) is None
