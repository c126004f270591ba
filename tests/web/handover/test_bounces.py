"""Mail that comes back: the letter is marked once, the owner hears it and may leave."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from baken.refer.model import Kind, Who
from baken.web.handover import bounces, outbox, store
from baken.web.handover.models import EventRow, Intent, Referral
from baken.web.handover.post import letter
from baken.web.handover.wire import hand_over
from tests.refer.reports import given_back, report
from tests.web.handover.following import owners_page
from tests.web.handover.made import MONDAY, at, event, letters, sent

pytestmark = pytest.mark.django_db


def sent_and_gone(**more: Any) -> Referral:
    """A question whose letter the mail server took."""
    row = sent(**more)
    outbox.drain(lambda intent: True, lambda: at(0.1))
    return row


def mark(kind: str = "new_file", to: Who = Who.RECEIVER) -> str:
    """What the letter is known again by."""
    message_id: str = Intent.objects.get(letter=kind, to=str(to)).message_id
    return message_id.removesuffix("@baken")


def came_back(of: str, **more: str) -> bytes:
    return report(returned=f"Message-ID: <{of}@baken>", **more)


def told(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the command says of a pipe."""
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    call_command("bounces", stdout=out)
    return out.getvalue().strip()


def test_a_first_letter_that_came_back_is_known_once(monkeypatch: pytest.MonkeyPatch) -> None:
    row = sent_and_gone()
    raw = came_back(mark())
    assert told(raw, monkeypatch) == "1 messages: 1 bounced."
    assert told(raw, monkeypatch) == "1 messages: 1 known already."
    row.refresh_from_db()
    assert (row.delivery, row.handling) == ("bounced", "offered")
    assert Intent.objects.get(letter="new_file").failed == "came back: 5.1.1"
    assert letters(Who.OWNER) == letters(Who.COORDINATOR) == ["not_arrived"]
    assert EventRow.objects.filter(kind="bounced").count() == 1


def test_that_a_question_was_sent_is_not_said_once_our_letter_was_refused() -> None:
    row, went = sent(), []

    def send(intent: Intent) -> bool:
        if intent.to == Who.RECEIVER:
            raise outbox.Refused("the address is refused: [550]")
        made = letter(intent, at(0))
        went.append(made and made["Subject"])
        return made is not None

    outbox.drain(send, lambda: at(0))
    outbox.drain(send, lambda: at(1))
    assert [told for told in went if told] == ["Een bericht kwam niet aan"]
    row.refresh_from_db()
    assert row.delivery == "bounced"


def test_a_letter_that_left_is_told_as_mailed_and_not_as_arrived() -> None:
    row = sent_and_gone()
    assert "We mailden Huis van Raad dat je vraag er is." in owners_page(row)
    assert "kwam aan" not in owners_page(row)


def test_a_letter_given_back_as_plain_text_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    row = sent_and_gone()
    raw = given_back(letter=f"Message-ID: <{mark()}@baken>")
    assert told(raw, monkeypatch) == "1 messages: 1 bounced."
    assert told(raw, monkeypatch) == "1 messages: 1 known already."
    row.refresh_from_db()
    assert row.delivery == "bounced"
    assert Intent.objects.get(letter="new_file").failed == "came back: 5.1.1"


def test_the_owner_may_leave_at_once() -> None:
    row = sent_and_gone(on=timezone.now())
    bounces.take([came_back(mark())], timezone.now())
    page = owners_page(row)
    assert "kwam niet aan" in page
    assert "zoeken we een andere deur" in page


def test_a_report_that_is_faster_than_our_own_note_wins() -> None:
    row = sent()
    intent = outbox.take(at(0.1))
    assert intent is not None
    bounces.take([came_back(mark())], at(0.1))
    outbox._done(intent, at(0.2), went=True)
    row.refresh_from_db()
    assert row.delivery == "bounced"
    assert Intent.objects.get(letter="new_file").stage == Intent.DEAD


OTHERS = [
    ("only late", {"action": "delayed", "status": "4.4.1"}, "1 not final"),
    ("of another site", {"of": "0" * 32}, "1 not of this site"),
]


