"""Letters of a day that waited together: one leaves for each sort and address, and tells all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from baken.refer.letters import Letter, Message
from baken.refer.model import Kind, Who, day_of
from baken.web.desk.models import Member
from baken.web.handover import daily, outbox, readers, store
from baken.web.handover.intents import intent_of
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from tests.web.desk.made import member
from tests.web.handover.made import MONDAY, at, event, sent

pytestmark = pytest.mark.django_db
HOUSE, OTHER = "huis-van-raad", "ander-huis"
DOWN = outbox.Temporary("down")


@pytest.fixture(autouse=True)
def coordinator(settings: object) -> None:
    settings.BAKEN_COORDINATOR = "coordinator@baken.example"  # type: ignore[attr-defined]


def go(now: datetime, up: bool = True) -> list[tuple[str, str, str]]:
    """A round of the outbox: which letters of a day leave, to whom, with what."""
    went: list[tuple[str, str, str]] = []

    def send(intent: Intent) -> bool:
        written = letter(intent, now)
        if written is not None and not up:
            raise DOWN
        if written is not None and daily.sort_of(intent):
            went.append((intent.letter, written["To"], written.get_content()))
        return written is not None

    outbox.drain(send, lambda: now)
    return went


def days_without_mail(first: int, last: int) -> None:
    for day in range(first, last + 1):
        tick(at(day))
        go(at(day), up=False)


def test_after_days_without_mail_one_reminder_and_one_word_to_the_coordinator_tell_all() -> None:
    rows = [sent(f"form-{day}", on=at(day)) for day in (0, 1, 2)]
    go(at(2))
    days_without_mail(3, 10)
    assert Intent.objects.filter(letter="reminder").count() == 3, "else there is nothing to see"
    assert Intent.objects.filter(to="coordinator").count() == 3
    tick(at(11))
    went = go(at(11))
    told = {name: body for name, _, body in went}
    assert sorted(name for name, *_ in went) == ["overdue", "reminder"]
    for row in rows:
        assert row.number in told["reminder"]
        assert row.public_id in told["overdue"]
    assert not go(at(11.3)) and not go(at(12))
    assert set(Intent.objects.filter(letter="reminder").values_list("stage", flat=True)) == {
        Intent.DONE,
        Intent.DROPPED,
    }


def test_after_days_without_mail_the_reminder_names_no_file_whose_first_letter_waits() -> None:
    told = sent("form-told")
    go(at(0))
    untold = [sent(f"form-{day}", on=at(day)) for day in (1, 2)]
    days_without_mail(1, 7)
    tick(at(7.1))
    for hours in range(40):
        if went := [body for name, _, body in go(at(7.1 + hours / 24)) if name == "reminder"]:
            break
    assert [row.number in went[0] for row in (told, *untold)] == [True, False, False]


def test_each_address_gets_its_own() -> None:
    for day, house in ((0, HOUSE), (1, OTHER), (2, HOUSE), (2, OTHER)):
        sent(f"form-{day}-{house}", house, on=at(day))
    go(at(2))
    days_without_mail(3, 9)
    tick(at(10))
    reminded = sorted(to for name, to, _ in go(at(10)) if name == "reminder")
    assert reminded == [f"{OTHER}@ontvanger.example", f"{HOUSE}@ontvanger.example"]


def test_who_has_an_account_gets_one_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    who: Member = member("adviser", HOUSE)
    monkeypatch.setattr(readers, "REMINDED", [lambda row, day: f"member/{who.pk}"])
    monkeypatch.setattr("baken.web.desk.letters.files_of", lambda *_: Referral.objects.all())
    for day in (0, 1):
        sent(f"form-{day}", on=at(day))
    go(at(2))
    days_without_mail(3, 4)
    assert Intent.objects.filter(letter="reminder").count() == 2
    assert [(name, to) for name, to, _ in go(at(7))] == [("reminder", who.email)]


Made = Callable[[Intent], None]


def stands(**more: object) -> Made:
    return lambda one: Intent.objects.filter(pk=one.pk).update(**more) and None  # type: ignore[func-returns-value]


OF_A_DAY = [(Letter.REMINDER, Who.RECEIVER), (Letter.OVERDUE, Who.COORDINATOR)]
HOUR = timedelta(hours=1)
NEWER: dict[str, tuple[Made, bool]] = {
    "waits": (stands(), False),
    "paused": (stands(attempts=3, next_try=at(11) + HOUR), False),
    "begun": (stands(stage=Intent.BEGUN, attempts=1, lease_until=at(12)), False),
    "went": (stands(stage=Intent.DONE, done_at=at(10)), False),
    "for tomorrow": (stands(next_try=at(12)), True),
    "nothing left to say": (stands(stage=Intent.DROPPED, done_at=at(10)), True),
    "given up": (stands(stage=Intent.DEAD, done_at=at(10)), True),
    "went by a clock that ran ahead": (stands(stage=Intent.DONE, done_at=at(300)), True),
}
"""How the newer one of two letters stands, and whether the older one leaves all the same."""


@pytest.mark.parametrize("how", NEWER)
@pytest.mark.parametrize("name", ["reminder", "overdue"])
def test_the_older_one_leaves_where_the_newer_one_will_not_tell(how: str, name: str) -> None:
    for day in (0, 1):
        sent(f"form-{day}", on=at(day))
    go(at(2))
    for day in range(3, 11):
        tick(at(day))
    older, newer = Intent.objects.filter(letter=name).order_by("pk")[:2]
    made, leaves = NEWER[how]
    made(newer)
    assert (letter(older, at(11)) is not None) is leaves


@pytest.mark.parametrize(
    ("done", "made", "says"),
    [
        ({"stage": Intent.WAITING}, 10, 10),
        ({"stage": Intent.DONE, "done_at": at(10)}, 10.1, 11),
        ({"stage": Intent.BEGUN, "lease_until": at(10.2)}, 10.1, 11),
        ({"stage": Intent.BEGUN, "lease_until": at(9)}, 10.1, 10),
        ({"stage": Intent.DONE, "done_at": at(9)}, 10.1, 10),
    ],
    ids=["waits", "waited and left today", "leaves now", "its worker died", "left yesterday"],
)
@pytest.mark.parametrize(
    "letter_to", [(Letter.REMINDER, Who.RECEIVER), (Letter.OVERDUE, Who.COORDINATOR)]
)
def test_what_comes_after_the_one_of_today_waits_for_tomorrow(
    letter_to: tuple[Letter, Who], done: dict[str, object], made: float, says: int
) -> None:
    """Also where the one that left today is of an earlier day."""
    row, (name, to) = sent(), letter_to
    first = intent_of(row, Message(name, to, "first"), at(8))
    first.save()
    Intent.objects.filter(pk=first.pk).update(**done)
    found = intent_of(row, Message(name, to, "second"), at(made))
    assert found.key.endswith(day_of(at(says)).isoformat())
    assert day_of(found.next_try) == day_of(at(says))


def test_what_comes_after_the_word_of_today_leaves_with_that_of_tomorrow() -> None:
    """Also where the clock runs once a day, and not on the next one."""
    sent("form-1"), sent("form-2", OTHER, on=at(1))
    go(at(1))
    tick(at(8))
    assert [name for name, *_ in go(at(8)) if name == "overdue"]
    late = sent("form-3", OTHER, on=at(8.1))
    go(at(8.15))
    store.record(late.pk, event(Kind.BOUNCED, 8.2, by=Who.SYSTEM))
    tick(at(10))
    ((_, _, body),) = (one for one in go(at(10)) if one[1].startswith("coordinator"))
    assert late.public_id in body and body.count("/bureau/dossier/") == 3
    assert not [one for one in go(at(10.2)) if one[1].startswith("coordinator")]


def test_other_letters_are_of_no_day() -> None:
    row = sent(on=MONDAY)
    for one in row.intents.all():
        assert daily.sort_of(one) == "" and not daily.told_by_newer(one, at(1))
