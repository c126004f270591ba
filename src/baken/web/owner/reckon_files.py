"""Files for a tool of /rekenen: annual accounts that answer questions, and input for experts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from baken.kernel.documents import Document, decode_document
from baken.kernel.errors import BakenError
from baken.registers.filing import UNREAD, decode_filing, kind_of
from baken.web.negotiate import wants_json
from baken.web.owner.errors import json_error
from baken.web.owner.reckon_pages import (
    MAX_FILING,
    MAX_TEXT,
    common,
    json_answer,
    problem_at,
    question_page,
    shown_slot,
    today_here,
)
from baken.web.reckon.answers import ask
from baken.web.reckon.filing import answers_of
from baken.web.reckon.model import Tool
from baken.web.reckon.say import show
from baken.web.reckon.walk import Way, left, more_per_row, walk
from baken.web.texts import text


def filing_page(request: HttpRequest, tool: Tool) -> HttpResponse:
    """The next question, after what a filing of the National Bank answers; nothing of it stays."""
    lang = request.lang
    upload = request.FILES.get("accounts")
    error: BakenError | None = None
    if upload is None or not upload.size:
        says = text(lang, "reckon.errors.filing_empty")
    elif upload.size > MAX_FILING:
        says = text(lang, "reckon.errors.filing_large", most=MAX_FILING // 1000)
    else:
        try:
            name, data = str(upload.name)[:80], upload.read()
            document = Document(name, decode_filing(data, name), "")
            answers = answers_of(tool, document, today_here())
        except BakenError as e:
            error, says = e, text(lang, "reckon.errors.filing")
            if (kind := kind_of(data)) in UNREAD:
                error, says = None, text(lang, f"books.wrong.{kind}")
        else:
            return question_page(request, tool, answers, filing={"read": len(answers)})
    problems = [problem_at("accounts", says)]
    filing = {"problem": says, "error": error}
    return question_page(request, tool, {}, first=True, problems=problems, filing=filing)


def expert_page(request: HttpRequest, tool: Tool) -> HttpResponse:
    """What an expert pasted or uploaded, answered by the law room as the command does."""
    lang = request.lang
    data, name = _pasted(request.POST), text(lang, "reckon.text")
    upload = request.FILES.get("file")
    if upload is not None and upload.size:
        name = str(upload.name)[:80]
        data = upload.read(MAX_TEXT + 1)
    try:
        if not data.strip():
            raise BakenError("", text(lang, "reckon.errors.expert_empty"))
        if len(data) > MAX_TEXT:
            most = MAX_TEXT // 1000
            raise BakenError("", text(lang, "reckon.errors.expert_large", most=most))
        document = decode_document(data, name)
        given, answer = ask(tool.id, document.value, document)
    except BakenError as e:
        if wants_json(request):
            return json_error(e)
        return _expert_wrong(request, tool, data, e)
    if wants_json(request):
        return json_answer(answer.as_json())
    as_of = getattr(given, "as_of", None)
    context = {
        **common(tool, {}, Way((), None), lang, False),
        "posted": True,
        "result": show(tool, given, answer, None, today_here(), lang),
        "problems": [],
        "as_of": as_of.isoformat() if as_of else "",
        "expert_text": document.text,
    }
    return render(request, "owner/reckon_result.html", context)


def _pasted(post: QueryDict) -> bytes:
    text: str = post.get("text", "")
    return text.replace("\r\n", "\n").encode("utf-8", "replace")


def _expert_wrong(request: HttpRequest, tool: Tool, data: bytes, error: BakenError) -> HttpResponse:
    """The form again, with the error as the law room tells it: its words are English."""
    ours = not error.path and not error.expected
    first = error.problem if ours else text(request.lang, "reckon.errors.expert")
    said = data[:MAX_TEXT].decode("utf-8", "replace")
    return _expert_page(request, tool, said, first, None if ours else error)


def expert_form(request: HttpRequest, tool: Tool) -> HttpResponse:
    """The form with an input that was worked out, to change it."""
    return _expert_page(request, tool, _pasted(request.POST)[:MAX_TEXT].decode("utf-8", "replace"))


def _expert_page(
    request: HttpRequest, tool: Tool, said: str, problem: str = "", error: BakenError | None = None
) -> HttpResponse:
    lang, today = request.lang, today_here()
    way = walk(tool, {}, today)
    assert way.next is not None
    problems = [problem_at("text", problem)] if problem else []
    context = {
        **common(tool, {}, way, lang, False),
        "posted": True,
        "slot": shown_slot(way.next, {}, None, [], lang),
        "problems": problems,
        "asked": {"problems": problems},
        "expert_error": error,
        "expert_open": True,
        "expert_problem": problem,
        "expert_text": said,
        "first": True,
        "left": left(tool, {}, today),
        "rows": more_per_row(tool),
    }
    return render(request, "owner/reckon.html", context, status=400 if problem else 200)
