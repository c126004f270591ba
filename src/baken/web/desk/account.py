"""What somebody changes of the own access: the password, the recovery codes, and an end to what is
open elsewhere. Each asks for the password and a code anew.
"""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken

from baken.kernel.errors import BakenError
from baken.web.desk import joining, letters, trail
from baken.web.desk.entry import enter
from baken.web.desk.models import Member
from baken.web.desk.views import here
from baken.web.handover import wrong

CHANGES = ("password", "codes", "elsewhere")
"""What can be changed, by the word of its button."""


def account(request: HttpRequest) -> HttpResponse:
    """``/bureau/mijn-toegang``: for every role."""
    problem, what = "", ""
    if request.method == "POST":
        what = request.POST.get("do", "")
        try:
            codes = _done(request, what)
        except BakenError as e:
            problem = e.path
        else:
            if codes:
                return render(request, "desk/welcome.html", {"codes": codes, "again": True})
            done = what if what in CHANGES else ""
            return HttpResponseRedirect(f"{here(request, 'desk_account')}?klaar={done}")
    places = {
        "password": ("password-new", "desk.password_weak"),
        "had": (f"{what}-had", "desk.account_wrong"),
    }
    done = request.GET.get("klaar", "")
    context = {
        "changes": CHANGES,
        "what": what,
        "done": done if done in CHANGES else "",
        "left": StaticToken.objects.filter(device__user=request.user).count(),
    }
    return wrong.page(request, "desk/account.html", context, problem, places.get(problem))


def _done(request: HttpRequest, what: str) -> list[str]:
    """Do what a button asks; the recovery codes that came of it, to be shown once.

    A password that is hashed anew, even the same one, ends all sessions but this.
    """
    if what not in CHANGES:
        raise BakenError("do", "this button says nothing", "a button of the page")
    form, member = request.POST, request.user
    had, typed = form.get("had", "")[:300], form.get("code", "")[:50]
    with transaction.atomic():
        row = Member.objects.select_for_update().get(pk=member.pk)
        if what == "password":
            joining.choose_password(row, form.get("password", "")[:300])
        elif what == "elsewhere":
            row.set_password(had)
        known = enter(member.email, had, typed, timezone.now()) is not None
        if known:
            trail.write(row, what, timezone.now())
            letters.access_changed(row, timezone.now())
        if known and what == "codes":
            return joining.recovery_codes(row)
        if known:
            row.save(update_fields=["password"])
            update_session_auth_hash(request, row)
            return []
    raise BakenError("had", "password or code is wrong", "both, and a code not used before")
