"""What an owner tells us goes to the engine and nowhere else: not to a log, not to a report."""

# mypy: allow-subclassing-any
from __future__ import annotations

import logging
import traceback
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

WITHHELD = "[withheld]"
HTTP = {int(s): s.phrase for s in HTTPStatus}


def without_words(error: BaseException) -> str:
    """A traceback that names places and kinds of error, but no message and no value.

    A library's message can quote what it was given, and that may be what an owner wrote.
    """
    lines = []
    at: BaseException | None = error
    while at is not None:
        for frame in traceback.extract_tb(at.__traceback__):
            lines.append(f"  {frame.filename}:{frame.lineno} in {frame.name}")
        lines.append(f"{type(at).__module__}.{type(at).__qualname__}")
        at = at.__cause__ or at.__context__
    return "\n".join(lines)


def route_of(request: HttpRequest) -> str:
    """The address as ``urls.py`` writes it: what fills its places (a token, a word) is not told."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match is not None else "none"


class WithoutWords(logging.Filter):
    """Takes the request, its address and the error's message from a record before any handler
    sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, without its words."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            record.__dict__["route"] = route = route_of(request)
            record.msg = "%s on %s"
            record.args = (HTTP.get(getattr(record, "status_code", 0), "refused"), route)
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = without_words(record.exc_info[1])
        record.exc_info = None
        if hasattr(record, "request"):
            del record.request
        return True


class NothingSaid(SafeExceptionReporterFilter):
    """An error report, on screen for a developer or elsewhere, without body and variables."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always, in debug mode too."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        """The names of the fields, not their values."""
        if request is None:
            return {}
        return dict.fromkeys(request.POST, WITHHELD)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: Any
    ) -> list[tuple[str, str]]:
        """The names of the variables, not their values."""
        return [(name, WITHHELD) for name in tb_frame.f_locals]
