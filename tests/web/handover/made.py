"""A receiver, an order, moments: what tests of handovers share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from baken.refer.model import Event, Kind, Who
from baken.web.handover import store
from baken.web.handover.models import Intent, Receiver, Referral
from baken.web.handover.store import Order, send

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""A Monday with no holiday in the month after it."""


def at(days: float) -> datetime:
    """A moment so many days after the Monday."""
    return MONDAY + timedelta(days=days)


def receiver(record_id: str = "huis-van-raad", **more: Any) -> Receiver:
    """An organisation that takes files."""
    found, _ = Receiver.objects.get_or_create(
        record_id=record_id,
        defaults={"name": "Huis van Raad", "address": f"{record_id}@ontvanger.example", **more},
    )
    return found


def sent(
    key: str = "form-1", to: str = "huis-van-raad", on: datetime = MONDAY, **more: Any
) -> Referral:
    """A referral that was sent on the Monday, or at another moment."""
    receiver(to)
    more.setdefault("owner_address", "bakker@firma.example")
    order = Order(
        receiver=to,
        dossier={"need": "mijn oven verbruikt te veel"},
        items=["need"],
        text_version="2026-11",
        **more,
    )
    return send(order, on, key)


def event(kind: Kind, days: float, by: Who = Who.RECEIVER, **more: Any) -> Event:
    """An event so many days after the Monday, with a key of its own."""
    more.setdefault("key", f"{kind}/{days}")
    return Event(kind, by, at(days), **more)


def departed(row: Referral) -> Referral:
    """A referral whose first letter left at once."""
    store.record(row.pk, event(Kind.HANDED_OVER, 0.01, by=Who.SYSTEM))
    return Referral.objects.get(pk=row.pk)


def arrived(key: str = "form-1", to: str = "huis-van-raad", **more: Any) -> Referral:
    """One that was sent on the Monday, and whose first letter left."""
    return departed(sent(key, to, **more))


def letters(to: Who | None = None) -> list[str]:
    """The letters that wait or went, in order of writing, but the one that tells the owner that the
    question was sent.
    """
    found = Intent.objects.exclude(letter="sent").order_by("pk")
    return [i.letter for i in found if to is None or i.to == str(to)]
