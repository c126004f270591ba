"""The owner's page of one referral, by a link without an account: ``/vervolg/<token>``.

A device that did not send it sees :mod:`baken.web.handover.first_look`, until its holder proved to
be the owner. A GET tells how it stands and nothing that the owner shared, and changes nothing. Each
button is a POST that leads back to the page.
"""

from __future__ import annotations

import secrets
from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.refer.clocks import Step, counts_from
from baken.refer.dossier import Dossier
from baken.refer.model import Handling, Kind, Outcome, Who, day_of
from baken.refer.model import Referral as State
from baken.refer.states import CAN_TAKE, can_take_back
from baken.web import words
from baken.web.handover import (
    again,
    away_told,
    came,
    contact,
    fallen,
    hears,
    links,
    lives,
    nets,
    onward,
    proof,
    question,
    sending,
    slots,
    stay,
    store,
    wrong,
)
from baken.web.handover.first_look import first_look
from baken.web.handover.history import headline, lines
from baken.web.handover.models import Link, Referral
from baken.web.handover.promise import Promise, promise
from baken.web.handover.reach import Door, called, door, names_of
from baken.web.handover.said import event_of_form
from baken.web.handover.shown import let_go, was_opened
from baken.web.handover.windows import full_day
from baken.web.owner.answered import out_of_browser, private
from baken.web.owner.errors import not_allowed
from baken.web.owner.listens import calm_line
from baken.web.sweeping import forget_log
from baken.web.texts import text

WRONG: dict[str, wrong.Place] = {
    "late": ("", "follow.late"),
    "outcome": ("outcome", "follow.outcome_wrong"),
    "slot": ("slot", "send.wrong.slot"),
}
"""What may be wrong with a button of the page, by the name of the error."""


def follow(request: HttpRequest, token: str) -> HttpResponse:
    """``/vervolg/<token>``."""
    if request.method not in ("GET", "HEAD", "POST"):
        return not_allowed(request, "GET, HEAD, POST")
    now = timezone.now()
    link = lives.of_owner(token)
    if link is None:
        return _shut(request, 404, "unknown")
    if link.referral.wiped_at:
        return _shut(request, 410, "wiped")
    if not lives.open_on(link, day_of(now)):
        return _shut(request, 410, "old")
    if not proof.known(request, link.referral):
        return first_look(request, link)
    if request.method == "POST" and request.POST.get("do") == "wipe":
        return _wiped(request, link)
    response = _known(request, link) if request.method == "POST" else _page(request, link)
    proof.remember(request, response, link.referral)
    return response


def _wiped(request: HttpRequest, link: Link) -> HttpResponse:
    begun, doors = question.begun(link.referral), question.doors(link.referral)
    question.wipe(link.referral, timezone.now())
    forget_log()
    response = out_of_browser(_shut(request, 200, "wiped", names_of(doors, request.lang)))
    proof.forget(response, begun)
    return response


def _known(request: HttpRequest, link: Link) -> HttpResponse:
    """What a button of the page says, from the owner's own device."""
    match request.POST.get("do"):
        case "pdf":
            return sending.paper(Dossier.model_validate(link.referral.dossier))
        case "ics" if link.referral.slot_at is not None:
            says = text(request.lang, "follow.slot_with", to=called(link.referral, request.lang))
            return slots.as_file(request, link.referral, says, "afspraak.ics")
        case "again" if again.can_ask(link.referral):
            return again.ask(request, link.referral)
        case "reach" if contact.can_change(link.referral):
            return contact.page(request, link.referral)
        case "other":
            made = onward.preview_of(link.referral, timezone.now(), request.lang)
            if made is None:
                return _page(request, link, "late", 409)
            to = door(made.to, request.lang)
            if made.may_pass_on and not _promise(link.referral, to, request.lang).later:
                return sending.send(request, made)
            return sending.show_preview(request, made, to)
    return _said(request, link)


