"""The pages by which people come to the desk: an invitation, and who works here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.web.desk import joining
from baken.web.desk.models import Member, Role
from baken.web.desk.roles import MANAGES, may_invite, only, people_of
from baken.web.desk.views import come_in
from baken.web.handover.models import Receiver
from baken.web.owner.errors import error_response


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """``/bureau/uitnodiging/<token>``: a password and a second step; GET changes nothing."""
    now, problem = timezone.now(), ""
    found = joining.find(token, now)
    if found is not None and request.method == "POST":
        form = request.POST
        try:
            device, codes = joining.join(
                token, form.get("password", "")[:300], form.get("code", "")[:20], now
            )
        except BakenError as e:
            problem = e.path
            found = None if problem == "token" else found
        else:
            come_in(request, device)
            return render(request, "desk/welcome.html", {"codes": codes})
    if found is None:
        return render(request, "desk/no_invitation.html", status=410)
    context = {
        "invitation": found,
        "key": joining.key_of(token),
        "otpauth": joining.otpauth(token, found.email),
        "picture": joining.picture(token, found.email),
        "problem": problem,
    }
    return render(request, "desk/invitation.html", context, status=400 if problem else 200)


@only(MANAGES)
def people(request: HttpRequest) -> HttpResponse:
    """``/bureau/mensen``: who works here; invite, take a second step away, let go."""
    problem, link = "", ""
    if request.method == "POST":
        try:
            link = _done(request.user, request.POST)
        except BakenError as e:
            problem = e.path
            if problem == "member":
                return error_response(request, 404)
    member: Member = request.user
    operator = member.role == Role.OPERATOR
    context = {
        "people": people_of(member),
        "roles": [str(role) for role in may_invite(member)],
        "receivers": Receiver.objects.filter(active=True).order_by("name") if operator else [],
        "link": link,
        "problem": problem,
        "typed": request.POST if problem else {},
    }
    return render(request, "desk/people.html", context, status=400 if problem else 200)


def _done(member: Member, form: dict[str, str]) -> str:
    """Do what a button asks; the link that came of it, or nothing."""
    given = form.get("member", "")
    number = int(given) if given.isdecimal() and len(given) < 12 else 0
    match form.get("do"):
        case "reset":
            return joining.address_of(joining.reset_second_step(member, number))
        case "leave":
            joining.leave(member, number)
            return ""
    role = form.get("role", "")
    if role not in set(Role):
        raise BakenError("role", "it is missing", "one of the roles")
    receiver = Receiver.objects.filter(record_id=form.get("receiver", "")).first()
    email, name = form.get("email", "")[:254], form.get("name", "")
    return joining.address_of(joining.invite(member, email, name, Role(role), receiver))
