"""The coordinator's letter: one a day, all files in it, each with its page at the desk."""

from __future__ import annotations

import html
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest

from baken.refer.model import Kind, Who, day_of
from baken.web.handover import away, store
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from baken.web.owner.models import CatalogueRecord
from tests.web.desk.made import HOUSE, OTHER, browser, member
from tests.web.handover.doors import asked
from tests.web.handover.made import at, event, receiver, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def coordinator(settings: Any) -> None:
    settings.BAKEN_COORDINATOR = "coordinator@baken.example"


def waiting() -> list[Intent]:
    return list(Intent.objects.filter(to="coordinator", stage=Intent.WAITING).order_by("pk"))


def test_one_letter_tells_of_all_files_where_they_stand() -> None:
    late = [sent("form-1", HOUSE), sent("form-2", OTHER)]
    lost, fine = sent("form-3", HOUSE), sent("form-4", HOUSE)
    store.record(fine.pk, event(Kind.CONTACT, 1))
    tick(at(8))
    store.record(lost.pk, event(Kind.BOUNCED, 8, by=Who.SYSTEM))
    (one,) = waiting()
    message = letter(one, at(8))
    assert message is not None
    body = message.get_content().replace("\u00a0", " ")
    assert "3 dossiers" in str(message["Subject"])
    assert [f"/bureau/dossier/{row.public_id}" in body for row in (*late, lost, fine)] == [
        True, True, True, False,
    ]  # fmt: skip
    assert "9 maart 2026" in body and "kwam niet aan" in body
    assert "oven" not in body and "bakker" not in body


def test_it_names_an_organisation_in_its_reader_s_language_where_the_record_does() -> None:
    names = {"nl": "Huis van Raad", "fr": "Maison du conseil"}
    CatalogueRecord.objects.create(
        type="organisation", record_id=HOUSE, name=names["nl"], json={"names": names}, version="1"
    )
    receiver(HOUSE, name=names["fr"], lang="fr")
    receiver(OTHER, name="Autre maison", lang="fr")
    late = sent("form-1", HOUSE, owner_address="")
    sent("form-2", OTHER)
    tick(at(8))
    message = letter(waiting()[0], at(8))
    assert message is not None
    body = " ".join(message.get_content().split())
    assert f"{names['nl']}: contact beloofd" in body and f"Vraag {names['nl']} om" in body
    assert names["fr"] not in body
    assert "Autre maison: contact beloofd" in body, "it has no other name"
    page = browser(member("coordinator")).get(f"/bureau/dossier/{late.public_id}")
    assert names["fr"] not in page.content.decode()


@pytest.mark.parametrize("may_pass_on", [True, False])
def test_of_a_message_that_did_not_arrive_it_tells_where_the_file_went(may_pass_on: bool) -> None:
    row = asked(may_pass_on=may_pass_on)
    store.record(row.pk, event(Kind.BOUNCED, 0.1, by=Who.SYSTEM))
    tick(at(0.2))
    message = letter(waiting()[0], at(0.3))
    assert message is not None
    body = " ".join(message.get_content().replace("\u00a0", " ").split())
    assert "Kijk het adres na." in body
    other = row.next.first()
    assert bool(other) is may_pass_on
    assert ("Het dossier ging intussen door naar" in body) is may_pass_on
    if other:
        assert f"Het dossier ging intussen door naar {other.receiver.name}." in body


def test_it_tells_from_when_on_somebody_is_there_again() -> None:
    row = sent("form-1", HOUSE)
    away.announce(row.receiver, date(2026, 3, 5), date(2026, 3, 20), at(1), sure=True)
    tick(at(8))
    message = letter(waiting()[0], at(8))
    assert message is not None
    body = " ".join(message.get_content().split())
    assert "Ze lieten weten dat er voor 23 maart 2026 niemand is." in body


def test_what_comes_after_the_letter_of_today_is_told_tomorrow_and_not_lost() -> None:
    first, second = sent("form-1", HOUSE), sent("form-2", OTHER)
    store.record(first.pk, event(Kind.BOUNCED, 1, by=Who.SYSTEM))
    Intent.objects.filter(to="coordinator").update(stage=Intent.DONE)
    store.record(second.pk, event(Kind.BOUNCED, 1.1, by=Who.SYSTEM))
    (one,) = waiting()
    assert day_of(one.next_try) == day_of(at(2))
    message = letter(one, at(2))
    assert message is not None and second.public_id in message.get_content()


def test_where_all_were_answered_before_it_left_there_is_no_letter() -> None:
    row = sent("form-1", HOUSE)
    tick(at(8))
    store.record(row.pk, event(Kind.CONTACT, 8.1))
    (one,) = waiting()
    assert letter(one, at(8.2)) is None


UNHEARD = "Deze onderneming krijgt geen mail van ons."


def test_a_firm_without_a_mail_address_is_named_with_who_can_call_it() -> None:
    late, lost, fine = sent("form-1", HOUSE), sent("form-2", OTHER), sent("form-3", HOUSE)
    Referral.objects.exclude(pk=fine.pk).update(owner_address="")
    store.record(lost.pk, event(Kind.BOUNCED, 1, by=Who.SYSTEM))
    tick(at(8))
    message = letter(waiting()[-1], at(8))
    assert message is not None
    body = message.get_content().replace("\u00a0", " ")
    assert "De ondernemingen weten dat" not in body
    first, second, third = (body.split(one.public_id)[0] for one in (late, lost, fine))
    assert f"{UNHEARD} " in first and "Vraag Huis van Raad om haar te bellen" in first
    assert "kijk het adres na. Uiterlijk op 23 maart 2026 sluit het dossier." in second
    late_mail = letter(waiting()[-1], at(60))
    assert late_mail is not None and "Uiterlijk op 23 maart" not in late_mail.get_content()
    assert body.count(UNHEARD) == 2 and UNHEARD not in third.removeprefix(second)


@pytest.mark.parametrize(
    ("role", "says"),
    [("coordinator", "Jij ziet haar nummer niet"), ("adviser", "Bel haar dus zelf.")],
)
def test_the_page_of_the_file_says_so_too(role: str, says: str) -> None:
    row = sent("form-1", HOUSE)
    Referral.objects.update(owner_address="", dossier={})
    who = browser(member(role, HOUSE if role == "adviser" else None))
    pages = []
    for day in (1, 9):
        with patch("django.utils.timezone.now", return_value=at(day)):
            answer = who.get(f"/bureau/dossier/{row.public_id}")
            pages.append(html.unescape(answer.content.decode()))
    assert UNHEARD not in pages[0] and f"{UNHEARD} " in pages[1] and says in pages[1]
