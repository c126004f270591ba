"""The pages of the desk: in and out, the list, one file."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.refer.clocks import full_too_long, promised_by
from baken.refer.model import ALREADY_HELPED, PASSED, SHUT_FOR, Kind, Who
from baken.refer.states import full_most, sayable
from baken.refer.words import REFUSALS
from baken.web.desk import chasing, files, inbox, passing, unheard
from baken.web.desk.hands import busy_on
from baken.web.desk.models import Role
from baken.web.desk.roles import SEES_FILES, only
from baken.web.handover import hears, meanwhile, onward, slots, wrong
from baken.web.handover.copies import copy_of
from baken.web.handover.models import EventRow
from baken.web.handover.reach import called, passed_to
from baken.web.handover.shown import as_shown, let_go, needs_in, on_page, stands, too_late
from baken.web.negotiate import wants_json
from baken.web.owner.errors import error_response, json_error, not_allowed
from baken.web.owner.paging import page_of
from baken.web.texts import text

PER_PAGE = 50
TOLD = (
    *("busy", "because", "reason", "until", "outcome", "note", "colleague", "held", "to", "why"),
    "elsewhere",
    meanwhile.CHANGED,
)
"""Errors of a file's page that tell more than that it is too late."""
DONE = ("note", "give")
"""Buttons that leave a file as it stands: the page tells what they did."""


def home(request: HttpRequest) -> HttpResponse:
    """``/bureau``: the list, or the first page of a role that has none."""
    if request.user.role == Role.OPERATOR:
        return HttpResponseRedirect(here(request, "desk_people"))
    if request.user.role == Role.POLICY:
        return HttpResponseRedirect(here(request, "desk_month"))
    return the_list(request)


@only(SEES_FILES)
def the_list(request: HttpRequest) -> HttpResponse:
    """The files that this member sees, by a filter."""
    which = request.GET.get("toon", "open")
    if which not in inbox.FILTERS:
        return error_response(request, 404)
    member, now = request.user, timezone.now()
    if wants_json(request):
        return JsonResponse({"files": files.taken_out(member, which, now, request.lang)})
    rows = inbox.files(member, which, timezone.localtime(now).date())
    asked, address, count = request.GET.get("page", "1"), here(request, "desk"), rows.count()
    page = page_of(rows, asked, address, {"toon": which}, PER_PAGE, count)
    page = replace(page, items=files.shown(member, page.items, now, request.lang))
    context = {"page": page, "which": which, "filters": list(inbox.FILTERS), "count": count}
    return render(request, "desk/inbox.html", context)


@only(SEES_FILES)
def file_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """``/bureau/dossier/<id>``: how it stands, what the firm shared once somebody pressed the
    button that opens it, and buttons for what happens to it.
    """
    if request.method not in ("GET", "HEAD", "POST"):
        return not_allowed(request, "GET, HEAD, POST")
    now, problem = timezone.now(), ""
    also: list[str] = []
    try:
        if request.method == "POST":
            problem, *also = _said(request, public_id) or [""]
            if not problem:
                return _saved(request, public_id)
        file = files.look(request.user, public_id, now)
    except files.NotThere:
        return error_response(request, 404)
    if wants_json(request):
        if problem:
            names = [name for name in (problem, *also) if name in wrong.AT]
            expected = " ".join(text(request.lang, wrong.AT[name][1]) for name in names)
            return json_error(BakenError(problem, "this can't be said (now)", expected))
        return JsonResponse(_as_json(file))
    if problem == "late":
        problem = too_late(file.row, request.POST.get("do", ""))
    changed = problem == meanwhile.CHANGED
    place = meanwhile.place(file.row, request.POST.get("do", "")) if changed else None
    return wrong.page(request, "desk/file.html", _context(request, file), problem, place, also)


def _saved(request: HttpRequest, public_id: str) -> HttpResponse:
    """The way back to the page, at what the button did: what was kept, or how the file stands. The
    place is named, for else the browser keeps that of an error before it.
    """
    done = request.POST.get("do", "")
    asked = f"?{urlencode({'klaar': done})}" if done in DONE else ""
    return HttpResponseRedirect(f"{here(request, 'desk_file', public_id)}{asked}#stand")


