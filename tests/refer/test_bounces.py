"""Reports of mail servers: which letter they are about, and whether it is lost for good."""

from __future__ import annotations

import random

import pytest

from baken.refer.bounces import MOST, Report, is_mail, read
from tests.refer.reports import EXIM, MARK, OTHER, QMAIL, given_back, report

SECOND = "\nFinal-Recipient: rfc822; b@ontvanger.example\nAction: {}\nStatus: 2.0.0\n"
READ = [
    ("by its headers", {}, {MARK}, True),
    ("by the whole letter", {"kind": "message/rfc822"}, {MARK}, True),
    ("by the envelope", {"envelope": OTHER, "returned": "Subject: x"}, {OTHER}, True),
    ("by the address", {"to": f"b+{MARK}@baken.example", "returned": "Subject: x"}, {MARK}, True),
    ("given up after days", {"status": "4.4.7"}, {MARK}, True),
    ("in capitals", {"action": "Failed"}, {MARK}, True),
    ("only late", {"action": "delayed", "status": "4.4.1"}, {MARK}, False),
    ("delivered", {"action": "delivered", "status": "2.0.0"}, {MARK}, False),
    ("one of two got it", {"more": SECOND.format("delivered")}, {MARK}, False),
    ("both of two failed", {"more": SECOND.format("failed")}, {MARK}, True),
    ("of another site", {"returned": "Message-ID: <abc@elders.example>"}, set(), True),
]


@pytest.mark.parametrize(("name", "more", "marks", "failed"), READ, ids=[r[0] for r in READ])
def test_what_a_report_says(name: str, more: dict[str, str], marks: set[str], failed: bool) -> None:
    found = read(report(**more))
    assert found is not None
    assert (found.marks, found.failed) == (marks, failed)


FAILED = "X-Failed-Recipients: a@ontvanger.example\n"
NO_ID = "Subject: x"
BACK = [
    ("of qmail", {}, {MARK}, "5.1.1"),
    ("of an older Exim", {"body": EXIM, "head": FAILED}, {MARK}, ""),
    ("in lines of Windows", {"body": QMAIL.replace("\n", "\r\n")}, {MARK}, "5.1.1"),
    ("by the address", {"to": f"b+{OTHER}@baken.example", "letter": NO_ID}, {OTHER}, "5.1.1"),
    ("of another site", {"letter": "Message-ID: <1@elders.example>"}, set(), "5.1.1"),
    ("by postmaster", {"sender": "Post <postmaster@x.example>"}, {MARK}, "5.1.1"),
    ("no number of a host", {"body": QMAIL.replace("(#5.1.1)", "192.5.1.1")}, {MARK}, ""),
    ("a mark in the text", {"letter": f"{NO_ID}\n\nMessage-ID: <{MARK}@baken>"}, set(), "5.1.1"),
    ("quoted before", {"body": f"Hi. This is the {MARK}\n\n--\n\n", "letter": NO_ID}, set(), ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "more", "marks", "status"), BACK, ids=[r[0] for r in BACK])
def test_a_letter_that_is_given_back_as_plain_text(
    name: str, more: dict[str, str], marks: set[str], status: str
) -> None:
    assert read(given_back(**more)) == Report(frozenset(marks), True, status)


LATE = EXIM.replace("This is a permanent error.", "This is only a warning.")
SAYS_NOTHING = [
    ("a late letter", {"body": LATE}),
    ("of whom nothing is known", {"body": "It did not arrive.\n\n---\n\n"}),
    ("a person who gives the report on", {"path": "<a@ontvanger.example>"}),
    ("no path", {"path": ""}),
    ("two paths", {"head": "Return-Path: <a@ontvanger.example>\n"}),
    ("a person away", {"sender": "a@ontvanger.example"}),
    ("a name of a daemon", {"sender": '"MAILER-DAEMON@x.example" <a@ontvanger.example>'}),
    ("a copy only", {"body": "\n--- Below this line is a copy of the message.\n\n"}),
    ("qmail in a quotation", {"body": "> " + QMAIL}),
    ("without a copy", {"body": QMAIL.replace("--- Below", "Below")}),
    ("in parts", {"head": "Content-Type: multipart/mixed; boundary=x\n"}),
]


@pytest.mark.parametrize(("name", "more"), SAYS_NOTHING, ids=[name for name, _ in SAYS_NOTHING])
def test_mail_that_is_no_letter_given_back_for_good(name: str, more: dict[str, str]) -> None:
    assert read(given_back(**more)) is None


NONE = [
    ("an out of office note", b"From: a@b.example\nSubject: afwezig\n\nIk ben er niet.\n"),
    ("empty", b""),
    ("no mail", b"\x00\xff" * 50),
    ("a report without its part", report().replace(b"message/delivery-status", b"text/plain")),
    ("larger than a report is", report() + b"x" * MOST),
]


@pytest.mark.parametrize(("name", "raw"), NONE, ids=[name for name, _ in NONE])
def test_what_is_no_report(name: str, raw: bytes) -> None:
    assert read(raw) is None


def test_broken_reports_are_read_or_not_but_never_stop_it() -> None:
    draw = random.Random(7)
    for number in range(600):
        raw = bytearray(report() if number % 3 else given_back())
        for _ in range(draw.randint(1, 30)):
            raw[draw.randrange(len(raw))] = draw.randrange(256)
        assert isinstance(read(bytes(raw[: draw.randrange(len(raw))])), Report | None)


def test_many_parts_within_parts_stop_nothing() -> None:
    head = b"Content-Type: multipart/report; boundary=x\n\n--x\n"
    assert read(head * 3_000) is None


@pytest.mark.parametrize(("raw", "yes"), [(report(), True), (b"hallo\n", False), (b"", False)])
def test_what_begins_as_mail(raw: bytes, yes: bool) -> None:
    assert is_mail(raw) == yes
