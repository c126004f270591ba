"""What the mail server answers: what says that an address is dead, and what only that no mail goes
from here.
"""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.management import CommandError, call_command
from django.utils import timezone

from baken.web.handover import outbox, store, wire
from baken.web.handover.models import Intent
from tests.web.handover.made import MONDAY, sent

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)

ADDRESSES: list[tuple[str, type[Exception] | None]] = [
    ("250 ok", None),
    ("550 5.1.1 no such user here", outbox.Refused),
    ("550 5.1.2 no such domain", outbox.Refused),
    ("552 5.2.2 mailbox full", outbox.Refused),
    ("550 unknown", outbox.Refused),
    ("553 no such mailbox", outbox.Refused),
    ("450 4.2.1 try later", outbox.Temporary),
    ("554 transaction failed", outbox.Temporary),
    ("550 5.7.1 refused by policy", outbox.Temporary),
    ("550 5.4.4 unable to route", outbox.Temporary),
    ("553 5.1.8 the sender's domain does not exist", outbox.Temporary),
    ("554 5.7.1 <a@b.example>: Relay access denied", outbox.NotRelayed),
    ("550 relay not permitted", outbox.NotRelayed),
    ("550 5.7.54 unable to relay there", outbox.NotRelayed),
    ("530 5.7.0 authentication required", outbox.NotRelayed),
    ("530 5.7.0 must issue a STARTTLS command first", outbox.NotRelayed),
]


class Answers:
    """A mail server that answers each address, sender and text as it is told."""

    def __init__(self) -> None:
        self.rcpt = self.mail = self.data = "250 ok"
        self.taken = 0

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, at: str, o: Any) -> str:
        envelope.mail_from = at
        return self.mail

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, to: str, o: Any) -> str:
        if self.rcpt.startswith("2"):
            envelope.rcpt_tos.append(to)
        return self.rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken += self.data.startswith("2")
        return self.data


@pytest.fixture
def mail(settings: Any) -> Iterator[Answers]:
    answers = Answers()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(answers, hostname="127.0.0.1", port=port)
    controller.start()
    settings.BAKEN_SMTP_HOST, settings.BAKEN_SMTP_PORT = "127.0.0.1", port
    yield answers
    controller.stop()


def clock(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def drained(moment: datetime) -> outbox.Drained:
    return outbox.drain(wire.sender(clock(moment)), clock(moment))


@pytest.mark.parametrize(("answer", "means"), ADDRESSES, ids=[a for a, _ in ADDRESSES])
def test_what_an_answer_about_an_address_means(
    mail: Answers, answer: str, means: type[Exception] | None
) -> None:
    mail.rcpt = answer
    sent()
    send = wire.sender(clock(MONDAY))
    intent = Intent.objects.get(letter="new_file")
    if means is None:
        assert send(intent)
        return
    with pytest.raises(means) as raised:
        send(intent)
    assert type(raised.value) is means


def test_a_server_that_will_not_relay_gives_no_address_up_however_long_it_lasts(
    mail: Answers,
) -> None:
    row = sent()
    mail.rcpt = "554 5.7.1 <a@b.example>: Relay access denied"
    moment = MONDAY
    for _ in range(3 * outbox.MOST_TRIES):
        done = drained(moment)
        assert (done.later, done.dead, done.down) == (2, 0, True)
        moment += timedelta(hours=2)
    assert store.state_of(row).delivery.value == "queued"
    mail.rcpt = "250 ok"
    assert drained(moment).sent == 2
    assert store.state_of(row).delivery.value == "handed_over"


def test_a_server_that_is_not_there_is_asked_once_a_round_and_gets_all_when_it_is_back(
    mail: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def away(*at: Any, **more: Any) -> Any:
        asked.append(at)
        raise ConnectionRefusedError

    for number in range(4):
        sent(f"form-{number}")
    moment = MONDAY
    with monkeypatch.context() as patched:
        patched.setattr(smtplib.SMTP, "connect", away)
        for hours in range(3 * 24):
            moment = MONDAY + timedelta(hours=hours)
            assert (drained(moment).later, len(asked)) == (1, hours + 1)
    assert set(Intent.objects.values_list("stage", flat=True)) == {Intent.WAITING}
    assert max(Intent.objects.values_list("attempts", flat=True)) == 1
    assert drained(moment + outbox.SOON * MINUTE).later == 0
    assert not Intent.objects.filter(stage=Intent.WAITING).exists()
    assert mail.taken > 0


@pytest.mark.parametrize(
    ("part", "answer", "counts"),
    [
        ("mail", "530 5.7.0 authentication required", False),
        ("mail", "550 5.7.1 sender not allowed", False),
        ("data", "554 5.7.1 looks like spam", True),
        ("data", "451 4.3.0 disk full", True),
    ],
)
def test_a_refused_sender_is_of_the_server_and_a_refused_text_of_the_letter(
    mail: Answers, part: str, answer: str, counts: bool
) -> None:
    setattr(mail, part, answer)
    sent()
    with pytest.raises(outbox.Temporary) as raised:
        wire.sender(clock(MONDAY))(Intent.objects.get(letter="new_file"))
    assert raised.value.counts is counts


@pytest.mark.parametrize("answer", ["550 5.1.1 no such user", "552 5.2.2 mailbox full"])
def test_an_address_that_is_refused_after_the_text_comes_back_at_once(
    mail: Answers, answer: str
) -> None:
    row = sent()
    mail.data = answer
    done = drained(MONDAY)
    assert (done.later, done.dead, done.down) == (0, 2, False), "the organisation's and the owner's"
    assert store.state_of(row).delivery.value == "bounced"


@pytest.mark.parametrize(
    "answer", ["550 message rejected", "553 5.1.8 the sender's domain does not exist"]
)
def test_what_may_speak_of_the_text_or_of_us_gives_no_address_up(
    mail: Answers, answer: str
) -> None:
    row = sent()
    mail.data = answer
    done = drained(MONDAY)
    assert (done.later, done.dead) == (2, 0)
    assert store.state_of(row).delivery.value == "queued"


def test_a_server_that_breaks_off_counts_for_its_letter_and_ends_the_round(
    mail: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*said: Any) -> Any:
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(smtplib.SMTP, "data", cut)
    sent()
    done = drained(MONDAY)
    assert (done.later, done.down) == (1, False)
    assert drained(MONDAY).later == 1, "the next letter has its turn in the next round"


def test_the_operator_reads_why_no_mail_goes(
    mail: Answers, caplog: pytest.LogCaptureFixture
) -> None:
    mail.rcpt = "554 5.7.1 <a@b.example>: Relay access denied"
    sent(on=timezone.now())
    out = StringIO()
    with pytest.raises(CommandError, match="does not relay for us") as raised:
        call_command("handover", stdout=out)
    assert raised.value.returncode == 2
    assert ", 2 to try again, 0 given up." in out.getvalue()
    assert "letters that did not go: 2, the mail server does not relay for us: [554]" in caplog.text
    assert "@" not in caplog.text


def test_a_letter_that_is_given_up_is_told_as_that() -> None:
    sent()
    Intent.objects.filter(letter="new_file").update(attempts=outbox.MOST_TRIES - 1)

    def busy(intent: Intent) -> bool:
        raise outbox.Temporary("busy")

    done = outbox.drain(busy, clock(MONDAY), most=2)
    assert (done.later, done.dead) == (1, 1)
