"""For who watches over the site: is it alive, and can it answer. Nothing of an owner is in it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from baken.web import catalogue
from baken.web.owner.errors import not_allowed

PATIENCE = 2.0
"""Seconds that a database gets to answer."""


class Look:
    """A look that may hang, on a thread of its own. One at a time: who asks meanwhile waits for the
    same one, so that a database that hangs holds one thread and one connection."""

    def __init__(self, look: Callable[[], str]) -> None:
        self._look = look
        self._lock = threading.Lock()
        self._found: Future[str] | None = None

    def within(self, seconds: float) -> str:
        """What was seen.

        Raises:
            TimeoutError: when it took longer. What the look itself raises comes out too.
        """
        with self._lock:
            if self._found is None or self._found.done():
                self._found = Future()
                threading.Thread(target=self._run, args=(self._found,), daemon=True).start()
            found = self._found
        return found.result(timeout=seconds)

    def _run(self, found: Future[str]) -> None:
        try:
            said = self._look()
        except Exception as e:
            found.set_exception(e)
        else:
            found.set_result(said)
        finally:
            connection.close()


_look = Look(lambda: catalogue.current_version())


def _version() -> str:
    """The catalogue's version, from a database that may be on another machine, or hang.

    SQLite is a file: nobody waits for it. Rows of a transaction (tests) its own connection sees.
    """
    if connection.vendor == "sqlite" or connection.in_atomic_block:
        return catalogue.current_version()
    return _look.within(PATIENCE)


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
        version = _version()
    except (DatabaseError, TimeoutError):
        return {"state": "not ready", "database": "does not answer", "catalogue": "not known"}
    if not version:
        return {"state": "not ready", "database": "ok", "catalogue": "not loaded"}
    return {"state": "ok", "database": "ok", "catalogue": "loaded", "version": version}


def _said(found: dict[str, str], status: int = 200) -> HttpResponse:
    response = JsonResponse(found, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
