"""The pages by which people come to the desk: an invitation, and who works here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.web import catalogue
from baken.web.desk import inviting, joining, renewing
from baken.web.desk.coming import come_in
from baken.web.desk.letters import by_mail
from baken.web.desk.links import address_of
from baken.web.desk.models import Member, Role
from baken.web.desk.roles import MANAGES, OF_ORGANISATION, may_invite, only, people_of
from baken.web.desk.views import here
from baken.web.handover import wrong
from baken.web.handover.models import Receiver
from baken.web.handover.said import row_number
from baken.web.owner.errors import error_response
from baken.web.typed import line, mail_fault

DONE = ("invite", "reset", "leave", "again", "draw_back", "new_links")
"""What a button of the page does, as the page tells it afterwards."""


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """``/bureau/uitnodiging/<token>``: a password and a second step; GET changes nothing."""
    now, problem = timezone.now(), ""
    found = None if joining.taken(token) else joining.find(token, now)
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
        why = "taken" if joining.taken(token) else "newer" if joining.replaced(token) else "text"
        told = {"title": "desk.invitation_taken" if why == "taken" else "desk.no_invitation"}
        told["why"] = f"desk.no_invitation_{why}"
        return render(request, "desk/no_invitation.html", told, status=410)
    context = {
        "invitation": found,
        "key": joining.key_of(token),
        "otpauth": joining.otpauth(token, found.email),
        "picture": joining.picture(token, found.email),
    }
    had = problem == "password" and found.member
    place = ("password", "desk.password_wrong") if had else None
    return wrong.page(request, "desk/invitation.html", context, problem, place)


@only(MANAGES)
def people(request: HttpRequest) -> HttpResponse:
    """``/bureau/mensen``: who works here; invite, take a second step away, let go."""
    problem, link, done = "", "", request.GET.get("klaar", "")
    also: list[str] = []
    if request.method == "POST":
        try:
            link = _done(request.user, request.POST, request.lang)
        except BakenError as e:
            problem, also = e.path, wrong.also_of(e)
            if problem == "member":
                return error_response(request, 404)
        else:
            done = request.POST.get("do", "")
            if not link:
                return HttpResponseRedirect(f"{here(request, 'desk_people')}?klaar={done}")
    member: Member = request.user
    operator = member.role == Role.OPERATOR
    context = {
        "people": _with_heirs(list(people_of(member))),
        "invitations": _invitations(member),
        "roles": [str(role) for role in may_invite(member)],
        "receivers": _organisations(request.lang) if operator else [],
        "renews": member.role == Role.ADMINISTRATOR,
        "link": link,
        "done": done if done in DONE else "",
    }
    return wrong.page(request, "desk/people.html", context, problem, also=also)


def _organisations(lang: str) -> list[tuple[str, str]]:
    """Id and name of those that take files, as the reader's language calls them."""
    found = Receiver.objects.filter(active=True).values_list("record_id", "name")
    names = catalogue.names(lang)
    return sorted(((pk, names.get(pk, name)) for pk, name in found), key=lambda one: one[1])


def _with_heirs(people: list[Member]) -> list[tuple[Member, list[Member]]]:
    """Each with the colleagues who can get the open files."""
    works = [p for p in people if p.is_active and p.role in OF_ORGANISATION]
    return [
        (one, [p for p in works if p != one and p.receiver_id == one.receiver_id])
        if one in works
        else (one, [])
        for one in people
    ]


def _invitations(member: Member) -> list[dict[str, object]]:
    now, found = timezone.now(), list(inviting.invitations_of(member))
    sent = inviting.how_sent(found)
    return [
        {
            "one": one,
            "until": timezone.localtime(one.expires_at).date().isoformat(),
            "over": one.expires_at <= now,
            "sent": sent.get(one.pk, ""),
        }
        for one in found
    ]


def _done(member: Member, form: dict[str, str], lang: str) -> str:
    """Do what a button asks; the link that must be passed on by hand, or nothing."""
    number = row_number(form.get("member", ""))
    match form.get("do"):
        case "reset":
            token = inviting.reset_second_step(member, number, lang)
        case "leave":
            inviting.leave(member, number, form.get("heir", ""))
            return ""
        case "again":
            token = inviting.send_again(member, number)
        case "draw_back":
            inviting.draw_back(member, number)
            return ""
        case "new_links":
            renewing.renew(member, timezone.now())
            return ""
        case _:
            token = _invited(member, form, lang)
    return "" if by_mail() else address_of(token, lang)


def _invited(member: Member, form: dict[str, str], lang: str) -> str:
    role = form.get("role", "")
    fault = mail_fault(form.get("email", "").strip())
    there = {
        fault: not fault,
        "name": 0 < len(inviting.name_of(form.get("name", ""))) <= inviting.MOST_NAME,
        "role": role in set(Role),
    }
    if lacks := [field for field, is_there in there.items() if not is_there]:
        raise wrong.Lacks(lacks)
    receiver = Receiver.objects.filter(record_id=line(form.get("receiver", ""))).first()
    email, name = form.get("email", ""), form.get("name", "")
    return inviting.invite(member, email, name, Role(role), receiver, lang)
