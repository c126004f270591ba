"""A bailiff may come before the promised day: who is in trouble reads what to do until then."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.conftest import FakeEngine
from tests.web.handover import path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]


@pytest.mark.parametrize("crisis", [True, False])
def test_who_is_in_trouble_reads_before_sending_what_to_do_today(
    site: Client, fake: FakeEngine, crisis: bool
) -> None:
    if crisis:
        fake.change = lambda answer: answer["route"].update(id="R1")
    shown = path.preview(site)
    assert ("Wacht dan niet: neem vandaag ook zelf contact op" in shown) is crisis
