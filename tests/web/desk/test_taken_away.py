"""Who has a file in hand that the clock takes away hears it, in the one mail of a day."""

from __future__ import annotations

import pytest

from baken.refer.model import Kind, Who
from baken.web.desk.models import Busy, Holder, Member
from baken.web.handover import store
from baken.web.handover.models import Intent, Receiver, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from baken.web.texts import text
from tests.web.desk.made import HOUSE, OTHER, browser, member
from tests.web.handover.made import at, departed, event, receiver, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def an() -> Member:
    """An adviser, beside whom an administrator is always there."""
    receiver(OTHER)
    member("administrator", HOUSE)
    return member("adviser", HOUSE, name="an")


def held(by: Member, key: str = "a", on: float = 0, **more: object) -> Referral:
    """A file that somebody took and has not called about; it may go to another door."""
    more = {"alternative": OTHER, "may_pass_on": True} | more
    row = departed(sent(key, on=at(on), **more))
    store.record(row.pk, event(Kind.ACCEPTED, on + 0.1))
    Holder.objects.create(referral=row, member=by)
    return row


def plain(words: str) -> str:
    """Words with one space between them."""
    return " ".join(words.split())


def mails(days: float) -> list[tuple[str, str, str]]:
    """Address, subject and words of the mails to people that the clocks of a day bring about and
    that leave then.
    """
    tick(at(days))
    made = []
    waits = Intent.objects.filter(stage=Intent.WAITING, next_try__lte=at(days))
    for intent in waits.filter(about__startswith="member/"):
        told = letter(intent, at(days))
        if told is not None:
            made.append((told["To"], told["Subject"], plain(told.get_content())))
        stage = Intent.DONE if told else Intent.DROPPED
        Intent.objects.filter(pk=intent.pk).update(stage=stage, done_at=at(days))
    return made


def test_who_has_it_reads_that_it_went_to_another_door(an: Member) -> None:
    row = held(an)
    assert [subject for _, subject, _ in mails(3)] == ["Nog geen eerste contact: 1 dossier"]
    assert mails(9) == []
    ((to, subject, says),) = mails(10)
    assert Referral.objects.filter(after=row).exists()
    assert (to, subject) == (an.email, "Zonder contact doorgegaan of gesloten: 1 dossier")
    assert plain(text("nl", "letters.reminder.went_on", numbers=row.number)) in says
    assert "/bureau?toon=klaar" in says and "/dossier/" not in says and "oven" not in says
    assert "wacht nog op een eerste contact" not in says
    assert row.number in browser(an).get("/bureau?toon=klaar").content.decode()
    assert mails(11) == [], "it is told once"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_it_is_told_in_the_language_of_the_organisation(an: Member, lang: str) -> None:
    Receiver.objects.update(lang=lang)
    row = held(an)
    mails(3)
    ((_, _, says),) = mails(10)
    assert plain(text(lang, "letters.reminder.went_on", numbers=row.number)) in says


def test_it_stands_in_the_reminder_where_one_goes_that_day(an: Member) -> None:
    gone, waits = held(an, "a"), held(an, "b", on=7)
    mails(3)
    ((_, subject, says),) = mails(10)
    assert Referral.objects.filter(after=gone).exists()
    assert subject == "Nog geen eerste contact: 1 dossier"
    assert gone.number in says and waits.number not in says
    assert "wacht nog op een eerste contact" in says


def test_no_file_of_which_nobody_is_to_be_reminded_yet_stands_in_it(an: Member) -> None:
    held(an, "a")
    mails(3)
    held(an, "b", on=9)
    ((_, subject, says),) = mails(10)
    assert subject == "Zonder contact doorgegaan of gesloten: 1 dossier"
    assert "wacht nog op een eerste contact" not in says


def test_several_of_one_day_are_one_mail_and_what_was_closed_is_told_apart(an: Member) -> None:
    went = [held(an, key, on=14) for key in "ab"]
    shut = held(an, "c", on=3, may_pass_on=False)
    for days in (6, 10, 13, 15, 17, 19, 21):
        mails(days)
    ((_, subject, says),) = mails(24)
    assert subject == "Zonder contact doorgegaan of gesloten: 3 dossiers"
    numbers = ", ".join(row.number for row in went)
    assert plain(text("nl", "letters.reminder.went_on", numbers=numbers)) in says
    assert plain(text("nl", "letters.reminder.shut", numbers=shut.number)) in says


def test_what_comes_after_the_mail_of_the_day_left_is_told_in_that_of_tomorrow(an: Member) -> None:
    first, late = held(an, "a"), held(an, "b", on=1)
    mails(3)
    assert first.number in mails(10)[0][2]
    store.record(late.pk, event(Kind.EXPIRED, 10.1, by=Who.SYSTEM))
    assert mails(10.2) == []
    ((_, _, says),) = mails(11)
    assert late.number in says and first.number not in says


def test_on_days_away_the_stand_in_hears_it_and_without_one_who_is_away(an: Member) -> None:
    """Nothing is to be done about it; reminders still wait until that person is back."""
    bo = member("adviser", HOUSE, name="bo")
    row, other, waits = held(an), held(an, "b", on=1), held(an, "c", on=7)
    Busy.objects.create(member=an, first=at(4).date(), last=at(20).date(), stand_in=bo)
    mails(3)
    mails(4)
    ((to, _, says),) = mails(10)
    assert (to, row.number in says) == (bo.email, True)
    Busy.objects.update(stand_in=None)
    ((to, subject, says),) = mails(11)
    assert (to, other.number in says, row.number in says) == (an.email, True, False)
    assert subject == "Zonder contact doorgegaan of gesloten: 1 dossier"
    assert waits.handling and "wacht nog" not in says


def test_who_holds_nothing_of_it_gets_no_mail(an: Member) -> None:
    departed(sent("free", alternative=OTHER, may_pass_on=True))
    assert mails(10) == []


def test_of_what_its_owner_wiped_since_nothing_is_told(an: Member) -> None:
    row = held(an)
    mails(3)
    tick(at(10))
    store.wipe(row.pk, at(10.1))
    waits = Intent.objects.get(about=f"member/{an.pk}", stage=Intent.WAITING)
    assert letter(waits, at(10.2)) is None
