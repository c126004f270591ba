"""The eighth and the fifteenth day: to the next door by itself where the owner allowed it, by one
button where not.
"""

from __future__ import annotations

import html
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.refer.model import Handling, Kind, Who
from baken.web.handover import links, onward, store
from baken.web.handover.history import headline, lines
from baken.web.handover.models import Intent, Permission, Receiver, Referral
from baken.web.handover.outbox import Refused, drain
from baken.web.handover.post import letter, sender
from baken.web.handover.receivers import set_receivers
from baken.web.handover.tick import tick
from baken.web.handover.windows import in_words, windows
from tests.web.handover.made import MONDAY, at, event, letters, receiver, sent

pytestmark = pytest.mark.django_db
SECOND, THIRD = "tweede-huis", "derde-huis"
# Sent on Monday 2 March 2026: working days 5, 8 and 15 are 9, 12 and 23 March.
DAY_5, DAY_8, DAY_15 = at(7), at(10), at(21)


def asked(key: str = "form-1", **more: Any) -> Referral:
    """A question with a second and a third door, which may be passed on."""
    receiver(SECOND, name="Tweede huis")
    receiver(THIRD, name="Derde huis")
    return sent(key, **{"alternative": SECOND, "later": [THIRD], "may_pass_on": True, **more})


def chain(row: Referral) -> list[tuple[str, str]]:
    """Each door of a question and how it stands there."""
    found: list[tuple[str, str]] = []
    here: Referral | None = Referral.objects.get(pk=row.pk)
    while here is not None:
        found.append((here.receiver.record_id, here.handling))
        here = here.next.first()
    return found


HERE, THERE = ("huis-van-raad", "expired"), (SECOND, "offered")
TICKS = [
    # the days after Monday on which the scheduler ran, and the doors afterwards
    ("not before the eighth day", [3, 7, 9], [("huis-van-raad", "offered")]),
    ("on the eighth", [3, 7, 10], [HERE, THERE]),
    ("once, however often it runs", [10, 10.1, 10.2, 11], [HERE, THERE]),
    ("three days late", [4, 13], [HERE, THERE]),
    ("a month late", [40], [HERE, THERE]),
    ("from the second door too", [10, 22], [HERE, (SECOND, "expired"), (THIRD, "offered")]),
    ("until there is none", [10, 22, 34, 60], [HERE, (SECOND, "expired"), (THIRD, "expired")]),
    ("a clock that jumps back undoes nothing", [10, -300, 10.5], [HERE, THERE]),
    ("a clock that was a year ahead moves it once", [365, 3, 10, 11], [HERE, THERE]),
]


@pytest.mark.parametrize(("name", "days", "doors"), TICKS, ids=[name for name, *_ in TICKS])
def test_the_clock_passes_it_on(name: str, days: list[float], doors: list[Any]) -> None:
    row = asked()
    for day in days:
        tick(at(day))
    assert chain(row) == doors


def test_in_trouble_it_goes_on_the_third_day() -> None:
    row = asked(crisis=True)
    tick(at(2))
    assert len(chain(row)) == 1
    tick(at(3))
    assert chain(row) == [HERE, THERE]
    assert Referral.objects.get(after=row).crisis


def test_a_new_permission_stands_and_the_first_one_ended() -> None:
    row = asked()
    tick(DAY_8)
    first, second = Permission.objects.order_by("pk")
    assert first.withdrawn_at == second.given_at == DAY_8
    assert (second.items, second.text_version) == (first.items, first.text_version)
    assert (second.channel, second.may_pass_on) == ("clock", True)
    new = Referral.objects.get(after=row)
    assert (new.alternative, new.later) == (THIRD, [])
    assert (new.dossier["to"], new.owner_address) == ("Tweede huis", row.owner_address)