@only(SEES_FILES)
def file_copy(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """``/bureau/dossier/<id>.pdf`` and ``.json``: what the page of an opened file shows of the
    firm, to keep; of another file the page itself tells how it stands.
    """
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    try:
        file = files.look(request.user, public_id, timezone.now())
    except files.NotThere:
        return error_response(request, 404)
    if not (file.opened and file.row.dossier):
        return HttpResponseRedirect(here(request, "desk_file", public_id))
    return copy_of(file.row, form)


def _said(request: HttpRequest, public_id: str) -> list[str]:
    """Do what the button says; the fields that are wrong, or none."""
    form, member, now = request.POST, request.user, timezone.now()
    try:
        match form.get("do"):
            case "open":
                files.open_file(member, public_id, now)
            case "note":
                files.note(member, public_id, form.get("note", ""), now)
            case "give":
                because = form.get("because", "")
                held = form.get("held")
                files.give(member, public_id, form.get("colleague", ""), now, because, held)
            case "pass":
                passing.pass_on(member, public_id, form, now)
            case "end":
                files.close(member, public_id, form, now)
            case _:
                files.say(member, public_id, form, now)
    except BakenError as e:
        return [e.path if e.path in TOLD else "late", *wrong.also_of(e)]
    return []


def _context(request: HttpRequest, file: files.File) -> dict[str, Any]:
    done = request.GET.get("klaar", "") if request.method == "GET" else ""
    state, row, lang = file.state, file.row, request.lang
    handling = state.handling.value
    how = state.shut_for or stands(state, timezone.localdate())
    holder = getattr(row, "holder", None)
    has_it = [holder.member] if holder else []
    others = [m for m in files.colleagues(request.user) if m not in has_it] if file.reads else []
    busy = busy_on([*others, *has_it], timezone.localdate())
    return {
        "file": file,
        "done": done if done in DONE else "",
        "to": called(row, lang),
        "dossier": on_page(row, lang) if file.opened else {},
        "about": about_of(file, lang),
        "let_go": file.opened and let_go(row),
        "handling": str(handling),
        "stands": ALREADY_HELPED if file.reads and state.helped_already else how,
        "passed_to": passed_to(state, lang),
        "passed_why": _passed_why(file, lang),
        "can": sayable(state, timezone.localdate()),
        "reach_on": state.reach_on and state.reach_on.isoformat(),
        "denied": state.denied,
        "denied_on": state.denied_on and state.denied_on.isoformat(),
        "contacted": state.contact_on is not None,
        "promised": promised_by(state).isoformat(),
        "slot": slots.to_come(row, timezone.now(), lang) if file.reads else "",
        "by_mail": hears.by_mail(row),
        "late": (late := not state.ended and state.contact_on is None and _passed(state)),
        "unheard": (
            unheard.says(row, state, lang, timezone.localdate(), file.reads)
            if late or state.unreached or full_too_long(state, timezone.localdate())
            else ""
        ),
        "chase": "" if file.reads else chasing.says(row, state, lang, late),
        "coordinates": request.user.role == Role.COORDINATOR,
        "told": state.outcomes.get(Who.RECEIVER),
        "outcomes": files.outcome_names(),
        "reasons": [(code, refusal.says[lang]) for code, refusal in REFUSALS.items()],
        "reasons_to_pass": passing.REASONS,
        "tomorrow": (timezone.localdate() + timedelta(days=1)).isoformat(),
        "full_most": full_most(state, timezone.localdate()).isoformat(),
        "nonce": secrets.token_hex(8),
        "stood": meanwhile.stood(row),
        "notes": files.notes_of(file),
        "holder": holder.member if holder else None,
        "away": busy.get(holder.member_id) if holder else None,
        "can_give": not let_go(row),
        "colleagues": [(one, busy.get(one.pk)) for one in others],
        "others": passing.choices(file, timezone.now(), lang),
        "leaves_out": passing.leaves_out(file),
        "may_pass": onward.may_pass_on(file.row),
        "answers": passing.answers(file),
        "events": [
            {"kind": _told(e), "day": timezone.localtime(e.at).date().isoformat()}
            for e in row.events.exclude(kind="step").order_by("pk")
        ],
    }


def _told(event: EventRow) -> str:
    """The name of the text of an event; of a door that Baken shut it says why, and of
    a file that was handed on that it was.
    """
    why = event.more.get("reason")
    if event.kind == Kind.REFUSED and event.key.startswith(PASSED):
        return "desk.state.passed_on"
    return f"desk.state.{why}" if why in SHUT_FOR else f"desk.event.{event.kind}"


def _passed_why(file: files.File, lang: str) -> str:
    """For which reason a file was handed on, for who may open it."""
    why = REFUSALS.get(file.state.refusal or "")
    return why.says[lang] if why and file.reads and file.state.passed_to else ""


def about_of(file: files.File, lang: str) -> list[str]:
    """The labels of the need, where the owner ticked it, for who may open the file."""
    dossier = file.row.dossier
    if not file.reads or let_go(file.row):
        return []
    return needs_in(lang, dossier.get("lang"), dossier.get("need") or {})


def _passed(state: Any) -> bool:
    return bool(timezone.localdate() > promised_by(state))


def _as_json(file: files.File) -> dict[str, Any]:
    state = file.state
    return {
        "id": file.row.public_id,
        "to": file.row.receiver.name,
        "handling": str(state.handling.value),
        "denied": state.denied,
        "delivery": str(state.delivery.value),
        "contact_until": promised_by(state).isoformat(),
        "outcomes": {
            str(who): str(said.value) for who, said in state.outcomes.items() if who is Who.RECEIVER
        },
        "dossier": as_shown(file.row) if file.opened else None,
    }


def here(request: HttpRequest, name: str, *args: str) -> str:
    """The address of a page in the request's language."""
    address: str = reverse(f"{request.lang}:{name}", args=args)
    return address
