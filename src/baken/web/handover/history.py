"""What happened to a referral, in plain words for its owner, with the day of each thing."""

from __future__ import annotations

from datetime import date

from baken.refer.clocks import ON, Step, promised_by
from baken.refer.model import (
    ALREADY_HELPED,
    CEASED,
    NO_CONTACT_YET,
    OTHER_REASON,
    PASSED,
    TOO_LONG,
    UNREACHED,
    Delivery,
    Event,
    Handling,
    Kind,
    Referral,
    Who,
    day_of,
)
from baken.refer.words import REFUSALS
from baken.web import words
from baken.web.handover import question, reported, store
from baken.web.handover.came import told_owner
from baken.web.handover.models import EventRow
from baken.web.handover.models import Referral as Row
from baken.web.handover.reach import names_of, passed_to
from baken.web.handover.store import event_of
from baken.web.handover.windows import full_day
from baken.web.texts import plural, text

PROMISES = (
    *("queued", "unsent", "offered", "seen", "accepted"),
    *("denied", "tried", "tried_full", "full_over"),
)
"""How a question stands when all that its owner has is a promise."""
LATE = {"late": "follow.no_contact_yet", "expired": "follow.shut_late"}
"""The texts of a question without contact in time, by what the receiver did so far."""

REPORTED = (Step.ESCALATE, Step.AT_ONCE)
"""Steps of which the coordinator reads: told so once the letter left."""


def headline(
    state: Referral, name: str, lang: str, today: date, otherwise: str = "send.promise_else"
) -> str:
    """How it stands, in a few sentences; a promise with what is done when it isn't kept, by the
    text ``otherwise``: who does not hear it by mail reads from when on to look at the page.
    """
    told = {"to": name, "day": full_day(lang, promised_by(state))}
    if state.full_until:
        told["until"] = full_day(lang, state.full_until)
    if state.refusal in REFUSALS:
        told["reason"] = REFUSALS[state.refusal].says[lang]
    told["next"] = passed_to(state, lang)
    stands = _stands(state, today)
    told["times"] = plural(lang, "letters.times", state.tries)
    if stands in LATE:
        return text(lang, f"{LATE[stands]}.{state.so_far_told}", **told)
    says = text(lang, f"follow.state.{stands}", **told)
    return f"{says} {text(lang, otherwise)}" if stands in PROMISES else says


def _stands(state: Referral, today: date) -> str:
    """The name of the text that tells how it stands."""
    handling, late = state.handling.value, today > promised_by(state)
    if state.taken_back:
        return str(Handling.WITHDRAWN)
    if state.passed_to:
        return "passed_on_other" if state.refusal == OTHER_REASON else "passed_on"
    if state.unreached:
        return "bounced"
    if state.helped_already:
        return ALREADY_HELPED
    if handling is Handling.REFUSED and state.refusal == OTHER_REASON:
        return "refused_other"
    if state.shut_for:
        return state.shut_for
    if handling in NO_CONTACT_YET and late:
        return "late"
    if state.full_over(today):
        return "full_over"
    if handling is Handling.TRIED and state.full_still and state.full_still >= today:
        return "tried_full"
    if handling is Handling.OFFERED and state.delivery.value is Delivery.QUEUED:
        return "unsent" if today > day_of(state.delivery.at) else "queued"
    if handling is Handling.IN_CONTACT and state.contact_said is Who.OWNER:
        return "in_contact_yours"
    if state.denied:
        return "denied"
    if handling is Handling.CLOSED and state.contact_on is None:
        return "closed_without"
    return str(handling)


def lines(row: Row, name: str, lang: str) -> list[tuple[str, str]]:
    """Day and words of each event, oldest first; that the question was taken back stands in it with
    the doors, also where this one had shut before.
    """
    events = [event_of(e) for e in sorted(row.events.all(), key=lambda e: e.pk)]
    told = [(e, _line(row, e, name, lang)) for e in events]
    last, doors = _taken_back(row)
    if last is not None and [one.pk for one in doors] != [row.pk]:
        told = [one for one in told if one[0].key != last.key]
        told.append((last, text(lang, "follow.event.withdrawn_at", to=names_of(doors, lang))))
    return [(words.day(lang, day_of(e.at).isoformat()), says) for e, says in told]


def _taken_back(row: Row) -> tuple[Event | None, list[Row]]:
    """With which word its owner took the question back, and at which doors."""
    back = question.taken_back_at(row)
    said = EventRow.objects.filter(referral__in=back, kind=str(Kind.WITHDRAWN)).order_by("pk")
    if not back or (last := said.last()) is None:
        return None, []
    at = set(said.filter(key=last.key).values_list("referral", flat=True))
    return event_of(last), [one for one in back if one.pk in at]


def _line(row: Row, event: Event, name: str, lang: str) -> str:
    if event.kind is Kind.STEP:
        step = _switched(row, event) if event.step in ON else event.step
        if event.step in REPORTED and not reported.was_told(row, event.key):
            return text(lang, f"follow.untold.{step}", to=name)
        return text(lang, f"follow.step.{step}", to=name)
    if event.kind is Kind.SENT:
        return told_owner(row, name, lang)
    who = text(lang, "follow.you") if event.by is Who.OWNER else name
    told = {"to": name, "who": who}
    if event.kind is Kind.REFUSED and event.reason:
        told["reason"] = REFUSALS[event.reason].says[lang]
    if event.kind is Kind.REFUSED and event.key.startswith(PASSED):
        told["next"] = passed_to(store.state_of(row), lang)
        why = "passed_on_other" if event.reason == OTHER_REASON else "passed_on"
        return text(lang, f"follow.event.{why}", **told)
    if event.kind is Kind.REFUSED and event.reason == ALREADY_HELPED:
        return text(lang, "follow.event.already_helped", to=name)
    if event.kind is Kind.REFUSED and event.reason == OTHER_REASON:
        return text(lang, "follow.event.refused_other", to=name)
    if event.reason in (CEASED, UNREACHED):
        return text(lang, f"follow.state.{event.reason}", to=name)
    if event.reason == TOO_LONG:
        return text(lang, "follow.event.too_long", to=name)
    if event.kind is Kind.FULL and event.until:
        told["until"] = words.day(lang, event.until.isoformat())
    if event.kind is Kind.OUTCOME and event.outcome:
        told["outcome"] = text(lang, f"follow.outcome.{event.outcome}")
    return text(lang, f"follow.event.{event.kind}", **told)


def _switched(row: Row, event: Event) -> str:
    """What the clock did when the next door was due: it passed the question on, proposed the door,
    or why it could do neither, as it was noted then.
    """
    sent = EventRow.objects.filter(referral__after=row, kind=str(Kind.SENT), by=str(Who.SYSTEM))
    if sent.filter(at=event.at).exists():
        return "passed_on"
    return event.reason or str(event.step)
