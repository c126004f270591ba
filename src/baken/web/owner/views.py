"""The way of an owner: the question, and the answer that exists only while it is read."""

# mypy: allow-untyped-decorators
from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from baken.kernel.errors import BakenError
from baken.web import catalogue, engine
from baken.web.negotiate import has_json_body, read_json, wants_json
from baken.web.owner.answered import FORMS, private, today
from baken.web.owner.asking import (
    ENTER,
    MAX_NEED,
    Asked,
    add_engine_error,
    check_place,
    read_form,
    trade_typed,
)
from baken.web.owner.bell import bell_json, bell_told, with_bell
from baken.web.owner.changed import changed, seen
from baken.web.owner.context import languages
from baken.web.owner.doorway import still_there
from baken.web.owner.errors import error_response, json_error, not_allowed
from baken.web.owner.listens import listens, offers_scan
from baken.web.owner.present import present
from baken.web.owner.register import extract, fill
from baken.web.owner.sheet import sheet
from baken.web.owner.ticked import ticked_beside
from baken.web.owner.trades import trades_to_tap
from baken.web.owner.twins import joined
from baken.web.owner.unmet import nobody_helps, note_unmet
from baken.web.owner.which_place import which_place, written_places
from baken.web.texts import LANGS, text


@sensitive_post_parameters()
def start(request: HttpRequest) -> HttpResponse:
    """The question. A form or a JSON query is taken here as well as at the result."""
    lang: str = request.lang
    if request.method == "POST":
        if request.content_type in FORMS and "edit" in request.POST:
            asked = read_form(request.POST, lang)
            asked.problems.clear()
            fill(asked, today())
            return _form(request, asked)
        return _answer(request, lang)
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD, POST")
    if wants_json(request):
        return JsonResponse(_about_service(lang), json_dumps_params={"ensure_ascii": False})
    return _form(request, Asked(lang=lang))


@sensitive_post_parameters()
def result(request: HttpRequest) -> HttpResponse:
    """The answer to what was posted. Its address says nothing and keeps nothing."""
    lang: str = request.lang
    if request.method == "POST":
        return _asks_why(request, lang) or _answer(request, lang)
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD, POST")
    if wants_json(request):
        return not_allowed(request, "POST")
    return render(request, "owner/empty.html")


def _asks_why(request: HttpRequest, lang: str) -> HttpResponse | None:
    """The way to the page that tells why a measure is not here, where its name was typed and the
    enter key pressed: the fields of the page have one form, and so one button for that key."""
    if request.content_type not in FORMS or request.POST.get("typed") != ENTER:
        return None
    if trade_typed(request.POST)[1] or not request.POST.get("missed", "").strip():
        return None
    response = HttpResponse(status=307)
    response["Location"] = reverse(f"{lang}:why_not")
    return response


@sensitive_post_parameters()
def take_along(request: HttpRequest) -> HttpResponse:
    """The answer on one sheet of paper, for an adviser or bookkeeper. Nothing of it is kept."""
    lang: str = request.lang
    if request.method == "POST":
        return _answer(request, lang, "owner/sheet.html")
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD, POST")
    if wants_json(request):
        return not_allowed(request, "POST")
    return render(request, "owner/empty.html")


def _answer(request: HttpRequest, lang: str, template: str = "owner/result.html") -> HttpResponse:
    if has_json_body(request):
        return answer_json(request, lang)
    if request.content_type not in FORMS:
        return error_response(request, 400)
    return answer_to(request, read_form(request.POST, lang), template)


def answer_to(
    request: HttpRequest,
    asked: Asked,
    template: str = "owner/result.html",
    at: str = "",
    says: str = "",
) -> HttpResponse:
    """The page with the answer to what was asked. ``at``: its address, where it is another than
    that of the request; ``says``: what is told above it.
    """
    lang, answer = asked.lang, dict[str, Any]()
    if asked.problems:
        check_place(asked)
    else:
        fill(asked, today())
        try:
            answer, more = engine.answer_and_more(asked.query(today()))
        except BakenError as e:
            if wants_json(request):
                return json_error(e)
            add_engine_error(asked, e)
    if asked.problems:
        if wants_json(request):
            first = asked.problems[0]
            return json_error(BakenError(first.field, first.says, "", list(first.near)))
        return _form(request, asked, status=400)
    if nobody_helps(answer) and not asked.counted:
        note_unmet(answer, asked.all_facts, "page")
        asked.counted = True
    if wants_json(request):
        bell = bell_told(asked, timezone.localdate())
        return _json(with_bell(still_there(answer), bell))
    asked.scan = asked.scan or secrets.token_urlsafe(24)
    presented = present(joined(answer, more), lang, asked)
    context = {**_context(request, asked, presented), "says": says}
    if at:
        context["languages"] = languages(at, lang)
    return private(render(request, template, context))


