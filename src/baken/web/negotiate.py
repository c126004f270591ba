"""Who gets a page and who gets JSON, at one and the same address."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest

from baken.kernel.documents import once
from baken.kernel.errors import BakenError

KINDS = ["text/html", "application/json"]


def wants_json(request: HttpRequest) -> bool:
    """Whether the answer is to be JSON: asked for, natural for a JSON body, or of an address for
    programs.
    """
    if request.path_info.startswith("/api/"):
        return True
    accept = request.headers.get("Accept", "*/*")
    if has_json_body(request) and "text/html" not in accept:
        return True
    return bool(request.get_preferred_type(KINDS) == "application/json")


def has_json_body(request: HttpRequest) -> bool:
    """Whether the body says that it is JSON."""
    return bool(request.method == "POST" and request.content_type == "application/json")


def read_json(request: HttpRequest) -> dict[str, Any]:
    """The body as a JSON object, with or without the mark that some editors put before UTF-8.

    Raises:
        BakenError: when it is not UTF-8, not JSON, no object, or tells a field twice.
    """
    try:
        text = request.body.decode("utf-8-sig")
        raw = json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
    except UnicodeDecodeError as e:
        raise BakenError("", "the body is not UTF-8 text", "UTF-8") from e
    except json.JSONDecodeError as e:
        where = f"line {e.lineno}, column {e.colno}"
        raise BakenError(where, f"the body is not JSON: {e.msg}", "a JSON object") from None
    except (ValueError, RecursionError):
        problem = "the body holds a number or a depth that JSON readers do not take"
        raise BakenError("", problem, "a JSON object") from None
    if not isinstance(raw, dict):
        raise BakenError("", "the body is JSON, but no object", "an object with need and facts")
    return raw


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    try:
        return once(pairs)
    except ValueError as e:
        raise BakenError("", str(e), "each field once") from None
