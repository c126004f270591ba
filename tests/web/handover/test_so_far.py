"""No word at all, "taken on" and calls in vain are three facts, each told as it is."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from baken.refer.letters import Letter
from baken.refer.model import Kind, Who
from baken.web.desk import chasing
from baken.web.desk.to_coordinator import letter as to_coordinator
from baken.web.handover import store
from baken.web.handover.came import told_receiver
from baken.web.handover.history import headline, lines
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import letter
from baken.web.handover.tick import tick
from baken.web.texts import text
from tests.web.handover.made import at, event, receiver, sent

pytestmark = pytest.mark.django_db
FACTS = {
    "unsent": (
        [],
        "Onze brief aan Huis van Raad is nog niet vertrokken",
        "Onze brief is nog niet vertrokken",
        "Onze brief aan Huis is nog niet vertrokken, en we weten nog van geen contact",
        "zeg dat er een vraag wacht",
    ),
    "silent": (
        [Kind.HANDED_OVER],
        "Tot nu toe weten we van geen",
        "nog geen woord",
        "We weten nog van geen contact met",
        "vraag om het aan te nemen, nee te zeggen",
    ),
    "taken": (
        [Kind.ACCEPTED],
        "nam je vraag aan, maar",
        "Aangenomen, maar nog geen contact",
        "nam je vraag aan, maar we weten nog van geen contact. Dat was beloofd",
        "nam dit aan, maar",
    ),
    "tried": (
        [Kind.TRIED, Kind.TRIED],
        "probeerde je 2 keer te bereiken, zonder succes",
        "probeerden de onderneming 2 keer te bereiken",
        "probeerde je 2 keer te bereiken, zonder succes. Contact was beloofd",
        "probeerde de onderneming 2 keer te bereiken, zonder succes. Bel",
    ),
    "full": (
        [Kind.FULL],
        "zei vol te zitten. Sindsdien weten we van geen contact",
        "zeiden vol te zitten, en sindsdien kwam er geen woord",
        "zei vol te zitten, en we weten nog van geen contact",
        "zei vol te zitten, en de dag waarop",
    ),
    "denied": (
        [Kind.CONTACT, Kind.NO_CONTACT],
        "zei dat jullie contact hadden, maar jij zei van niet",
        "Zij zeiden dat er contact was, de onderneming zegt van niet",
        "zei dat jullie contact hadden, maar jij zei van niet. Contact was beloofd",
        "vraag wie ze spraken",
    ),
}
"""What the receiver did; as the owner's letter tells it, the coordinator's letter, the owner's
page, and what the coordinator's page asks to do."""


SAYS = {Kind.NO_CONTACT: Who.OWNER, Kind.HANDED_OVER: Who.SYSTEM}


def _letters(name: Letter, now: float) -> str:
    written = letter(Intent.objects.get(letter=str(name), to="owner"), at(now))
    assert written is not None
    return " ".join(f"{written['Subject']} {written.get_content()}".split())


def _happen(row: Referral, kinds: list[Kind]) -> None:
    for number, kind in enumerate(kinds):
        until = date(2026, 3, 4) if kind is Kind.FULL else None
        by = SAYS.get(kind, Who.RECEIVER)
        store.record(row.pk, event(kind, 0.1 + number / 10, by, until=until))


@pytest.mark.parametrize("fact", FACTS)
def test_each_is_told_to_owner_and_coordinator(fact: str, settings: Any) -> None:
    kinds, owner, coordinator, page, asks = FACTS[fact]
    settings.BAKEN_COORDINATOR = "c@baken.example"
    row = sent()
    _happen(row, kinds)
    late_on = 10 if fact == "full" else 8
    tick(at(late_on))
    says = _letters(Letter.NO_WORD_YET, late_on)
    assert owner in says
    assert "antwoord" not in says
    told = to_coordinator(Intent.objects.get(to="coordinator"), at(late_on))
    assert told is not None and coordinator in " ".join(told.get_content().split())
    state = store.state_of(Referral.objects.get())
    assert asks in chasing.says(row, state, "nl", late=True)
    late = headline(state, "Huis", "nl", date(2026, 3, 13))
    assert page in late.replace("\u00a0", " ")
    tick(at(40))
    assert owner in _letters(Letter.DOOR_CLOSED, 40)
    state = store.state_of(Referral.objects.get())
    assert state.left_because == state.so_far_told == fact


