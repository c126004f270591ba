"""The pages /signalen: figures in, questions one at a time, one page of what moves.

Nothing of it stands in an address: a code that only the owner has travels in the form.
"""

# mypy: allow-untyped-decorators
from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from baken.kernel.errors import BakenError
from baken.web import ics
from baken.web.keeping import to_keep
from baken.web.negotiate import wants_json
from baken.web.owner.answered import out_of_browser, private
from baken.web.owner.errors import error_response, json_error, not_allowed
from baken.web.signalen import calendar, demo, forms, keep, reading
from baken.web.signalen.judge import Found, Story, judge
from baken.web.signalen.models import Deposit
from baken.web.signalen.pages import question_page, reading_page, result_page
from baken.web.signalen.shelf import Busy, Shelf, read
from baken.web.signalen.twin import twin
from baken.web.signalen.twins import without_twins
from baken.web.signalen.uploads import MOST_BYTES, ToFolder
from baken.web.texts import text
from baken.web.typed import line

FORM = "multipart/form-data"
MOST_OWN = 40
ABOUT_FILES = ("no_files", "too_much", "unread")
ABOUT_CODE = ("code", "code_empty")
FORMS = ("application/x-www-form-urlencoded", FORM)


@sensitive_post_parameters()
def signals(request: HttpRequest) -> HttpResponse:
    """The one address: the form, a question, or the result."""
    keep.sweep_in_passing()
    if request.method == "POST":
        if request.content_type not in FORMS:
            return error_response(request, 400)
        upload = ToFolder(request)
        request.upload_handlers = [upload]
        try:
            return private(_posted(request, upload))
        except Busy:
            return first_page(request, "busy", 503, request.POST)
        finally:
            upload.close()
            upload.forget()
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD, POST")
    if wants_json(request):
        return JsonResponse(_about(request.lang), json_dumps_params={"ensure_ascii": False})
    return first_page(request)


