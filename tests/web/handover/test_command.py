"""One round of the command `handover`, with a mail server and without."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from baken.refer.model import Event, Kind, Who
from baken.web.handover import store
from baken.web.handover.models import Intent
from tests.web.handover.made import sent
from tests.web.handover.postbox import kept, server

pytestmark = pytest.mark.django_db


def sent_and_taken() -> None:
    """A question of today with its letter to the organisation, and two to its owner: that it was
    sent (which need not go any more), and that it was taken.
    """
    row = sent(on=timezone.now())
    store.record(row.pk, Event(Kind.ACCEPTED, Who.RECEIVER, timezone.now(), "taken"))


def round_told() -> str:
    out = StringIO()
    call_command("handover", stdout=out)
    return out.getvalue().strip()


def test_without_a_mail_server_letters_wait_and_none_is_given_up(settings: Any) -> None:
    settings.BAKEN_SMTP_HOST = ""
    sent_and_taken()
    for _ in range(3):
        told = round_told()
    assert told == "0 steps; 3 letters wait for a mail server (BAKEN_SMTP_HOST)."
    assert set(Intent.objects.values_list("stage", "attempts")) == {(Intent.WAITING, 0)}


def test_with_one_they_go_once(settings: Any, tmp_path: Path) -> None:
    sent_and_taken()
    box = tmp_path / "post.txt"
    with server(box) as port:
        settings.BAKEN_SMTP_HOST, settings.BAKEN_SMTP_PORT = "127.0.0.1", port
        first, second = round_told(), round_told()
    went = "{} not needed any more, 0 to try again, 0 given up."
    assert first.endswith(f"; 2 letters done, {went.format(1)}")
    assert second == f"0 steps; 0 letters done, {went.format(0)}"
    assert sorted(to for got in kept(box).values() for to in got) == [
        "bakker@firma.example",
        "huis-van-raad@ontvanger.example",
    ]


def test_a_mail_server_that_is_not_there_is_tried_again(settings: Any) -> None:
    settings.BAKEN_SMTP_HOST, settings.BAKEN_SMTP_PORT = "127.0.0.1", 9
    sent_and_taken()
    out = StringIO()
    with pytest.raises(CommandError, match="can't be reached: ConnectionRefusedError"):
        call_command("handover", stdout=out)
    assert ", 1 to try again," in out.getvalue(), "the others wait for the next round"
