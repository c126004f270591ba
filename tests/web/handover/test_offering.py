"""An organisation offers hours: by its link, at the desk, by the operator's table."""

from __future__ import annotations

import html
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.refer.model import Who
from baken.web.handover import links, slots
from baken.web.handover.models import OfficeHours, Receiver
from baken.web.handover.receivers import set_receivers
from tests.web.desk.made import HOUSE, browser, file, member
from tests.web.handover import path
from tests.web.handover.made import MONDAY, receiver

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_thursday")]


def hours(each: str, first: str, last: str, on: str = "") -> dict[str, str]:
    return {"each": each, "on": on, "hour_first": first, "hour_last": last}


WRONG_HOURS = "Kies een begin en een einde"
FORMS = [
    (hours("mon", "09:00", "12:00"), 200, "elke maandag, 09:00 tot 12:00"),
    (hours("day", "9:00", "10:00", "2026-12-04"), 200, "vrijdag 4\u00a0december 2026"),
    (hours("day", "09:00", "10:00"), 400, WRONG_HOURS),
    (hours("day", "09:00", "10:00", "2026-11-26"), 400, WRONG_HOURS),
    (hours("day", "09:00", "10:00", "2026-12-25"), 400, "geen feestdag"),
    (hours("day", "09:00", "10:00", "2026-12-05"), 400, "een werkdag"),
    (hours("mon", "12:00", "09:00"), 400, WRONG_HOURS),
    (hours("mon", "", ""), 400, WRONG_HOURS),
    (
        hours("mon", "09:00", "10:00", "2026-12-04"),
        400,
        "Kies dan bij “Wanneer”: alleen op deze dag",
    ),
]


@pytest.mark.parametrize(("form", "status", "says"), FORMS, ids=range(len(FORMS)))
@pytest.mark.parametrize("place", ["link", "desk"])
def test_an_organisation_offers_hours_by_its_link_and_at_the_desk(
    form: dict[str, str], status: int, says: str, place: str
) -> None:
    house, row = receiver(HOUSE), file()
    if place == "link":
        _, token = links.link_for(row, Who.RECEIVER, timezone.localdate())
        client, address = Client(), f"/dossier/{token}"
        client.post(address, {"do": "open"})
    else:
        client, address = browser(member("adviser", HOUSE)), "/bureau/organisatie"
    page = client.post(address, {"do": "offer", **form}, follow=True)
    client.post(address, {"do": "offer", **form})
    assert page.status_code == status
    assert says in html.unescape(page.content.decode())
    assert house.hours.count() == (status == 200)
    for line in house.hours.all():
        client.post(address, {"do": "unoffer", "row": line.pk})
    assert not house.hours.exists()


def test_what_was_typed_is_still_there_beside_the_error() -> None:
    """A day beside a weekday is never kept as that weekday."""
    receiver(HOUSE)
    form = {"do": "offer", **hours("mon", "09:00", "10:00", "2026-12-04")}
    desk = browser(member("adviser", HOUSE))
    page = desk.post("/bureau/organisatie", form).content.decode()
    for typed in ('value="2026-12-04"', 'value="09:00"', 'value="10:00"', 'value="mon" selected'):
        assert typed in page
    mended = desk.post("/bureau/organisatie", {**form, "each": "day"}, follow=True)
    assert "vrijdag 4\u00a0december 2026" in html.unescape(mended.content.decode())
    (line,) = Receiver.objects.get(record_id=HOUSE).hours.all()
    assert (line.weekday, str(line.day)) == (None, "2026-12-04")


def test_nobody_takes_away_hours_of_another_organisation() -> None:
    line = OfficeHours.objects.get()
    receiver(HOUSE)
    browser(member("adviser", HOUSE)).post("/bureau/organisatie", {"do": "unoffer", "row": line.pk})
    assert OfficeHours.objects.exists()


def test_an_organisation_has_at_most_fifty_lines() -> None:
    house = receiver(HOUSE)
    with patch.object(slots, "MOST", 0), pytest.raises(BakenError, match="take one away"):
        slots.add(house, hours("mon", "09:00", "12:00"), MONDAY.date())


TABLE = [
    ("mon 09:00-12:00 | 2026-12-04 10:00-11:00", 2),
    ("none", 0),
    ("", 1),
]


@pytest.mark.parametrize(("typed", "count"), TABLE)
def test_the_operator_sets_hours_with_the_table_of_addresses(typed: str, count: int) -> None:
    set_receivers(["id;address;hours", f"{path.TO};a@b.example;{typed}"])
    assert OfficeHours.objects.count() == count


def test_hours_that_cannot_be_read_tell_their_line() -> None:
    with pytest.raises(BakenError, match="line 2, hours"):
        set_receivers(["id;address;hours", f"{path.TO};a@b.example;mon 9-10"])
    assert OfficeHours.objects.count() == 1
