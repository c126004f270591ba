"""A question as its receiver gets it, and what happened to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from baken.refer.model import Who
from baken.web.handover import links, store
from baken.web.handover.models import EventRow, Referral
from tests.web.handover.made import receiver

SECRET = "mijn oven verbruikt te veel"


class Browser(Client):
    """One that goes where a button leads, as browsers do."""

    def post(self, path: str, data: Any = None, **more: Any) -> HttpResponse:  # type: ignore[override]
        return super().post(path, data, **{"follow": True, **more})


def asked() -> Referral:
    """A question that was sent just now."""
    receiver()
    order = store.Order(
        receiver="huis-van-raad",
        dossier={
            "made_on": "2026-03-02",
            "to": "Huis van Raad",
            "to_id": "huis-van-raad",
            "need": {"words": SECRET, "codes": ["N10"], "labels": ["energie"]},
            "contact": {"name": "de bakker", "when": ["dinsdag voormiddag"]},
        },
        items=["need", "contact"],
        text_version="2026-11",
    )
    return store.send(order, timezone.now(), "form-1")


def page_of(row: Referral) -> str:
    """Where its receiver opens it."""
    return f"/dossier/{links.link_for(row, Who.RECEIVER, timezone.localdate())[1]}"


def events(row: Referral) -> list[str]:
    """What happened to it, in order."""
    return list(EventRow.objects.filter(referral=row).order_by("pk").values_list("kind", flat=True))
