"""The page that an owner follows a question by, in each state that it can stand in, and the link
that stops reminders: fit for 320 pixels, and axe finds nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from baken.refer.model import Event, Kind, Who
from baken.web.handover import store
from baken.web.handover.models import Referral
from baken.web.owner import kept, reminders
from baken.web.owner.asking import Asked
from baken.web.owner.models import PlanReminder
from tests.web.browser.conftest import Open, click_through
from tests.web.browser.test_pages import (
    assert_accessible,
    assert_no_sideways_scroll,
    open_all,
)
from tests.web.handover import path
from tests.web.handover.test_follow import STATES


def came_back(state: tuple[list[tuple[Kind, dict[str, Any]]], str]) -> bool:
    """Whether a letter came back: to that door nothing goes any more, so that one is the last."""
    return any(kind is Kind.BOUNCED for kind, _ in state[0])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_state_of_a_question(open_page: Open, live_server: Any, scheme: str) -> None:
    path.doors_take_files()
    page = open_page("/", width=320, color_scheme=scheme)
    for number, (events, _) in enumerate(sorted(STATES, key=came_back)):
        client = Client()
        reach = {"mail": f"zaak{number}@firma.example"}  # ten from one address are enough a day
        address = path.sent(client, key=f"{number:032x}", **reach).split("?")[0]
        row = Referral.objects.latest("pk")
        for kind, more in events:
            told = {"by": Who.RECEIVER} | more
            store.record(row.pk, Event(kind, told.pop("by"), timezone.now(), f"{kind}/x", **told))
        page.context.add_cookies([
            {"name": one.key, "value": one.value, "url": live_server.url}
            for one in client.cookies.values()
        ])  # fmt: skip
        page.goto(address)
        open_all(page)
        assert page.locator("dl.facts").count() == 1, f"state {number} asks who this is"
        assert_no_sideways_scroll(page)
        assert_accessible(page)


def test_the_link_that_stops_reminders(open_page: Open) -> None:
    asked = Asked("nl", need="een plan", facts={"headcount": 4}, picks=["instrument/streekfonds"])
    plan, _ = kept.keep(asked, timezone.localdate())
    reminders.keep(plan, "an@b.example", [date(2027, 3, 1)])
    token = reminders.token_of(PlanReminder.objects.get())
    page = open_page(f"/herinnering/{token}", width=320)
    assert_accessible(page)
    click_through(page, "main button")
    assert_no_sideways_scroll(page)
    assert_accessible(page)
