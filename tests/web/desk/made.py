"""People of each role, their clients, and a file: what tests of the desk share."""

from __future__ import annotations

import importlib
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from baken.web.desk.models import Member
from baken.web.handover.models import Receiver, Referral
from baken.web.handover.store import Order, send
from tests.web.handover.made import receiver

PASSWORD = "vier woorden achter elkaar"
SECRET = "mijn oven verbruikt te veel"
HOUSE, OTHER = "huis-van-raad", "ander-huis"


def member(role: str, at: str | None = None, **more: Any) -> Member:
    """Somebody of a role, at an organisation; with a second step, without a usable password."""
    name = more.pop("name", f"{role} {at or ''}".strip())
    email = f"{name.replace(' ', '-')}@bureau.example"
    organisation: Receiver | None = receiver(at) if at else None
    made = Member(email=email, name=name, role=role, receiver=organisation, **more)
    made.set_unusable_password()
    made.save()
    TOTPDevice.objects.create(user=made, name="totp")
    StaticDevice.objects.create(user=made, name="recovery").token_set.create(token="abcdefabcdef")
    return made


def with_password(who: Member) -> Member:
    """The same with the password of these tests."""
    who.set_password(PASSWORD)
    who.save()
    return who


def anonymous() -> Client:
    """A browser of nobody, which says where its forms stand."""
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


def browser(who: Member) -> Client:
    """A browser in which somebody is logged in with both steps."""
    client = anonymous()
    client.force_login(who)
    session = client.session
    session["otp_device_id"] = TOTPDevice.objects.get(user=who).persistent_id
    session.save()
    return client


def code(who: Member, steps: int = 0) -> str:
    """The six digits of now, or of so many half minutes later."""
    device = TOTPDevice.objects.get(user=who)
    return digits(device.key, steps)


def digits(key: str, steps: int = 0) -> str:
    """The six digits that a secret (hex) gives now."""
    return f"{totp(bytes.fromhex(key), t0=-30 * steps):06d}"


def file(to: str = HOUSE, key: str = "form-1", **more: Any) -> Referral:
    """A file that came in today."""
    receiver(to)
    dossier = {
        "made_on": "2026-03-02",
        "to": "Huis van Raad",
        "to_id": to,
        "need": {"words": SECRET, "codes": ["N10"], "labels": ["energie"]},
        "contact": {"name": "de bakker", "when": ["dinsdag voormiddag"]},
    }
    order = Order(to, dossier, ["need", "contact"], "2026-11", **more)
    return send(order, timezone.now(), key)


def opened(client: Client, row: Referral) -> str:
    """The page of a file once somebody pressed the button that opens it."""
    page = client.post(f"/bureau/dossier/{row.public_id}", {"do": "open"}, follow=True)
    assert page.status_code == 200
    return str(page.content.decode())


def without_trail() -> None:
    """Take the lines of a test out of the database, which lets nobody do that."""
    if connection.vendor != "sqlite":
        return  # there a table is emptied without its rows being asked
    guard = importlib.import_module("baken.web.desk.migrations.0002_trail_of_access").SQLITE
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER desk_trail_stays")
        cursor.execute("DELETE FROM desk_trail")
        cursor.execute(guard)
