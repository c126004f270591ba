"""The receiver's page: one referral, by its link, without an account.

A GET shows who asks for what kind of help and until when, and nothing of the firm; it changes
nothing. Each button is a POST: it marks the file seen, says what it says and shows the file.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.refer.clocks import promised_by
from baken.refer.dossier import Dossier
from baken.refer.model import Event, Handling, Kind, Outcome, Who, day_of
from baken.refer.states import CAN_TAKE
from baken.refer.words import REFUSALS
from baken.web import words
from baken.web.handover import links, slots, store
from baken.web.handover.models import Intent, Link, Receiver, new_message_id
from baken.web.handover.said import event_of_form, row_number
from baken.web.handover.sending import paper
from baken.web.handover.shown import as_shown, let_go
from baken.web.keeping import to_keep
from baken.web.owner.errors import not_allowed
from baken.web.texts import text


def receiver(request: HttpRequest, token: str) -> HttpResponse:
    """``/dossier/<token>``."""
    if request.method not in ("GET", "HEAD", "POST"):
        return not_allowed(request, "GET, HEAD, POST")
    now = timezone.now()
    link = links.find(token)
    if link is None or link.who != Who.RECEIVER:
        return _shut(request, 404, "unknown")
    if not links.open_on(link, day_of(now)):
        expired = link.referral.handling == Handling.EXPIRED
        return _shut(
            request, 410, "expired" if expired else "withdrawn" if link.revoked_at else "old"
        )
    if request.method != "POST":
        return render(request, "handover/landing.html", _context(request, link))
    if not links.known_device(request, link):
        if request.POST.get("do") == "outcome":
            return _outcome(request, link)
        return _other_device(request, link)
    return _opened(request, link)


def _opened(request: HttpRequest, link: Link) -> HttpResponse:
    now = timezone.now()
    seen = Event(Kind.SEEN, Who.RECEIVER, now, "seen")
    problem, offering = None, request.POST.get("do") in ("offer", "unoffer")
    try:
        if Handling(link.referral.handling) in CAN_TAKE[Kind.SEEN]:
            store.record(link.referral_id, seen)
        said = event_of_form(request.POST, Who.RECEIVER, now)
        if said is not None:
            store.record(link.referral_id, said)
        _offers(link.referral.receiver, request)
    except BakenError as e:
        problem = e.path if e.path in ("reason", "until", "outcome", "hours") else "late"
    link.referral.refresh_from_db()
    response = _download(request, link) or render(
        request,
        "handover/file.html",
        {
            **_context(request, link),
            "problem": problem,
            "dossier": as_shown(link.referral),
            "let_go": let_go(link.referral),
            "offering": offering,
        },
        status=400 if problem else 200,
    )
    links.remember_device(request, response, link)
    return response


def _outcome(request: HttpRequest, link: Link) -> HttpResponse:
    """The outcome from a device that did not open the file: taken, and nothing is shown."""
    problem = None
    try:
        said = event_of_form(request.POST, Who.RECEIVER, timezone.now())
        if said is not None and store.state_of(link.referral).contact_on is not None:
            store.record(link.referral_id, said)
    except BakenError:
        problem = "outcome"
    context = {**_context(request, link), "problem": problem}
    return render(request, "handover/landing.html", context, status=400 if problem else 200)


def _offers(house: Receiver, request: HttpRequest) -> None:
    """Hours that the organisation offers from now on, or no more."""
    match request.POST.get("do"):
        case "offer":
            slots.add(house, request.POST, timezone.localdate())
        case "unoffer":
            slots.drop(house, row_number(request.POST.get("row", "")))


def _download(request: HttpRequest, link: Link) -> HttpResponse | None:
    row, what = link.referral, request.POST.get("do")
    name = f"dossier-{row.public_id[:8]}.{what}"
    match what:
        case "json":
            return to_keep(
                JsonResponse(as_shown(row), json_dumps_params={"ensure_ascii": False, "indent": 2}),
                name,
            )
        case "pdf":
            return paper(Dossier.model_validate(as_shown(row)), name)
        case "ics" if row.slot_at is not None:
            return slots.as_file(request, row, text(request.lang, "handover.slot_with"), name)
    return None


def _other_device(request: HttpRequest, link: Link) -> HttpResponse:
    now = timezone.now()
    state = "ask"
    match request.POST.get("do"):
        case "code":
            if links.ask_code(link, now):
                Intent.objects.create(
                    key=f"code/{link.pk}/{now.isoformat()}",
                    referral=link.referral,
                    letter="code",
                    to=str(Who.RECEIVER),
                    message_id=new_message_id(),
                    next_try=now,
                )
            state = "sent"
        case "enter":
            if links.code_fits(link, request.POST.get("code", "")[:20], now):
                response = _opened(request, link)
                links.new_device(request, response, link)
                return response
            state = "wrong"
    context = {**_context(request, link), "state": state}
    return render(request, "handover/device.html", context, status=403)


def _context(request: HttpRequest, link: Link) -> dict[str, Any]:
    referral = link.referral
    state = store.state_of(referral)
    lang: str = request.lang
    need = referral.dossier.get("need") or {}
    return {
        "to": referral.receiver.name,
        "labels": need.get("labels", []),
        "crisis": referral.crisis,
        "promised": promised_by(state).isoformat(),
        "handling": str(state.handling.value),
        "can": {str(kind) for kind, states in CAN_TAKE.items() if state.handling.value in states},
        "ended": state.ended,
        "contacted": state.contact_on is not None,
        "contacted_words": state.contact_on and words.day(lang, state.contact_on.isoformat()),
        "outcomes": [str(outcome) for outcome in Outcome],
        "told": state.outcomes.get(Who.RECEIVER),
        "reasons": [(code, refusal.says[lang]) for code, refusal in REFUSALS.items()],
        "tomorrow": (day_of(timezone.now()) + links.ONE_DAY).isoformat(),
        "nonce": secrets.token_hex(8),
        "slot": slots.to_come(referral, timezone.now(), lang),
        "hours": slots.offered(referral.receiver, lang, timezone.localdate()),
        "weekdays": slots.weekdays(lang),
    }


def _shut(request: HttpRequest, status: int, why: str) -> HttpResponse:
    title = "handover.shut_title" if status == 404 else "handover.shut_title_over"
    context = {"title": title, "why": f"handover.shut_{why}"}
    return render(request, "handover/shut.html", context, status=status)
