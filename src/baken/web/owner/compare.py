"""Two or three offers side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from baken.web.owner.answered import of_form, only, private
from baken.web.owner.asking import Asked
from baken.web.owner.combined import combined

BESIDE = 3
POINTS = 4
"""So many points of each sort are shown of an offer; its reasons on the result page have all."""


@of_form
def compare_page(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The offers that were ticked, the first three of them."""
    answer = only(asked, asked.picks[:BESIDE]) if asked.picks else {"chosen": []}
    offers = [_beside(o) for o in answer["chosen"]]
    context = {
        "asked": asked,
        "offers": offers,
        "together": combined(asked, offers, timezone.localdate()),
    }
    return private(render(request, "owner/compare.html", context))


def _beside(offer: Mapping[str, Any]) -> dict[str, Any]:
    groups = {g["name"]: g["reasons"] for g in offer["groups"]}
    still_open = [
        r for name in ("unmet", "not_said", "judged", "text") for r in groups.get(name, [])
    ]
    return {**offer, "met": groups.get("met", [])[:POINTS], "open": still_open[:POINTS]}
