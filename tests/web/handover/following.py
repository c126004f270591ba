"""What happens to the question of the fixture ``address``, and what its owner reads of it."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from baken.refer.model import Event, Kind, Who
from baken.web.handover import links, proof, store
from baken.web.handover.models import Referral

SOON = timezone.localdate() + timedelta(days=2)
"""A day to come, also where the tests run on past midnight."""


def row() -> Referral:
    return Referral.objects.order_by("pk")[0]


def happens(kind: Kind, by: Who = Who.RECEIVER, **more: Any) -> None:
    store.record(row().pk, Event(kind, by, timezone.now(), f"{kind}/{by}", **more))


def page_of(site: Client, address: str, lang: str = "") -> str:
    answer = site.get(f"{lang}{address}")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def owns(client: Client, referral: Referral) -> Client:
    """This browser sent it."""
    response = HttpResponse()
    proof.remember(RequestFactory().get("/"), response, referral)
    client.cookies.update(response.cookies)
    return client


def owners_page(referral: Referral, lang: str = "") -> str:
    """What the owner of a referral reads."""
    _, token = links.link_for(referral, Who.OWNER, timezone.localdate())
    return page_of(owns(Client(), referral), f"/vervolg/{token}", lang)
