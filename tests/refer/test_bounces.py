"""Reports of mail servers: which letter they are about, and whether it is lost for good."""

from __future__ import annotations

import random

import pytest

from baken.refer.bounces import MOST, Report, is_mail, read
from tests.refer.reports import MARK, OTHER, report

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
    for _ in range(400):
        raw = bytearray(report())
        for _ in range(draw.randint(1, 30)):
            raw[draw.randrange(len(raw))] = draw.randrange(256)
        assert isinstance(read(bytes(raw[: draw.randrange(len(raw))])), Report | None)


def test_many_parts_within_parts_stop_nothing() -> None:
    head = b"Content-Type: multipart/report; boundary=x\n\n--x\n"
    assert read(head * 3_000) is None


@pytest.mark.parametrize(("raw", "yes"), [(report(), True), (b"hallo\n", False), (b"", False)])
def test_what_begins_as_mail(raw: bytes, yes: bool) -> None:
    assert is_mail(raw) == yes
