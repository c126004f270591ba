"""The one door of the desk: below ``/bureau`` everything asks for a password and a second step.

Sessions and cookies exist there only; the rest of the site has none. A form is taken when the
browser says that it stood on a page of ours; one that says nothing is refused here, for there is
a session to ride on.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django_otp.middleware import OTPMiddleware

from baken.web.desk import unsaved
from baken.web.desk.coming import too_late
from baken.web.middleware import Next, bare
from baken.web.negotiate import wants_json
from baken.web.owner.answered import private
from baken.web.owner.context import in_language
from baken.web.owner.errors import error_response

DESK = "/bureau"
LOGIN = f"{DESK}/aanmelden"
LOGOUT = f"{DESK}/afmelden"
OPEN = (LOGIN, f"{DESK}/uitnodiging/")
"""Pages before the door: logging in, and an invitation (its token is the key)."""


class Guard:
    """Lets nobody pass to the desk without password and second step."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.desk = SessionMiddleware(AuthenticationMiddleware(OTPMiddleware(self.door)))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_desk(bare(request.path_info)):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD", "OPTIONS") and not says_own(request):
            return error_response(request, 403)
        response: HttpResponse = self.desk(request)
        response.headers["Cache-Control"] = "no-store"
        return private(response) if answers_a_form(request, response) else response

    def door(self, request: HttpRequest) -> HttpResponse:
        """The page behind the door, or the way to it."""
        path = bare(request.path_info)
        if request.user.is_authenticated and request.user.is_verified():
            if request.method == "POST":
                unsaved.forget(request)
            return self.get_response(request)
        if path == LOGIN or path.startswith(OPEN[1]):
            return self.get_response(request)
        if wants_json(request):
            return error_response(request, 403, "login")
        there = in_language(LOGIN, request.lang)
        if request.method == "GET":
            there += "?" + urlencode({"naar": request.get_full_path()})
        elif request.method == "POST" and path != LOGOUT:
            return too_late(request)
        return HttpResponseRedirect(there)


def answers_a_form(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this is a page that says what is wrong with a form: the button Back finds it in the
    browser alone, where it stays until one logs out."""
    return bool(request.method == "POST" and response.status_code == 400)


def is_desk(path: str) -> bool:
    """Whether a path (without language) belongs to the desk."""
    return path == DESK or path.startswith(f"{DESK}/")


def says_own(request: HttpRequest) -> bool:
    """Whether the browser said where the form stood. (Where it stood is judged before.)"""
    return "Sec-Fetch-Site" in request.headers or "Origin" in request.headers
