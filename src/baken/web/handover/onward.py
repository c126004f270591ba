"""From one door to the next: when an owner may leave, and what goes along then."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from baken.refer.clocks import Step, counts_from, promised_by
from baken.refer.model import NO_CONTACT_YET, Delivery, Handling, Referral, day_of
from baken.web.handover import store
from baken.web.handover.models import Referral as Row
from baken.web.handover.reach import door
from baken.web.handover.sealed import Preview
from baken.web.handover.windows import in_words, windows

LEFT = (Handling.FULL, Handling.REFUSED, Handling.EXPIRED)


def may_leave(state: Referral, today: date) -> bool:
    """Whether the other door is open: this one said no, is full, shut, can't be reached, or is
    later than promised.
    """
    handling = state.handling.value
    if handling in LEFT:
        return True
    if handling not in NO_CONTACT_YET:
        return False
    late = (str(Step.ESCALATE), counts_from(state)) in state.steps or today > promised_by(state)
    return late or state.delivery.value is Delivery.BOUNCED


def preview_of(row: Row, now: datetime, lang: str) -> Preview | None:
    """What goes to the other door: the same items, made out to it. None when it is not open, takes
    no files, or got the question already.
    """
    today = day_of(now)
    to = door(row.alternative, lang)
    if not to.takes or row.next.exists() or not may_leave(store.state_of(row), today):
        return None
    permission = row.permission
    made_out = {"to": to.name, "to_id": to.id, "made_on": today.isoformat()}
    return Preview(
        key=f"after/{row.public_id}",
        to=to.id,
        dossier={**row.dossier, **made_out, "contact": _contact(row, today)},
        items=list(permission.items),
        lang=row.lang,
        crisis=row.crisis,
        alternative="",
        owner_address=row.owner_address,
        may_pass_on=permission.may_pass_on,
        after=row.public_id,
    )


def _contact(row: Row, today: date) -> dict[str, Any]:
    """How to reach the owner, with only the windows that still come."""
    contact = dict(row.dossier["contact"])
    to_come = [w for w in windows(row.sent_on) if date.fromisoformat(w.split("/")[0]) > today]
    still = {in_words(row.dossier["lang"], window) for window in to_come}
    return {**contact, "when": [says for says in contact["when"] if says in still]}