def _context(request: HttpRequest, asked: Asked, presented: dict[str, Any]) -> dict[str, Any]:
    """What the page with an answer is told."""
    before = request.POST.get("before", "")
    answered = any(name in request.POST for name in ANSWERS) or bool(trade_typed(request.POST)[1])
    return {
        "asked": asked,
        "answer": presented,
        "bell": bell_told(asked, timezone.localdate()),
        "places": which_place(asked.all_facts, asked.lang),
        "written": written_places(asked.need, asked.all_facts, presented["question"], asked.lang),
        "trades": trades_to_tap(asked, presented),
        "listens": listens(presented, asked.lang, asked.all_facts),
        "scan_offered": offers_scan(presented),
        "sheet": sheet(presented, asked.need),
        "send_key": secrets.token_hex(16),
        "answered": "answer" in request.POST or "settled" in request.POST,
        "seen": seen(presented),
        "ticked": ticked_beside(asked, presented),
        "changed": changed(before, presented, asked.lang) if before and answered else "",
        "forgotten": "forget" in request.POST,
    }


def answer_json(request: HttpRequest, lang: str) -> HttpResponse:
    """A JSON query, as the contract has it; what it leaves out, the site fills in."""
    try:
        query = {"lang": lang, "as_of": today(), **read_json(request)}
        _check_need(query.get("need", ""))
        answer = engine.answer(query)
    except BakenError as e:
        return json_error(e)
    facts = query.get("facts")
    if nobody_helps(answer):
        note_unmet(answer, facts if isinstance(facts, dict) else {}, "json")
    return _json(with_bell(still_there(answer), bell_json(query)))


def _check_need(need: object) -> None:
    """Hold a need beside the bound of the site, which is below that of the command.

    Raises:
        BakenError: when it is no text, or longer.
    """
    if isinstance(need, str) and len(need) <= MAX_NEED:
        return
    shown = json.dumps(need, default=str)[:60]
    long = isinstance(need, str)
    problem = f"the text has {len(str(need))} characters" if long else f"{shown} is no need"
    raise BakenError("need", problem, f"text of at most {MAX_NEED} characters")


def _form(request: HttpRequest, asked: Asked, status: int = 200) -> HttpResponse:
    lang: str = request.lang
    context = {"asked": asked, "ways": _ways(lang), "register": extract()}
    response = render(request, "owner/start.html", context, status=status)
    return private(response) if request.method == "POST" else response


ANSWERS = ("answer", "place", "trade", "no_trade")
"""What a button sends that tells something; "show more" tells nothing."""
WAYS = {
    "kbo": "lookup",
    "signals": "signals",
    "stories": "stories",
    "scan": "scan",
    "back": "return",
}


def _ways(lang: str) -> list[dict[str, str]]:
    """Other starting points; the firm's number only where there is a register to look in."""
    return [
        {"page": page, "says": text(lang, f"journey.way.{name}")}
        for name, page in WAYS.items()
        if name != "kbo" or extract() is not None
    ]


def _json(answer: Mapping[str, Any]) -> HttpResponse:
    return private(JsonResponse(dict(answer), json_dumps_params={"ensure_ascii": False}))


def _about_service(lang: str) -> dict[str, Any]:
    """What a program finds at the address of the start page."""
    return {
        "name": text(lang, "site.name"),
        "says": text(lang, "site.tagline"),
        "languages": list(LANGS),
        "catalogue_version": catalogue.current_version(),
        "ask": {"method": "POST", "type": "application/json", "need": text(lang, "start.need")},
    }