def first_page(
    request: HttpRequest, problem: str = "", status: int = 200, given: QueryDict | None = None
) -> HttpResponse:
    """The form, with what was ``given`` before. Its script shows how far an upload is, and takes
    files that are dropped."""
    lang: str = request.lang
    problems = []
    if problem:
        field = "files" if problem in ABOUT_FILES else "code" if problem in ABOUT_CODE else ""
        says = text(lang, f"signalen.errors.{problem}", most=MOST_BYTES // 1_000_000)
        problems = [{"field": field, "says": says}]
        if wants_json(request):
            return json_error(BakenError(field, says), status)
    context = {
        "asked": {"problems": problems},
        "problem_at": {p["field"]: p["says"] for p in problems},
        "demos": list(demo.PLANS),
        "most": MOST_BYTES // 1_000_000,
        "own": (given or {}).get("own", "")[:MOST_OWN],
        "keep": (given or {}).get("keep") == "1",
    }
    response = render(request, "signalen/first.html", context, status=status)
    response.scripts = True
    return response


def _about(lang: str) -> dict[str, Any]:
    return {
        "title": text(lang, "signalen.title"),
        "says": text(lang, "signalen.lead"),
        "ask": {"method": "POST", "type": FORM, "files": "files", "own": "own", "command": "watch"},
        "demo": list(demo.PLANS),
    }


def _posted(request: HttpRequest, upload: ToFolder) -> HttpResponse:
    post = request.POST
    if upload.too_much:
        return first_page(request, "too_much", 413)
    if "code" in post:
        deposit = keep.find(post["code"])
        if deposit is None:
            return first_page(request, "code" if post["code"].strip() else "code_empty", 400)
        return _open(request, deposit, post["code"], upload)
    if post.get("demo") in demo.PLANS:
        shelf, deposit_of = demo.shelf(post["demo"]), None
    elif upload.folder is None:
        return first_page(request, "no_files", 400, post)
    else:
        deposit_of, shelf = upload, None
    return _new(request, shelf, deposit_of)


def _new(request: HttpRequest, shelf: Shelf | None, upload: ToFolder | None) -> HttpResponse:
    """A deposit is made of what came in. A program's is answered at once, and nothing stays."""
    post = request.POST
    today = timezone.localdate()
    came = upload.folder if upload else None
    handed = without_twins(came) if came is not None else []
    if wants_json(request) and "step" not in post:
        if shelf is None:
            assert came is not None
            shelf = read([came], today, _own(request))
        return twin(shelf, request.lang)
    if upload is not None:
        upload.folder = None
    deposit, code = keep.make(shelf is None and post.get("keep") == "1", came)
    try:
        if shelf is None:
            reading.start(deposit, Shelf(str(today), own=_own(request), handed=handed))
        else:
            reading.store(deposit, shelf)
    except BaseException:
        keep.wipe(deposit)
        raise
    if post.get("step") == "upload":
        return JsonResponse({"code": code})
    return _show(request, deposit, code)


def _own(request: HttpRequest) -> str:
    own: str = line(request.POST.get("own", ""), MOST_OWN)
    return own


def _open(request: HttpRequest, deposit: Deposit, code: str, upload: ToFolder) -> HttpResponse:
    """What is done with figures that are here: wiped, asked, added to, explained, or shown."""
    post = request.POST
    if "wipe" in post:
        keep.wipe(deposit)
        return out_of_browser(render(request, "signalen/wiped.html"))
    if "longer" in post:
        keep.longer(deposit)
    if post.get("step") == "progress":
        return JsonResponse(reading.state(deposit) or {"ready": True})
    if not reading.wait(deposit):
        return reading_page(request, deposit, code)
    if reading.failed(deposit):
        keep.wipe(deposit)
        return first_page(request, "unread", 500)
    shelf = reading.shelf_of(deposit)
    if shelf is None:
        reading.start(deposit, Shelf(str(timezone.localdate())))
    elif upload.folder is not None and deposit.kept:
        came, upload.folder = upload.folder, None
        shelf.handed = without_twins(came, keep.files(deposit))
        try:
            keep.add(deposit, came)
        except keep.Full:
            return first_page(request, "full", 413)
        reading.start(deposit, shelf)
        if post.get("step") == "upload":
            return JsonResponse({"code": code})
    elif "question" in post:
        _answered(request, deposit, shelf)
    return _show(request, deposit, code)


def _answered(request: HttpRequest, deposit: Deposit, shelf: Shelf) -> None:
    """An answer taken in, or a question passed over. One that can't be used is asked again."""
    asked = request.POST["question"]
    said = line(request.POST.get("answer") or request.POST.get("typed", ""), 80)
    if asked not in [q["id"] for q in shelf.questions]:
        return
    if "skip" in request.POST:
        shelf.skipped.append(asked)
        shelf.own_problem = ""
        reading.store(deposit, shelf)
    elif said:
        if asked == "own":
            shelf.own = said
        else:
            shelf.answers[asked] = said
        with suppress(BakenError):
            reading.start(deposit, shelf)


def _show(request: HttpRequest, deposit: Deposit, code: str) -> HttpResponse:
    shelf = None if reading.state(deposit) else reading.shelf_of(deposit)
    if shelf is None:
        return reading_page(request, deposit, code)
    if shelf.open:
        return question_page(request, deposit, code, shelf)
    post = request.POST
    found = judge(shelf, forms.rows(deposit))
    if forms.note_shown(deposit, found):
        found = judge(shelf, forms.rows(deposit))
    changed = ""
    if "undo" in post:
        forms.undo(deposit, post["undo"])
        changed = "undone"
    elif (story := _story(found, post.get("story", ""))) is not None:
        if "did" in post:
            forms.done(deposit, story, post)
            changed = "did"
        elif post.get("explain") in ("once", "stays"):
            forms.explain(deposit, story, post)
            changed = "explained"
    if changed:
        found = judge(shelf, forms.rows(deposit))
    if post.get("as") == "json" or wants_json(request):
        return to_keep(twin(shelf, request.lang, forms.rows(deposit)), "signalen.json")
    return result_page(request, deposit, code, shelf, found, changed)


def _story(found: Found, key: str) -> Story | None:
    return next((s for s in found.stories if s.lead.key == key), None)


def next_look(request: HttpRequest) -> HttpResponse:
    """A date for the calendar: the next look, when the coming month is over. It tells no figure."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    today: date = timezone.localdate()
    made = calendar.next_look(today, request.lang, request.build_absolute_uri("."))
    return ics.answer([made], "signalen.ics")
