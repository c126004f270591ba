"""Pages and JSON for what goes wrong, in the house style and in the reader's language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from baken.kernel.errors import BakenError
from baken.web.negotiate import wants_json
from baken.web.texts import DEFAULT, text

ENGLISH = "en"
BACK = ("start", "error_pages.back")


def error_response(
    request: HttpRequest,
    status: int,
    why: str = "",
    back: tuple[str, str] = BACK,
    expected: str = "",
) -> HttpResponse:
    """The page for ``status``, or the shared error shape for who asked JSON; in English to a
    program, as all its errors. ``why`` names other words than the usual ones of that status;
    ``back`` is the page to go on to, and its words; ``expected`` what a program reads that it could
    have asked, where that is known.
    """
    api = request.path_info.startswith("/api/")
    lang = ENGLISH if api else getattr(request, "lang", DEFAULT)
    title = text(lang, f"error_pages.{why or status}.title")
    says = text(lang, f"error_pages.{why or status}.text")
    if wants_json(request):
        return json_error(BakenError(request.path[:200], title, expected or says), status)
    try:
        context = {"status": status, "title": title, "says": says, "back": back}
        return render(request, "owner/error.html", context, status=status)
    except Exception:  # an error page must not fail for want of a template or a database
        return HttpResponse(f"<!doctype html><title>{title}</title><h1>{title}</h1>", status=status)


def json_error(error: BakenError, status: int = 400) -> JsonResponse:
    """The error shape that every interface gives."""
    return JsonResponse(
        {"error": error.as_json()}, status=status, json_dumps_params={"ensure_ascii": False}
    )


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """405, with the methods that the address does take."""
    response = error_response(request, 405, expected=allowed)
    response.headers["Allow"] = allowed
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return error_response(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return error_response(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return error_response(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return error_response(request, 500)
