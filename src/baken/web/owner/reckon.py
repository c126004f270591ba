"""The pages /rekenen: six questions of the law, one question at a time.

The answers so far travel in one hidden field; nothing is kept here, in an address or in a log.
"""

# mypy: allow-untyped-decorators
from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from baken.kernel.documents import read_json as read_document_json
from baken.kernel.documents import utf8
from baken.kernel.errors import BakenError
from baken.web.negotiate import has_json_body, wants_json
from baken.web.owner.answered import FORMS, private
from baken.web.owner.errors import error_response, json_error, not_allowed
from baken.web.owner.reckon_files import expert_form, expert_page, filing_page
from baken.web.owner.reckon_pages import (
    Shown,
    command_of,
    field_of,
    json_answer,
    named,
    problem_at,
    question_page,
    result_page,
    today_here,
)
from baken.web.reckon.answers import ask
from baken.web.reckon.given import Answers, read_answers
from baken.web.reckon.model import Tool, by_slug, tools
from baken.web.reckon.parse import Wrong, canonical
from baken.web.reckon.walk import Slot, walk
from baken.web.texts import text


def index(request: HttpRequest) -> HttpResponse:
    """The six tools."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    lang: str = request.lang
    if wants_json(request):
        rows = [{"id": t.id, "slug": t.slug, "title": t.title[lang]} for t in tools()]
        return JsonResponse({"tools": rows}, json_dumps_params={"ensure_ascii": False})
    return render(request, "owner/reckon_index.html", {"tools": [named(t, lang) for t in tools()]})


@sensitive_post_parameters()
def tool_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One tool: its next question, its result, or an answer as JSON."""
    tool = by_slug(slug)
    if tool is None:
        raise Http404
    if request.method == "POST":
        if has_json_body(request):
            return _json_twin(request, tool)
        if request.content_type not in FORMS:
            return error_response(request, 400)
        return private(_posted(request, tool))
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD, POST")
    if wants_json(request):
        return JsonResponse(_about(tool, request.lang), json_dumps_params={"ensure_ascii": False})
    return question_page(request, tool, {}, first=True)


def _about(tool: Tool, lang: str) -> Shown:
    return {
        "id": tool.id,
        "title": tool.title[lang],
        "says": tool.lead[lang],
        "ask": {"method": "POST", "type": "application/json", "command": command_of(tool)},
        "questions": [{"id": q.id, "text": q.text[lang]} for q in tool.questions()],
    }


def _json_twin(request: HttpRequest, tool: Tool) -> HttpResponse:
    """The command's input in, the command's answer out."""
    try:
        _, answer = ask(tool.id, read_document_json(utf8(request.body, ""), "body"))
    except BakenError as e:
        return private(json_error(e))
    return private(json_answer(answer.as_json()))


def _posted(request: HttpRequest, tool: Tool) -> HttpResponse:
    post, lang = request.POST, request.lang
    if "edit" in post:
        return expert_form(request, tool)
    if "expert" in post:
        return expert_page(request, tool)
    if "filing" in post and tool.accounts:
        return filing_page(request, tool)
    if "example" in post and "answers" not in post:
        return result_page(request, tool, dict(tool.example), example=True)
    answers = read_answers(tool, post.get("answers", ""))
    if answers is None:
        problem = problem_at("", text(lang, "reckon.errors.state"))
        return question_page(request, tool, {}, first=True, problems=[problem])
    today = today_here()
    example = post.get("example") == "1"
    if "change" in post:
        return question_page(request, tool, answers, changed=post["change"], example=example)
    key = post.get("question", "")
    slot = _slot(tool, answers, key, today) if key else None
    if slot is not None and "same" not in post:
        typed = [post.get(field_of(p), "") for p in slot.question.parts]
        if "unsure" in post:
            answers[slot.key] = ("",) * len(typed)
        elif "show" not in post or any(t.strip() for t in typed):
            plain, problems = _check(slot, typed, lang, today)
            if problems:
                return question_page(
                    request, tool, answers, changed=slot.key, typed=typed, problems=problems,
                    example=example,
                )  # fmt: skip
            answers[slot.key] = plain
        example = False
    elif slot is not None:
        return question_page(request, tool, answers, changed=slot.key, example=example)
    if "show" in post or walk(tool, answers, today).next is None:
        return result_page(request, tool, answers, example=example)
    return question_page(request, tool, answers, example=example)


def _slot(tool: Tool, answers: Answers, key: str, today: date) -> Slot | None:
    """The question of a key, if it is on the way or comes next."""
    way = walk(tool, answers, today)
    slots = [*way.asked, *([way.next] if way.next else [])]
    return next((s for s in slots if s.key == key), None)


def _check(
    slot: Slot, typed: list[str], lang: str, today: date
) -> tuple[tuple[str, ...], list[Shown]]:
    plain, problems = [], []
    for part, raw in zip(slot.question.parts, typed, strict=True):
        try:
            found = canonical(part, raw[: None if part.kind == "text" else 200], lang)
            if part.past and found and date.fromisoformat(found) > today:
                raise Wrong("future")
            plain.append(found)
        except Wrong as e:
            problems.append(problem_at(field_of(part), text(lang, f"reckon.errors.{e}")))
            if part.id:
                problems[-1]["at"] = part.text[lang].split(",")[0]
    some = any(t.strip() for t in typed)
    for part, raw in zip(slot.question.parts, typed, strict=True):
        if part.must and some and not raw.strip():
            problems.append(problem_at(field_of(part), text(lang, "reckon.errors.must")))
    if not problems and not any(plain) and slot.question.parts[0].kind != "text":
        empty = text(lang, "reckon.errors.empty")
        problems.append(problem_at(field_of(slot.question.parts[0]), empty))
    return tuple(plain), problems
