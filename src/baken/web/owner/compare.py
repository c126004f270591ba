"""Two or three offers side by side."""

# mypy: allow-untyped-decorators
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from baken.web.owner.answered import only, private, read_post
from baken.web.owner.combined import combined
from baken.web.owner.errors import error_response

BESIDE = 3
POINTS = 4
"""So many points of each sort are shown of an offer; its reasons on the result page have all."""


@sensitive_post_parameters()
def compare_page(request: HttpRequest) -> HttpResponse:
    """The offers that were ticked, the first three of them."""
    asked = read_post(request)
    if isinstance(asked, HttpResponse):
        return asked
    answer = only(asked, asked.picks[:BESIDE]) if asked.picks else {"chosen": []}
    if answer is None:
        return error_response(request, 400)
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
