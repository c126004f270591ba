"""A firm that gets no mail of ours: whoever sees that its file waits reads who can call it. The
coordinator does not see its number.
"""

from __future__ import annotations

from datetime import date

from baken.refer.clocks import shuts_by
from baken.refer.model import Referral as State
from baken.web import words
from baken.web.handover import hears
from baken.web.handover.models import Referral
from baken.web.handover.reach import called
from baken.web.handover.shown import was_opened
from baken.web.handover.store import state_of
from baken.web.texts import text


def says(row: Referral, state: State, lang: str, today: date, reads: bool = False) -> str:
    """What to do for the firm of a file that waits longer than promised or did not arrive; nothing
    where it hears by mail. ``reads``: it is told to who may open the file.
    """
    last = shuts_by(state)
    if last is None or hears.by_mail(row):
        return ""
    by = max(last, today)  # a clock that stood still closes it on its next round
    way = "you" if reads else "back" if state.unreached else "ask"
    told = {"to": called(row, lang), "last": words.day(lang, by.isoformat())}
    return f"{text(lang, 'desk.unheard')} {text(lang, f'desk.unheard_{way}', **told)}"


def says_gone(row: Referral, other: Referral | None, lang: str, today: date) -> str:
    """The same of a file that left a door: who can call is the next one while it waits there. Where
    the door only shut, nobody sees the number any more; whoever opened it may know it still.
    """
    if other:
        return says(other, state_of(other), lang, today)
    if hears.by_mail(row) or row.taken_back:
        return ""
    way = "shut" if was_opened(row) else "shut_unopened"
    told = text(lang, f"desk.unheard_{way}", to=called(row, lang))
    return f"{text(lang, 'desk.unheard')} {told}"
