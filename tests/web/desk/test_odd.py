"""What is too long, means harm, or is a day that no calendar reaches, in any field of the forms of
an organisation, at the desk and by the link: a page says so, and none fails.
"""

from __future__ import annotations

import pytest
from django.test import Client

from baken.web.desk.models import Busy
from baken.web.handover.models import Absence, OfficeHours, Permission
from tests.web.desk.made import HOUSE, OTHER, browser, file, member
from tests.web.handover.made import receiver
from tests.web.handover.opening import page_of
from tests.web.hostile import HOSTILE, harmless

pytestmark = pytest.mark.django_db
ODD = [
    HOSTILE,
    "é" * 121,
    "é" * 501,
    "é" * 12_001,
    "9" * 5_000,
    "0001-01-01",
    "9999-12-31",
    "9999-12-31T23:59",
]
FILE = {
    "open": (),
    "accept": ("nonce", "stood"),
    "refuse": ("reason", "nonce", "stood"),
    "full": ("until", "nonce", "others"),
    "tried": ("nonce",),
    "contact": ("nonce",),
    "outcome": ("outcome", "nonce"),
}
HOUSES = {
    "away": ("first", "last", "sure"),
    "back": ("row",),
    "offer": ("each", "on", "hour_first", "hour_last"),
    "unoffer": ("row",),
}
DESK = {
    "note": ("note",),
    "give": ("colleague", "because"),
    "pass": ("to", "why", "stood"),
    "end": ("outcome", "nonce"),
}
OWN = {"full": ("until",), "answer": ("title", "text", "row"), "drop": ("row",)}
BUSY = {"busy": ("who", "kind", "first", "last", "stand_in", "sure"), "back": ("row",)}
PEOPLE = {
    "invite": ("email", "name", "role", "receiver"),
    "reset": ("member",),
    "leave": ("member", "heir"),
    "again": ("member",),
}
Forms = dict[str, tuple[str, ...]]
GOOD = {"first": "2026-01-01", "kind": "away", "name": "An", "role": "adviser", "title": "Dag"}
GOOD |= {"email": "an@b.example", "text": "We bellen.", "why": "no_room", "each": "day"}


def not_failed(client: Client, address: str, forms: Forms) -> None:
    """Each field alone, and all of a form at once."""
    for button, fields in forms.items():
        for typed in ODD:
            for said in (*({one: typed} for one in fields), dict.fromkeys(fields, typed)):
                page = client.post(address, {**GOOD, **said, "do": button})
                assert harmless(page)
            assert harmless(client.get(address)), "nor does the page fail later"


WHERE = [
    ("dossier", FILE | DESK),
    ("organisatie", HOUSES | OWN),
    ("wie-is-er", BUSY),
    ("mensen", PEOPLE),
]


@pytest.mark.parametrize(("where", "forms"), WHERE, ids=[where for where, _ in WHERE])
def test_no_field_of_the_desk_fails(where: str, forms: Forms) -> None:
    row, client = file(), browser(member("administrator", HOUSE))
    Permission.objects.update(may_pass_on=True)
    receiver(OTHER)
    address = f"/bureau/{where}" + (f"/{row.public_id}" if where == "dossier" else "")
    not_failed(client, address, forms)


def test_no_field_of_a_link_fails() -> None:
    client, address = Client(), page_of(file())
    not_failed(client, address, {"refuse": ("reason",), "full": ("until", "others")})
    client.post(address, {"do": "open"})
    not_failed(client, f"{address}?toon=dossier", HOUSES | FILE)
    not_failed(Client(), address, {"enter": ("code", "unsaid"), "code": ("code",), "": ("do",)})


@pytest.mark.parametrize("where", ["organisatie", "wie-is-er"])
@pytest.mark.parametrize("day", ["9999-12-31", "2100-01-01"])
def test_no_day_that_is_far_away_is_kept(where: str, day: str) -> None:
    client = browser(member("administrator", HOUSE))
    form = {"do": "away" if where == "organisatie" else "busy", "kind": "away"}
    page = client.post(f"/bureau/{where}", form | {"first": day, "last": day})
    assert page.status_code == 400
    assert 'id="last-error"' in page.content.decode()
    assert not (Absence.objects.exists() or Busy.objects.exists() or OfficeHours.objects.exists())