SOON, STUCK = "Huis krijgt zo een bericht.", "Ons bericht aan Huis is nog niet vertrokken"
LETTER = [
    # what happened on which day, when its owner looks, and what the page says of our first letter
    ([], 0.5, SOON),
    ([], 1, STUCK),
    ([], 7, STUCK),
    ([(Kind.HANDED_OVER, 1.1)], 1.2, "We lieten Huis weten dat je vraag er is."),
    ([(Kind.SEEN, 1.1)], 1.2, "Huis opende je vraag."),
    ([(Kind.BOUNCED, 0.1), (Kind.SENT_AGAIN, 2)], 2.1, SOON),
    ([(Kind.BOUNCED, 0.1), (Kind.SENT_AGAIN, 2)], 3, STUCK),
]


@pytest.mark.parametrize(("happened", "looks", "says"), LETTER, ids=range(len(LETTER)))
def test_a_letter_that_still_waits_the_day_after_is_not_told_as_leaving_now(
    happened: list[tuple[Kind, float]], looks: float, says: str
) -> None:
    row = sent()
    for kind, day in happened:
        by = Who.RECEIVER if kind is Kind.SEEN else Who.SYSTEM
        store.record(row.pk, event(kind, day, by))
    state = store.state_of(Referral.objects.get())
    told = headline(state, "Huis", "nl", at(looks).date()).replace("\u00a0", " ")
    assert told.startswith(says) or f" {says}" in told
    assert "Contact is beloofd uiterlijk op" in told
    assert told.endswith(text("nl", "send.promise_else"))


LAST = [
    ([Kind.FULL, Kind.TRIED], "tried"),
    ([Kind.TRIED, Kind.FULL], "full"),
    ([Kind.TRIED, Kind.ACCEPTED], "tried"),
    ([Kind.FULL, Kind.ACCEPTED], "taken"),
    ([Kind.ACCEPTED, Kind.CONTACT, Kind.NO_CONTACT, Kind.TRIED], "tried"),
]


@pytest.mark.parametrize(("kinds", "so_far"), LAST, ids=[str(at) for at in range(len(LAST))])
def test_the_last_word_that_counts_is_told(kinds: list[Kind], so_far: str) -> None:
    row = sent()
    _happen(row, kinds)
    assert store.state_of(row).so_far == so_far


def test_a_click_of_the_owner_that_was_taken_back_says_nothing_of_the_receiver() -> None:
    row = sent()
    store.record(row.pk, event(Kind.CONTACT, 0.1, Who.OWNER))
    store.record(row.pk, event(Kind.NO_CONTACT, 0.2, Who.OWNER))
    assert store.state_of(row).so_far == "silent"


def test_a_door_that_said_no_and_was_passed_on_by_the_clock_tells_so() -> None:
    row = sent(alternative="tweede-huis", may_pass_on=True)
    sent("other", "tweede-huis")
    store.record(row.pk, event(Kind.REFUSED, 0.1, reason="no_room"))
    tick(at(1))
    told = [says for _, says in lines(row, "Huis", "nl")]
    assert "De klok van Baken stuurde je vraag door, zoals je toeliet." in told
    assert "We stelden je een andere deur voor." not in told


NEXT = [
    # the doors after the first one; what the history says of the eighth day, and what the letter
    (["energiehuis"], "We stelden je een andere deur voor.", "deur voor: Energiehuis"),
    (["tweede-huis"], "We stelden je een andere deur voor.", "deur voor: Tweede huis"),
    (["verdwenen", "energiehuis"], "We stelden je een andere deur voor.", "voor: Energiehuis"),
    (["verdwenen"], "We kennen geen andere deur voor deze vraag.", "We kennen geen andere deur"),
    ([], "We kennen geen andere deur voor deze vraag.", "We kennen geen andere deur"),
    (
        ["verre-huis"],
        "Er was niemand bij een andere deur. Je vraag bleef dus hier.",
        "Verre huis is er niet",
    ),
]
"""``energiehuis`` is in the catalogue, the second house takes files and left it, the far one is
away, and one vanished.
"""


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize(("doors", "says", "written"), NEXT, ids=[str(d) for d, *_ in NEXT])
def test_history_and_letter_mean_the_same_next_door(
    doors: list[str], says: str, written: str
) -> None:
    receiver("tweede-huis", name="Tweede huis")
    far = receiver("verre-huis", name="Verre huis")
    far.absences.create(first=date(2026, 3, 2), last=date(2026, 4, 10))
    alternative, *later = doors or [""]
    row = sent(alternative=alternative, later=later)
    tick(at(10))
    assert says in [line for _, line in lines(row, "Huis", "nl")]
    assert written in _letters(Letter.OTHER_DOOR, 10)
    far.absences.all().delete()
    assert says in [line for _, line in lines(row, "Huis", "nl")], "it tells what was so then"


