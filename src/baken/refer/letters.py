"""Which messages follow from what happened. No letter holds content: each leads to a page.

Pure: the outbox above writes the intents in the same transaction as the event.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from baken.refer.clocks import Step
from baken.refer.model import CEASED, UNREACHED, Event, Kind, Who


class Letter(StrEnum):
    """What a message is about."""

    NEW_FILE = "new_file"
    HOUR = "hour"
    """To the receiver: the owner chose an hour after sending."""
    REMINDER = "reminder"
    OVERDUE = "overdue"
    """To the coordinator: nobody made contact within the promise."""
    NO_WORD_YET = "no_word_yet"
    """To the owner: the truth, and the alternative as a choice."""
    OTHER_DOOR = "other_door"
    """To the owner: the alternative is advised now, by one button."""
    DOOR_CLOSED = "door_closed"
    DOOR_GONE = "door_gone"
    """To the owner: the organisation is there no more."""
    DOOR_UNREACHED = "door_unreached"
    """To the owner: our letter never got there."""
    CLOSED_WITHOUT = "closed_without"
    """To the owner: the organisation closed the question, and there was no contact."""
    FILE_CLOSED = "file_closed"
    NOT_ARRIVED = "not_arrived"
    FULL = "full"
    REFUSED = "refused"
    TAKEN = "taken"
    TRIED = "tried"
    CONTACT = "contact"
    """To the owner: the organisation says that there is contact."""
    NO_CONTACT = "no_contact"
    """To the receiver: the owner says that there was none."""
    REACH = "reach"
    """To the receiver: the owner changed how to be reached; the page tells."""
    WITHDRAWN = "withdrawn"
    HOW_DID_IT_GO = "how_did_it_go"
    AWAY = "away"
    """To the owner: nobody is there on the promised day, as was announced since."""
    SENT = "sent"
    """To the owner: it was sent, with the link to follow it."""
    SENT_AGAIN = "sent_again"
    """To the owner: what had not arrived went to another address."""
    PASSED_ON = "passed_on"
    """To the owner: another organisation has it now, as the owner allowed."""
    MOVED_ON = "moved_on"
    """To the owner: the same, by the clock; it tells why the door before was left."""


@dataclass(frozen=True)
class Message:
    """A letter to somebody. ``key`` is unique: the same intent is written once."""

    letter: Letter
    to: Who
    key: str


BY_EVENT: dict[Kind, tuple[tuple[Letter, Who], ...]] = {
    Kind.SENT: ((Letter.NEW_FILE, Who.RECEIVER),),
    Kind.ACCEPTED: ((Letter.TAKEN, Who.OWNER),),
    Kind.REFUSED: ((Letter.REFUSED, Who.OWNER),),
    Kind.BOUNCED: ((Letter.NOT_ARRIVED, Who.COORDINATOR), (Letter.NOT_ARRIVED, Who.OWNER)),
    Kind.SENT_AGAIN: ((Letter.NEW_FILE, Who.RECEIVER), (Letter.SENT_AGAIN, Who.OWNER)),
    Kind.FULL: ((Letter.FULL, Who.OWNER),),
    Kind.TRIED: ((Letter.TRIED, Who.OWNER),),
    Kind.CONTACT: ((Letter.CONTACT, Who.OWNER),),
    Kind.NO_CONTACT: ((Letter.NO_CONTACT, Who.RECEIVER),),
    Kind.REACH: ((Letter.REACH, Who.RECEIVER),),
    Kind.WITHDRAWN: ((Letter.WITHDRAWN, Who.RECEIVER),),
    Kind.CLOSED: ((Letter.CLOSED_WITHOUT, Who.OWNER),),
    Kind.EXPIRED: ((Letter.DOOR_CLOSED, Who.OWNER), (Letter.FILE_CLOSED, Who.RECEIVER)),
}
OF_THE_OTHER = (Letter.CONTACT, Letter.CLOSED_WITHOUT)
"""What nobody hears who said it."""
BY_SENDER = {Who.OWNER: Letter.SENT, Who.SYSTEM: Letter.MOVED_ON}
"""What the owner hears when a question is sent, by who sent it; :attr:`Letter.PASSED_ON` else."""
BY_STEP: dict[Step, tuple[tuple[Letter, Who], ...]] = {
    Step.REMIND: ((Letter.REMINDER, Who.RECEIVER),),
    Step.ESCALATE: ((Letter.OVERDUE, Who.COORDINATOR), (Letter.NO_WORD_YET, Who.OWNER)),
    Step.AT_ONCE: ((Letter.OVERDUE, Who.COORDINATOR),),
    Step.SWITCH: ((Letter.OTHER_DOOR, Who.OWNER),),
    Step.BACK: ((Letter.OTHER_DOOR, Who.OWNER),),
    Step.ASK: ((Letter.HOW_DID_IT_GO, Who.OWNER), (Letter.HOW_DID_IT_GO, Who.RECEIVER)),
    Step.ASK_AGAIN: ((Letter.HOW_DID_IT_GO, Who.OWNER), (Letter.HOW_DID_IT_GO, Who.RECEIVER)),
    Step.ASK_LAST: ((Letter.HOW_DID_IT_GO, Who.OWNER), (Letter.HOW_DID_IT_GO, Who.RECEIVER)),
}


def letters_after(
    event: Event, answered: frozenset[Who] = frozenset(), silent: frozenset[Who] = frozenset()
) -> list[Message]:
    """The messages that an event brings about; who ``answered`` is not asked how it went, and who
    is ``silent`` gets none: another letter tells more, or there is nothing to take back.
    """
    if event.kind is Kind.STEP and event.step is not None:
        found = BY_STEP.get(Step(event.step), ())
    else:
        found = BY_EVENT.get(event.kind, ())
    if event.kind in (Kind.EXPIRED, Kind.CLOSED) and event.reason == CEASED:
        found = ((Letter.DOOR_GONE, Who.OWNER),)
    if event.kind is Kind.EXPIRED and event.reason == UNREACHED:
        found = ((Letter.DOOR_UNREACHED, Who.OWNER),)
    if event.kind is Kind.SENT:
        found = (*found, (BY_SENDER.get(event.by, Letter.PASSED_ON), Who.OWNER))
    return [
        Message(letter, to, f"{event.key}/{letter}/{to}")
        for letter, to in found
        if to not in silent
        and not (letter in OF_THE_OTHER and to is event.by)
        and (letter is not Letter.HOW_DID_IT_GO or to not in answered)
    ]