def _said(request: HttpRequest, link: Link) -> HttpResponse:
    hour = slots.named(request.POST.get("slot", "")[:40])
    try:
        if request.POST.get("do") == "reach_done":
            return contact.change(request, link.referral)
        if hour is not None and request.POST.get("do") == "slot":
            store.choose(link.referral_id, hour, timezone.now())
        said = event_of_form(request.POST, Who.OWNER, timezone.now())
        if said is not None and said.kind is Kind.WITHDRAWN:
            question.take_back(link.referral, said)
        elif said is not None and said.kind is Kind.NO_NEXT:
            stay.stay(link.referral_id, said)
            return HttpResponseRedirect(f"{request.path}?blijft", status=303)
        elif said is not None:
            store.record(link.referral_id, said)
    except BakenError as e:
        if e.path == "outcome":
            return _page(request, link, "outcome", 400)
        if e.path == "slot":
            return _page(request, link, "slot", 409)
        return _page(request, link, "late", 409)
    return HttpResponseRedirect(request.path, status=303)


def _page(request: HttpRequest, link: Link, problem: str = "", status: int = 200) -> HttpResponse:
    lang: str = request.lang
    row, today = link.referral, timezone.localdate()
    state = store.state_of(row)
    to = door(row.receiver.record_id, lang)
    name = to.name or row.receiver.name
    handling = state.handling.value
    hours = slots.still_open(row, state, timezone.now(), lang)
    field, says = WRONG.get(problem, wrong.UNREAD)
    context = {
        **_onward(row, state, lang),
        **_permission(row, lang),
        **_back(request, link),
        **_taking_back(row, state, lang),
        **wrong.told(request, problem, (field if hours or field != "slot" else "", says)),
        "to": to,
        "name": name,
        "state": state,
        "handling": str(handling),
        "says": headline(state, name, lang, today, hears.otherwise(row)),
        "away": away_told.told(row, state, name, lang, today),
        "slot": slots.to_come(row, timezone.now(), lang),
        "slot_fell": fallen.on_page(row, timezone.now(), lang),
        "hours": hours,
        "lines": lines(row, name, lang),
        "opened": was_opened(row),
        "can": {str(kind) for kind, states in CAN_TAKE.items() if handling in states},
        "let_go": let_go(row),
        "can_reach": contact.can_change(row),
        "outcome_asked": state.contact_on is not None,
        "can_deny": handling in CAN_TAKE[Kind.NO_CONTACT] and state.contact_on is not None,
        "goes_once_denied": onward.goes_once_denied(row, state, lang, timezone.now()),
        "told": state.outcomes.get(Who.OWNER),
        "outcomes": [str(outcome) for outcome in Outcome],
        "new": "nieuw" in request.GET and handling is Handling.OFFERED and not state.unreached,
        "again": bool({"al", "anders"} & set(request.GET)),
        "changed": "anders" in request.GET,
        "stays": "blijft" in request.GET and state.no_next_on is not None,
        "nonce": secrets.token_hex(8),
    }
    return private(render(request, "handover/follow.html", context, status=status))


def _onward(row: Referral, state: State, lang: str) -> dict[str, Any]:
    """Where the question went, or can go."""
    following = row.next.first()
    leaves = onward.may_leave(row, state, timezone.localdate())
    other = door(onward.next_door(row, timezone.now()), lang) if leaves else None
    promised = _promise(row, other, lang) if other and other.takes else None
    alone = bool(leaves and other and not other.known and not state.helped_already)
    return {
        "following": following and links.link_for(following, Who.OWNER, following.sent_on)[1],
        "following_name": following and called(following, lang),
        "following_back": following in question.taken_back_at(row),
        "leaves": leaves,
        "stands": _stands(state),
        "advised": state.handling.value not in onward.DONE_WITH
        and state.left_because == state.so_far_told
        and (str(Step.SWITCH), counts_from(state)) in state.steps
        and not (promised and promised.later),
        "other": other,
        "nets": nets.nets(row, lang) if alone else [],
        "listens": calm_line(lang, {}) if alone and row.crisis else "",
        "other_away": promised if promised and promised.later else None,
        "by_itself": _by_itself(row, state, other.name, lang) if other and promised else "",
        "held_by": called(held, lang) if (held := onward.held_by(row)) else "",
        "ask_again": again.can_ask(row),
    }


