"""From a form that was read to a presented answer, also for chosen offers only."""

# mypy: allow-untyped-decorators
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from baken.kernel.errors import BakenError
from baken.web import engine
from baken.web.negotiate import wants_json
from baken.web.owner.asking import Asked, read_form
from baken.web.owner.errors import error_response, not_allowed
from baken.web.owner.present import present
from baken.web.owner.register import fill
from baken.web.owner.room import room_told

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
Shown = dict[str, Any]
View = Callable[[HttpRequest], HttpResponse]


def today() -> str:
    """The day of the answer."""
    return str(timezone.localdate())


def private(response: HttpResponse) -> HttpResponse:
    """An answer that only the owner's own browser keeps, so that its button Back finds it again:
    with "no-store" that shows the browser's own error. Where it is wiped, :func:`out_of_browser`
    takes it from there too."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept"
    return response


def out_of_browser(response: HttpResponse) -> HttpResponse:
    """An answer after which the button Back finds nothing any more of what was wiped, or stood
    behind a door that shut."""
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def of_form(view: Callable[[HttpRequest, Asked], HttpResponse]) -> View:
    """A view of what a form of the result page sent; where the page or the engine can't use that,
    it is an error of who asked.
    """

    @wraps(view)
    def page(request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD") and not wants_json(request):
            return render(request, "owner/empty.html")
        if request.method != "POST":
            return not_allowed(request, "POST")
        if request.content_type not in FORMS:
            return error_response(request, 400)
        asked = read_form(request.POST, request.lang)
        fill(asked, today())
        if asked.problems:
            return error_response(request, 400)
        try:
            return view(request, asked)
        except BakenError:
            return error_response(request, 400)

    hiding: View = sensitive_post_parameters()(page)
    return hiding


def only(asked: Asked, picks: Sequence[str]) -> Mapping[str, Any]:
    """The presented answer about these offers (``type/id``), whatever the search says; ``chosen``
    are the offers in the order of ``picks``, of whatever verdict. What was typed at the plan of
    small aid counts too.

    Raises:
        BakenError: where the engine can't use what was asked.
    """
    query = {**asked.query(today()), "only": list(dict.fromkeys(p.split("/")[1] for p in picks))}
    query["facts"] = {**query["facts"], **room_told(asked, timezone.localdate())}
    shown = present(engine.answer(query), asked.lang, asked)
    by_pick = {f"{o['type']}/{o['id']}": o for o in (*shown["offers"], *shown["excluded"])}
    return {**shown, "chosen": [by_pick[p] for p in picks if p in by_pick]}
