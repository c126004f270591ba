"""How much de minimis room an undertaking has on a day, and whether a new aid fits in it.

Regulations (EU) 2023/2831, 1407/2013, 1408/2013, 717/2014, 360/2012 and 2023/2832.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from baken.law.deminimis.ceilings import caps, next_room, sum_of, used_and_room
from baken.law.deminimis.ceilings import fits as fits_in
from baken.law.deminimis.equivalent import NOUGHT, Equivalent, equivalent
from baken.law.deminimis.model import DeMinimisInput
from baken.law.deminimis.regulation import (
    WORKING_DAYS,
    Regulation,
    regulation_on,
)
from baken.law.deminimis.scope import applies as applies_to
from baken.law.deminimis.undertaking import (
    Portion,
    across_states,
    persons,
    portions,
    single_undertaking,
)
from baken.law.deminimis.undertaking import gone as gone_into
from baken.law.logic import Truth, every, later
from baken.law.steps import Step, plain, with_steps


@dataclass
class Room:
    """The answer on de minimis; its shape is in ``as_json``."""

    regulation: str | None
    applies: Truth
    ceiling: Decimal | None
    window: tuple[date, date] | None
    used: Decimal | None
    room: Decimal | None
    fits: Truth
    grant_equivalent: Decimal | None
    next_room: list[tuple[date, Decimal]]
    single_undertaking: list[str]
    register: dict[str, Any]
    step: Step
    missing: list[str]
    assumed: list[str]
    id: str | int | None = None
    counted: list[Portion] = field(default_factory=list)

    def as_json(self, steps: bool = True) -> dict[str, Any]:
        """Plain values; ``steps`` False leaves the words out."""
        window = self.window and {
            "from": self.window[0].isoformat(),
            "to": self.window[1].isoformat(),
        }
        own = {
            "regulation": self.regulation,
            "applies": self.applies,
            "ceiling": plain(self.ceiling),
            "window": window,
            "used": plain(self.used),
            "room": plain(self.room),
            "fits": self.fits,
            "grant_equivalent": plain(self.grant_equivalent),
            "next_room": [{"on": d.isoformat(), "room": plain(r)} for d, r in self.next_room],
            "single_undertaking": self.single_undertaking,
            "register": self.register,
            "missing": self.missing,
            "assumed": self.assumed,
        }
        return with_steps(self, own, steps)


def room_of(given: DeMinimisInput) -> Room:
    """The room on the day of granting (of ``asked``, else ``as_of``), before what is asked."""
    asked = given.asked
    day = asked.granted_on if asked else given.as_of
    regime = asked.regime if asked else "general"
    missing: dict[str, None] = {}
    assumed: dict[str, None] = {}
    top = Step("dm", {})
    law = regulation_on(regime, day)
    members = single_undertaking(given, day, assumed)
    cited = f"{law.number}, art. 2(2)" if law else ""
    single = top.under("dm.single", cited, names=members)
    for name in persons(given, members):
        single.under("dm.persons", cited, name=name)
    if law is None:
        top.under("dm.no_regulation", "", day=day)
        register = {"required": None, "within_working_days": None}
        lacking = [f"the de minimis regulation in force on {day}"]
        return Room(None, None, None, None, None, None, None, None, [], members, register, top,
                    lacking, list(assumed), given.id)  # fmt: skip
    top.under("dm.regulation", f"{law.act}", act=law.act, day=day)
    if law.ends is not None and day > law.ends:
        top.under("dm.grace", f"{law.number}, art. 7", end=law.ends)
    ceiling = law.ceiling
    if law.road_freight is not None and asked and (asked.nace or "").startswith("49.41"):
        ceiling = law.road_freight
    if ceiling != law.ceiling:
        law = law.at_ceiling(ceiling)
    held = [p for p in portions(given, day, set(members), missing) if p.to in members]
    window = law.window(day)
    if not law.rolling:
        assumed["fiscal years: calendar years"] = None
    top.under("dm.window" if law.rolling else "dm.fiscal", f"{law.number}, {law.article}",
              start=window[0], end=window[1])  # fmt: skip
    _tell_edge(law, day, held, top)
    counted = [p for p in held if window[0] <= p.granted_on <= window[1]]
    used, room = used_and_room(law, day, counted)
    for p in counted:
        if p.lo != p.hi:
            top.under("dm.aid_open", f"{law.number}, art. 3(9)", name=p.id or "-", most=p.hi)
            continue
        top.under("dm.aid", f"{law.number}, {law.article}", name=p.id or "-", day=p.granted_on,
                  amount=p.lo, to=p.to)  # fmt: skip
    applies: Truth = None
    worth: Equivalent | None = None
    fits: Truth = None
    if asked is not None:
        applies = applies_to(asked, given, law, assumed, top)
        worth = equivalent(asked, law, missing, assumed, top)
        if worth.hi is None and asked.instrument == "guarantee":
            applies = every([applies, None])  # art. 4(1): only what can be calculated
        fits = every([applies, fits_in(worth, room)])
    wider = across_states(given, day, members)
    if wider:
        more = [p for p in portions(given, day, set(wider), {}) if p.to in wider]
        inside = [p for p in more if window[0] <= p.granted_on <= window[1]]
        other, tighter = used_and_room(law, day, inside)
        if other != used:
            top.under("dm.abroad", f"{law.number}, art. 2(2)", names=wider)
            unsettled = "whether firms of one state that a firm abroad links are one undertaking"
            missing[unsettled] = None
            used = (min(used[0], other[0]), max(used[1], other[1]))
            room = (min(room[0], tighter[0]), max(room[1], tighter[1]))
            if worth is not None:
                fits = every([applies, fits_in(worth, room)])
    used_known = used[0] if used[0] == used[1] else None
    room_known = room[0] if room[0] == room[1] else None
    gone = gone_into(given, day)
    if gone:
        top.under("dm.gone", f"{law.number}, art. 3(8)", name=given.undertaking, into=gone)
        missing[f"undertaking: {given.undertaking} is no more, its aid went to {gone}"] = None
        used_known = room_known = fits = None
    for cap, regimes in caps(law, day)[1:]:
        beside = sum_of(counted, *regimes)[1]
        if max(NOUGHT, cap - beside) < law.ceiling - used[1]:
            top.under("dm.together", f"{law.number}, art. 5", ceiling=cap, used=beside)
    settled = used[0] == used[1] and room[0] == room[1]
    top.under("dm.room" if settled else "dm.room_open", f"{law.number}, {law.article}, art. 5",
              ceiling=law.ceiling, used=used[1], room=room[0], most=room[1])  # fmt: skip
    if fits is not None:
        if fits:
            top.under("dm.fits", f"{law.number}, art. 3(7)")
        elif applies is not False:
            top.under("dm.fits_not", f"{law.number}, art. 3(7)")
        else:
            top.under("dm.outside", f"{law.number}, art. 1, 4")
    return Room(
        law.number, applies, law.ceiling, window, used_known, room_known, fits,
        worth.known if worth else None, next_room(law, day, held, room[0]), members,
        _register(law, day), top,
        _still(missing, fits, used_known, worth), list(assumed), given.id, counted,
    )  # fmt: skip


def _still(
    missing: Mapping[str, None], fits: Truth, used: Decimal | None, worth: Equivalent | None
) -> list[str]:
    """What is missing, unless everything is known without it."""
    settled = fits is not None and used is not None and worth is not None
    return [] if settled and worth is not None and worth.known is not None else list(missing)


def _register(law: Regulation, day: date) -> dict[str, Any]:
    if law.register_open:
        return {"required": None, "within_working_days": None}
    required = law.register_from is not None and day >= law.register_from
    return {"required": required, "within_working_days": WORKING_DAYS if required else None}


def _tell_edge(law: Regulation, day: date, held: Sequence[Portion], top: Step) -> None:
    """An aid on the same day three years before: some count it."""
    if not law.rolling:
        return
    edge = later(day, years=-3)
    for p in held:
        if p.granted_on == edge:
            top.under("dm.edge", f"{law.number}, {law.article}", name=p.id or "-", day=edge)
