"""What each role sees and may do. Every list of files comes through :func:`visible_to`, every
list of people through :func:`people_of`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from baken.refer.model import Handling
from baken.web.desk.models import Member, Role
from baken.web.handover.models import Referral
from baken.web.owner.errors import error_response

OF_ORGANISATION = frozenset({Role.ADVISER, Role.ADMINISTRATOR})
"""Roles that belong to one organisation and open its files."""
SEES_FILES = OF_ORGANISATION | {Role.COORDINATOR}
COUNTS = SEES_FILES | {Role.POLICY}
READS_SUPPLY = frozenset({Role.POLICY, Role.COORDINATOR})
READS_CORRECTIONS = frozenset({Role.POLICY, Role.OPERATOR})
MANAGES = frozenset({Role.ADMINISTRATOR, Role.OPERATOR})
SHUT = frozenset({Handling.WITHDRAWN, Handling.EXPIRED})
"""The owner's permission ended: the file's state stays in lists, its content does not open."""

View = Callable[..., HttpResponse]


def visible_to(member: Member) -> QuerySet[Referral]:
    """The files that somebody sees: those of the own organisation, all for a coordinator (state
    and clocks, no content), none for others.
    """
    files: QuerySet[Referral] = Referral.objects.select_related("receiver")
    if member.role == Role.COORDINATOR:
        return files
    if member.role in OF_ORGANISATION and member.receiver_id is not None:
        return files.filter(receiver_id=member.receiver_id)
    return files.none()


def counted_for(member: Member) -> QuerySet[Referral]:
    """The files that somebody's figures count: those that are seen; all for a reader of figures,
    who sees none of them.
    """
    if member.role == Role.POLICY:
        return Referral.objects.select_related("receiver")
    return visible_to(member)


def reads(member: Member, file: Referral) -> bool:
    """Whether somebody may open the content of a file and say what happens to it."""
    own = member.role in OF_ORGANISATION and member.receiver_id == file.receiver_id
    return own and file.handling not in SHUT and not file.taken_back


def people_of(member: Member) -> QuerySet[Member]:
    """The people whom somebody manages: an operator everybody, an administrator the own
    organisation.
    """
    people: QuerySet[Member] = Member.objects.select_related("receiver").order_by("name", "pk")
    if member.role == Role.OPERATOR:
        return people
    if member.role == Role.ADMINISTRATOR and member.receiver_id is not None:
        return people.filter(receiver_id=member.receiver_id)
    return people.none()


def may_invite(member: Member) -> tuple[Role, ...]:
    """The roles that somebody may give to another."""
    if member.role == Role.OPERATOR:
        return tuple(Role)
    return (Role.ADVISER, Role.ADMINISTRATOR) if member.role == Role.ADMINISTRATOR else ()


def only(roles: frozenset[Role]) -> Callable[[View], View]:
    """A page for these roles; others get 403."""

    def wrap(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
            if request.user.role not in roles:
                return error_response(request, 403, "role", ("desk", "error_pages.to_desk"))
            return view(request, *args, **more)

        return checked

    return wrap
