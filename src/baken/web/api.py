"""The interface for programs, described as OpenAPI: ``/api/v1/openapi.json``.

It answers by the same functions as the pages and the command; errors have the shape that all
interfaces share, whatever a program accepts. Bad input answers 400, as everywhere here, and not the
422 of the library; a method that an address does not take, 405 and ``Allow`` (the middleware
``OneShape``), and a body that says to be something else than JSON, 415.
"""

# mypy: allow-untyped-decorators
from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import ConfigDict, Field

from baken import __version__
from baken.kernel.errors import BakenError
from baken.match.model import Answer, Query
from baken.web import health
from baken.web.owner.asking import MAX_NEED
from baken.web.owner.errors import json_error
from baken.web.owner.views import answer_json
from baken.web.texts import DEFAULT

EXAMPLES: dict[str, dict[str, Any]] = {
    "words": {
        "summary": "A need in the owner's own words",
        "value": {"need": "mijn oven verbruikt te veel"},
    },
    "facts": {
        "summary": "With what is known of the firm, on a day, in English",
        "value": {
            "lang": "en",
            "need": "customers are leaving for the supermarket",
            "facts": {"municipality": "Hasselt", "headcount": 4},
            "as_of": "2026-11-01",
            "limit": 3,
        },
    },
}
"""Tested by sending them."""


class Asked(Query):
    """A query; without ``as_of`` it is as of today. ``need`` is empty only where ``only`` is given,
    and its bound is that of the site."""

    need: str = Field(default="", max_length=MAX_NEED)
    as_of: date | None = None  # type: ignore[assignment]


class Said(Schema):
    """What is wrong: the field, the problem, what would be right, near names."""

    path: str
    problem: str
    expected: str
    near: list[str]


class Refused(Schema):
    """The error shape of every interface."""

    error: Said


class Health(Schema):
    """Whether the site can answer."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    state: str
    database: str
    catalogue: str
    version: str | None = None


api = NinjaAPI(
    title="Baken",
    version=__version__,
    description="From a need in the owner's own words to explained offers. Nothing sent is kept.",
    docs_url=None,
    urls_namespace="api",
)


@api.post(
    "/match",
    response={200: Answer, **dict.fromkeys((400, 403, 413, 415, 429, 500), Refused)},
    summary="Offers, with reasons, for a need",
    openapi_extra={"requestBody": {"content": {"application/json": {"examples": EXAMPLES}}}},
)
def match(request: HttpRequest, query: Asked) -> HttpResponse:
    """Offers with their conditions held against the firm, a door, and the next question."""
    return _answered(request)


@api.exception_handler(ValidationError)
@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: Exception) -> HttpResponse:
    """What does not fit the description is told by the engine, in the shape that all share."""
    return _answered(request)


def _answered(request: HttpRequest) -> HttpResponse:
    if request.content_type not in ("application/json", ""):
        problem = f"the body says that it is {request.content_type[:60]}"
        return json_error(BakenError("Content-Type", problem, "application/json"), 415)
    return answer_json(request, DEFAULT)


@api.api_operation(["HEAD"], "/health", include_in_schema=False)
@api.get(
    "/health",
    response={200: Health, 429: Refused, 503: Health},
    summary="Whether the site can answer",
)
def ready(request: HttpRequest) -> HttpResponse:
    """The same as ``/readyz``."""
    return health.readyz(request)
