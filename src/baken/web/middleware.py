"""What holds for every page: headers, the language of the address, bounds, own forms only."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from baken.web.owner.errors import error_response, not_allowed
from baken.web.rate import FREE
from baken.web.texts import DEFAULT, LANGS

SCRIPTS = "; script-src 'self'; connect-src 'self'"
"""Only for a page that says so (``response.scripts``): where an upload shows how far it is."""
Next = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


def language_of(path: str) -> str:
    """The language that an address is in: ``/en/...`` and ``/fr/...``, else Dutch."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in LANGS else DEFAULT


def bare(path: str) -> str:
    """A path without its language."""
    lang = language_of(path)
    return path.removeprefix(f"/{lang}") if path.startswith(f"/{lang}/") else path


class Headers:
    """Sets the language of the request and the headers of the response."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.lang = language_of(request.path_info)
        response = self.get_response(request)
        scripts = SCRIPTS if getattr(response, "scripts", False) else ""
        response.headers["Content-Security-Policy"] = POLICY + scripts
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        # "no-referrer" would make browsers send `Origin: null` with our own forms.
        response.headers["Referrer-Policy"] = "same-origin"
        if not response.has_header("Content-Language"):
            response.headers["Content-Language"] = request.lang
        if not response.has_header("Cache-Control"):
            private = request.method != "GET" or response.status_code >= 400
            response.headers["Cache-Control"] = "no-store" if private else "no-cache"
        return response


class Bounds:
    """A body over the bound is refused before anything of it is read."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            size = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            return error_response(request, 400)
        if size > self.most(request.path_info):
            return too_much(request) if self.takes_files(request) else error_response(request, 413)
        return self.get_response(request)

    @staticmethod
    def most(path: str) -> int:
        """Bytes that an address takes: files are for /signalen and /jaarrekening only."""
        most: int = {
            "/signalen": settings.SIGNALS_MAX_BODY,
            "/jaarrekening": settings.BOOKS_MAX_BODY,
        }.get(bare(path), settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return most

    def takes_files(self, request: HttpRequest) -> bool:
        """Whether the address is one for files."""
        return bool(self.most(request.path_info) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def too_much(request: HttpRequest) -> HttpResponse:
    """The form for files again, with what is wrong."""
    from baken.web.owner import books_page
    from baken.web.signalen.views import first_page

    if bare(request.path_info) == "/jaarrekening":
        return books_page.too_much(request)
    return first_page(request, "too_much", 413)


class AnyName:
    """Who watches may ask by any name: a balancer knows an address inside the house, which is none
    of ``BAKEN_HOSTS``. Nothing of the name comes back, so it does not matter which one it is.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info not in FREE:
            return self.get_response(request)
        request.resolver_match = found = resolve(request.path_info)
        answer: HttpResponse = found.func(request)
        return answer


class OneShape:
    """A method that an address for programs does not take is told in the shape of all errors; the
    library tells it as a page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or not request.path_info.startswith("/api/"):
            return response
        allowed = sorted(one.strip() for one in response.headers["Allow"].split(","))
        return not_allowed(request, ", ".join(allowed))


class OwnSiteOnly:
    """Forms are taken from this site only. Programs, which send neither header, are free.

    There is no session to ride on, so no token is needed; this keeps another site from
    filling the record of unmet needs through its visitors.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and not self.own(request):
            return error_response(request, 403)
        return self.get_response(request)

    @staticmethod
    def own(request: HttpRequest) -> bool:
        """Whether the browser says that the form stood on a page of ours."""
        site = request.headers.get("Sec-Fetch-Site")
        if site is not None:
            return site in ("same-origin", "none")
        origin = request.headers.get("Origin")
        return origin is None or urlsplit(origin).netloc == request.get_host()
