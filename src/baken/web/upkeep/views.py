"""``/gegevens``: what is kept, why and how long; all of it to take along, or to wipe.

What opens it is typed into a form and travels by POST, so no address or log holds it.
"""

# mypy: allow-untyped-decorators
from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from baken.kernel.plain import plain
from baken.web.handover import proof
from baken.web.keeping import to_keep
from baken.web.negotiate import wants_json
from baken.web.owner.answered import out_of_browser
from baken.web.owner.errors import not_allowed
from baken.web.owner.kept import TooMany
from baken.web.rate import sender
from baken.web.texts import text
from baken.web.upkeep import visit
from baken.web.upkeep.retention import RULES

COLUMNS = ("what", "why", "who", "long")
MAX_TYPED = 20_000


@sensitive_post_parameters()
def data(request: HttpRequest) -> HttpResponse:
    """The page; ``do`` is ``take`` (a JSON file), ``ask`` (is it sure?) or ``wipe``."""
    if request.method not in ("GET", "HEAD", "POST"):
        return not_allowed(request, "GET, HEAD, POST")
    lang: str = request.lang
    if request.method != "POST":
        if wants_json(request):
            return JsonResponse({"register": register(lang), **operator()})
        return _page(request)
    typed = plain(request.POST.get("typed", "")[:MAX_TYPED])
    known = partial(proof.known, request)
    try:
        held, unknown = visit.find(typed, sender(request.META.get("REMOTE_ADDR", "")), known)
    except TooMany:
        return _page(request, typed=typed, too_many=True, status=429)
    if unknown or not held:
        return _page(request, typed=typed, unknown=unknown, empty=not unknown, status=400)
    match request.POST.get("do"):
        case "take":
            return _file(held)
        case "wipe":
            gone = _said(held, lang)
            for one in held:
                one.wipe()
            response = out_of_browser(_page(request, wiped=gone))
            for one in held:
                one.forget(response)
            return response
    return _page(request, typed=typed, sure=_said(held, lang))


def _said(held: list[visit.Held], lang: str) -> list[str]:
    """What is wiped, in words; of a question with the organisations that have it."""
    lines = [(text(lang, f"data.kind.{one.kind}"), one.at(lang)) for one in held]
    return [f"{what} ({at})" if at else what for what, at in lines]


def register(lang: str) -> list[dict[str, str]]:
    """The rows of the register in words."""
    return [
        {"id": rule.id, **{c: text(lang, f"data.entry.{rule.id}.{c}") for c in COLUMNS}}
        for rule in RULES
    ]


def operator() -> dict[str, str]:
    """Who answers for the site and on what basis, as the operator said."""
    return {"operator": settings.BAKEN_OPERATOR, "legal_basis": settings.BAKEN_LEGAL_BASIS}


def _file(held: list[visit.Held]) -> HttpResponse:
    made = {
        "made_at": timezone.now(),
        "items": [{"kind": one.kind, **one.as_json()} for one in held],
    }
    response = JsonResponse(made, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Cache-Control"] = "no-store"
    return to_keep(response, "baken-gegevens.json")


def _page(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    context = {"rows": register(request.lang), **operator(), **more}
    response = render(request, "upkeep/data.html", context, status=status)
    if request.method == "POST":
        response.headers["Cache-Control"] = "no-store"
    return response
