"""An agreed hour that falls away: both sides are told which one, on the page and in the letter of
what made it fall, for it may stand in a calendar.
"""

from __future__ import annotations

from datetime import datetime

from baken.refer.hours import HALF_HOUR
from baken.refer.letters import Letter
from baken.refer.model import Who
from baken.web.handover import slots
from baken.web.handover.models import Intent, Referral
from baken.web.handover.reach import called
from baken.web.handover.store import HOUR
from baken.web.texts import text

HERE = (
    Letter.FULL,
    Letter.REFUSED,
    Letter.NOT_ARRIVED,
    Letter.DOOR_CLOSED,
    Letter.DOOR_GONE,
    Letter.DOOR_UNREACHED,
    Letter.WITHDRAWN,
    Letter.FILE_CLOSED,
)
"""Letters of what ended an hour at this door."""
BEFORE = (Letter.SENT, Letter.PASSED_ON, Letter.MOVED_ON)
"""Letters of a question that is at a new door: the hour was one of the door before."""
TEXT = {Who.OWNER: "letters.slot_fell", Who.RECEIVER: "letters.slot_fell_theirs"}


def fell(row: Referral | None) -> datetime | None:
    """The last hour of a referral that fell away before it came; None when none did."""
    events = sorted(row.events.all(), key=lambda e: e.pk) if row else []
    hours = [event.more[HOUR] for event in events if HOUR in event.more]
    return datetime.fromisoformat(hours[-1]) if hours else None


def in_letter(intent: Intent, lang: str, now: datetime) -> str:
    """The line of a letter that names the hour; empty where none fell away, or it is over."""
    to, row = Who(intent.to), intent.referral
    door = row if intent.letter in HERE else row.after if intent.letter in BEFORE else None
    hour = fell(door)
    if door is None or hour is None or hour + HALF_HOUR <= now or to not in TEXT:
        return ""
    return text(lang, TEXT[to], to=called(door, lang), slot=slots.in_words(lang, hour))


def on_page(row: Referral, now: datetime, lang: str) -> str:
    """The same for the owner's page, of this door or the one before, until the hour is over or
    another is chosen.
    """
    door = row if fell(row) else row.after
    hour = fell(door)
    if hour is None or row.slot_at or hour + HALF_HOUR <= now:
        return ""
    said = {"to": called(door, lang), "slot": slots.in_words(lang, hour)}
    return text(lang, TEXT[Who.OWNER], **said)
