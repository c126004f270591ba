"""Who is at the desk, for the head of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from baken.web.desk.models import Member
from baken.web.desk.roles import COUNTS, MANAGES, OF_ORGANISATION, READS_SUPPLY, SEES_FILES


@dataclass(frozen=True)
class AtDesk:
    """The member and which pages the menu names."""

    member: Member
    name: str
    sees_files: bool
    counts: bool
    reads_supply: bool
    of_organisation: bool
    manages: bool


def member(request: HttpRequest) -> dict[str, Any]:
    """Template context: ``request_member``, or nothing outside the desk and before the door."""
    user = getattr(request, "user", None)
    if user is None or getattr(user, "otp_device", None) is None:
        return {}
    found = AtDesk(
        user,
        user.name,
        *(user.role in r for r in (SEES_FILES, COUNTS, READS_SUPPLY, OF_ORGANISATION, MANAGES)),
    )
    return {"request_member": found}