def test_the_owner_gets_one_letter_about_it() -> None:
    asked()
    tick(DAY_8)
    assert letters(Who.OWNER) == ["moved_on"], "nobody ran on the fifth day"
    assert letters(Who.COORDINATOR) == ["overdue"]
    written = letter(Intent.objects.get(letter="moved_on"), DAY_8)
    assert written is not None
    says = written.get_content().replace("\n", " ")
    assert "Huis van Raad nam geen contact op. Daarom ging je vraag door naar Tweede huis" in says
    assert written["To"] == "bakker@firma.example"


def test_on_the_fifth_day_the_owner_heard_the_truth_first() -> None:
    asked()
    tick(DAY_5)
    tick(DAY_8)
    assert letters(Who.OWNER) == ["no_word_yet", "moved_on"]


STAYS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("not allowed", {"may_pass_on": False}, ["other_door"]),
    ("no other door", {"alternative": "", "later": []}, ["other_door"]),
    ("a door that takes no files", {"alternative": "nobody", "later": []}, ["other_door"]),
]


@pytest.mark.parametrize(("name", "more", "told"), STAYS, ids=[name for name, *_ in STAYS])
def test_else_the_owner_is_asked(name: str, more: dict[str, Any], told: list[str]) -> None:
    row = asked(**more)
    for _ in "twice":
        tick(DAY_8)
    assert chain(row) == [("huis-van-raad", "offered")]
    assert letters(Who.OWNER) == told
    tick(DAY_15)
    assert chain(row) == [("huis-van-raad", "expired")]
    assert letters(Who.OWNER) == [*told, "door_closed"]


def test_a_permission_that_was_drawn_back_moves_nothing() -> None:
    row = asked()
    Permission.objects.update(withdrawn_at=at(1))
    tick(DAY_8)
    assert len(chain(row)) == 1


def test_an_alternative_that_got_an_address_later_is_taken_on_the_fifteenth_day() -> None:
    row = asked()
    Receiver.objects.filter(record_id=SECOND).update(active=False)
    tick(DAY_8)
    Receiver.objects.filter(record_id=SECOND).update(active=True)
    tick(DAY_15)
    assert chain(row) == [HERE, THERE]
    assert letters(Who.OWNER) == ["other_door", "moved_on"]


SAID = [
    (Kind.CONTACT, {}, [("huis-van-raad", "in_contact")]),
    (Kind.REFUSED, {"reason": "already_helped"}, [("huis-van-raad", "refused")]),
    (Kind.WITHDRAWN, {"by": Who.OWNER}, [("huis-van-raad", "withdrawn")]),
    (Kind.ACCEPTED, {}, [("huis-van-raad", "accepted")]),
]


@pytest.mark.parametrize(("kind", "more", "doors"), SAID, ids=[str(kind) for kind, *_ in SAID])
def test_what_was_said_before_stops_it(kind: Kind, more: dict[str, Any], doors: list[Any]) -> None:
    row = asked()
    store.record(row.pk, event(kind, 8, **more))
    tick(DAY_8)
    assert chain(row) == doors


def says(kind: str, now: datetime = DAY_8) -> str:
    """What the one letter of a kind to the owner says, on one line."""
    written = letter(Intent.objects.get(letter=kind, to=str(Who.OWNER)), now)
    assert written is not None
    return " ".join(written.get_content().split())


def refuse(intent: Intent) -> bool:
    """A mail server that knows none of the addresses of the first house."""
    if intent.to == Who.RECEIVER and intent.referral.receiver.record_id == "huis-van-raad":
        raise Refused("550")
    return True


def test_a_no_goes_on_at_the_next_round_with_one_letter() -> None:
    row = asked()
    store.record(row.pk, event(Kind.REFUSED, 1, reason="not_my_area"))
    for _ in "twice":
        tick(at(1.1))
    assert chain(row) == [("huis-van-raad", "refused"), THERE]
    assert "Huis van Raad kan je vraag niet behandelen. Daarom ging je" in says("moved_on")
    assert letter(Intent.objects.get(letter="refused"), at(1.1)) is None, "one letter tells all"


