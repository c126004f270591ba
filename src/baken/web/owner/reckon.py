"""The pages /rekenen: six questions of the law, one question at a time.

The answers so far travel in one hidden field; nothing is kept here, in an address or in a log.
"""

# mypy: allow-untyped-decorators
from __future__ import annotations

import json
from datetime import date
from typing import Any

import yaml
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from baken.kernel.documents import decode_document
from baken.kernel.documents import read_json as read_document_json
from baken.kernel.errors import BakenError
from baken.web.negotiate import has_json_body, wants_json
from baken.web.owner.errors import error_response, json_error, not_allowed
from baken.web.reckon.answers import ask
from baken.web.reckon.doubt import in_doubt, open_gates
from baken.web.reckon.fill import Filled, fill
from baken.web.reckon.model import Part, Tool, by_slug, tools
from baken.web.reckon.parse import Wrong, canonical, plain_answer, shown, typed_again
from baken.web.reckon.say import blocked, show, slot_label
from baken.web.reckon.walk import Slot, Way, left, more_per_row, walk
from baken.web.texts import text

Shown = dict[str, Any]
Answers = dict[str, tuple[str, ...]]
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
MAX_STATE = 20_000
MAX_KEYS = 400
MAX_TEXT = 200_000
COMMANDS = {"de_minimis": "de-minimis", "alarm_bell": "alarm-bell"}


def index(request: HttpRequest) -> HttpResponse:
    """The six tools."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    lang: str = request.lang
    if wants_json(request):
        rows = [{"id": t.id, "slug": t.slug, "title": t.title[lang]} for t in tools()]
        return JsonResponse({"tools": rows}, json_dumps_params={"ensure_ascii": False})
    return render(request, "owner/reckon_index.html", {"tools": [_named(t, lang) for t in tools()]})


def _named(tool: Tool, lang: str) -> Shown:
    return {"slug": tool.slug, "title": tool.title[lang], "lead": tool.lead[lang]}


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
        return _private(_posted(request, tool))
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD, POST")
    if wants_json(request):
        return JsonResponse(_about(tool, request.lang), json_dumps_params={"ensure_ascii": False})
    return _question(request, tool, {}, first=True)


def _about(tool: Tool, lang: str) -> Shown:
    return {
        "id": tool.id,
        "title": tool.title[lang],
        "says": tool.lead[lang],
        "ask": {"method": "POST", "type": "application/json", "command": _command(tool)},
        "questions": [{"id": q.id, "text": q.text[lang]} for q in tool.questions()],
    }


def _command(tool: Tool) -> str:
    return COMMANDS.get(tool.id, tool.id)


def _json_twin(request: HttpRequest, tool: Tool) -> HttpResponse:
    """The command's input in, the command's answer out."""
    try:
        try:
            body = request.body.decode("utf-8")
        except UnicodeDecodeError as e:
            raise BakenError("", f"byte {e.start + 1} is not UTF-8", "UTF-8 text") from e
        _, answer = ask(tool.id, read_document_json(body, "body"))
    except BakenError as e:
        return _private(json_error(e))
    return _private(_json(answer.as_json()))


def _json(answer: Shown) -> HttpResponse:
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept"
    return response


def _posted(request: HttpRequest, tool: Tool) -> HttpResponse:
    post, lang = request.POST, request.lang
    if "expert" in post:
        return _expert(request, tool)
    if "example" in post and "answers" not in post:
        return _result(request, tool, dict(tool.example), example=True)
    answers = _read_answers(tool, post.get("answers", ""))
    if answers is None:
        problem = _problem("", text(lang, "reckon.errors.state"))
        return _question(request, tool, {}, first=True, problems=[problem])
    today = _today()
    example = post.get("example") == "1"
    if "change" in post:
        return _question(request, tool, answers, changed=post["change"], example=example)
    key = post.get("question", "")
    slot = _slot(tool, answers, key, today) if key else None
    if slot is not None and "same" not in post:
        typed = [post.get(_field(p), "") for p in slot.question.parts]
        if "unsure" in post:
            answers[slot.key] = ("",) * len(typed)
        elif "show" not in post or any(t.strip() for t in typed):
            plain, problems = _check(slot, typed, lang, today)
            if problems:
                return _question(
                    request, tool, answers, changed=slot.key, typed=typed, problems=problems,
                    example=example,
                )  # fmt: skip
            answers[slot.key] = plain
        example = False
    elif slot is not None:
        return _question(request, tool, answers, changed=slot.key, example=example)
    if "show" in post or walk(tool, answers, today).next is None:
        return _result(request, tool, answers, example=example)
    return _question(request, tool, answers, example=example)


def _read_answers(tool: Tool, raw: str) -> Answers | None:
    """The hidden field, checked as if it were typed; what can't be used is asked again."""
    if not raw:
        return {}
    if len(raw) > MAX_STATE:
        return None
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or len(found) > MAX_KEYS:
        return None
    questions = {q.id: q for q in tool.questions()}
    answers: Answers = {}
    for key, value in found.items():
        pieces = key.split(".")
        gate = len(pieces) == 2 and pieces[1].isdigit()
        row = f"{pieces[0]}.{pieces[-1]}"
        of_row = _in_groups(tool).get(row) if len(pieces) == 3 else None
        question = of_row or questions.get(pieces[0] if gate else key)
        plain = plain_answer(question.parts, value) if question is not None else None
        if plain is not None:
            answers[key] = plain
    return answers


