"""The coordinator hears of a door where nobody answered, also where the question left it in the
same round; and the owner's history says that it was reported only where it was.
"""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from typing import Any

import pytest

from baken.refer.model import Kind, Who
from baken.web.handover import history, outbox, question, store
from baken.web.handover.models import Intent, Referral
from baken.web.handover.post import OTHERS, letter
from baken.web.handover.tick import tick
from tests.web.handover.doors import SECOND, asked
from tests.web.handover.made import at, event

pytestmark = pytest.mark.django_db
SAID = "We meldden dat."


@pytest.fixture(autouse=True)
def coordinator(settings: Any) -> None:
    settings.BAKEN_COORDINATOR = "coordinator@baken.example"


def heard(now: datetime, up: bool = True) -> list[EmailMessage]:
    """What the coordinator gets in a round."""
    found = []

    def send(intent: Intent) -> bool:
        written = letter(intent, now)
        if written is not None and not up:
            raise outbox.Temporary("down")
        if written is not None and intent.to == "coordinator":
            found.append(written)
        return written is not None

    outbox.drain(send, lambda: now)
    return found


def body(message: EmailMessage) -> str:
    return " ".join(message.get_content().split())


def told(row: Referral) -> str:
    found = Referral.objects.get(pk=row.pk)
    return " ".join(says for _, says in history.lines(found, "Huis van Raad", "nl"))


ROUNDS: dict[str, tuple[dict[str, Any], list[float], str]] = {
    "crisis": ({"crisis": True}, [0.1, 1, 2, 3], "went_on"),
    "stood still until day 8": ({}, [0.1, 10], "went_on"),
    "stood still until day 15": ({}, [0.1, 21], "went_on"),
    "no next door": ({"alternative": "", "later": []}, [0.1, 21], "shut"),
    "not allowed to go on": ({"may_pass_on": False}, [0.1, 21], "shut"),
    "on time": ({}, [0.1, 3, 8], "waits"),
}
"""How a question was sent, when the clocks ran, and how the last round's letter names it."""
NAMES = {
    "went_on": "Huis van Raad: het dossier ging door naar Tweede huis.",
    "shut": "Huis van Raad: het dossier sloot daar.",
    "waits": "Huis van Raad: contact beloofd uiterlijk op 9 maart 2026, en nog geen woord.",
}


@pytest.mark.parametrize("how", ROUNDS)
def test_the_letter_of_the_round_names_the_file(how: str) -> None:
    more, days, way = ROUNDS[how]
    row = asked(**more)
    for day in days:
        tick(at(day))
        assert SAID not in told(row)
        got = heard(at(day))
    (one,) = got
    says = body(one)
    assert NAMES[way] in says and f"/bureau/dossier/{row.public_id}" in says
    gone = str(one["Subject"]).startswith("Zonder contact doorgegaan of gesloten: ")
    assert gone is (way != "waits") and "oven" not in says
    assert SAID in told(row)


def test_it_is_told_once() -> None:
    asked(crisis=True)
    other = asked("form-2")
    tick(at(3))
    heard(at(3))
    store.record(other.pk, event(Kind.BOUNCED, 4, by=Who.SYSTEM))
    (one,) = heard(at(4))
    assert "ging door" not in body(one)


def test_each_door_of_the_way_is_told() -> None:
    asked(crisis=True)
    said = []
    for day in range(0, 16):
        tick(at(day))
        said += [body(one) for one in heard(at(day))]
    assert [text.count("ging door naar") for text in said] == [1, 1, 0]
    assert "contact beloofd uiterlijk" in said[-1], "the last door waits until it shuts"


def test_after_days_without_mail_it_is_told_still() -> None:
    row = asked(crisis=True)
    heard(at(0))
    for day in range(3, 9):
        tick(at(day))
        heard(at(day), up=False)
        assert SAID not in told(row)
    tick(at(10))
    (one,) = heard(at(10))
    assert f"{NAMES['went_on']}" in body(one) and row.public_id in body(one)
    assert SAID in told(row)


