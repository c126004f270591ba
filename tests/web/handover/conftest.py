"""A question that was sent: by the pages, to a door with another one behind it (``address`` is its
owner's page); or straight to one organisation (``row``, and ``file_address`` its receiver's page).
"""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.test import Client

from baken.refer.hours import parse
from baken.web.handover import slots
from baken.web.handover.models import Receiver, Referral
from tests.refer.made import moment
from tests.web.handover import opening, path


@pytest.fixture
def doors(records: None) -> None:
    path.doors_take_files()


@pytest.fixture
def a_thursday(doors: None) -> Iterator[None]:
    """Thursday 26 November 2026; the first door offers hours on the Friday."""
    slots.replace(Receiver.objects.get(record_id=path.TO), parse("fri 10:00-11:00"))
    with patch("django.utils.timezone.now", return_value=moment("2026-11-26")):
        yield


@pytest.fixture
def address(site: Client, doors: None) -> str:
    """The owner's page of it."""
    return path.sent(site).split("?")[0]


@pytest.fixture
def row() -> Referral:
    """A question at one organisation."""
    return opening.asked()


@pytest.fixture
def file_address(row: Referral) -> str:
    """The receiver's page of it."""
    return opening.page_of(row)
