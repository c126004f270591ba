"""A question that was sent: by the pages, to a door with another one behind it (``address`` is its
owner's page); or straight to one organisation (``row``, and ``file_address`` its receiver's page).
"""

from __future__ import annotations

import pytest
from django.test import Client

from baken.web.handover.models import Referral
from tests.web.handover import opening, path


@pytest.fixture
def doors(records: None) -> None:
    path.doors_take_files()


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