ONCE = "Huis van Raad: het dossier "
AT_DOOR: dict[str, tuple[list[Kind], str]] = {
    "our letter never left": ([], "Onze brief is nooit vertrokken: kijk na of de mail"),
    "no word": ([Kind.HANDED_OVER], "Daar kwam geen woord."),
    "taken on": ([Kind.ACCEPTED], "Ze namen het aan."),
    "called": ([Kind.TRIED, Kind.TRIED], "Ze probeerden de onderneming 2 keer te bereiken"),
    "full": ([Kind.FULL], "Ze zeiden vol te zitten."),
    "denied": ([Kind.CONTACT, Kind.NO_CONTACT], "de onderneming zegt van niet."),
}
"""What happened at a door that was left late, and what the coordinator reads of it."""
SAYS = {Kind.NO_CONTACT: Who.OWNER, Kind.HANDED_OVER: Who.SYSTEM}


@pytest.mark.parametrize("may_pass_on", [True, False], ids=["went on", "shut"])
@pytest.mark.parametrize("how", AT_DOOR)
def test_it_tells_what_was_done_at_the_door_that_was_left(how: str, may_pass_on: bool) -> None:
    kinds, says = AT_DOOR[how]
    row = asked(may_pass_on=may_pass_on)
    for number, kind in enumerate(kinds):
        until = at(2).date() if kind is Kind.FULL else None
        by = SAYS.get(kind, Who.RECEIVER)
        store.record(row.pk, event(kind, 0.1 + number / 10, by, until=until))
    tick(at(40))
    way = "ging door naar Tweede huis." if may_pass_on else "sloot daar."
    assert f"{ONCE}{way} " in told_coordinator(40)
    assert says in told_coordinator(40)


def told_coordinator(day: float) -> str:
    """The last letter that waits for the coordinator."""
    intent = Intent.objects.filter(to="coordinator").order_by("pk").last()
    assert intent is not None
    written = OTHERS[intent.letter](intent, at(day))
    assert written is not None
    return body(written)


UNHEARD = "Deze onderneming krijgt geen mail van ons."
CALLS: dict[str, tuple[dict[str, Any], bool, str]] = {
    "went on": ({"may_pass_on": True}, False, "Vraag Tweede huis om haar te bellen."),
    "shut, opened": ({"may_pass_on": False}, True, "vraag of ze haar nog kunnen bellen."),
    "shut, never opened": ({"may_pass_on": False}, False, "niemand kan haar nu bellen."),
}


@pytest.mark.parametrize("mail", [True, False])
@pytest.mark.parametrize("how", CALLS)
def test_of_a_firm_without_mail_it_tells_who_can_call_it_now(how: str, mail: bool) -> None:
    more, opened, says = CALLS[how]
    row = asked(crisis=True, owner_address="bakker@firma.example" if mail else "", **more)
    if opened:
        store.record(row.pk, event(Kind.SEEN, 0.1))
    tick(at(10))
    got = told_coordinator(10)
    assert (UNHEARD in got) is (says in got) is not mail


def answered(row: Referral) -> None:
    store.record(row.pk, event(Kind.CONTACT, 8.1))


def wiped(row: Referral) -> None:
    question.wipe(row, at(8.1))


@pytest.mark.parametrize("ends", [answered, wiped])
def test_what_was_answered_or_wiped_before_the_letter_left_is_not_told(ends: Any) -> None:
    row, other = asked(), asked("form-2", may_pass_on=False)
    heard(at(0))
    tick(at(8))
    ends(row)
    (one,) = heard(at(8.2))
    assert row.public_id not in body(one) and other.public_id in body(one)
    assert SAID not in told(row) and SAID in told(other)


def test_without_a_coordinator_nobody_reads_that_it_was_reported(settings: Any) -> None:
    settings.BAKEN_COORDINATOR = ""
    row = asked(crisis=True)
    tick(at(3))
    assert not heard(at(3))
    assert "en we wisten van geen contact." in told(row) and SAID not in told(row)
    assert Referral.objects.get(receiver__record_id=SECOND).after == row
