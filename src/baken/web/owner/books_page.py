"""``/jaarrekening``: annual accounts, from a file or from the National Bank, so that less is asked.

Nothing of a file is kept: it is read in memory, and a few figures go back into the owner's page.
"""

# mypy: allow-untyped-decorators
from __future__ import annotations

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from baken.kernel.errors import BakenError
from baken.registers.accounts import Unfit
from baken.registers.filing import UNREAD, decode_filing, kind_of
from baken.signals.aside import in_language
from baken.web.owner import books_fetch
from baken.web.owner.answered import FORMS, private, today
from baken.web.owner.asking import Asked, Problem, read_form
from baken.web.owner.bell import bell_told
from baken.web.owner.books import take
from baken.web.owner.errors import error_response, not_allowed
from baken.web.owner.register import fill
from baken.web.rate import Allowance, sender
from baken.web.texts import text

log = logging.getLogger("baken.web")
MOST_FILES = 4
ALLOWANCE = Allowance(6)
"""Fetches a minute from one address, so that nobody uses up the day's requests alone."""


@sensitive_post_parameters()
def books_page(request: HttpRequest) -> HttpResponse:
    """The form; after a file or a fetch what was read, with the way on."""
    if request.method in ("GET", "HEAD"):
        return shown(request, Asked(lang=request.lang))
    if request.method != "POST":
        return not_allowed(request, "GET, HEAD, POST")
    if request.content_type not in FORMS:
        return error_response(request, 400)
    asked = read_form(request.POST, request.lang)
    do = request.POST.get("do")
    asked.problems = [p for p in asked.problems if p.field == "kbo" and do == "fetch"]
    fill(asked, today())
    if do == "file":
        return _of_files(request, asked)
    if do == "fetch":
        return _fetched(request, asked)
    return shown(request, asked)


def shown(request: HttpRequest, asked: Asked, status: int = 0, **more: Any) -> HttpResponse:
    """The page."""
    context = {"asked": asked, "fetch": books_fetch.possible(), **more}
    status = status or (400 if asked.problems else 200)
    return private(render(request, "owner/books.html", context, status=status))


def too_much(request: HttpRequest) -> HttpResponse:
    """The form again, where a file is over the bound and nothing of it was read."""
    asked = Asked(lang=request.lang)
    _wrong(asked, "large")
    return shown(request, asked, 413)


def _of_files(request: HttpRequest, asked: Asked) -> HttpResponse:
    files = request.FILES.getlist("accounts")
    if not files or len(files) > MOST_FILES:
        _wrong(asked, "many" if files else "none", most=MOST_FILES)
        return shown(request, asked)
    filings = []
    for file in files:
        data = file.read()
        kind = kind_of(data)
        try:
            filings.append(decode_filing(data, "accounts"))
        except BakenError as e:
            told = kind in UNREAD
            _wrong(asked, kind if told else e.why if isinstance(e, Unfit) else "other")
            detail = "" if told else _detail(e, asked.lang)
            return shown(request, asked, detail=detail, file=str(file.name)[:80])
    return _taken(request, asked, filings, "file")


def _fetched(request: HttpRequest, asked: Asked) -> HttpResponse:
    number = asked.facts.get("kbo")
    if not asked.problems and not isinstance(number, str):
        asked.problems.append(Problem("kbo", text(asked.lang, "books.wrong.number")))
    if asked.problems or not books_fetch.possible():
        return shown(request, asked)
    if ALLOWANCE.wait(sender(request.META.get("REMOTE_ADDR", ""))):
        return shown(request, asked, note="not_now")
    try:
        filings = books_fetch.filings(str(number))
    except books_fetch.NotNow:
        return shown(request, asked, note="not_now")
    usable = _usable(filings)
    return _taken(request, asked, usable, "nbb") if usable else shown(request, asked, note="none")


def _usable(filings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Filings of the National Bank that go together, else the newest one that can be used alone.

    The owner gave no file, so a fault in them is told to the operator (without figures), not here.
    """
    for some in [filings, *([one] for one in filings)]:
        try:
            take(some, "nbb", timezone.localdate())
        except BakenError as e:
            why = f"{e.path} {e.why}" if isinstance(e, Unfit) else e.path
            log.warning("accounts of the National Bank can't be used: %s", why)
        else:
            return some
    return []


def _taken(
    request: HttpRequest, asked: Asked, filings: list[dict[str, Any]], via: Any
) -> HttpResponse:
    try:
        found, number = take(filings, via, timezone.localdate())
    except BakenError as e:
        _wrong(asked, e.why if isinstance(e, Unfit) else "sums")
        return shown(request, asked, detail=_detail(e, asked.lang))
    mine = asked.facts.get("kbo")
    if number is not None and mine is not None and number != mine:
        _wrong(asked, "of_another", theirs=number, mine=mine)
        return shown(request, asked)
    if number is not None and mine is None:
        asked.facts["kbo"] = asked.kbo = number
        asked.told_by["kbo"] = ["accounts", number]
    asked.books = found
    fill(asked, today())
    bell = bell_told(asked, timezone.localdate())
    return shown(request, asked, read=True, bell=bell)


def _detail(error: BakenError, lang: str) -> str:
    """What exactly is wrong, and where in the file."""
    where = error.path.removeprefix("facts.").removeprefix("accounts").lstrip(" ,.")
    return in_language(f"{where}: {error.problem}" if where else error.problem, lang)


def _wrong(asked: Asked, why: str, **values: object) -> None:
    says = text(asked.lang, f"books.wrong.{why}", **values)
    asked.problems.append(Problem("accounts", says))