def _in_groups(tool: Tool) -> dict[str, Any]:
    groups = (i for i in tool.items if hasattr(i, "questions"))
    return {f"{g.id}.{q.id}": q for g in groups for q in g.questions}


def _slot(tool: Tool, answers: Answers, key: str, today: date) -> Slot | None:
    """The question of a key, if it is on the way or comes next."""
    way = walk(tool, answers, today)
    slots = [*way.asked, *([way.next] if way.next else [])]
    return next((s for s in slots if s.key == key), None)


def _field(part: Part) -> str:
    return f"v-{part.id}" if part.id else "v"


def _problem(field: str, says: str) -> Shown:
    return {"field": field, "says": says}


def _check(
    slot: Slot, typed: list[str], lang: str, today: date
) -> tuple[tuple[str, ...], list[Shown]]:
    plain, problems = [], []
    for part, raw in zip(slot.question.parts, typed, strict=True):
        try:
            found = canonical(part, raw[:200], lang)
            if part.past and found and date.fromisoformat(found) > today:
                raise Wrong("future")
            plain.append(found)
        except Wrong as e:
            problems.append(_problem(_field(part), text(lang, f"reckon.errors.{e}")))
            if part.id:
                problems[-1]["at"] = part.text[lang].split(",")[0]
    if not problems and not any(plain):
        empty = text(lang, "reckon.errors.empty")
        problems.append(_problem(_field(slot.question.parts[0]), empty))
    return tuple(plain), problems


def _question(
    request: HttpRequest,
    tool: Tool,
    answers: Answers,
    changed: str = "",
    typed: list[str] | None = None,
    problems: list[Shown] | None = None,
    first: bool = False,
    example: bool = False,
) -> HttpResponse:
    lang, today = request.lang, _today()
    way = walk(tool, answers, today)
    slot = next((s for s in way.asked if s.key == changed), way.next)
    if slot is None:
        return _result(request, tool, answers, example=example)
    problems = problems or []
    count = left(tool, answers, today)
    context = {
        **_common(tool, answers, way, lang, example),
        "slot": _shown_slot(slot, answers, typed, problems, lang),
        "problems": problems,
        "asked": {"problems": problems},
        "previous": _previous(way, slot),
        "first": first,
        "left": max(count, 1),
        "rows": more_per_row(tool),
        "changed": slot in way.asked,
    }
    return render(request, "owner/reckon.html", context, status=400 if problems else 200)


def _previous(way: Way, slot: Slot) -> str:
    """The question before this one; empty at the first."""
    keys = [s.key for s in way.asked]
    if slot.key not in keys:
        return way.before
    at = keys.index(slot.key)
    return keys[at - 1] if at else ""


def _shown_slot(
    slot: Slot, answers: Answers, typed: list[str] | None, problems: list[Shown], lang: str
) -> Shown:
    said = answers.get(slot.key)
    wrong = {p["field"]: p["says"] for p in problems}
    parts = []
    for at, part in enumerate(slot.question.parts):
        value = typed_again(part, said[at], lang) if said is not None else ""
        if typed is not None:
            value = typed[at][:200]
        field = _field(part)
        parts.append(
            {
                "field": field,
                "text": part.text[lang],
                "kind": part.kind,
                "optional": part.optional,
                "value": value,
                "choices": [
                    {"code": c, "text": t[lang], "said": said is not None and said[at] == c}
                    for c, t in part.choices
                ],
                "problem": wrong.get(field, ""),
                "mode": {"number": "decimal", "euro": "decimal", "percent": "decimal"}.get(
                    part.kind if not part.negative else "", "text"
                ),
            }
        )
    one = slot.question.one
    row = f"{slot.group.name[lang]} {slot.row + 1}" if slot.group and not slot.gate else ""
    return {
        "key": slot.key,
        "text": slot.question.text[lang],
        "help": slot.question.help[lang] if slot.question.help else "",
        "row": row,
        "parts": parts,
        "one": parts[0] if one is not None and not one.choices else None,
        "choices": parts[0]["choices"] if one is not None and one.choices else None,
        "long": one is not None and len(one.choices) > 4,
        "unsure": said is not None and not any(said),
    }


