"""The row of a message that an event brings about: whose it is, and with which others it goes."""

from __future__ import annotations

from datetime import datetime

from baken.refer.letters import Letter, Message
from baken.refer.model import Who, day_of
from baken.web.handover import daily, readers
from baken.web.handover.models import Intent, Referral, new_message_id

TO_WHO_HAS_IT = (Letter.REMINDER, Letter.HOW_DID_IT_GO)
"""Letters that go to who has the file in hand, where that is known."""
TO_COORDINATOR = "coordinator"
"""What all letters to the coordinator are about: where files stand."""


def intent_of(row: Referral, message: Message, at: datetime) -> Intent:
    """The row of a message. Reminders of one day to one receiver share a key: one mail with all
    files. So do reminders and questions for the outcome to somebody with an account, and all
    letters of a day to the coordinator (:mod:`baken.web.handover.daily`). An owner hears once a
    day that a call was in vain.
    """
    key, about, sort = f"{row.public_id}/{message.key}", "", ""
    if message.to is Who.COORDINATOR:
        sort = about = TO_COORDINATOR
    elif message.letter is Letter.TRIED:
        key = daily.key_of(f"{row.public_id}/{message.letter}", at)
    elif message.to is Who.RECEIVER and message.letter in TO_WHO_HAS_IT:
        about = readers.reminded(row, day_of(at)) or readers.ORGANISATION
        if about or message.letter is Letter.REMINDER:
            sort = f"{message.letter}/{about or row.receiver_id}"
    if sort:
        at = daily.goes(sort, at)
        key = daily.key_of(sort, at)
    return _made(row, key, message.letter, message.to, about, at)


def of_who_had_it(row: Referral, at: datetime) -> Intent | None:
    """The row of the reminder of a day in which who had a file in hand reads that the clock took it
    away: no mail of its own. None where nobody with an account had it.
    """
    about = readers.had_it(row, day_of(at))
    if not about:
        return None
    sort = f"{Letter.REMINDER}/{about}"
    at = daily.goes(sort, at)
    return _made(row, daily.key_of(sort, at), Letter.REMINDER, Who.RECEIVER, about, at)


def _made(row: Referral, key: str, letter: Letter, to: Who, about: str, at: datetime) -> Intent:
    return Intent(
        key=key,
        referral=row,
        about=about,
        letter=str(letter),
        to=str(to),
        message_id=new_message_id(),
        next_try=at,
    )
