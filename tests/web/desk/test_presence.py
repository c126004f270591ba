"""Who is away or full: whom the clocks remind, what firms read before, who gets new files."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from baken.refer.model import Absence, Kind, Outcome, Who
from baken.web.desk.hands import nobody_there
from baken.web.desk.inbox import inbox
from baken.web.desk.models import Busy, Holder, Member
from baken.web.handover import store
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import letter
from baken.web.handover.promise import promise
from baken.web.handover.tick import tick
from tests.web.desk.made import HOUSE, OTHER, browser, file, member
from tests.web.handover.made import arrived, at, event, receiver, sent

pytestmark = pytest.mark.django_db
PAGE = "/bureau/wie-is-er"


def taken(by: Member, key: str, days: float = 0.5) -> Referral:
    """A file of the Monday that somebody took so many days later."""
    row = sent(key)
    store.record(row.pk, event(Kind.ACCEPTED, days))
    Holder.objects.create(referral=row, member=by)
    return row


def busy(who: Member, first: float, last: float, **more: Any) -> Busy:
    """Somebody is away from so many to so many days after the Monday."""
    made: Busy = Busy.objects.create(
        member=who, first=at(first).date(), last=at(last).date(), **more
    )
    return made


def reminded(days: float) -> list[tuple[str, str]]:
    """Address and subject of the reminders that the clocks of this day bring about."""
    before = set(Intent.objects.values_list("pk", flat=True))
    tick(at(days))
    new = Intent.objects.exclude(pk__in=before).filter(letter="reminder").order_by("pk")
    made = [letter(intent, at(days)) for intent in new]
    return [(m["To"], m["Subject"]) for m in made if m is not None]


def test_each_gets_one_mail_a_day_with_all_own_files_and_the_house_what_nobody_took(
    an: Member, bo: Member
) -> None:
    for key in "ab":
        taken(an, key)
    taken(bo, "c")
    arrived("d")
    assert set(reminded(3)) == {
        (an.email, "Nog geen eerste contact: 2 dossiers"),
        (bo.email, "Nog geen eerste contact: 1 dossier"),
        ("huis-van-raad@ontvanger.example", "Nog geen eerste contact: 1 dossier"),
    }
    assert reminded(3.2) == [], "once a day"


def test_who_just_took_a_file_or_had_contact_is_not_reminded_of_it(an: Member) -> None:
    taken(an, "a", days=2.5)
    had = taken(an, "b")
    store.record(had.pk, event(Kind.CONTACT, 1))
    assert reminded(3) == []


@pytest.mark.parametrize(("left", "count"), [(2, 2), (3, 1), (None, 1)])
def test_a_reminder_counts_no_file_whose_first_letter_has_not_left_or_left_that_day(
    an: Member, left: float | None, count: int
) -> None:
    taken(an, "a")
    given = sent("b", on=at(1))
    Holder.objects.create(referral=given, member=an)
    if left is not None:
        store.record(given.pk, event(Kind.HANDED_OVER, left, by=Who.SYSTEM))
    files = "1 dossier" if count == 1 else f"{count} dossiers"
    assert reminded(3.1) == [(an.email, f"Nog geen eerste contact: {files}")]


def test_a_mail_to_an_adviser_leads_to_the_desk_and_holds_nothing_of_the_firm(an: Member) -> None:
    taken(an, "a")
    tick(at(3))
    message = letter(Intent.objects.get(letter="reminder"), at(3))
    assert message is not None
    assert "/bureau?toon=mijn" in message.get_content()
    assert "/dossier/" not in message.get_content()
    assert "oven" not in str(message)


AWAY = [
    # days away, whether there is a stand-in and whether that one is away; who is reminded on day 3
    ((0, 4), False, False, []),
    ((0, 4), True, False, ["bo"]),
    ((0, 4), True, True, []),
    ((4, 9), True, False, ["an"]),
    ((0, 2), True, False, ["an"]),
]


@pytest.mark.parametrize(("days", "stands_in", "both", "who"), AWAY)
def test_who_is_away_is_not_reminded_but_the_stand_in_is(
    an: Member, bo: Member, days: tuple[int, int], stands_in: bool, both: bool, who: list[str]
) -> None:
    taken(an, "a")
    busy(an, *days, stand_in=bo if stands_in else None)
    if both:
        busy(bo, 3, 3)
    member("administrator", HOUSE)
    assert [to.split("@")[0] for to, _ in reminded(3)] == who


def test_a_reminder_that_was_held_back_comes_when_the_adviser_is_there_again(an: Member) -> None:
    taken(an, "a")
    busy(an, 2, 3)
    member("administrator", HOUSE)
    assert reminded(3) == []
    assert [to for to, _ in reminded(4)] == [an.email]


def test_being_full_holds_no_reminder_back(an: Member, bo: Member) -> None:
    taken(an, "a")
    busy(an, 0, 9, full=True)
    assert [to for to, _ in reminded(3)] == [an.email]


def test_the_owner_s_clocks_stand_whoever_is_away(an: Member) -> None:
    taken(an, "a")
    busy(an, 0, 20)
    tick(at(8))
    told = set(Intent.objects.values_list("letter", "to"))
    assert {("no_word_yet", "owner"), ("overdue", "coordinator")} <= told


def test_the_outcome_is_asked_of_who_has_the_file_once_a_day(an: Member) -> None:
    rows = [taken(an, key) for key in "ab"]
    for row in rows:
        store.record(row.pk, event(Kind.CONTACT, 1))
    tick(at(32))
    asked = Intent.objects.get(letter="how_did_it_go", to="receiver")
    message = letter(asked, at(32))
    assert message is not None
    told = message.get_content()
    assert (message["To"], "/bureau?toon=uitkomst" in told) == (an.email, True)
    assert "of het geholpen heeft" in told and "{" not in told
    for row in rows:
        store.record(row.pk, event(Kind.OUTCOME, 32, outcome=Outcome.HELPED))
    assert letter(asked, at(33)) is None, "told in the meantime"


def test_a_stand_in_finds_the_files_among_the_own_ones(an: Member, bo: Member) -> None:
    taken(an, "a")
    assert inbox(bo, "mijn", at(1).date()) == []
    busy(an, 0, 2, stand_in=bo)
    assert len(inbox(bo, "mijn", at(1).date())) == 1
    assert inbox(bo, "mijn", at(3).date()) == []


EMPTY = [
    # days away of two advisers (or one), days on which nobody is there
    ([(0, 9), (2, 4)], [(2, 4)]),
    ([(0, 4), (5, 9)], []),
    ([(0, 3), (2, 3), (7, 8)], []),
    ([(0, 3)], []),
    ([], []),
]


@pytest.mark.parametrize(("spans", "expected"), EMPTY)
def test_days_on_which_nobody_is_there(
    an: Member, bo: Member, spans: list[tuple[int, int]], expected: list[tuple[int, int]]
) -> None:
    for n, (first, last) in enumerate(spans):
        busy((an, bo)[n % 2], first, last, full=n % 2 == 1)
    if len(spans) == 3:
        member("administrator", HOUSE)
    found = nobody_there(receiver(), at(0).date())
    assert found == [Absence(at(a).date(), at(b).date()) for a, b in expected]
    assert nobody_there(receiver(OTHER), at(0).date()) == [], "without accounts nothing is known"


def test_days_without_anybody_are_told_before_sending_and_nobody_is_reminded(an: Member) -> None:
    busy(an, 1, 4)
    arrived()
    told = promise(receiver(), False, at(0), "nl")
    assert [day.split()[0] for day in told.away[0]] == ["dinsdag", "vrijdag"]
    assert reminded(3) == []
    assert reminded(8) == [], "the four days do not count: the third working day is the Wednesday"
    assert [to for to, _ in reminded(9)] == ["huis-van-raad@ontvanger.example"]


def ahead(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


SAID: list[tuple[dict[str, int | str], int]] = [
    ({"kind": "away", "first": 0, "last": 3}, 302),
    ({"kind": "full", "first": 1, "last": 1}, 302),
    ({"kind": "away", "first": 0, "last": 3, "stand_in": "bo"}, 302),
    ({"kind": "away", "first": 0, "last": 3, "stand_in": "an"}, 400),
    ({"kind": "away", "first": 0, "last": 3, "stand_in": "elsewhere"}, 400),
    ({"kind": "full", "first": 0, "last": 3, "stand_in": "bo"}, 400),
    ({"kind": "away", "first": 0, "last": 3, "who": "bo"}, 400),
    ({"kind": "", "first": 0, "last": 3}, 400),
    ({"kind": "away", "first": 3, "last": 1}, 400),
    ({"kind": "away", "first": -3, "last": -1}, 400),
    ({"kind": "away", "first": 0, "last": 400}, 400),
    ({"kind": "away", "first": "morgen", "last": 1}, 400),
    ({"kind": "away", "first": "", "last": ""}, 400),
]


@pytest.mark.parametrize(("form", "status"), SAID)
def test_what_an_adviser_announces(
    an: Member, bo: Member, form: dict[str, int | str], status: int
) -> None:
    days = {k: ahead(v) if isinstance(v, int) else v for k, v in form.items()}
    numbers = {"an": an.pk, "bo": bo.pk, "elsewhere": member("adviser", OTHER).pk}
    sent_form = {k: str(numbers.get(v, v)) for k, v in days.items()} | {"do": "busy"}
    client = browser(an)
    for _ in "double":
        assert client.post(PAGE, sent_form).status_code == status
    assert Busy.objects.count() == (status == 302)


def test_an_administrator_announces_for_all_of_the_house_and_takes_back(an: Member) -> None:
    boss, stranger = member("administrator", HOUSE), member("administrator", OTHER)
    form = {"do": "busy", "kind": "away", "first": ahead(0), "last": ahead(1), "who": an.pk}
    assert browser(stranger).post(PAGE, form).status_code == 400
    assert browser(boss).post(PAGE, form).status_code == 302
    one = Busy.objects.get()
    browser(stranger).post(PAGE, {"do": "back", "row": one.pk})
    browser(member("adviser", HOUSE, name="cas")).post(PAGE, {"do": "back", "row": one.pk})
    assert Busy.objects.exists()
    browser(boss).post(PAGE, {"do": "back", "row": one.pk})
    assert not Busy.objects.exists()


@pytest.mark.parametrize("full", [True, False])
def test_nobody_hands_a_file_to_who_is_away_or_full(an: Member, bo: Member, full: bool) -> None:
    Busy.objects.create(member=bo, first=ahead(0), last=ahead(2), full=full)
    client, address = browser(an), f"/bureau/dossier/{file().public_id}"
    page = client.get(address).content.decode()
    assert ("bo (vol tot en met" if full else "bo (weg tot en met") in page
    page = client.post(address, {"do": "give", "colleague": bo.pk, "because": "ovens"})
    assert (page.status_code, Holder.objects.count()) == (400, 0)
    assert "is weg of zit vol" in page.content.decode()
    assert browser(bo).post(address, {"do": "give", "colleague": bo.pk}).status_code == 302


def test_who_leaves_stands_in_for_nobody(an: Member, bo: Member) -> None:
    row = Busy.objects.create(member=an, first=ahead(0), last=ahead(0), stand_in=bo)
    Busy.objects.create(member=bo, first=date(2030, 1, 1), last=date(2030, 1, 2))
    boss = browser(member("administrator", HOUSE))
    boss.post("/bureau/mensen", {"do": "leave", "member": bo.pk})
    assert list(Busy.objects.values_list("pk", "stand_in")) == [(row.pk, None)]
