"""Half a year after a scan: one mail with its link, through the outbox, and the address is gone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from baken.web.handover.models import Intent
from baken.web.handover.outbox import drain, take
from baken.web.handover.wire import sender
from baken.web.scan import links, reminders
from baken.web.scan.models import Folder, ScanReminder
from tests.web.scan.conftest import PROACTIVE, REACTIVE, Go, Owner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("went")]
MAIL = "bakker@firma.example"
DUE = date(2026, 12, 1)
"""183 days after the first of June."""
Today = Callable[[int], date]


@pytest.fixture
def asked(go: Go) -> Owner:
    """An owner with a result who asked for the mail."""
    owner = go()
    owner.tap_all(*REACTIVE)
    owner.do(do="remind", mail=MAIL)
    return owner


def run(day: date) -> None:
    """What the scheduled command does on a day."""
    now = timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=9)
    reminders.remind(now)
    drain(sender(lambda: now), lambda: now)
    reminders.remind(now)


def test_one_mail_on_its_day_with_a_link_and_nothing_of_the_answers(
    asked: Owner, today: Today, went: list[Any], site: Client
) -> None:
    assert "Je krijgt een mail op 1 december 2026" in asked.page.replace("\u00a0", " ")
    run(DUE - timedelta(days=1))
    assert went == []
    run(DUE)
    run(DUE + timedelta(days=9))
    (mail,) = went
    assert mail["To"] == MAIL
    content = mail.get_content()
    assert "klant" not in content
    address = re.search(r"https?://[^/\s]+(/scan/\w+)", content)
    assert address and asked.token not in content
    today(190)
    assert "eerder reactief" in site.get(address[1], follow=True).content.decode().lower()
    assert ScanReminder.objects.get().address == ""


@pytest.mark.parametrize("days", [183, 186, 300])
def test_days_without_the_command_make_one_letter(asked: Owner, went: list[Any], days: int) -> None:
    run(date(2026, 6, 1) + timedelta(days=days))
    assert len(went) == 1


def test_the_mail_and_the_calendar_take_no_public_holiday(
    go: Go, today: Today, went: list[Any]
) -> None:
    today((date(2026, 12, 25) - DUE).days)
    owner = go()
    owner.tap_all(*REACTIVE)
    owner.do(do="remind", mail=MAIL)
    row = ScanReminder.objects.get()
    assert row.due_on == date(2026, 12, 28)
    assert "DTSTART;VALUE=DATE:20261228" in owner.read(f"{owner.home}/agenda.ics")
    ScanReminder.objects.update(due_on=date(2026, 12, 25))
    assert "Je krijgt een mail op 28 december 2026" in owner.page.replace("\u00a0", " ")
    run(date(2026, 12, 25))
    assert went == []
    run(date(2026, 12, 28))
    assert len(went) == 1


def test_the_answers_stay_two_years_once_the_mail_is_asked_for(asked: Owner) -> None:
    folder = Folder.objects.get()
    assert folder.kept
    assert folder.expires_on == date(2028, 5, 31)


def test_who_answered_again_hears_half_a_year_after_that(
    asked: Owner, today: Today, went: list[Any]
) -> None:
    today(100)
    asked.do(do="again")
    asked.tap_all(*PROACTIVE)
    run(DUE)
    assert went == []
    run(DUE + timedelta(days=100))
    assert len(went) == 1


@pytest.mark.parametrize("how", ["stop", "wipe"])
def test_no_mail_after_all(asked: Owner, went: list[Any], how: str) -> None:
    asked.client.post(asked.home, {"do": how})
    assert not ScanReminder.objects.exists()
    run(DUE)
    assert went == []
    assert not Intent.objects.exists()


def test_wiped_between_writing_and_sending(asked: Owner, went: list[Any]) -> None:
    now = timezone.make_aware(datetime.combine(DUE, datetime.min.time()))
    assert reminders.remind(now) == 1
    asked.client.post(asked.home, {"do": "wipe"})
    drain(sender(lambda: now), lambda: now)
    assert went == []


def test_a_letter_that_somebody_began_and_did_not_send_goes_later(
    asked: Owner, went: list[Any]
) -> None:
    now = timezone.make_aware(datetime.combine(DUE, datetime.min.time()))
    reminders.remind(now)
    assert take(now) is not None
    run(DUE + timedelta(days=1))
    assert [mail["To"] for mail in went] == [MAIL]
    assert ScanReminder.objects.get().address == ""


WRONG = [
    ("", "Vul een mailadres in."),
    ("bakker", "er staat geen @ in."),
    ("a@b", "het einde ontbreekt"),
    ("x" * 300 + "@firma.example", "Dit lijkt geen mailadres. Kijk elk teken na."),
]


@pytest.mark.parametrize(("mail", "says"), WRONG)
def test_an_address_that_no_mail_goes_to(go: Go, site: Client, mail: str, says: str) -> None:
    owner = go()
    owner.tap_all(*REACTIVE)
    page = site.post(owner.home, {"do": "remind", "mail": mail})
    assert page.status_code == 400
    assert says in page.content.decode()
    assert not ScanReminder.objects.exists()


def test_without_a_mail_server_it_is_not_offered(go: Go, settings: Any) -> None:
    settings.BAKEN_SMTP_HOST = ""
    owner = go()
    owner.tap_all(*REACTIVE)
    assert 'name="mail"' not in owner.page
    assert 'value="remind"' not in owner.page


@pytest.mark.parametrize("token", ["", "x" * 64, "0" * 64, "a" * 32])
def test_a_made_up_link_opens_nothing(asked: Owner, token: str) -> None:
    assert links.folder_of(token) is None


def test_who_takes_everything_along_sees_the_address(asked: Owner, site: Client) -> None:
    page = site.post("/gegevens", {"typed": asked.token, "do": "take"})
    assert MAIL in page.content.decode()
