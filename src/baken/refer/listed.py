"""What lists and figures tell of a referral: days and words that are kept beside it, so that nobody
reads all events of all referrals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from baken.refer.clocks import OUTCOME_DAYS, Step, promised_by
from baken.refer.model import CEASED, NO_CONTACT_YET, Handling, Referral, Who


@dataclass(frozen=True)
class Listed:
    """The copy of a state.

    ``contact_by`` is the last day of the promised contact while it is waited for, ``contact_on``
    the day on which it came. From ``ask_on`` on the receiver is asked for the outcome; None before
    a contact, and once it was told. ``owner_says`` is the owner's outcome, or empty.
    """

    delivery: str
    handling: str
    ended: bool
    contact_by: date | None
    contact_on: date | None
    ask_on: date | None
    owner_says: str
    taken_back: bool = False


def listed(referral: Referral) -> Listed:
    """The copy of a referral as it stands."""
    handling, told = referral.handling.value, referral.outcomes.get(Who.OWNER)
    return Listed(
        delivery=str(referral.delivery.value),
        handling=str(handling),
        ended=referral.ended,
        contact_by=promised_by(referral) if handling in NO_CONTACT_YET else None,
        contact_on=referral.contact_on,
        ask_on=_ask_on(referral),
        owner_says=str(told.value) if told else "",
        taken_back=referral.taken_back,
    )


def _ask_on(referral: Referral) -> date | None:
    """A question that was taken back is asked after no more, unless it was asked before that; nor
    is an organisation asked that is there no more.
    """
    contact = referral.contact_on
    gone = referral.refusal == CEASED
    if contact is None or gone or Who.RECEIVER in referral.outcomes:
        return None
    asked = (str(Step.ASK), contact) in referral.steps
    back = referral.taken_back or referral.handling.value is Handling.WITHDRAWN
    if back and not asked:
        return None
    return contact + timedelta(days=OUTCOME_DAYS[Step.ASK])
