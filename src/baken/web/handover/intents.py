"""The row of a message that an event brings about: whose it is, and with which others it goes."""

from __future__ import annotations

from datetime import datetime, timedelta

from baken.refer.letters import Letter, Message
from baken.refer.model import Who, day_of
from baken.web.handover import readers
from baken.web.handover.models import Intent, Referral, new_message_id

TO_WHO_HAS_IT = (Letter.REMINDER, Letter.HOW_DID_IT_GO)
"""Letters that go to who has the file in hand, where that is known."""


def intent_of(row: Referral, message: Message, at: datetime) -> Intent:
    """The row of a message. Reminders of one day to one receiver share a key: one mail with all
    files. So do reminders and questions for the outcome to somebody with an account, and all
    letters of a day to the coordinator. An owner hears once a day that a call was in vain.
    """
    key, about = f"{row.public_id}/{message.key}", ""
    if message.to is Who.COORDINATOR:
        at = _next_for_coordinator(at)
        key, about = _coordinator_key(at), "coordinator"
    elif message.letter is Letter.TRIED:
        key = f"{row.public_id}/{message.letter}/{day_of(at).isoformat()}"
    elif message.to is Who.RECEIVER and message.letter in TO_WHO_HAS_IT:
        about = readers.reminded(row, day_of(at)) or readers.ORGANISATION
        if about or message.letter is Letter.REMINDER:
            key = f"{message.letter}/{about or row.receiver_id}/{day_of(at).isoformat()}"
    return Intent(
        key=key,
        referral=row,
        about=about,
        letter=str(message.letter),
        to=str(message.to),
        message_id=new_message_id(),
        next_try=at,
    )


def _next_for_coordinator(at: datetime) -> datetime:
    """When the coordinator's one letter of a day goes: now, or where that of today left already,
    the next day.
    """
    left = Intent.objects.exclude(stage=Intent.WAITING)
    while left.filter(key=_coordinator_key(at)).exists():
        at += timedelta(days=1)
    return at


def _coordinator_key(at: datetime) -> str:
    return f"coordinator/{day_of(at).isoformat()}"