NOT_AFTER_A_NO: list[tuple[str, dict[str, Any], float]] = [
    ("not allowed", {"may_pass_on": False}, 1.1),
    ("no other door", {"alternative": "", "later": []}, 1.1),
    ("long ago", {}, 40),
]


@pytest.mark.parametrize(
    ("name", "more", "day"), NOT_AFTER_A_NO, ids=[name for name, *_ in NOT_AFTER_A_NO]
)
def test_a_no_that_does_not_go_on(name: str, more: dict[str, Any], day: float) -> None:
    row = asked(**more)
    store.record(row.pk, event(Kind.REFUSED, 1, reason="not_my_area"))
    assert tick(at(day)) == 0
    assert chain(row) == [("huis-van-raad", "refused")]
    assert letters(Who.OWNER) == ["refused"]


def test_a_no_after_a_contact_stays() -> None:
    row = asked()
    store.record(row.pk, event(Kind.CONTACT, 1))
    store.record(row.pk, event(Kind.REFUSED, 2, reason="other"))
    tick(DAY_8)
    assert chain(row) == [("huis-van-raad", "refused")]


def test_a_letter_that_came_back_goes_on_at_once_with_one_letter() -> None:
    row = asked()
    drain(refuse, lambda: at(0.1))
    tick(at(0.2))
    assert chain(row) == [HERE, THERE]
    assert letters(Who.OWNER) == ["moved_on"]
    assert letters(Who.COORDINATOR) == ["not_arrived"]
    assert "Huis van Raad konden we niet bereiken: ons bericht kwam niet aan." in says("moved_on")


def test_without_permission_a_letter_that_came_back_is_told_as_it_is() -> None:
    row = asked(may_pass_on=False)
    drain(refuse, lambda: at(0.1))
    for day in range(1, 22):
        tick(at(day))
    assert chain(row) == [("huis-van-raad", "expired")]
    assert letters(Who.OWNER) == ["not_arrived", "door_unreached"]
    assert letters(Who.COORDINATOR) == ["not_arrived"], "nobody was late"
    assert letters(Who.RECEIVER) == ["new_file"], "and nobody was reminded"
    assert "Ons bericht aan Huis van Raad kwam nooit aan." in says("door_unreached", DAY_15)
    state, told = store.state_of(row), [line for _, line in lines(row, "Huis", "nl")]
    assert headline(state, "Huis", "nl", DAY_15.date()) == told[-1]
    assert told[1:] == [
        "Ons bericht aan Huis kwam niet aan.",
        "We konden Huis niet bereiken: ons bericht kwam niet aan. We sloten deze deur.",
    ]


def test_a_reminder_that_is_refused_counts_as_a_letter_that_came_back() -> None:
    row = asked()
    drain(lambda intent: True, lambda: at(0.1))
    tick(at(3))
    drain(refuse, lambda: at(3.1))
    tick(at(3.2))
    assert chain(row) == [HERE, THERE]
    assert letters(Who.OWNER) == ["moved_on"]
    told = [line for _, line in lines(row, "Huis", "nl")]
    assert told[-3:-1] == [
        "We herinnerden Huis aan je vraag.",
        "Ons bericht aan Huis kwam niet aan.",
    ]


def test_a_letter_that_came_back_after_a_contact_changes_nothing() -> None:
    row = asked()
    store.record(row.pk, event(Kind.CONTACT, 0.05))
    drain(refuse, lambda: at(0.1))
    tick(DAY_8)
    assert chain(row) == [("huis-van-raad", "in_contact")]
    assert letters() == ["new_file"]


SINCE = [
    # what the second house had of another firm, and where a first one goes after eight days
    ("came back", [(Kind.BOUNCED, 8, Who.SYSTEM)], THIRD),
    ("came back long ago", [(Kind.BOUNCED, -9, Who.SYSTEM)], SECOND),
    ("arrived since", [(Kind.BOUNCED, 3, Who.SYSTEM), (Kind.HANDED_OVER, 4, Who.SYSTEM)], SECOND),
    ("spoke since", [(Kind.BOUNCED, 3, Who.SYSTEM), (Kind.SEEN, 4, Who.RECEIVER)], SECOND),
]


