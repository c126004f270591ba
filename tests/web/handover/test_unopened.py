"""The receiver's page before the file is open: what failed, a no and "full until" open nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from baken.web.handover.models import Referral
from tests.web.handover.following import owners_page
from tests.web.handover.opening import SECRET, Browser, events

pytestmark = pytest.mark.django_db


FAR = (timezone.localdate() + timedelta(days=100)).isoformat()
LACKS = [
    # what is pressed, and what the page then asks
    ({"do": "refuse"}, "Kies een reden."),
    ({"do": "refuse", "reason": "<b>zomaar</b>"}, "Kies een reden."),
    ({"do": "full"}, "Kies een dag na vandaag"),
    ({"do": "full", "until": "volgende week"}, "Kies een dag na vandaag"),
    ({"do": "full", "until": "2020-01-01"}, "Kies een dag na vandaag"),
    ({"do": "full", "until": FAR}, "dat je dit zegt. Duurt het langer? Zeg dan"),
    ({"do": "outcome", "outcome": "geweldig"}, ""),
    ({"do": "outcome", "outcome": "helped"}, "Dat kan niet meer."),
]
lacks = pytest.mark.parametrize(
    ("form", "asks"), LACKS, ids=["-".join(f.values()) for f, _ in LACKS]
)


@lacks
def test_what_lacks_is_asked_at_its_field_and_nothing_is_written(
    row: Referral, file_address: str, form: dict[str, str], asks: str
) -> None:
    client = Browser()
    client.post(file_address, {"do": "open"})
    page = client.post(file_address, form)
    assert page.status_code == 400
    assert asks in page.content.decode()
    assert events(row) == ["sent", "seen"]


@lacks
def test_a_button_that_failed_opens_nothing(
    row: Referral, file_address: str, form: dict[str, str], asks: str
) -> None:
    """Nothing of the firm, not seen, and the next device is not asked for a code."""
    page = Browser().post(file_address, form)
    assert page.status_code == 400
    assert not page.cookies
    assert asks in page.content.decode()
    for secret in (SECRET, "de bakker"):
        assert secret not in page.content.decode()
    assert events(row) == ["sent"]
    assert "opende je vraag" not in owners_page(row)
    assert SECRET in Browser().post(file_address, {"do": "open"}).content.decode()


UNOPENED = [
    # what is said without opening, what the page says then, and whether the file still opens
    ({"do": "refuse", "reason": "not_my_size"}, "Jullie namen dit niet aan.", False),
    ({"do": "full", "until": (timezone.localdate() + timedelta(days=9)).isoformat()},
     "Jullie zitten vol.", True),
]  # fmt: skip


@pytest.mark.parametrize(("form", "says", "opens"), UNOPENED, ids=["refuse", "full"])
def test_a_no_without_opening_shows_nothing_of_the_firm(
    row: Referral, file_address: str, form: dict[str, str], says: str, opens: bool
) -> None:
    page = Browser().post(file_address, form)
    assert page.status_code == 200
    assert says in page.content.decode()
    for secret in (SECRET, "de bakker"):
        assert secret not in page.content.decode()
    assert "seen" not in events(row)
    assert "had je dossier nog niet geopend" in owners_page(row)
    assert ("Open het dossier" in page.content.decode()) is opens
    later = Browser().post(file_address, {"do": "open"}).content.decode()
    assert (SECRET in later) is opens
    assert ("seen" in events(row)) is opens, "the owner reads it when it is opened after all"
