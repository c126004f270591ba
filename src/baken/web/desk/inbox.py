"""The list of files: what waits, since when, until when, and who has it in hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from baken.refer.clocks import Step, due, promised_by
from baken.refer.model import NO_CONTACT_YET, Handling, Who
from baken.web.desk.hands import stands_in_for
from baken.web.desk.models import Member
from baken.web.desk.roles import reads, visible_to
from baken.web.handover.models import Referral
from baken.web.handover.store import state_of


@dataclass(frozen=True)
class Line:
    """A file in the list. ``until``: the day of the promised contact, while there was none;
    ``late``: it passed. ``asks``: the outcome was asked for and not told. ``mine``: in hand,
    or looked after for somebody who is away.
    """

    id: str
    to: str
    about: tuple[str, ...]
    crisis: bool
    handling: str
    sent_on: date
    until: date | None
    late: bool
    asks: bool
    holder: str
    mine: bool
    ended: bool

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "id": self.id,
            "to": self.to,
            "about": list(self.about),
            "crisis": self.crisis,
            "handling": self.handling,
            "sent_on": self.sent_on.isoformat(),
            "contact_until": self.until and self.until.isoformat(),
            "late": self.late,
            "asks_outcome": self.asks,
            "holder": self.holder,
        }


FILTERS: dict[str, Callable[[Line], bool]] = {
    "open": lambda line: not line.ended or line.asks,
    "nieuw": lambda line: line.handling in (Handling.OFFERED, Handling.SEEN),
    "vrij": lambda line: not line.holder and not line.ended,
    "mijn": lambda line: line.mine and not line.ended,
    "laat": lambda line: line.late,
    "uitkomst": lambda line: line.asks,
    "klaar": lambda line: line.ended,
}
"""What the list can show, by the word in its address."""


def inbox(member: Member, which: str, today: date) -> list[Line]:
    """The lines of a filter: what is late and what is a crisis first, then by the day of the
    promise; what has ended newest first.
    """
    rows = visible_to(member).select_related("receiver", "holder__member")
    rows = rows.prefetch_related("events")
    if which == "klaar":
        rows = rows.filter(ended=True)
    elif which != "uitkomst":
        rows = rows.exclude(handling__in=["refused", "withdrawn", "expired"])
    mine = {member.pk, *stands_in_for(member, today)}
    lines = [_line(member, row, today, mine) for row in rows]
    lines = [line for line in lines if FILTERS[which](line)]
    if which == "klaar":
        return sorted(lines, key=lambda line: (line.sent_on, line.id), reverse=True)
    return sorted(
        lines,
        key=lambda line: (not line.late, not line.crisis, line.until or date.max, line.id),
    )


def _line(member: Member, row: Referral, today: date, mine: set[int]) -> Line:
    state = state_of(row)
    waits = state.handling.value in NO_CONTACT_YET
    until = promised_by(state) if waits else None
    holder = getattr(row, "holder", None)
    need = row.dossier.get("need") if reads(member, row) else None
    asked = any(step == Step.ASK for step, _ in state.steps)
    asked = asked or any(d.step is Step.ASK for d in due(state, today))
    return Line(
        id=row.public_id,
        to=row.receiver.name,
        about=tuple(need.get("labels", ())) if isinstance(need, dict) else (),
        crisis=row.crisis,
        handling=str(state.handling.value),
        sent_on=row.sent_on,
        until=until,
        late=until is not None and today > until,
        asks=asked and Who.RECEIVER not in state.outcomes,
        holder=holder.member.name if holder else "",
        mine=holder is not None and holder.member_id in mine,
        ended=row.ended,
    )
