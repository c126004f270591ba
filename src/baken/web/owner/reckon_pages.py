"""The two pages of a tool of /rekenen: the next question, and the result."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.signals.asks import ask
from baken.web.negotiate import wants_json
from baken.web.owner.asking import Asked
from baken.web.owner.errors import json_error
from baken.web.reckon.export import as_yaml
from baken.web.reckon.given import Answers
from baken.web.reckon.model import Part, Tool
from baken.web.reckon.outcome import filled_in, outcome
from baken.web.reckon.parse import shown, typed_again
from baken.web.reckon.say import slot_label
from baken.web.reckon.walk import Slot, Way, left, more_per_row, walk
from baken.web.texts import text
from baken.web.words import told

Shown = dict[str, Any]
MAX_TEXT = 200_000
MAX_FILING = 900_000
"""Bytes of annual accounts: below what the server takes of a form."""
TROUBLE = ("alarm_bell", "difficulty")
COMMANDS = {"de_minimis": "de-minimis", "alarm_bell": "alarm-bell"}


def named(tool: Tool, lang: str) -> Shown:
    """A tool's words in the reader's language."""
    return {"slug": tool.slug, "title": tool.title[lang], "lead": tool.lead[lang]}


def command_of(tool: Tool) -> str:
    """The name of the command that answers as the tool does."""
    return COMMANDS.get(tool.id, tool.id)


def json_answer(answer: Shown) -> HttpResponse:
    """An answer as JSON."""
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def field_of(part: Part) -> str:
    """The name of a form's field."""
    return f"v-{part.id}" if part.id else "v"


def problem_at(field: str, says: str) -> Shown:
    """A problem, and the field at which it stands (empty: none)."""
    return {"field": field, "says": says}


def question_page(
    request: HttpRequest,
    tool: Tool,
    answers: Answers,
    changed: str = "",
    typed: list[str] | None = None,
    problems: list[Shown] | None = None,
    first: bool = False,
    example: bool = False,
    filing: Shown | None = None,
) -> HttpResponse:
    """The next question, or the one to change; ``filing`` is what accounts told, or their error."""
    lang, today = request.lang, today_here()
    way = walk(tool, answers, today)
    slot = next((s for s in way.asked if s.key == changed), way.next)
    if slot is None:
        return result_page(request, tool, answers, example=example)
    problems = problems or []
    count = left(tool, answers, today)
    context = {
        **common(tool, answers, way, lang, example),
        "slot": shown_slot(slot, answers, typed, problems, lang),
        "problems": problems,
        "asked": {"problems": problems},
        "previous": _previous(way, slot),
        "first": first,
        "left": max(count, 1),
        "rows": more_per_row(tool),
        "changed": slot in way.asked,
        "filing": filing or {},
    }
    return render(request, "owner/reckon.html", context, status=400 if problems else 200)


def _previous(way: Way, slot: Slot) -> str:
    """The question before this one; empty at the first."""
    keys = [s.key for s in way.asked]
    if slot.key not in keys:
        return way.before
    at = keys.index(slot.key)
    return keys[at - 1] if at else ""


def shown_slot(
    slot: Slot, answers: Answers, typed: list[str] | None, problems: list[Shown], lang: str
) -> Shown:
    """A question with its fields, as the form shows them."""
    said = answers.get(slot.key)
    wrong = {p["field"]: p["says"] for p in problems}
    parts = []
    for at, part in enumerate(slot.question.parts):
        value = typed_again(part, said[at], lang) if said is not None else ""
        if typed is not None:
            value = typed[at] if part.kind == "text" else typed[at][:200]
        field = field_of(part)
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
        "groups": _grouped(one, parts[0]["choices"], lang) if one is not None else [],
        "long": one is not None and len(one.choices) > 4,
        "unsure": said is not None and not any(said),
    }


def _grouped(part: Part, choices: list[Shown], lang: str) -> list[Shown]:
    """Choices under their headings; all under none where the question has no headings."""
    for at, choice in enumerate(choices):
        choice["id"] = f"v-{at + 1}" if at else "v"
    if not part.groups:
        return [{"head": "", "choices": choices}]
    by_code = {c["code"]: c for c in choices}
    return [
        {"head": head[lang], "choices": [by_code[code] for code in codes]}
        for head, codes in part.groups
    ]


def common(tool: Tool, answers: Answers, way: Way, lang: str, example: bool) -> Shown:
    """What both pages show."""
    kept = {key: list(said) for key, said in answers.items()}
    return {
        "tool": named(tool, lang),
        "command": command_of(tool),
        "most": MAX_TEXT // 1000,
        "by_accounts": bool(tool.accounts),
        "answers_json": json.dumps(kept, ensure_ascii=False, separators=(",", ":")),
        "said": [_said(s, answers, lang) for s in way.asked],
        "example": tool.example_says[lang] if example else "",
        "posted": bool(kept) or example,
    }


def _said(slot: Slot, answers: Answers, lang: str) -> Shown:
    values = []
    for part, said in zip(slot.question.parts, answers[slot.key], strict=True):
        words = shown(part, said, lang)
        if not words:
            continue
        name = part.text[lang].split(",")[0].rstrip(" ?\u00a0")
        values.append(told(lang, name, words) if part.id else words)
    return {
        "key": slot.key,
        "label": slot_label(slot, lang),
        "value": "; ".join(values) or text(lang, "reckon.not_known"),
    }


def result_page(
    request: HttpRequest, tool: Tool, answers: Answers, example: bool = False
) -> HttpResponse:
    """The answer to what was said so far; a wrong answer is asked again."""
    lang, today = request.lang, today_here()
    way = walk(tool, answers, today)
    filled = filled_in(tool, answers, today, lang)
    result: Shown | None = None
    problem, as_of = "", today
    try:
        found = outcome(tool, answers, filled, today, lang)
    except BakenError as e:
        over = "add up to" in e.problem
        at = filled.asked_at.get(e.path)
        if at is not None and not wants_json(request):
            slot, part_id = at
            part = next(p for p in slot.question.parts if p.id == part_id)
            says = text(lang, f"reckon.errors.{'over_100' if over else 'bounds'}")
            wrong = [problem_at(field_of(part), says)]
            return question_page(request, tool, answers, changed=slot.key, problems=wrong)
        problem = text(lang, f"reckon.errors.{'over_100' if over else 'law'}")
    else:
        if found.answer is not None and wants_json(request):
            return json_answer(found.answer.as_json())
        result, as_of = found.shown, found.as_of
    trouble = result is not None and tool.id in TROUBLE and result["look"] == "excluded"
    if result is None and wants_json(request):
        return json_error(BakenError("answers", problem))
    context = {
        **common(tool, answers, way, lang, example),
        "posted": True,
        "result": result,
        "problems": [problem_at("", problem)] if problem else [],
        "asked": {"problems": [problem_at("", problem)] if problem else []},
        "shown_early": way.next is not None,
        "as_of": as_of.isoformat(),
        "input": as_yaml(filled, lang),
        "input_open": bool(filled.lacking),
        "take": None if example or result is None else _taken(tool, answers, trouble, lang),
    }
    return render(request, "owner/reckon_result.html", context, status=400 if problem else 200)


def _taken(tool: Tool, answers: Answers, trouble: bool, lang: str) -> Asked:
    """A question that the outcome comes along with; in trouble there are words for it already."""
    said = {tool.id: {key: list(values) for key, values in answers.items()}}
    return Asked(lang=lang, need=ask("bell")[lang] if trouble else "", reckoned=said)


def today_here() -> date:
    """The day of today."""
    found: date = timezone.localdate()
    return found