def _common(tool: Tool, answers: Answers, way: Way, lang: str, example: bool) -> Shown:
    kept = {key: list(said) for key, said in answers.items()}
    return {
        "tool": _named(tool, lang),
        "command": _command(tool),
        "most": MAX_TEXT // 1000,
        "answers_json": json.dumps(kept, ensure_ascii=False, separators=(",", ":")),
        "said": [_said(s, answers, lang) for s in way.asked],
        "example": tool.example_says[lang] if example else "",
        "posted": bool(kept) or example,
    }


def _said(slot: Slot, answers: Answers, lang: str) -> Shown:
    values = []
    for part, plain in zip(slot.question.parts, answers[slot.key], strict=True):
        words = shown(part, plain, lang)
        if not words:
            continue
        values.append(f"{part.text[lang].split(',')[0]}: {words}" if part.id else words)
    return {
        "key": slot.key,
        "label": slot_label(slot, lang),
        "value": "; ".join(values) or text(lang, "reckon.not_known"),
    }


def _result(
    request: HttpRequest, tool: Tool, answers: Answers, example: bool = False
) -> HttpResponse:
    lang, today = request.lang, _today()
    way = walk(tool, answers, today)
    filled = fill(tool, answers, today, lang)
    _note_doubts(tool, answers, filled, today, lang)
    result: Shown | None = None
    problem = ""
    if filled.blocked:
        result = blocked(tool, filled, lang)
    else:
        try:
            given, answer = ask(tool.id, filled.input)
        except BakenError as e:
            over = "add up to" in e.problem
            at = filled.asked_at.get(e.path)
            if at is not None and not wants_json(request):
                slot, part_id = at
                part = next(p for p in slot.question.parts if p.id == part_id)
                says = text(lang, f"reckon.errors.{'over_100' if over else 'bounds'}")
                wrong = [_problem(_field(part), says)]
                return _question(request, tool, answers, changed=slot.key, problems=wrong)
            problem = text(lang, f"reckon.errors.{'over_100' if over else 'law'}")
        else:
            if wants_json(request):
                return _json(answer.as_json())
            result = show(tool, given, answer, filled, lang)
    if result is None and wants_json(request):
        return json_error(BakenError("answers", problem))
    context = {
        **_common(tool, answers, way, lang, example),
        "posted": True,
        "result": result,
        "problems": [_problem("", problem)] if problem else [],
        "asked": {"problems": [_problem("", problem)] if problem else []},
        "shown_early": way.next is not None,
        "as_of": today.isoformat(),
        "input": _as_yaml(filled),
    }
    return render(request, "owner/reckon_result.html", context, status=400 if problem else 200)


def _note_doubts(tool: Tool, answers: Answers, filled: Filled, today: date, lang: str) -> None:
    """What was not said of a list that the law room takes as complete."""
    if tool.id == "size":
        doubts, filled.size = in_doubt(tool, answers, filled, today, lang)
        filled.lacking += doubts
        filled.blocked = bool(doubts)
        return
    gates = open_gates(tool, answers, today)
    if tool.id == "de_minimis":
        filled.lacking += gates
    else:
        filled.defaults += [(gate, "", "no") for gate in gates]


def _as_yaml(filled: Filled) -> str:
    """The input as the command reads it."""
    from decimal import Decimal

    from baken.law.steps import plain

    def simple(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: simple(v) for k, v in value.items()}
        if isinstance(value, list):
            return [simple(v) for v in value]
        return plain(value) if isinstance(value, Decimal) else value

    return yaml.safe_dump(simple(filled.input), allow_unicode=True, sort_keys=False)


def _expert(request: HttpRequest, tool: Tool) -> HttpResponse:
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
        return _json(answer.as_json())
    as_of = getattr(given, "as_of", None)
    context = {
        **_common(tool, {}, Way((), None), lang, False),
        "posted": True,
        "result": show(tool, given, answer, None, lang),
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
    lang, today = request.lang, _today()
    ours = not error.path and not error.expected
    way = walk(tool, {}, today)
    assert way.next is not None
    first = error.problem if ours else text(lang, "reckon.errors.expert")
    context = {
        **_common(tool, {}, way, lang, False),
        "posted": True,
        "slot": _shown_slot(way.next, {}, None, [], lang),
        "problems": [_problem("text", first)],
        "asked": {"problems": [_problem("text", first)]},
        "expert_error": None if ours else error,
        "expert_open": True,
        "expert_problem": first,
        "expert_text": data[:MAX_TEXT].decode("utf-8", "replace"),
        "first": True,
        "left": left(tool, {}, today),
        "rows": more_per_row(tool),
    }
    return render(request, "owner/reckon.html", context, status=400)


def _today() -> date:
    found: date = timezone.localdate()
    return found
