"""Keeping a plan under six words, coming back to it, and reminders of it."""

# mypy: allow-untyped-decorators
from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from baken.kernel.errors import BakenError
from baken.kernel.plain import plain
from baken.web.owner import kept, reminders, six_words
from baken.web.owner.answered import FORMS, of_form, out_of_browser, private
from baken.web.owner.asking import Asked, Problem, read_form
from baken.web.owner.errors import error_response, not_allowed
from baken.web.owner.models import KeptPlan, PlanReminder
from baken.web.owner.plan_pages import plan_of
from baken.web.owner.plan_since import made_on
from baken.web.rate import sender
from baken.web.scan import under_words
from baken.web.texts import text
from baken.web.typed import MOST_TYPED, line, mail_fault
from baken.web.words import day


@of_form
def keep_page(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Keep the plan; the page tells the code, once. Of a plan that is kept already nobody knows
    the code but its owner: it stays.
    """
    today = timezone.localdate()
    row, code, moved = kept.row_of(asked), "", False
    if row is not None:
        moved = _change(row, asked, today)
    else:
        row, code = kept.keep(asked, today, request.POST.get("form", ""))
    asked.made_on, asked.kept = row.made_on, kept.token_of(row)
    context = {
        "asked": asked,
        "code": code,
        "opened": kept.opened_by(code),
        "moved": moved,
        "scan": under_words.join(row, asked.scan, today),
        "by_mail": bool(settings.BAKEN_SMTP_HOST),
    }
    return private(render(request, "owner/kept.html", context))


def _change(row: KeptPlan, asked: Asked, today: date) -> bool:
    """Put what was asked in a plan that is kept; whether its reminders move to other days."""
    moves = not kept.is_same(row, asked) and PlanReminder.objects.filter(plan=row).exists()
    with transaction.atomic():
        if moves:
            reminders.move(row, _days(asked))
        kept.keep_again(row, asked, today)
    return moves


@sensitive_post_parameters()
def return_page(request: HttpRequest) -> HttpResponse:
    """The field for the code; what it opens; and, with ``wipe``, what is thrown away."""
    if request.method in ("GET", "HEAD"):
        return render(request, "owner/return.html", {})
    if request.method != "POST":
        return not_allowed(request, "GET, HEAD, POST")
    if request.content_type not in FORMS:
        return error_response(request, 400)
    typed = plain(request.POST.get("code", "")[: six_words.MAX_TYPED])
    today = timezone.localdate()
    try:
        who = sender(request.META.get("REMOTE_ADDR", ""))
        row = kept.find(typed, who, today, request.POST.get("opened", ""))
    except kept.TooMany:
        says = text(request.lang, "journey.code.too_many")
        return _wrong(request, typed, says, 429)
    if row is None:
        return _wrong(request, typed, kept.why_not(typed, request.lang), 400)
    if "wipe" in request.POST:
        under_words.wipe(row)
        return out_of_browser(_unstored(render(request, "owner/return.html", {"wiped": True})))
    door = under_words.row_of(row, today)
    asked = read_form(_form(row.state), request.lang)
    if door is None and not asked.need:
        kept.wipe(row)
        return _wrong(request, typed, kept.why_not(typed, request.lang), 400)
    scan = door and under_words.shown(door, request.lang, today)
    asked.scan = scan["token"] if scan else ""
    asked.made_on, asked.kept = row.made_on, kept.token_of(row)
    wrong = _remind(request, row, asked)
    reminder = PlanReminder.objects.filter(plan=row).first()
    next_on = reminder and reminders.next_day(reminder, today)
    context = {
        "asked": asked,
        "code": typed,
        "opened": kept.opened_by(typed),
        "found": True,
        "scan": scan,
        "made_words": day(request.lang, row.made_on.isoformat()),
        "by_mail": bool(settings.BAKEN_SMTP_HOST),
        "reminder": reminder,
        "next_on": next_on and next_on.isoformat(),
        "mail": line(request.POST.get("mail", "")) if wrong else "",
        "mail_wrong": wrong,
        "wrong_with": _told("mail", wrong),
    }
    return private(render(request, "owner/return.html", context, status=400 if wrong else 200))


def stop_page(request: HttpRequest, token: str) -> HttpResponse:
    """``/herinnering/<token>``: the link in a reminder. Its button stops them; looking does not. Of
    a link that is not known nothing is said to be stopped.
    """
    if request.method not in ("GET", "HEAD", "POST"):
        return not_allowed(request, "GET, HEAD, POST")
    seed = reminders.seed_of(token)
    if seed is None:
        return _unstored(render(request, "owner/stop.html", {"unknown": True}, status=404))
    row = reminders.find(seed)
    if request.method == "POST" and row is not None:
        reminders.stop(row)
        row = None
    return _unstored(render(request, "owner/stop.html", {"there": row is not None}))


def _remind(request: HttpRequest, row: KeptPlan, asked: Asked) -> str:
    """Start or stop reminders as a button says; what is wrong with the address, or nothing."""
    match request.POST.get("do"):
        case "stop":
            for one in PlanReminder.objects.filter(plan=row):
                reminders.stop(one)
        case "remind":
            mail = line(request.POST.get("mail", ""), MOST_TYPED)
            if fault := mail_fault(mail):
                return text(request.lang, f"send.wrong.{fault}")
            days = _days(asked)
            if not days:
                return text(request.lang, "journey.remind.no_days")
            reminders.keep(row, mail, days)
    return ""


def _days(asked: Asked) -> list[date]:
    """The days on which the plan of what was kept is worth a reminder."""
    try:
        plan, _ = plan_of(asked)
    except BakenError:
        return []
    today = timezone.localdate()
    return reminders.days_of(plan, made_on(asked, today), today)


def _form(state: dict[str, Any]) -> QueryDict:
    """What was kept, as the form that it came from, so that it is checked like one."""
    post = QueryDict(mutable=True)
    post["need"] = state["need"]
    for name in ("facts", "asked", "denied"):
        post[name] = json.dumps(state[name])
    post["books"] = state.get("books", "")
    post["told_by"] = json.dumps(state.get("told_by", {}))
    for name, typed in state.get("project", {}).items():
        post[name] = typed
    post.setlist("pick", state["pick"])
    return post


def _wrong(request: HttpRequest, typed: str, says: str, status: int) -> HttpResponse:
    context = {"code": typed, "wrong": says, "wrong_with": _told("code", says)}
    return private(render(request, "owner/return.html", context, status=status))


def _told(field: str, says: str) -> dict[str, list[Problem]]:
    """What is wrong, for the head of the page (``owner/parts/errors.html``)."""
    return {"problems": [Problem(field, says)] if says else []}


def _unstored(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