@pytest.mark.parametrize(("name", "more", "says"), OTHERS, ids=[name for name, *_ in OTHERS])
def test_other_reports_change_nothing(
    name: str, more: dict[str, str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent_and_gone()
    more.setdefault("of", mark())
    assert told(came_back(**more), monkeypatch) == f"1 messages: {says}."
    assert Referral.objects.get().delivery == "handed_over"


@pytest.mark.parametrize(
    ("kind", "says"), [(Kind.CONTACT, "in_contact"), (Kind.REFUSED, "refused")]
)
def test_what_was_said_in_the_meantime_stands(kind: Kind, says: str) -> None:
    row = sent_and_gone()
    more = {"reason": "other"} if kind is Kind.REFUSED else {}
    store.record(row.pk, event(kind, 1, **more))
    bounces.take([came_back(mark())], at(2))
    row.refresh_from_db()
    assert (row.handling, row.delivery) == (says, "handed_over")
    assert "not_arrived" not in letters()


def test_a_letter_to_the_owner_that_came_back_is_told_on_the_page() -> None:
    row = sent_and_gone()
    store.record(row.pk, event(Kind.ACCEPTED, 1))
    outbox.drain(lambda intent: True, lambda: at(1.1))
    assert bounces.take([came_back(mark("taken", Who.OWNER))], at(2)) == {"bounced": 1}
    row.refresh_from_db()
    assert row.delivery == "handed_over"
    assert "Een mail aan jou kwam niet aan" in owners_page(row)


JUNK = [
    (b"", "it is empty"),
    (b"hallo", "this is no mail"),
    (b"\x00\x01\xff" * 99, "this is no mail"),
]


@pytest.mark.parametrize(("raw", "says"), JUNK, ids=["empty", "text", "bytes"])
def test_what_is_no_mail_is_told(raw: bytes, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match=f"standard input: {says}; expected a delivery report"):
        told(raw, monkeypatch)


def test_more_than_it_reads_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounces, "MOST_BYTES", 100)
    with pytest.raises(CommandError, match="a part of it at a time"):
        told(report(), monkeypatch)


def test_an_mbox_and_a_maildir_are_read(tmp_path: Path) -> None:
    sent_and_gone(key="a")
    sent_and_gone(key="b")
    first, second = (
        i.message_id.removesuffix("@baken")
        for i in Intent.objects.filter(letter="new_file").order_by("pk")
    )
    box = tmp_path / "box"
    note = b"From: a@b.example\nSubject: afwezig\n\nTot maandag.\n"
    box.write_bytes(b"".join(b"From x\n" + m + b"\n" for m in (came_back(first), note)))
    assert bounces.take_file(box, MONDAY) == {"bounced": 1, "no report": 1}
    for name in ("new", "cur", "tmp"):
        (tmp_path / "dir" / name).mkdir(parents=True)
    (tmp_path / "dir" / "new" / "1").write_bytes(came_back(second))
    (tmp_path / "dir" / "new" / "2").write_bytes(b"x" * 2_000_000)
    assert bounces.take_file(tmp_path / "dir", MONDAY) == {"bounced": 1, "no report": 1}
    assert bounces.take_file(tmp_path / "dir", MONDAY) == {}
    assert len(list((tmp_path / "dir" / "cur").iterdir())) == 2


def test_a_place_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(CommandError, match="expected a delivery report"):
            call_command("bounces", str(path))


SERVERS = [
    # whether the server knows reports (DSN), the address for them, and what it is told
    (True, "bounces@baken.example", "bounces+{}@baken.example", ["ENVID={}", "RET=HDRS"]),
    (False, "", None, []),
]


@pytest.mark.parametrize(("dsn", "address", "sender", "options"), SERVERS, ids=["dsn", "plain"])
def test_a_letter_is_marked_so_that_its_report_finds_it(
    dsn: bool,
    address: str,
    sender: str | None,
    options: list[str],
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.BAKEN_BOUNCES = address
    given: dict[str, Any] = {}

    class Server:
        def __enter__(self) -> Any:
            return self

        def __exit__(self, *args: object) -> None:
            return None

        def connected(self) -> Any:
            return self

        def ehlo_or_helo_if_needed(self) -> None:
            return None

        def has_extn(self, name: str) -> bool:
            return dsn and name == "dsn"

        def send_message(self, message: Any, **options: Any) -> None:
            given.update(options)

    monkeypatch.setattr("baken.web.handover.wire._server", Server)
    sent()
    written = letter(Intent.objects.get(to="receiver"), MONDAY)
    assert written is not None
    hand_over(written)
    assert given["from_addr"] == (sender and sender.format(mark()))
    assert list(given["mail_options"]) == [o.format(mark()) for o in options]
