"""Delivery reports that come back by mail: the letter is marked, and its referral knows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from baken.kernel.errors import BakenError
from baken.refer.bounces import MOST, Report, is_mail, read
from baken.signals.read.mail import messages
from baken.web.handover.mended import send_again
from baken.web.handover.models import Intent, message_id_of
from baken.web.handover.outbox import came_back

MOST_MESSAGES, MOST_BYTES = 10_000, 50_000_000
BOUNCED, KNOWN, NOT_OURS, NOT_FINAL, NO_REPORT = (
    "bounced", "known already", "not of this site", "not final", "no report"
)  # fmt: skip
_EXPECTED = "a delivery report (RFC 3464), an mbox or a Maildir"


def take_file(path: Path, now: datetime) -> Counter[str]:
    """Read a message, an mbox, or what is new in a Maildir (it is moved to ``cur``, as seen).

    Raises:
        BakenError: when it can't be read, or is no mail.
    """
    try:
        if path.is_dir():
            return _take_maildir(path, now)
        with path.open("rb") as file:
            return take(of_file(file, str(path)), now)
    except OSError as e:
        raise BakenError(str(path), f"can't be read: {e.strerror}", _EXPECTED) from e


def of_file(file: BinaryIO, name: str) -> Iterator[bytes]:
    """The messages of an mbox, or the one message that a file holds; of a large message only so
    much that it shows. Raises :class:`BakenError` when it is no mail, or too much.
    """
    raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise BakenError(name, f"larger than {MOST_BYTES} bytes", "a part of it at a time")
    if raw.startswith(b"From "):
        yield from messages(BytesIO(raw), MOST)
    elif is_mail(raw):
        yield raw
    else:
        raise BakenError(name, "this is no mail" if raw else "it is empty", _EXPECTED)


def take(found: Iterable[bytes], now: datetime) -> Counter[str]:
    """What became of each message, counted."""
    counts: Counter[str] = Counter()
    for number, raw in enumerate(found):
        if number >= MOST_MESSAGES:
            raise BakenError("", f"more than {MOST_MESSAGES} messages", "a part of them at a time")
        report = read(raw)
        counts[NO_REPORT if report is None else _take(report, now)] += 1
    return counts


def _take(report: Report, now: datetime) -> str:
    if not report.failed:
        return NOT_FINAL
    names = [message_id_of(mark) for mark in report.marks]
    with transaction.atomic():
        intent = Intent.objects.select_for_update().filter(message_id__in=names).first()
        if intent is None:
            return NOT_OURS
        if intent.stage == Intent.DEAD:
            return KNOWN
        left, receiver = intent.done_at, intent.referral and intent.referral.receiver
        intent.stage, intent.lease_until, intent.done_at = Intent.DEAD, None, now
        intent.failed = f"came back: {report.status}".strip()[:100]
        intent.save(update_fields=["stage", "lease_until", "done_at", "failed"])
        came_back(intent, now)
        if left and receiver and receiver.address_since and left < receiver.address_since:
            send_again(intent.referral, receiver, now)
    return BOUNCED


def _take_maildir(folder: Path, now: datetime) -> Counter[str]:
    new, seen = folder / "new", folder / "cur"
    if not new.is_dir() or not seen.is_dir():
        raise BakenError(str(folder), "no Maildir (new, cur)", _EXPECTED)
    counts: Counter[str] = Counter()
    for path in sorted(new.iterdir())[:MOST_MESSAGES]:
        with path.open("rb") as file:
            counts += take([file.read(MOST + 1)], now)
        path.rename(seen / f"{path.name}:2,S")
    return counts
