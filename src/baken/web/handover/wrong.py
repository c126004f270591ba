"""What is wrong with a form, on each page of an organisation: at the desk and by its link alike.

The page that comes back names it in its title, sums it up at its head with a way to the field
(``owner/parts/errors.html``), and tells it there again (``owner/parts/field_errors.html``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baken.kernel.errors import BakenError
from baken.web.owner.asking import Problem
from baken.web.texts import text
from baken.web.typed import MAIL_FAULTS

Place = tuple[str, str]
"""The id of a field (empty: of none) and the name of the text that says what is wrong there."""

AT: dict[str, Place] = {
    "already": ("", "handover.already"),
    "because": ("because", "desk.because_wrong"),
    "busy": ("colleague", "desk.give_busy"),
    "code": ("code", "desk.code_wrong"),
    "colleague": ("colleague", "desk.give_wrong"),
    "held": ("colleague", "desk.give_overtaken"),
    "elsewhere": ("to", "desk.pass_elsewhere"),
    "first": ("first", "desk.day_wrong"),
    "given": ("sure", "desk.away_given"),
    "heir": ("", "desk.give_wrong"),
    "hours": ("each", "hours.wrong"),
    "hours_both": ("on", "hours.wrong_both"),
    "kind": ("kind", "desk.busy_kind_wrong"),
    "last": ("last", "desk.last_wrong"),
    "late": ("", "handover.late"),
    "logged_out": ("", "desk.logged_out"),
    "login": ("email", "desk.login_wrong"),
    "name": ("name", "desk.name_wrong"),
    "note": ("note", "desk.note_wrong"),
    "outcome": ("outcome", "desk.end_wrong"),
    "password": ("password", "desk.password_weak"),
    "reason": ("reason", "handover.refuse_wrong"),
    "receiver": ("receiver", "desk.organisation_wrong"),
    "role": ("role", "desk.role_wrong"),
    "stand_in": ("stand-in", "desk.stand_in_wrong"),
    "text": ("text", "desk.note_wrong"),
    "taken": ("email", "desk.email_taken"),
    "title": ("title", "desk.title_wrong"),
    "to": ("to", "desk.pass_wrong"),
    "until": ("until", "handover.full_wrong"),
    "who": ("who", "desk.give_wrong"),
    "why": ("why", "handover.refuse_wrong"),
    **{fault: ("email", f"send.wrong.{fault}") for fault in MAIL_FAULTS},
}
"""By the name of the error."""
UNREAD: Place = ("", "desk.unread")
"""Of a form that no page of ours has."""


class Lacks(BakenError):
    """Fields of one form that are empty or no such thing, from the first one on: a page names them
    all at once.
    """

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(fields[0], "it is missing or no such thing", "all fields")
        self.also = list(fields[1:])


def also_of(error: BakenError) -> list[str]:
    """The fields of an error beside the first."""
    return error.also if isinstance(error, Lacks) else []


@dataclass(frozen=True)
class Found:
    """What is wrong with a form, as the parts of a page take it."""

    problems: list[Problem]


def told(
    request: HttpRequest,
    problem: str | None,
    place: Place | None = None,
    also: Sequence[str] = (),
) -> dict[str, Any]:
    """What a page needs to tell an error, and those that are there ``also``, with what was typed;
    ``place`` where this page has it elsewhere.
    """
    if not problem:
        return {"problem": "", "asked": Found([])}
    places = [place or AT.get(problem, UNREAD), *(AT[other] for other in also)]
    found = Found([Problem(field, text(request.lang, says)) for field, says in places])
    return {"problem": problem, "asked": found, "typed": request.POST}


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    problem: str | None,
    place: Place | None = None,
    also: Sequence[str] = (),
) -> HttpResponse:
    """A page with a form, as it is or with what was wrong."""
    shown = {**context, **told(request, problem, place, also)}
    return render(request, template, shown, status=400 if problem else 200)
