"""The owner's page on a device that is not known: nothing of the firm, and a question that only the
owner can answer. Whether it helped is taken from any device, once.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.refer.model import Outcome, Who
from baken.web import words
from baken.web.handover import proof, store
from baken.web.handover.models import Link
from baken.web.handover.proof import Tried
from baken.web.handover.said import event_of_form
from baken.web.owner.answered import private

STATUS = {Tried.WRONG: 403, Tried.SHORT: 400, Tried.SHUT: 429}
MAX_TYPED = 60


def first_look(request: HttpRequest, link: Link) -> HttpResponse:
    """The page; the answer to its question; or the outcome, from a letter that asks for it."""
    if request.method != "POST":
        return _page(request, link)
    match request.POST.get("do"):
        case "prove":
            typed = request.POST.get("proof", "")[:MAX_TYPED]
            tried = proof.attempt(link, typed, timezone.now())
            if tried is not Tried.RIGHT:
                return _page(request, link, str(tried), STATUS[tried])
            response = HttpResponseRedirect(request.path, status=303)
            proof.remember(request, response, link.referral)
            return response
        case "outcome":
            return _outcome(request, link)
    return _page(request, link, status=403)


def _outcome(request: HttpRequest, link: Link) -> HttpResponse:
    state = store.state_of(link.referral)
    if state.contact_on is None or Who.OWNER in state.outcomes:
        return _page(request, link, status=403)
    try:
        said = event_of_form(request.POST, Who.OWNER, timezone.now())
    except BakenError:
        return _page(request, link, "outcome", 400)
    if said is not None:
        store.record(link.referral_id, said)
    return _page(request, link)


def _page(request: HttpRequest, link: Link, problem: str = "", status: int = 200) -> HttpResponse:
    row = link.referral
    state = store.state_of(row)
    context: dict[str, Any] = {
        "name": row.receiver.name,
        "contacted": state.contact_on and words.day(request.lang, state.contact_on.isoformat()),
        "told": state.outcomes.get(Who.OWNER),
        "outcomes": [str(outcome) for outcome in Outcome],
        "asked": proof.asked(row),
        "shut": proof.is_shut(link, timezone.now()),
        "problem": problem,
        "sent": {"nieuw", "al", "anders"} & set(request.GET),
        "nonce": secrets.token_hex(8),
    }
    return private(render(request, "handover/first_look.html", context, status=status))
