"""The owner's page on a device that is not known: nothing of the firm or with whom it spoke, and a
question that only the owner can answer. Nothing is taken from such a device, not whether it helped.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from baken.web.handover import proof, wrong
from baken.web.handover.models import Link, Referral
from baken.web.handover.proof import Tried
from baken.web.owner.answered import private

STATUS = {Tried.WRONG: 403, Tried.SHORT: 400, Tried.SHUT: 429}
MAX_TYPED = 60
MOMENT = timedelta(minutes=10)


def first_look(request: HttpRequest, link: Link) -> HttpResponse:
    """The page, or the answer to its question."""
    if request.method != "POST":
        return _page(request, link)
    if request.POST.get("do") != "prove":
        return _page(request, link, status=403)
    typed = request.POST.get("proof", "")[:MAX_TYPED]
    tried = proof.attempt(link, typed, timezone.now())
    if tried is not Tried.RIGHT:
        return _page(request, link, str(tried), STATUS[tried])
    response = HttpResponseRedirect(request.path, status=303)
    proof.remember(request, response, link.referral)
    return response


def _page(request: HttpRequest, link: Link, problem: str = "", status: int = 200) -> HttpResponse:
    what, said = proof.asked(link.referral), ""
    if problem in (Tried.WRONG, Tried.SHORT):
        said = problem
    context: dict[str, Any] = {
        **wrong.told(request, said, ("proof", f"proof.{said}.{what}")),
        "proved_by": what,
        "shut": proof.is_shut(link, timezone.now()),
        "sent": _is_of_who_sent(request, link.referral),
    }
    return private(render(request, "handover/first_look.html", context, status=status))


def _is_of_who_sent(request: HttpRequest, row: Referral) -> bool:
    """Whether this is the browser that sent it, and keeps no cookie: it did so a moment ago, or
    sent it once more. Who opens the copied address later does so on another device.
    """
    just = timezone.now() - row.permission.given_at < MOMENT
    return bool({"al", "anders"} & set(request.GET)) or ("nieuw" in request.GET and just)
