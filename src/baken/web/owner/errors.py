"""Pages and JSON for what goes wrong, in the house style and in the reader's language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from baken.kernel.errors import BakenError
from baken.web.negotiate import wants_json
from baken.web.texts import DEFAULT, text


def error_response(request: HttpRequest, status: int) -> HttpResponse:
    """The page for ``status``, or the shared error shape for who asked JSON."""
    lang = getattr(request, "lang", DEFAULT)
    title = text(lang, f"error_pages.{status}.title")
    says = text(lang, f"error_pages.{status}.text")
    if wants_json(request):
        return json_error(BakenError(request.path[:200], title, says), status)
    try:
        context = {"status": status, "title": title, "says": says}
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
    response = error_response(request, 405)
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
