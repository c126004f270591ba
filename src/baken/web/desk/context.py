"""Who is at the desk, for the head of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from baken.web.desk import unsaved
from baken.web.desk.models import Member, Role
from baken.web.desk.roles import (
    COUNTS,
    MANAGES,
    OF_ORGANISATION,
    READS_CORRECTIONS,
    READS_SUPPLY,
    SEES_FILES,
)

MENU: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("desk", "desk.inbox", SEES_FILES),
    ("desk_month", "desk.months", COUNTS),
    ("desk_supply", "gaps.title", READS_SUPPLY),
    ("desk_corrections", "desk.corrections", READS_CORRECTIONS),
    ("desk_house", "desk.house", OF_ORGANISATION),
    ("desk_presence", "desk.presence", OF_ORGANISATION),
    ("desk_people", "desk.people", MANAGES),
    ("desk_trail", "desk.trail", MANAGES),
)
"""Pages of the menu: name, words, and whose they are."""


@dataclass(frozen=True)
class AtDesk:
    """The member, the pages that the menu names (name and words), and the address of this one."""

    member: Member
    name: str
    menu: tuple[tuple[str, str], ...]
    path: str


def member(request: HttpRequest) -> dict[str, Any]:
    """Template context: ``request_member``, and what was typed in a form after the session had
    ended; nothing outside the desk and before the door.
    """
    user = getattr(request, "user", None)
    if user is None or getattr(user, "otp_device", None) is None:
        return {}
    menu = tuple((name, words) for name, words, roles in MENU if user.role in roles)
    at_desk = AtDesk(user, user.name, menu, request.path)
    typed = unsaved.typed(request)
    return {"request_member": at_desk, "typed": typed, "unsaved": bool(typed)}
