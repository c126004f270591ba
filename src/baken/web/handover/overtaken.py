"""Letters that have nothing left to say when their turn comes: what they tell is no longer so, or a
newer one that waits or went tells it too.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from baken.refer.clocks import promised_by
from baken.refer.letters import Letter
from baken.refer.model import CEASED, NO_CONTACT_YET, Delivery, Handling, Who, day_of
from baken.refer.model import Referral as State
from baken.web.handover import away_told
from baken.web.handover.links import code_leaves, link_for
from baken.web.handover.models import Intent, Referral
from baken.web.handover.store import state_of

OF_ALL = (Letter.WITHDRAWN, Letter.REMINDER)
"""Letters that leave though their question was wiped: one tells just that, and the other speaks of
all that waits there."""
CODE = "code"
"""The letter that is asked for on a page, not by an event."""
LEADS_ON = (
    Letter.NO_WORD_YET,
    Letter.OTHER_DOOR,
    Letter.DOOR_CLOSED,
    Letter.DOOR_GONE,
    Letter.DOOR_UNREACHED,
    Letter.NOT_ARRIVED,
    Letter.FULL,
    Letter.REFUSED,
    Letter.CLOSED_WITHOUT,
    Letter.AWAY,
)
"""Letters that tell the owner of the next door, as it stands on the page."""
HERE_NOW = (Letter.SENT, Letter.SENT_AGAIN, Letter.PASSED_ON, Letter.MOVED_ON)
"""Letters that tell the owner at which door the question is, and what was promised there."""
TRUE_WHILE: dict[str, Collection[Handling]] = {
    Letter.SENT: (Handling.OFFERED, Handling.SEEN),
    Letter.SENT_AGAIN: (Handling.OFFERED, Handling.SEEN),
    Letter.PASSED_ON: NO_CONTACT_YET,
    Letter.MOVED_ON: NO_CONTACT_YET,
    Letter.TAKEN: (Handling.ACCEPTED,),
    Letter.FULL: (Handling.FULL,),
    Letter.TRIED: (Handling.TRIED,),
    Letter.CONTACT: (Handling.IN_CONTACT, Handling.CLOSED),
    Letter.REFUSED: (Handling.REFUSED,),
    Letter.CLOSED_WITHOUT: (Handling.CLOSED,),
    Letter.NOT_ARRIVED: NO_CONTACT_YET,
    Letter.NO_WORD_YET: NO_CONTACT_YET,
    Letter.OTHER_DOOR: NO_CONTACT_YET,
    Letter.DOOR_CLOSED: (Handling.EXPIRED,),
    Letter.DOOR_GONE: (Handling.EXPIRED, Handling.CLOSED),
    Letter.DOOR_UNREACHED: (Handling.EXPIRED,),
}
"""Letters to the owner that are true in these states only: what came after has its own letter, but
for what the owner did: of a question that was taken back nothing is told."""
UNTIL_PROMISED = (Letter.TAKEN, Letter.FULL)
"""Letters to the owner that do not go once the promised day is over: the next one tells."""
TOLD_BY: dict[str, Collection[Letter]] = {
    Letter.NO_WORD_YET: (Letter.OTHER_DOOR,),
    Letter.CONTACT: (Letter.DOOR_GONE,),
    Letter.NOT_ARRIVED: (
        *(Letter.DOOR_CLOSED, Letter.DOOR_UNREACHED, Letter.DOOR_GONE),
        *(Letter.TAKEN, Letter.TRIED, Letter.FULL),
    ),
}
"""Letters that a later one of the same question tells as well, where that waits too: after some
days without the mails an owner reads how it stands, and not every step on the way there."""


def too_late(intent: Intent, now: datetime) -> bool:
    """Whether what a letter tells is no longer so."""
    referral: Referral = intent.referral
    if referral.wiped_at and intent.letter not in OF_ALL:
        return True
    if intent.letter == Letter.HOW_DID_IT_GO and not asks_still(referral, Who(intent.to)):
        return True
    if intent.to == Who.OWNER:
        if intent.letter == Letter.AWAY:
            return not away_told.since(referral, state_of(referral), day_of(now))
        return overtaken(intent, now)
    if intent.letter == CODE:
        link, _ = link_for(referral, Who.RECEIVER, day_of(now))
        return not code_leaves(link, intent.key, now)
    if told_by_newer(intent):
        return True
    match intent.letter:
        case Letter.NEW_FILE | Letter.REACH:
            return bool(referral.ended)
        case Letter.HOUR:
            return referral.slot_at is None
        case Letter.NO_CONTACT:
            state = state_of(referral)
            shut = state.ended and state.handling.value is not Handling.CLOSED
            gone = shut or state.taken_back or state.refusal == CEASED
            return gone or state.denied_on is None
    return False


def is_late(intent: Intent, now: datetime) -> bool:
    """Whether the promised day is over: a letter that leaves then promises it no more."""
    return day_of(now) > promised_by(state_of(intent.referral))


def asks_still(row: Referral, side: Who) -> bool:
    """Whether a side can still be asked whether it helped: the owner took nothing back, nobody says
    that there was no contact, and that side is there and did not answer.
    """
    state = state_of(row)
    shut = state.handling.value is Handling.EXPIRED or state.refusal == CEASED
    gone = side is Who.RECEIVER and shut
    there = state.contact_on is not None and not is_taken_back(state) and not gone
    return there and side not in state.outcomes


def is_taken_back(state: State) -> bool:
    """Whether its owner took the question back, or took it to another door."""
    return state.taken_back or state.handling.value is Handling.WITHDRAWN


def overtaken(intent: Intent, now: datetime) -> bool:
    """Whether a letter to the owner tells what was so and is so no more."""
    row, state = intent.referral, state_of(intent.referral)
    handling = state.handling.value
    if told_by_newer(intent) or is_taken_back(state):
        return True
    if handling not in TRUE_WHILE.get(intent.letter, (handling,)):
        return True
    if intent.letter in (*LEADS_ON, *HERE_NOW) and row.next.exists():
        return True
    if intent.letter in UNTIL_PROMISED and is_late(intent, now):
        return True
    if intent.letter in HERE_NOW:
        return state.unreached
    match intent.letter:
        case Letter.TAKEN:
            return state.denied
        case Letter.CONTACT:
            return state.contact_on is None
        case Letter.NOT_ARRIVED:
            return state.delivery.value is not Delivery.BOUNCED
    return False


def told_by_newer(intent: Intent) -> bool:
    """Whether a newer letter to the same side of the same question says as much: of two changes
    each has its letter, and both would tell how it stands now.
    """
    says = [intent.letter, *TOLD_BY.get(intent.letter, ())]
    newer = Intent.objects.filter(
        referral_id=intent.referral_id, to=intent.to, letter__in=says, pk__gt=intent.pk
    )
    return bool(newer.filter(stage__in=(*Intent.GOES, Intent.DONE)).exists())