def test_the_next_door_reads_that_calls_were_in_vain() -> None:
    row = sent(alternative="tweede-huis", may_pass_on=True)
    sent("other", "tweede-huis")
    for number, kind in enumerate((Kind.TRIED, Kind.TRIED)):
        store.record(row.pk, event(kind, 0.1 + number / 10))
    tick(at(10))
    after = Referral.objects.get(after=row)
    assert "probeerde de onderneming 2 keer te bereiken" in told_receiver(after, "nl")


CALLED = [
    # sent on Monday 2 March, so promised by the 9th; the day of an hour that was chosen later, and
    # of a call in vain; what the letter says of it, and the page on that day
    (None, 1, "Contact is beloofd uiterlijk op 9 maart 2026.", "op maandag 9 maart 2026."),
    (10, 8.2, "Contact is beloofd uiterlijk op 12 maart 2026.", "op donderdag 12 maart 2026."),
    (10, 10.2, "Contact is beloofd uiterlijk op 13 maart 2026.", "op vrijdag 13 maart 2026."),
    (None, 9, "Contact was beloofd uiterlijk op 9 maart 2026. Wachten", "op maandag 9 maart"),
]


@pytest.mark.parametrize(("hour", "call", "written", "page"), CALLED, ids=range(len(CALLED)))
def test_a_call_in_vain_promises_no_day_that_is_over(
    hour: float | None, call: float, written: str, page: str
) -> None:
    row = sent()
    Referral.objects.update(slot_at=hour and at(hour))
    store.record(row.pk, event(Kind.TRIED, call))
    assert written in _letters(Letter.TRIED, call).replace("\u00a0", " ")
    state = store.state_of(Referral.objects.get())
    told = headline(state, "Huis", "nl", at(call).date()).replace("\u00a0", " ")
    assert page in told
    assert "blijft" not in told


KNOWN = {
    "nl": r"(we (weten|wisten)|weten we)( nog)? van geen contact",
    "en": r"we (still know|know|knew) of no contact",
    "fr": r"à notre connaissance|connaissance d'(aucun|un) contact|aucun contact connu",
}
"""We know what was clicked: who called and did not say so did make contact."""
OF_A_SHUT_DOOR = [
    *(f"letters.left.{did}" for did in ("silent", "taken", "full", "closed")),
    *(f"handover.left.{did}" for did in ("silent", "taken", "full", "closed")),
    *(f"follow.shut_late.{did}" for did in ("silent", "unsent", "taken", "full")),
    *(f"letters.{name}.subject" for name in ("no_word_yet", "no_other_door", "door_closed")),
    *("letters.file_closed.text", "letters.next.stays", "handover.shut_expired"),
    *("handover.state.expired", "handover.state.full_over", "desk.state.expired"),
    *("desk.event.expired", "follow.state.closed_without", "follow.event.expired"),
    *("follow.step.escalate", "follow.untold.escalate", "letters.overdue.gone"),
]


@pytest.mark.parametrize("lang", KNOWN)
@pytest.mark.parametrize("name", OF_A_SHUT_DOOR)
def test_nobody_reads_that_there_was_no_contact_where_we_know_of_none(name: str, lang: str) -> None:
    told = {"from": "V", "to": "V", "day": "dag", "other": "U", "kept": ""}
    assert re.search(KNOWN[lang], text(lang, name, **told), re.IGNORECASE)