def _by_itself(row: Referral, state: State, other: str, lang: str) -> str:
    """On which day, or at the latest, the question goes to the other door by itself, and how it
    stays; empty where it does not go.
    """
    told, now = {"to": other, "from": called(row, lang)}, timezone.now()
    if goes := onward.goes_by_itself(row, state, now):
        return text(lang, "follow.by_itself", day=full_day(lang, goes), **told)
    if last := onward.goes_at_latest(row, state, now):
        return text(lang, "follow.by_itself_latest", day=full_day(lang, last), **told)
    return ""


def _promise(row: Referral, to: Door, lang: str) -> Promise:
    """What another door promises for this question."""
    return promise(to.receiver, row.crisis, timezone.now(), lang)


def _stands(state: State) -> str:
    """How the question stands here, for who can leave: it still waits, it is done and did not help
    (``not``), this door helps the firm already, or it is shut.
    """
    if state.helped_already:
        return "helped"
    if state.contact_on is not None and not state.ended:
        return "not"
    return "shut" if state.ended or state.unreached else "waits"


def _permission(row: Referral, lang: str) -> dict[str, Any]:
    """What the owner allowed, and since and until when."""
    permission = row.permission
    ended, no_next = permission.withdrawn_at, permission.no_next_at
    return {
        "permission": permission,
        "passed": came.came_by(row) is not Who.OWNER,
        "shared": Counter(item.split(":")[0] for item in permission.items).items(),
        "given_words": words.day(lang, day_of(came.allowed_at(row)).isoformat()),
        "ended_words": ended and words.day(lang, day_of(ended).isoformat()),
        "no_next_words": no_next and words.day(lang, day_of(no_next).isoformat()),
        "can_stay": stay.can_stay(row),
    }


def _taking_back(row: Referral, state: State, lang: str) -> dict[str, Any]:
    """At which doors the question can be taken back or wiped, and which opened it; and where it
    stays when it is taken back, for it was sent there too.
    """
    doors, way = question.doors(row), question.way(row)
    opened = [one for one in doors if one.wiped_at is None and was_opened(one)]
    stays = [one for one in doors if one not in way and can_take_back(store.state_of(one))]
    return {
        "readable": names_of(question.readable(row), lang),
        "only_here": way == [row] and not state.ended,
        "opened_by": names_of([one for one in opened if one in way], lang),
        "stays_at": names_of(stays, lang),
        "wiped_at": names_of(doors, lang),
        "wiped_opened_by": names_of(opened, lang),
        "back_at": names_of(back, lang) if (back := question.taken_back_at(row)) != [row] else "",
        "taken_back": state.taken_back or state.handling.value is Handling.WITHDRAWN,
    }


def _back(request: HttpRequest, link: Link) -> dict[str, Any]:
    """How the owner comes back to the page: by which address and mail, on which device."""
    row = link.referral
    until = lives.owner_until(row)
    return {
        "address": request.build_absolute_uri(request.path),
        "expires_words": until and words.day(request.lang, until.isoformat()),
        "mail": bool(row.owner_address),
        "mail_back": hears.mail_back(row),
        "proved_by": proof.asked(row),
        "code": proof.code_of(row),
        "cookie": proof.cookie_of(row),
    }


def _shut(request: HttpRequest, status: int, why: str, at: str = "") -> HttpResponse:
    titled = f"follow.shut_title_{why}"
    context = {"title": titled, "why": f"follow.shut_{why}", "ask": True, "wiped_at": at}
    return render(request, "handover/shut.html", context, status=status)
