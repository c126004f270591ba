"""The pages /signalen: figures in, questions one at a time, one page of what moves.

Nothing of it stands in an address: a code that only the owner has travels in the form.
"""

# mypy: allow-untyped-decorators
from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from baken.kernel.errors import BakenError
from baken.web.negotiate import wants_json
from baken.web.owner.errors import error_response, json_error, not_allowed
from baken.web.signalen import demo, forms, keep
from baken.web.signalen.judge import Found, Story, judge
from baken.web.signalen.models import Deposit
from baken.web.signalen.pages import question_page, result_page, twin
from baken.web.signalen.shelf import Busy, Shelf, read
from baken.web.signalen.uploads import MOST_BYTES, ToFolder
from baken.web.texts import text

FORM = "multipart/form-data"
FORMS = ("application/x-www-form-urlencoded", FORM)
SHELF = "shelf.json"


@sensitive_post_parameters()
def signals(request: HttpRequest) -> HttpResponse:
    """The one address: the form, a question, or the result."""
    if request.method == "POST":
        if request.content_type not in FORMS:
            return error_response(request, 400)
        upload = ToFolder(request)
        request.upload_handlers = [upload]
        try:
            return private(_posted(request, upload))
        except Busy:
            return first_page(request, "busy", 503)
        finally:
            upload.close()
            upload.forget()
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD, POST")
    if wants_json(request):
        return JsonResponse(_about(request.lang), json_dumps_params={"ensure_ascii": False})
    return first_page(request)


def private(response: HttpResponse) -> HttpResponse:
    """Only the owner's own browser keeps it."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept"
    return response


def first_page(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    """The form. Its script shows how far an upload is, and takes files that are dropped."""
    lang: str = request.lang
    problems = []
    if problem:
        field = {"no_files": "files", "too_much": "files", "code": "code"}.get(problem, "")
        says = text(lang, f"signalen.errors.{problem}", most=MOST_BYTES // 1_000_000)
        problems = [{"field": field, "says": says}]
        if wants_json(request):
            return json_error(BakenError(field, says), status)
    context = {
        "asked": {"problems": problems},
        "problem_at": {p["field"]: p["says"] for p in problems},
        "demos": list(demo.PLANS),
        "most": MOST_BYTES // 1_000_000,
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
    if post.get("code"):
        deposit = keep.find(post["code"])
        if deposit is None:
            return first_page(request, "code", 400)
        return _open(request, deposit, post["code"], upload)
    if post.get("demo") in demo.PLANS:
        shelf, deposit_of = demo.shelf(post["demo"]), None
    elif upload.folder is None:
        return first_page(request, "no_files", 400)
    else:
        deposit_of, shelf = upload, None
    return _new(request, shelf, deposit_of)


def _new(request: HttpRequest, shelf: Shelf | None, upload: ToFolder | None) -> HttpResponse:
    """A deposit is made of what came in. A program's is answered at once, and nothing stays."""
    post = request.POST
    if wants_json(request) and "step" not in post:
        if shelf is None:
            assert upload is not None and upload.folder is not None
            shelf = read([upload.folder], timezone.localdate(), _own(request))
        return twin(shelf, judge(shelf))
    came = upload.folder if upload else None
    if upload is not None:
        upload.folder = None
    deposit, code = keep.make(shelf is None and post.get("keep") == "1", came)
    try:
        if shelf is None:
            shelf = _read(deposit, _own(request))
        _store(deposit, shelf)
    except BaseException:
        keep.wipe(deposit)
        raise
    if post.get("step") == "upload":
        return JsonResponse({"code": code})
    return _show(request, deposit, code, shelf)


def _own(request: HttpRequest) -> str:
    own: str = request.POST.get("own", "").strip()[:40]
    return own


def _read(deposit: Deposit, own: str, last: Shelf | None = None) -> Shelf:
    return read(
        [keep.files(deposit)], timezone.localdate(), own, last.answers if last else None,
        last.skipped if last else (), keep=deposit.kept,
    )  # fmt: skip


def _store(deposit: Deposit, shelf: Shelf) -> None:
    """Write down what was read; files that may not be kept go when nothing must be asked."""
    keep.write_json(deposit, SHELF, shelf.as_json())
    if not deposit.kept and not shelf.open:
        keep.drop_files(deposit)


def _open(request: HttpRequest, deposit: Deposit, code: str, upload: ToFolder) -> HttpResponse:
    """What is done with figures that are here: wiped, asked, added to, explained, or shown."""
    post = request.POST
    if "wipe" in post:
        keep.wipe(deposit)
        return render(request, "signalen/wiped.html")
    raw = keep.read_json(deposit, SHELF)
    shelf = Shelf.of_json(raw) if raw else _read(deposit, "")
    if upload.folder is not None and deposit.kept:
        came, upload.folder = upload.folder, None
        try:
            keep.add(deposit, came)
        except keep.Full:
            return first_page(request, "full", 413)
        shelf = _read(deposit, shelf.own, shelf)
        _store(deposit, shelf)
        if post.get("step") == "upload":
            return JsonResponse({"code": code})
    elif "question" in post:
        shelf = _answered(request, deposit, shelf)
    return _show(request, deposit, code, shelf)


def _answered(request: HttpRequest, deposit: Deposit, shelf: Shelf) -> Shelf:
    """An answer taken in, or a question passed over. One that can't be used is asked again."""
    asked = request.POST["question"]
    said = (request.POST.get("answer") or request.POST.get("typed", "")).strip()[:80]
    if asked not in [q["id"] for q in shelf.questions]:
        return shelf
    if "skip" in request.POST or not said:
        if "skip" in request.POST:
            shelf.skipped.append(asked)
            shelf.own_problem = ""
            _store(deposit, shelf)
        return shelf
    try:
        if asked == "own":
            shelf = _read(deposit, said, shelf)
        else:
            shelf.answers[asked] = said
            shelf = _read(deposit, shelf.own, shelf)
    except BakenError:
        shelf.answers.pop(asked, None)
        return shelf
    _store(deposit, shelf)
    return shelf


def _show(request: HttpRequest, deposit: Deposit, code: str, shelf: Shelf) -> HttpResponse:
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
        response = twin(shelf, found)
        response.headers["Content-Disposition"] = 'attachment; filename="signalen.json"'
        return response
    return result_page(request, deposit, code, shelf, found, changed)


def _story(found: Found, key: str) -> Story | None:
    return next((s for s in found.stories if s.lead.key == key), None)


def next_look(request: HttpRequest) -> HttpResponse:
    """A date for the calendar: the next look, when the coming month is over. It tells no figure."""
    from baken.web.signalen.calendar import reminder

    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    today: date = timezone.localdate()
    made = reminder(today, request.lang, request.build_absolute_uri("."))
    response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="signalen.ics"'
    return response
