"""From one door to the next: when an owner may leave, and what goes along then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from baken.refer.clocks import (
    Step,
    counts_from,
    full_too_long,
    leaves_at,
    promised_by,
    shuts_by,
)
from baken.refer.model import (
    AWAY,
    CEASED,
    NO_CONTACT_YET,
    NO_DOOR,
    Delivery,
    Handling,
    Outcome,
    Referral,
    Who,
    day_of,
)
from baken.web.handover import away_told, question, store
from baken.web.handover.models import Permission, Receiver
from baken.web.handover.models import Referral as Row
from baken.web.handover.promise import Promise, promise
from baken.web.handover.reach import door, standing, takers, taking, unreached
from baken.web.handover.sealed import Preview
from baken.web.handover.windows import in_words, whole_days, windows

LEFT = (Handling.REFUSED, Handling.EXPIRED)
DONE_WITH = (Handling.IN_CONTACT, Handling.CLOSED)


def may_leave(row: Row, state: Referral, today: date) -> bool:
    """Whether the other door is open: this one said no, is full, shut, gone, can't be reached (or
    could not be before its address was mended), is later than promised or than it usually is
    because nobody is there; or there was no contact though it said so, or it did not help.
    """
    handling = state.handling.value
    if state.taken_back:
        return False
    if handling in LEFT or state.full_still or state.refusal == CEASED:
        return True
    if handling not in NO_CONTACT_YET:
        return handling in DONE_WITH and state.unhelped
    if state.denied_on is not None or away_told.waits_longer(row, state, today):
        return True
    late = (str(Step.ESCALATE), counts_from(state)) in state.steps or today > promised_by(state)
    return late or state.again_on is not None or state.delivery.value is Delivery.BOUNCED


def may_pass_on(row: Row) -> bool:
    """Whether the owner ticked that the question may go to a better door, and did not draw back."""
    found = Permission.objects.filter(referral=row, withdrawn_at=None).first()
    return found is not None and found.passes_on


def key_after(row: Row) -> str:
    """The key of what goes from this door to its alternative: by the owner's button or by the
    clock, it goes once.
    """
    return f"after/{row.public_id}"


def order_to(row: Row, to: Receiver, by: Who, channel: str, now: datetime) -> store.Order:
    """The same question for another organisation, by the permission that was given with it."""
    made = _same(row, to, to.name, now).order()
    return replace(made, text_version=row.permission.text_version, channel=channel, by=by)


def been(row: Row) -> set[str]:
    """The organisations at which this question stands or stood, this one included: none of them is
    a next door.
    """
    found, here = question.stood_at(row.answer), row
    while here.after is not None:
        found.add(here.receiver.record_id)
        here = here.after
    return found | {here.receiver.record_id}


def held_by(row: Row) -> Row | None:
    """Where its owner sent it too, with contact there: then it goes on from here only when its
    owner says so. None where nothing holds it, or it would not go by itself anyway.
    """
    if not row.answer or not may_pass_on(row):
        return None
    spoke = Row.objects.filter(answer=row.answer, contact_on__isnull=False, taken_back=False)
    spoke = spoke.filter(handling__in=map(str, DONE_WITH)).exclude(owner_says=str(Outcome.NOT))
    way = [one.pk for one in question.way(row)]
    found: Row | None = spoke.exclude(pk__in=way).order_by("pk").first()
    return found


def next_door(row: Row, now: datetime) -> str:
    """The first door after this one that takes files and that our letters reach, as far as is
    known. Where days away make its promise later than usual: the next one where they do not, or
    else the one with the earliest promise. Where none takes files, the first one that is there, so
    that its owner reads how to reach it; empty when there is none.
    """
    others = _others(row)
    dead = unreached(others, now)
    doors = [one for one in standing(others) if one not in dead]
    to = {one.record_id: promise(one, row.crisis, now, row.lang) for one in takers(doors)}
    takes = [one for one in doors if one in to]
    return min(takes, key=lambda one: _rank(to[one])) if takes else next(iter(doors), "")


def lacks_door(row: Row, now: datetime) -> str | None:
    """Why no next door can be proposed now: :data:`NO_DOOR`, or at all of them nobody is there so
    that their promise is later than usual (:data:`AWAY`). None where there is one to propose. What
    the clock notes, what its letter tells and where a question goes by itself follow from it.
    """
    found = next_door(row, now)
    to = takers([found]).first()
    if to is not None and promise(to, row.crisis, now, row.lang).later:
        return AWAY
    return None if found else NO_DOOR


def _rank(promised: Promise) -> tuple[bool, date]:
    return promised.later, promised.by if promised.later else date.min


def heard_after(row: Row, now: datetime) -> frozenset[Who]:
    """Who gets no letter of a door that was not reached: the owner, where the clock takes the
    question on at once and tells all in one letter.
    """
    return frozenset({Who.OWNER}) if _goes_to(row, now) else frozenset()


def by_clock(row: Row, now: datetime, waits: bool = False) -> store.Order | None:
    """What a clock passes on; None where the owner did not allow it, no other door takes files, or
    the question went on already. A question that can still wait where it is (``waits``) does not
    go by itself to a door whose promise is later than usual by days away.
    """
    to = _goes_to(row, now)
    if to is not None and waits and lacks_door(row, now):
        return None
    return to and order_to(row, to, Who.SYSTEM, "clock", now)


def at_once(row: Row, state: Referral, now: datetime) -> store.Order | None:
    """What a clock passes on from a door that is full for too long; None where that can't be, or
    the other door promises no earlier day.
    """
    to = _earlier(row, state, now)
    return to and order_to(row, to, Who.SYSTEM, "clock", now)


def _earlier(row: Row, state: Referral, now: datetime) -> Receiver | None:
    to = _goes_to(row, now) if full_too_long(state, day_of(now)) else None
    earlier = to and promise(to, row.crisis, now, row.lang).by < promised_by(state)
    return to if earlier else None


def goes_by_itself(row: Row, state: Referral, now: datetime) -> date | None:
    """The day on which the clock takes a question that waits here to the next door, as things are
    now; None where it does not, or not before somebody is back there.
    """
    if _earlier(row, state, now):
        return day_of(now)
    if _goes_to(row, now) is None or lacks_door(row, now):
        return None
    ahead = leaves_at(state)
    return max(ahead[0].since, day_of(now)) if ahead else None


def goes_at_latest(row: Row, state: Referral, now: datetime) -> date | None:
    """The same where nobody is there at any other door: the day on which this one shuts, for then
    it goes there all the same. It goes earlier once somebody is back.
    """
    last = shuts_by(state)
    if last is None or _earlier(row, state, now):
        return None
    if _goes_to(row, now) is None or not lacks_door(row, now):
        return None
    return max(last, day_of(now))


def goes_once_denied(row: Row, state: Referral, lang: str, now: datetime) -> str:
    """The name of the door to which a closed question goes by itself as soon as its owner says that
    there was no contact; empty where it stays.
    """
    to = _goes_to(row, now) if state.handling.value is Handling.CLOSED else None
    return door(to.record_id, lang).name if to else ""


def _goes_to(row: Row, now: datetime) -> Receiver | None:
    if row.wiped_at or row.next.exists() or not may_pass_on(row) or held_by(row):
        return None
    found: Receiver | None = takers([next_door(row, now)]).first()
    return found


def preview_of(row: Row, now: datetime, lang: str) -> Preview | None:
    """What goes to the other door: the same items, made out to it. None when it is not open, takes
    no files, or got the question already.
    """
    to, state = door(next_door(row, now), lang), store.state_of(row)
    if to.receiver is None or row.next.exists() or not may_leave(row, state, day_of(now)):
        return None
    return _same(row, to.receiver, to.name, now)


def _same(row: Row, to: Receiver, name: str, now: datetime) -> Preview:
    """The same question, made out to another organisation under a name."""
    permission = row.permission
    alternative, later = _doors_after(row, to.record_id)
    return Preview(
        key=key_after(row),
        to=to.record_id,
        dossier=made_out(row, to, name, now),
        items=list(permission.items),
        lang=row.lang,
        crisis=row.crisis,
        alternative=alternative,
        later=later,
        owner_address=row.owner_address,
        may_pass_on=permission.passes_on,
        after=row.public_id,
        answer=row.answer,
    )


def _others(row: Row) -> list[str]:
    found = [one for one in (row.alternative, *row.later) if one]
    stood = been(row) if found else ()
    return [one for one in found if one not in stood]


def _doors_after(row: Row, to: str) -> tuple[str, list[str]]:
    """The next door and those after it, once the question is at ``to``; those that take files
    first.
    """
    left = [one for one in _others(row) if one != to]
    takes = taking(left)
    alternative, *later = sorted(left, key=lambda one: one not in takes) or [""]
    return alternative, later


def made_out(row: Row, to: Receiver, name: str, now: datetime) -> dict[str, Any]:
    """What was shared, for the next door: of the windows those that come and are in time there; all
    of them where any moment suits.
    """
    today = day_of(now)
    made: dict[str, Any] = {**row.dossier, "to": name, "to_id": to.record_id}
    made["made_on"] = today.isoformat()
    if contact := row.dossier.get("contact"):
        promised = promise(to, row.crisis, now, row.lang)
        in_time = windows(today, promised.by, promised.absences)
        lang = row.dossier.get("lang", row.lang)
        still = {in_words(lang, window) for window in in_time}
        when = [window for window in contact["when"] if window in still]
        if contact.get("any_time"):
            when = whole_days(lang, in_time)
        made["contact"] = {**contact, "appointment": "", "when": when}
    return made
