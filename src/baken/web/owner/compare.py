"""Two or three offers side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from baken.web import catalogue, words
from baken.web.owner.answered import of_form, only, private
from baken.web.owner.asking import Asked
from baken.web.owner.combined import combined

BESIDE = 3
OPEN = ("not_said", "judged", "text")
APART = ("met", "assumed", "unmet", "does_not_apply", "not_stated")


@of_form
def compare_page(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The offers that were ticked, the first three of them."""
    answer = only(asked, asked.picks[:BESIDE]) if asked.picks else {"chosen": []}
    offers = [_beside(o) for o in answer["chosen"]]
    context = {
        "asked": asked,
        "offers": offers,
        "dropped": _names(asked.picks[BESIDE:], asked.lang),
        "together": combined(asked, offers, timezone.localdate()),
    }
    return private(render(request, "owner/compare.html", context))


def _names(picks: Sequence[str], lang: str) -> str:
    """What was ticked and does not fit beside the others, by name."""
    keys = [tuple(p.split("/")) for p in picks]
    rows = catalogue.by_id([id_ for _, id_ in keys])
    return ", ".join(words.pick(rows[key]["names"], lang) for key in keys if key in rows)


def _beside(offer: Mapping[str, Any]) -> dict[str, Any]:
    """An offer with all its conditions, and apart from them what its source does not tell: who
    compares must not read what is unknown, or left out, as nothing."""
    groups = {g["name"]: g["reasons"] for g in offer["groups"]}
    told = {name: groups.get(name, []) for name in APART}
    still_open = [r for name in OPEN for r in groups.get(name, [])]
    any_told = bool(still_open) or any(told[name] for name in APART if name != "not_stated")
    return {**offer, **told, "open": still_open, "has_conditions": any_told}
