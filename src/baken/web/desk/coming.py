"""In and out of the desk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login as open_session
from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from baken.web.desk import trail, unsaved
from baken.web.desk.entry import enter
from baken.web.desk.views import here
from baken.web.handover import wrong
from baken.web.owner.answered import out_of_browser
from baken.web.owner.errors import not_allowed

BACKEND = "django.contrib.auth.backends.ModelBackend"


def login(request: HttpRequest) -> HttpResponse:
    """``/bureau/aanmelden``: address, password and code, on one form."""
    if request.method != "POST":
        return _page(request, request.GET.get("naar", "")[:500])
    form = request.POST
    email, password = form.get("email", "")[:300], form.get("password", "")[:300]
    device = enter(email, password, form.get("code", "")[:50], timezone.now())
    waiting = form.get(unsaved.KEY, "")
    if device is None:
        return _page(request, form.get("naar", "")[:500], "login", waiting)
    come_in(request, device)
    trail.write(request.user, "in", timezone.now())
    return HttpResponseRedirect(unsaved.remember(request, waiting) or _back(request))


def too_late(request: HttpRequest) -> HttpResponse:
    """The login page instead of what a form asked: nothing was kept, nothing is lost."""
    return _page(request, "", "logged_out", unsaved.seal(request))


def come_in(request: HttpRequest, device: Any) -> None:
    """Begin a session of who owns the device, with both steps done."""
    member = device.user
    member.otp_device = device
    open_session(request, member, backend=BACKEND)


def logout(request: HttpRequest) -> HttpResponse:
    """``/bureau/afmelden``: a button's POST ends the session."""
    if request.method != "POST":
        return not_allowed(request, "POST")
    end_session(request)
    return out_of_browser(HttpResponseRedirect(here(request, "desk_login")))


def _page(request: HttpRequest, naar: str, problem: str = "", waiting: str = "") -> HttpResponse:
    context = {
        "naar": naar,
        "waiting": waiting if unsaved.unseal(waiting) else "",
        "hours": settings.SESSION_COOKIE_AGE // 3600,
        **wrong.told(request, problem),
    }
    return render(request, "desk/login.html", context, status=403 if problem else 200)


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("naar", "")
    safe = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if safe else here(request, "desk")
