"""The owner's firm by name and place, or by number, where there is an extract of the KBO."""

# mypy: allow-untyped-decorators
from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from baken.kernel.errors import BakenError
from baken.kernel.plain import plain
from baken.registers.kbo_extract.look import NotThere
from baken.registers.kbo_extract.search import by_number, find
from baken.web.owner.answered import FORMS, private
from baken.web.owner.asking import Asked, Problem, read_form
from baken.web.owner.errors import error_response, not_allowed
from baken.web.owner.register import extract
from baken.web.texts import text

MAX_TYPED = 200
NUMBER = re.compile(r"(BE)?[\s.-]*([0-9][\s.-]*){6,}", re.IGNORECASE)
"""What is typed as a number, whole or not; nobody's name is six digits."""
FOREIGN = re.compile(
    r"(?!BE)[A-Z]{2}[\s.-]*(?=(\w*[\s.-]*[0-9]){7})[A-Z0-9\s.-]{8,16}", re.IGNORECASE
)
"""A VAT number of another country: its two letters, then eight to twelve signs, most of them digits
(directive 2006/112/EC, article 215)."""


@sensitive_post_parameters()
def lookup_page(request: HttpRequest) -> HttpResponse:
    """The form, and what was found. What was typed on the start page goes along and comes back."""
    lang: str = request.lang
    context: dict[str, Any] = {"there": extract() is not None}
    if request.method in ("GET", "HEAD"):
        asked = Asked(lang=lang)
    elif request.method != "POST":
        return not_allowed(request, "GET, HEAD, POST")
    elif request.content_type not in FORMS:
        return error_response(request, 400)
    else:
        asked = read_form(request.POST, lang)
        asked.problems.clear()
        if "firm" in request.POST:
            context |= _found(request, asked)
        elif "kbo" not in asked.facts:  # a name, or half a number, in the field of the number
            context["firm"] = asked.kbo
    context |= {"asked": asked, "place": context.get("place", asked.where)}
    status = 400 if asked.problems else 200
    return private(render(request, "owner/lookup.html", context, status=status))


def _found(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    path, lang = extract(), asked.lang
    typed = plain(request.POST.get("firm", "")).strip()[:MAX_TYPED]
    town = request.POST.get("town_instead") or request.POST.get("town", "")
    place = plain(town).strip()[:MAX_TYPED]
    shown: dict[str, Any] = {"firm": typed, "place": place}
    if path is None:
        return shown
    if FOREIGN.fullmatch(typed):
        asked.problems.append(Problem("firm", text(lang, "journey.kbo.foreign")))
        return shown
    try:
        if NUMBER.fullmatch(typed):
            return {**shown, "hits": by_number(path, typed, lang)}
        return {**shown, "hits": find(path, typed, place or None, lang)}
    except NotThere:
        asked.problems.append(Problem("firm", text(lang, "journey.kbo.not_there")))
    except BakenError as e:
        if e.path == "place":
            says = text(lang, "errors.where_unknown", value=place[:60])
            asked.problems.append(Problem("town", says, tuple(e.near[:5])))
        elif e.path == "name":
            asked.problems.append(Problem("firm", text(lang, "journey.kbo.no_name")))
        elif e.path == "kbo":
            wrong = "kbo_check" if "check digits" in e.problem else "kbo"
            asked.problems.append(Problem("firm", text(lang, f"errors.{wrong}")))
        else:
            shown["there"] = False
    return shown
