"""For who watches over the site: is it alive, and can it answer. Nothing of an owner is in it."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

from baken.web import catalogue
from baken.web.owner.errors import not_allowed


def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing of the database."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    return _said({"state": "ok"})


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and holds the catalogue, else 503 with what is wrong."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    found = readiness()
    return _said(found, 200 if found["state"] == "ok" else 503)


def readiness() -> dict[str, str]:
    """``state`` (``ok``, ``not ready``), ``database``, ``catalogue`` and its ``version``."""
    try:
        version = catalogue.current_version()
    except DatabaseError:
        return {"state": "not ready", "database": "does not answer", "catalogue": "not known"}
    if not version:
        return {"state": "not ready", "database": "ok", "catalogue": "not loaded"}
    return {"state": "ok", "database": "ok", "catalogue": "loaded", "version": version}


def _said(found: dict[str, str], status: int = 200) -> HttpResponse:
    response = JsonResponse(found, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
