"""The receiver's page: one referral, by its link, without an account.

A GET of the link shows who asks for what kind of help and until when, and nothing of the firm; it
changes nothing. Each button is a POST that says what it says, and leads on to a GET, so that the
button Back finds pages. One that opens the file marks it seen and binds the link to this device; a
no, "full until", an outcome and what went wrong open nothing. The file itself is shown at the
address to which such a button leads (:data:`SHOWS`), to the device that has the cookie of the
opening, and to no other: a letter does not hold that address, and no scanner has that cookie.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.refer.clocks import promised_by
from baken.refer.model import BRUSSELS, CEASED, TOO_LONG, Handling, Outcome, Who, day_of
from baken.refer.states import full_most, sayable
from baken.refer.words import REFUSALS
from baken.web import words
from baken.web.handover import away, came, hears, links, lives, meanwhile, slots, store, wrong
from baken.web.handover.copies import copy_of, named
from baken.web.handover.models import Intent, Link, Receiver, new_message_id
from baken.web.handover.reach import called, passed_to
from baken.web.handover.said import BUTTONS, event_of_form, row_number
from baken.web.handover.shown import (
    OPENS_NOTHING,
    let_go,
    mark_opened,
    on_page,
    stands,
    too_late,
    was_opened,
)
from baken.web.owner.answered import private
from baken.web.owner.errors import not_allowed
from baken.web.texts import text

OF_THE_HOUSE = ("offer", "unoffer", "away", "back")
"""Buttons that say something of the organisation, not of this file."""
SHOWS, FILE, HOUSE, UNSAID = "toon", "dossier", "organisatie", "ongezegd"
"""The word of the address that shows the file, and what it can be: as it is, after a word on the
organisation, and after a code was asked instead of what was chosen.
"""
HERE = "hier"
"""A field of the form of a browser that came back without the cookie: the file is the answer."""
SAYS_NOTHING = ("", "open", "code", "enter", "pdf", "json", "ics")
"""Buttons that tell nobody anything."""
BEFORE = ("open", "pdf", "json", "ics", *OF_THE_HOUSE, *BUTTONS[Who.RECEIVER])
"""Buttons that mean something on a link that no device opened yet; a form without one of them is
no click of a person, and opens nothing.
"""
AFTER = (*BEFORE, "code", "enter")
"""And on the device that opened it, where a page of before may still ask for a code."""
AT_A_FIELD = ("reason", "until", "outcome", "hours", "hours_both", *away.WRONG)
"""Errors that are told at a field of the page."""
OF_A_FORM = (*AT_A_FIELD, meanwhile.CHANGED)
"""And those of which the page tells more than that it is too late."""


def receiver(request: HttpRequest, token: str) -> HttpResponse:
    """``/dossier/<token>``."""
    if request.method not in ("GET", "HEAD", "POST"):
        return not_allowed(request, "GET, HEAD, POST")
    now = timezone.now()
    link = links.find(token)
    if link is None or link.who != Who.RECEIVER:
        return _shut(request, 404, "unknown")
    if not lives.open_on(link, day_of(now)):
        return _shut(request, 410, _why_shut(link))
    if request.method != "POST":
        if SHOWS in request.GET and links.opened_here(request, link):
            return _file(request, link)
        return _landing(request, link)
    if not links.known_device(request, link):
        if request.POST.get("do") == "outcome":
            return _outcome(request, link)
        return _other_device(request, link)
    return _opened(request, link)


def _why_shut(link: Link) -> str:
    """Why a link opens nothing any more."""
    if link.referral.handling == Handling.EXPIRED:
        why = store.state_of(link.referral).refusal
        return why if why in (CEASED, TOO_LONG) else "expired"
    if not link.revoked_at:
        return "old"
    took_back = link.referral.handling == Handling.WITHDRAWN and was_opened(link.referral)
    return "thrown_away" if took_back else "withdrawn"


def _opened(request: HttpRequest, link: Link) -> HttpResponse:
    """What the button says, and the way to the file; before it was opened, a no or an error without
    it.
    """
    closed, do = not link.device_hash, request.POST.get("do")
    if do not in (BEFORE if closed else AFTER):
        show = _landing if closed else _file
        return show(request, link, "unread")
    opens = not (closed and do in OPENS_NOTHING)
    problem = None
    try:
        with transaction.atomic():
            _said(request, link, opens)
    except BakenError as e:
        problem = e.path if e.path in OF_A_FORM else "late"
    link.referral.refresh_from_db()
    if problem == "late":
        problem = too_late(link.referral, do or "")
    if not opens or (closed and problem):
        return _landing(request, link, problem) if problem else _seen(request)
    response = _download(request, link)
    if response is None and (problem or HERE in request.POST):
        response = _file(request, link, problem)
    elif response is None:
        unsaid = UNSAID if request.POST.get("unsaid") else FILE
        response = _seen(request, HOUSE if do in OF_THE_HOUSE else unsaid)
    links.remember_device(request, response, link)
    return response


def _seen(request: HttpRequest, shows: str = "") -> HttpResponse:
    """The way to the page that a button leads to: the file, or the page without it."""
    shown = f"?{SHOWS}={shows}" if shows else ""
    return HttpResponseRedirect(f"{request.path}{shown}#stand", status=303)


def _file(request: HttpRequest, link: Link, problem: str | None = None) -> HttpResponse:
    """The opened file, with what is wrong."""
    of_house = request.POST.get("do") in OF_THE_HOUSE or request.GET.get(SHOWS) == HOUSE
    response = render(
        request,
        "handover/file.html",
        {
            **_context(request, link),
            **away.context(
                link.referral.receiver, request.POST, problem, request.lang, timezone.now()
            ),
            **_told(request, link, problem),
            "dossier": on_page(link.referral, request.lang),
            "let_go": let_go(link.referral),
            "others_waiting": away.others_waiting(link.referral),
            "said_of_house": of_house,
            "unsaid": request.POST.get("unsaid") or request.GET.get(SHOWS) == UNSAID,
        },
        status=400 if problem else 200,
    )
    if problem:
        return private(response)
    response.headers["Cache-Control"] = "no-store"
    return response


def _said(request: HttpRequest, link: Link, opens: bool) -> None:
    """Let what the button says happen, and before it the opening."""
    row, now = link.referral, timezone.now()
    others = opens and request.POST.get("do") == "full" and bool(request.POST.get("others"))
    meanwhile.hold(away.with_others(row) if others else [row.pk])
    if opens:
        mark_opened(row, now)
    said = event_of_form(request.POST, Who.RECEIVER, now)
    if said is not None:
        meanwhile.check(row, request.POST, said.key)
    if said is not None and others:
        away.full(row, said)
    elif said is not None:
        store.record(row.pk, said)
    if opens:
        _of_the_house(row.receiver, request)


def _outcome(request: HttpRequest, link: Link) -> HttpResponse:
    """The outcome from a device that did not open the file: taken, and nothing is shown."""
    try:
        _said(request, link, opens=False)
    except BakenError as e:
        problem = e.path if e.path in ("outcome", meanwhile.CHANGED) else "late"
        link.referral.refresh_from_db()
        return _landing(request, link, problem)
    return _seen(request)


def _landing(request: HttpRequest, link: Link, problem: str | None = None) -> HttpResponse:
    """The page without anything of the firm, with what was said or what is wrong."""
    row = link.referral
    context = {
        **_context(request, link),
        **_told(request, link, problem),
        "let_go": let_go(row),
        "opens": not row.ended or was_opened(row),
        "here": SHOWS in request.GET and bool(link.device_hash),
    }
    page = render(request, "handover/landing.html", context, status=400 if problem else 200)
    return private(page) if problem else page


def _told(request: HttpRequest, link: Link, problem: str | None) -> dict[str, Any]:
    """What is wrong, as the page tells it."""
    changed = problem == meanwhile.CHANGED
    place = meanwhile.place(link.referral, request.POST.get("do", "")) if changed else None
    return wrong.told(request, problem, place)


def _of_the_house(house: Receiver, request: HttpRequest) -> None:
    """Hours that the organisation offers from now on, or no more, and days that nobody is there."""
    away.say(house, request.POST, timezone.now())
    match request.POST.get("do"):
        case "offer":
            slots.add(house, request.POST, timezone.localdate())
        case "unoffer":
            slots.drop(house, row_number(request.POST.get("row", "")))


def _download(request: HttpRequest, link: Link) -> HttpResponse | None:
    row, what = link.referral, request.POST.get("do")
    match what:
        case "json" | "pdf":
            return copy_of(row, what)
        case "ics" if row.slot_at is not None:
            says = text(request.lang, "handover.slot_with")
            return slots.as_file(request, row, says, named(row, what))
    return None


def _other_device(request: HttpRequest, link: Link) -> HttpResponse:
    """A code is asked before anything is said or shown; what was chosen is told to be unsaid."""
    now = timezone.now()
    state, typed = "ask", request.POST.get("code", "")[:20]
    unsaid = "unsaid" in request.POST or request.POST.get("do", "") not in SAYS_NOTHING
    match request.POST.get("do"):
        case "code":
            if links.ask_code(link, now):
                Intent.objects.create(
                    key=links.code_key(link),
                    referral=link.referral,
                    letter="code",
                    to=str(Who.RECEIVER),
                    message_id=new_message_id(),
                    next_try=now,
                )
            state = "sent"
        case "enter":
            if links.code_fits(link, typed, now):
                response = _opened(request, link)
                links.new_device(request, response, link)
                return response
            state = "wrong" if links.is_code(typed) else "short"
    until = links.locked_until(link, now)
    state = "locked" if until else state
    problem = state if state in ("wrong", "short") else None
    context = {
        **_context(request, link),
        **wrong.told(request, problem, ("code", f"handover.device.{state}")),
        "state": state,
        "unsaid": unsaid,
        "here": HERE in request.POST,
    }
    context["again_at"] = until and _minute_after(until)
    return private(render(request, "handover/device.html", context, status=429 if until else 403))


def _minute_after(at: datetime) -> str:
    """The first whole minute of the clock that is not before a moment."""
    return f"{(at + timedelta(seconds=59)).astimezone(BRUSSELS):%H:%M}"


def _context(request: HttpRequest, link: Link) -> dict[str, Any]:
    referral = link.referral
    state = store.state_of(referral)
    lang: str = request.lang
    return {
        "to": called(referral, lang),
        "number": referral.number,
        "came": came.told_receiver(referral, lang),
        "promised": promised_by(state).isoformat(),
        "overdue": timezone.localdate() > promised_by(state),
        "handling": str(state.handling.value),
        "stands": stands(state, timezone.localdate()),
        "passed_to": passed_to(state, lang),
        "claimed": state.claimed,
        "can": sayable(state, timezone.localdate()),
        "ended": state.ended,
        "reach_on": state.reach_on and state.reach_on.isoformat(),
        "denied": state.denied,
        "denied_on": state.denied_on and state.denied_on.isoformat(),
        "contacted": state.contact_on is not None,
        "contacted_words": state.contact_on and words.day(lang, state.contact_on.isoformat()),
        "outcomes": [str(outcome) for outcome in Outcome],
        "told": state.outcomes.get(Who.RECEIVER),
        "reasons": [(code, refusal.says[lang]) for code, refusal in REFUSALS.items()],
        "tomorrow": (day_of(timezone.now()) + links.ONE_DAY).isoformat(),
        "full_most": full_most(state, timezone.localdate()).isoformat(),
        "nonce": secrets.token_hex(8),
        "stood": meanwhile.stood(referral),
        "slot": slots.to_come(referral, timezone.now(), lang),
        "by_mail": hears.by_mail(referral),
        "hours": slots.offered(referral.receiver, lang, timezone.localdate()),
        "weekdays": slots.weekdays(lang),
    }


def _shut(request: HttpRequest, status: int, why: str) -> HttpResponse:
    over = status != 404 and why != "old"
    title = "handover.shut_title_over" if over else "handover.shut_title"
    context = {"title": title, "why": f"handover.shut_{why}"}
    return render(request, "handover/shut.html", context, status=status)
