"""What a coordinator does about a file that waits: whom to call, and with which question."""

from __future__ import annotations

from baken.refer.clocks import Step, counts_from
from baken.refer.model import NO_CONTACT_YET, Delivery
from baken.refer.model import Referral as State
from baken.web.handover.models import Referral
from baken.web.handover.reach import called
from baken.web.texts import plural, text


def says(row: Referral, state: State, lang: str, late: bool) -> str:
    """What to do now; nothing where the file waits no longer than promised."""
    if state.handling.value not in NO_CONTACT_YET:
        return ""
    back = state.delivery.value is Delivery.BOUNCED
    told = late or (str(Step.ESCALATE), counts_from(state)) in state.steps
    if not back and not told:
        return ""
    way = "back" if back else state.so_far_told
    times = plural(lang, "letters.times", state.tries)
    name = called(row, lang)
    return text(lang, f"desk.chase_{way}", to=name, number=row.number, times=times)
