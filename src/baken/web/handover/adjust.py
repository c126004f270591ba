"""What goes to the next door can be changed before it is sent: which of the things that were shared
before go along, and how and when the owner can be reached.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from baken.refer.dossier import Contact, Dossier, items, select
from baken.web.handover import draft as drafts
from baken.web.handover import onward, slots
from baken.web.handover.draft import Draft
from baken.web.handover.models import Referral
from baken.web.handover.promise import Promise, promise
from baken.web.handover.reach import door
from baken.web.handover.sealed import Preview, Stale, seal
from baken.web.handover.ticks import groups
from baken.web.handover.windows import by_day, windows
from baken.web.owner.answered import private
from baken.web.owner.asking import Asked, Problem
from baken.web.texts import text

WHAT, REACH = "what", "reach"
STEPS = (WHAT, REACH, f"{WHAT}_done", f"{REACH}_done")
"""The buttons: of the preview, and of the page that each of these opens."""
PAGES = {WHAT: "handover/choose.html", REACH: "handover/reach.html"}
FIELDS = {WHAT: drafts.WHAT, REACH: drafts.REACH}


def adjust(request: HttpRequest, made: Preview, step: str) -> Preview | HttpResponse:
    """The page of a step, or the order as that page changed it. Raises :class:`Stale` where there
    is nothing (any more) to change.
    """
    lang: str = request.lang
    now, day = timezone.now(), timezone.localdate()
    to = door(made.to, lang)
    row = Referral.objects.filter(public_id=made.after, wiped_at=None).first()
    if row is None or to.receiver is None:
        raise Stale
    shared = Dossier.model_validate(onward.made_out(row, to.receiver, to.name, now))
    promised = promise(to.receiver, made.crisis, now, lang)
    free = slots.free(to.receiver, now, made.crisis)
    what, _, done = step.partition("_")
    asked, draft = Asked(lang), _filled(made, shared, promised)
    if done:
        had = made.dossier["contact"]["phone"]
        draft = drafts.read(request.POST, day, free, promised.by, promised.absences, had)
        wrong = [(field, key) for field, key in draft.problems if field in FIELDS[what]]
        asked.problems = [Problem(field, text(lang, key)) for field, key in wrong]
        if not wrong:
            return _changed(made, shared, draft, what)
    context: dict[str, Any] = {
        "asked": asked,
        "draft": draft,
        "to": to,
        "sealed": seal(made),
        "groups": groups(shared, draft.ticks),
        "slots": slots.choices(free, lang),
        "slot": slots.name(draft.slot) if draft.slot else "",
        "days": by_day(lang, day, promised.by, promised.absences),
        "promise": promised,
    }
    return private(render(request, PAGES[what], context, status=400 if asked.problems else 200))


def _filled(made: Preview, shared: Dossier, promised: Promise) -> Draft:
    """The forms as the preview has it."""
    contact = Contact.model_validate(made.dossier["contact"])
    to_come = windows(timezone.localdate(), promised.by, promised.absences)
    draft = Draft(
        to=made.to,
        key="",
        ticks=frozenset(items(shared)) - set(made.left),
        tried="\n".join(made.dossier["tried"]),
        may_pass_on=made.may_pass_on,
        slot=slots.named(made.slot),
    )
    return drafts.of(contact, draft, to_come, made.lang)


def _changed(made: Preview, shared: Dossier, draft: Draft, what: str) -> Preview:
    left, tried, contact = made.left, made.dossier["tried"], made.dossier["contact"]
    if what == WHAT:
        left = [name for name in items(shared) if _has_tick(name) and name not in draft.ticks]
        tried = [draft.tried] if draft.tried else []
        made = replace(made, may_pass_on=draft.may_pass_on)
    else:
        contact = draft.contact(made.lang).model_dump()
        slot = slots.name(draft.slot) if draft.slot else ""
        made = replace(made, owner_address=draft.mail, slot=slot)
    whole = Dossier.model_validate(shared.model_dump() | {"tried": tried, "contact": contact})
    ticked = [name for name in items(whole) if name not in left]
    dossier = select(whole, set(ticked)).model_dump(mode="json")
    return replace(made, dossier=dossier, items=ticked, left=left)


def _has_tick(name: str) -> bool:
    """How to reach the owner goes along always, and what was tried as it is typed."""
    return name != "contact" and not name.startswith("tried:")
