"""Answers as a form carries them: checked as if they were typed."""

from __future__ import annotations

import json
from typing import Any

from baken.web.reckon.model import Tool
from baken.web.reckon.parse import plain_answer

MAX_STATE = 20_000
MAX_KEYS = 400
Answers = dict[str, tuple[str, ...]]


def read_answers(tool: Tool, raw: str) -> Answers | None:
    """The answers in a hidden field; what can't be used is asked again. None: no such field."""
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
    return checked(tool, found)


def checked(tool: Tool, found: dict[str, Any]) -> Answers:
    """The answers that are of a tool's questions and can be used."""
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
