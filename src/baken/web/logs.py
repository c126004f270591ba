"""The log: one JSON object a line, without content and without an address.

Of a request it tells the method, the route as it stands in ``urls.py`` (so no token, company or
search word), the status and the milliseconds. What libraries say is told by their template only;
where the server counts its own tasks and threads, the number too.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

from baken.web.privacy import WithoutWords, route_of

OURS = ("baken", "django.request", "django.security")
"""Loggers whose words are ours, or were replaced by :class:`WithoutWords`."""
COUNTS = ("waitress.queue", "waitress")
"""Loggers of the server whose whole numbers count its own queue and threads: nobody's content."""
FIELDS = ("method", "route", "status", "ms")
requests = logging.getLogger("baken.web.requests")


class JsonLines(logging.Formatter):
    """``at`` (UTC), ``level``, ``logger``, ``says``; of a request its fields; of an error where."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        WithoutWords().filter(record)
        found: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "says": _says(record),
        }
        found |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_text:
            found["error"] = record.exc_text.splitlines()
        return json.dumps(found, ensure_ascii=False)


def _says(record: logging.LogRecord) -> str:
    if record.name.startswith(OURS):
        return record.getMessage()
    if record.name in COUNTS and _numbers(record.args):
        return record.getMessage()
    return str(record.msg) if record.args else ""


def _numbers(args: object) -> bool:
    """Whether there is something to fill in, and all of it whole numbers."""
    return isinstance(args, tuple) and bool(args) and all(type(one) is int for one in args)


class Requests:
    """Tells each request in the log when it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        more = {
            "method": request.method if request.method in METHODS else "other",
            "route": route_of(request),
            "status": response.status_code,
            "ms": round((time.perf_counter() - began) * 1000),
        }
        requests.info("request", extra=more)
        return response


METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")
