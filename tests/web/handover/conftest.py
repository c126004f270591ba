"""A question that was sent by the pages, to a door with another one behind it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.handover import path


@pytest.fixture
def doors(records: None) -> None:
    path.doors_take_files()


@pytest.fixture
def address(site: Client, doors: None) -> str:
    """The owner's page of it."""
    return path.sent(site).split("?")[0]
