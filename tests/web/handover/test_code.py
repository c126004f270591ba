"""The code for another device: mail goes in rounds, so its quarter of an hour begins when its
letter left.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.model import Event, Kind, Who
from baken.web.handover import links, store
from baken.web.handover.models import Intent, Referral
from baken.web.handover.outbox import drain
from baken.web.handover.post import letter
from tests.web.handover.opening import Browser

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 2, 11, 30, tzinfo=UTC)


@contextmanager
def minutes(count: float) -> Iterator[datetime]:
    """So many minutes after the code was asked."""
    now = START + timedelta(minutes=count)
    with patch("django.utils.timezone.now", return_value=now):
        yield now


@pytest.fixture
def second(row: Referral, file_address: str) -> Client:
    """Another device, which asked for a code."""
    Browser().post(file_address, {"do": "open"})
    Intent.objects.update(stage=Intent.DONE)
    client = Browser()
    with minutes(0):
        client.post(file_address, {"do": "code"})
    return client


def mailed(now: datetime) -> list[str]:
    """The letters that a round sends."""
    went = []

    def send(intent: Intent) -> bool:
        made = letter(intent, now)
        if made is not None:
            went.append(made.get_content())
        return made is not None

    drain(send, lambda: now)
    return went


def code(row: Referral) -> str:
    return links.code_of(links.link_for(row, Who.RECEIVER, timezone.localdate())[0])


LEFT = [
    # minutes until its letter leaves and until it is typed, and whether it opens
    (0, 14, True),
    (20, 34, True),
    (20, 36, False),
    (59, 73, True),
]


@pytest.mark.parametrize(("left", "typed", "opens"), LEFT)
def test_a_code_works_for_a_quarter_from_when_its_letter_left(
    row: Referral, file_address: str, second: Client, left: int, typed: int, opens: bool
) -> None:
    with minutes(left) as now:
        (told,) = mailed(now)
        assert code(row) in told
    with minutes(typed):
        page = second.post(file_address, {"do": "enter", "code": code(row)})
        assert page.status_code == (200 if opens else 403)


def test_no_letter_brings_a_code_that_is_too_old(
    row: Referral, file_address: str, second: Client
) -> None:
    with minutes(30):
        second.post(file_address, {"do": "code"})
        assert Intent.objects.filter(letter="code").count() == 1, "it is on its way still"
    with minutes(61) as now:
        assert mailed(now) == []
    with minutes(77) as now:
        second.post(file_address, {"do": "code"})
        (told,) = mailed(now)
        assert code(row) in told


def test_a_letter_of_a_code_for_a_dead_link_does_not_go(row: Referral, second: Client) -> None:
    with minutes(1) as now:
        store.record(row.pk, Event(Kind.WITHDRAWN, Who.OWNER, now, "x"))
        assert not [told for told in mailed(now) if "De code is" in told]


def test_who_typed_five_wrong_ones_asks_anew_after_a_quarter(
    row: Referral, file_address: str, second: Client
) -> None:
    with minutes(14) as now:
        mailed(now)
        wrong = f"{(int(code(row)) + 1) % 1_000_000:06d}"
        for _ in range(links.MOST_TRIES):
            page = second.post(file_address, {"do": "enter", "code": wrong})
        assert page.status_code == 429
    with minutes(16) as now:
        second.post(file_address, {"do": "code"})
        mailed(now)
        page = second.post(file_address, {"do": "enter", "code": code(row)})
        assert page.status_code == 200