@pytest.mark.parametrize(("name", "had", "door"), SINCE, ids=[name for name, *_ in SINCE])
def test_a_door_that_letters_do_not_reach_is_skipped(
    name: str, had: list[tuple[Kind, float, Who]], door: str
) -> None:
    row = asked()
    other = sent("other firm", SECOND, at(-20))
    for kind, day, who in had:
        store.record(other.pk, event(kind, day, who))
    tick(DAY_8)
    assert Referral.objects.get(after=row).receiver.record_id == door


def test_where_no_door_is_reached_the_owner_is_asked() -> None:
    row = asked(later=[])
    other = sent("other firm", SECOND, at(1))
    store.record(other.pk, event(Kind.BOUNCED, 2, Who.SYSTEM))
    tick(DAY_8)
    assert len(chain(row)) == 1
    assert "We kennen geen andere deur voor deze vraag." in says("other_door")


def test_taken_without_a_contact_goes_on_by_the_same_ladder() -> None:
    row = asked()
    store.record(row.pk, event(Kind.ACCEPTED, 8))
    tick(at(17))
    assert len(chain(row)) == 1
    tick(at(18))
    assert chain(row) == [HERE, THERE]


def test_a_contact_at_the_same_moment_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the tick found is looked at again under the lock."""
    row, real = asked(), onward.by_clock

    def meanwhile(row: Referral, now: Any) -> Any:
        found = real(row, now)
        store.record(row.pk, event(Kind.CONTACT, 9.9))
        return found

    monkeypatch.setattr(onward, "by_clock", meanwhile)
    tick(DAY_8)
    assert chain(row) == [("huis-van-raad", "in_contact")]
    assert letters(Who.OWNER) == []


def test_the_owner_who_went_first_is_not_sent_twice() -> None:
    row = asked()
    tick(DAY_5)
    made = onward.order_to(row, Receiver.objects.get(record_id=SECOND), Who.OWNER, "page", DAY_5)
    store.move(made, DAY_5, onward.key_after(row))
    tick(DAY_8)
    assert chain(row) == [("huis-van-raad", "withdrawn"), (SECOND, "offered")]


def test_what_went_on_does_not_go_on_again() -> None:
    row = asked()
    tick(DAY_8)
    third = Receiver.objects.get(record_id=THIRD)
    order = onward.order_to(row, third, Who.SYSTEM, "clock", DAY_8)
    with pytest.raises(BakenError):
        store.pass_on(row.pk, order, event(Kind.EXPIRED, 11, by=Who.SYSTEM), "another key")
    assert Referral.objects.count() == 2


def test_windows_that_are_over_do_not_go_along() -> None:
    row = asked()
    when = [in_words("nl", window) for window in windows(MONDAY.date())]
    Referral.objects.update(dossier={"lang": "nl", "contact": {"phone": "0400", "when": when}})
    row.refresh_from_db()
    to = Receiver.objects.get(record_id=SECOND)
    days = {1: 8, 4: 2, 10: 0}
    for day, left in days.items():
        made = onward.order_to(row, to, Who.RECEIVER, "desk", at(day))
        assert made.dossier["contact"] == {"phone": "0400", "when": when[10 - left :]}
    Receiver.objects.filter(record_id=SECOND).update(promise=2)
    faster = onward.order_to(row, Receiver.objects.get(record_id=SECOND), Who.OWNER, "page", at(1))
    assert faster.dossier["contact"]["when"] == when[2:6], "those within its own promise"


def test_a_first_letter_that_never_went_is_taken_back_instead_of_withdrawn() -> None:
    row = sent()
    row.intents.filter(letter="sent").delete()
    store.record(row.pk, event(Kind.WITHDRAWN, 0.1, by=Who.OWNER))
    assert letters(Who.RECEIVER) == ["new_file"]
    assert Intent.objects.get(to="receiver").stage == Intent.DROPPED
    done = drain(sender(lambda: at(1)), lambda: at(1))
    assert done.sent == 0


def test_a_first_letter_that_may_have_gone_is_followed_by_the_truth() -> None:
    row = sent()
    Intent.objects.update(stage=Intent.BEGUN)
    store.record(row.pk, event(Kind.WITHDRAWN, 0.1, by=Who.OWNER))
    assert letters(Who.RECEIVER) == ["new_file", "withdrawn"]


def test_the_old_link_of_a_door_that_was_passed_says_so_kindly() -> None:
    row = asked()
    _, token = links.link_for(row, Who.RECEIVER, timezone.localdate())
    tick(timezone.now() + timedelta(days=40))
    for visit in (Client().get, Client().post):
        page = visit(f"/dossier/{token}", {"do": "open"})
        content = html.unescape(page.content.decode())
        assert page.status_code == 410
        assert "Dit dossier is gesloten" in content
        assert "De onderneming is naar een andere deur" in content
        assert "oven" not in content


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_the_owner_s_page_leads_with_the_alternative(
    site: Client, lang: str, records: None
) -> None:
    receiver("energiehuis", name="Energiehuis")
    row = sent(alternative="energiehuis")
    tick(DAY_8)
    _, token = links.link_for(row, Who.OWNER, timezone.localdate())
    page = html.unescape(site.get(f"{lang}/vervolg/{token}").content.decode())
    assert lang or "nam geen contact op. We raden je nu Energiehuis aan." in page
    main = page.split("<main")[1]
    first = main.index('class="button"')
    assert 'value="other"' in main[first : first + 60], "it is the first and only full button"
    assert main.count('class="button"') == 1
    written = letter(Intent.objects.get(letter="other_door"), DAY_8)
    assert written is not None
    assert "Energiehuis" in written["Subject"]


def test_an_organisation_that_ceases_leaves_no_question_behind(site: Client) -> None:
    """The operator's table says ``gone``: what waits there goes on, what is in contact stays."""
    rows = {
        "asked": sent("a", "bakkerscentrum", alternative="energiehuis", may_pass_on=True),
        "not asked": sent("b", "bakkerscentrum", alternative="energiehuis"),
        "in contact": sent("c", "bakkerscentrum"),
    }
    receiver("energiehuis", name="Energiehuis")
    store.record(rows["in contact"].pk, event(Kind.CONTACT, 1))
    table = ["id,address,active", "bakkerscentrum,a@b.example,gone"]
    for _ in "twice":
        set_receivers(table)
    states = {name: chain(row) for name, row in rows.items()}
    assert states["asked"] == [("bakkerscentrum", "expired"), ("energiehuis", "offered")]
    assert states["not asked"] == [("bakkerscentrum", "expired")]
    assert states["in contact"] == [("bakkerscentrum", "in_contact")]
    assert sorted(letters(Who.OWNER)) == ["door_gone", "moved_on"]
    assert "Centrum voor bakkers helpt geen ondernemers meer." in says("moved_on", timezone.now())
    _, token = links.link_for(rows["not asked"], Who.OWNER, timezone.localdate())
    page = html.unescape(site.get(f"/vervolg/{token}").content.decode())
    assert "Centrum voor bakkers helpt niet meer. We sloten deze deur." in page
    assert "Een andere deur: Energiehuis" in page
    with pytest.raises(BakenError, match="takes no files"):
        sent("d", "bakkerscentrum")


def test_state_after_moving_is_what_its_events_tell() -> None:
    row = asked()
    tick(DAY_8)
    row.refresh_from_db()
    assert store.state_of(row).handling.value is Handling.EXPIRED
    assert (row.ended, row.handling) == (True, "expired")
