"""How much de minimis room an undertaking has on a day, and whether a new aid fits in it.

Regulations (EU) 2023/2831, 1407/2013, 1408/2013, 717/2014, 360/2012 and 2023/2832.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from baken.law.deminimis.equivalent import NOUGHT, Equivalent, cents, equivalent
from baken.law.deminimis.model import Asked, DeMinimisInput, Event
from baken.law.deminimis.regulation import (
    MAJORITY,
    WORKING_DAYS,
    Regulation,
    regulation_on,
)
from baken.law.logic import Truth, every, later
from baken.law.size.group import Sets
from baken.law.steps import Step, plain

SINGLE_FARMING = ("01.1", "01.2", "01.3", "01.4", "01.5", "011", "012", "013", "014", "015")
PART_FARMING = ("01.6", "01.7", "016", "017")
FISHING = ("03",)
FISH_PROCESSING = ("10.2", "102")
FISH_TRADE = ("46.38", "4638", "47.23", "4723")
FISH_APART = date(2023, 10, 25)
"""From then only primary fishery is apart: 2023/2391, art. 2."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of an aid and who holds it, between two bounds where a split leaves it open."""

    id: str | None
    granted_on: date
    regime: str
    to: str
    lo: Decimal
    hi: Decimal


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
        out: dict[str, Any] = {} if self.id is None else {"id": self.id}
        window = self.window and {
            "from": self.window[0].isoformat(),
            "to": self.window[1].isoformat(),
        }
        out |= {
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
        if steps:
            out["steps"] = [s.as_json() for s in self.step.steps]
        return out


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
    for name in _persons(given, members):
        single.under("dm.persons", cited, name=name)
    if law is None:
        top.under("dm.no_regulation", "", day=day)
        register = {"required": None, "within_working_days": None}
        return Room(None, None, None, None, None, None, None, None, [], members, register, top,
                    ["as_of"], list(assumed), given.id)  # fmt: skip
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
    used, room = _used_and_room(law, day, counted)
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
        applies = _applies(asked, given, law, assumed, top)
        worth = equivalent(asked, law, missing, assumed, top)
        if worth.hi is None and asked.instrument == "guarantee":
            applies = every([applies, None])  # art. 4(1): only what can be calculated
        fits = every([applies, _fits(worth, room)])
    wider = _across_states(given, day, members)
    if wider:
        more = [p for p in portions(given, day, set(wider), {}) if p.to in wider]
        inside = [p for p in more if window[0] <= p.granted_on <= window[1]]
        other, tighter = _used_and_room(law, day, inside)
        if other != used:
            top.under("dm.abroad", f"{law.number}, art. 2(2)", names=wider)
            unsettled = "whether firms of one state that a firm abroad links are one undertaking"
            missing[unsettled] = None
            used = (min(used[0], other[0]), max(used[1], other[1]))
            room = (min(room[0], tighter[0]), max(room[1], tighter[1]))
            if worth is not None:
                fits = every([applies, _fits(worth, room)])
    used_known = used[0] if used[0] == used[1] else None
    room_known = room[0] if room[0] == room[1] else None
    gone = _gone(given, day)
    if gone:
        top.under("dm.gone", f"{law.number}, art. 3(8)", name=given.undertaking, into=gone)
        missing[f"undertaking: {given.undertaking} is no more, its aid went to {gone}"] = None
        used_known = room_known = fits = None
    for cap, regimes in _caps(law, day)[1:]:
        beside = _sum(counted, *regimes)[1]
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
        worth.known if worth else None, _next_room(law, day, held, room[0]), members,
        _register(law, day), top,
        _still(missing, fits, used_known, worth), list(assumed), given.id, counted,
    )  # fmt: skip


def _still(
    missing: Mapping[str, None], fits: Truth, used: Decimal | None, worth: Equivalent | None
) -> list[str]:
    """What is missing, unless everything is known without it."""
    settled = fits is not None and used is not None and worth is not None
    return [] if settled and worth is not None and worth.known is not None else list(missing)


# -- who counts as one ----------------------------------------------------------------------------
def single_undertaking(given: DeMinimisInput, day: date, assumed: dict[str, None]) -> list[str]:
    """Every enterprise that is one with the undertaking: linked, in the same member state.

    Art. 2(2): majority of votes, right to appoint, dominant influence, or control by agreement,
    through others too; no partners, no exempt investors.
    """
    state, known = given.member_states, given.enterprises
    links = [
        x for x in given.links
        if (x.since is None or x.since <= day)
        and not (x.owner in known and known[x.owner].kind in ("natural_person", "public_body"))
        and state.get(x.owner, "BE") == state.get(x.owned, "BE")
    ]  # fmt: skip
    votes: dict[int, Decimal] = {}
    for at, link in enumerate(links):
        if link.voting_pct is not None:
            votes[at] = link.voting_pct
        elif link.capital_pct is not None and link.control is None:
            votes[at] = link.capital_pct
            assumed[f"links: {link.owner} > {link.owned}: voting_pct = capital_pct"] = None
        elif link.control is None:
            assumed[f"links: {link.owner} > {link.owned}: voting_pct = 0"] = None
    sets = Sets(links, votes)
    root = given.undertaking
    sets.find(root)
    for link in links:
        if link.control is not None:
            sets.unite(link.owner, link.owned, link.control, MAJORITY)
    sets.majority(MAJORITY)
    return sorted(sets.parts()[sets.find(root)])


def _persons(given: DeMinimisInput, members: Sequence[str]) -> list[str]:
    """Natural persons who decide on a member and on an enterprise that is none."""
    held: dict[str, set[str]] = {}
    for link in given.links:
        kind = given.enterprises[link.owner].kind if link.owner in given.enterprises else None
        votes = link.voting_pct if link.voting_pct is not None else link.capital_pct
        if kind == "natural_person" and (link.control or (votes or NOUGHT) > MAJORITY):
            held.setdefault(link.owner, set()).add(link.owned)
    return [p for p, owned in held.items() if owned & set(members) and owned - set(members)]


def _across_states(given: DeMinimisInput, day: date, members: Sequence[str]) -> list[str]:
    """The firms of the same state that are linked only through a firm abroad; none when there are
    none. The words of art. 2(2) name no border, recital 5 speaks of one member state."""
    state = given.member_states
    if not state:
        return []
    free = given.model_copy(update={"member_states": {}})
    home = state.get(given.undertaking, "BE")
    found = [n for n in single_undertaking(free, day, {}) if state.get(n, "BE") == home]
    return found if set(found) != set(members) else []


# -- who holds which aid -----------------------------------------------------------------------
def portions(
    given: DeMinimisInput, day: date, members: set[str], missing: dict[str, None]
) -> list[Portion]:
    """The aids up to a day, each with who holds it after mergers, acquisitions and splits.

    Art. 3(8) and (9): in a merger or acquisition all earlier aid counts; in a split it goes with
    the activity that had it, else in proportion to the book value of the equity.
    """
    found = [
        Portion(a.id, a.granted_on, a.regime, a.to or given.undertaking, a.amount, a.amount)
        for a in given.aids
        if a.granted_on <= day
    ]
    whole = [(at, e) for at, e in enumerate(given.events) if _complete(e, at, missing)]
    for at, event in sorted(whole, key=lambda e: e[1].on or day):
        if event.on is not None and event.on <= day:
            found = [p for old in found for p in _after(event, at, old, members, missing)]
    if len(whole) < len(given.events):  # an aid may have come here by it, or have left
        mine = min(members)
        found = [replace(p, to=mine, lo=NOUGHT) for p in found]
    return found


def _gone(given: DeMinimisInput, day: date) -> str | None:
    """Into what the undertaking went in a merger, if it did."""
    for event in given.events:
        if event.kind == "merger" and event.on is not None and event.on <= day:
            into = event.into or []
            if given.undertaking in (event.from_ or ()) and given.undertaking not in into:
                return into[0] if into else None
    return None


def _complete(event: Event, at: int, missing: dict[str, None]) -> bool:
    """Whether an event says what happened, when, and to whom."""
    lacking = [
        name
        for name, value in (
            ("kind", event.kind), ("on", event.on), ("from", event.from_), ("into", event.into),
        )
        if value is None
    ]  # fmt: skip
    for name in lacking:
        missing[f"events[{at}].{name}"] = None
    return not lacking


def _after(
    event: Event, at: int, old: Portion, members: set[str], missing: dict[str, None]
) -> Iterable[Portion]:
    if event.from_ is None or event.into is None or event.on is None:
        return [old]
    if old.to not in event.from_:
        return [old]
    if event.kind != "split":  # what was acquired is one with its owner: later aid counts too
        return [replace(old, to=event.into[0])]
    if old.granted_on > event.on:
        return [old]
    if old.id in event.aid_follows:
        return [replace(old, to=event.aid_follows[old.id or ""])]
    if set(event.into) <= members:
        return [replace(old, to=event.into[0])]
    equity = event.book_equity or {}
    whole = sum((equity.get(n, NOUGHT) for n in event.into), NOUGHT)
    if any(n not in equity for n in event.into) or whole <= 0:
        missing[f"events[{at}].book_equity"] = None
        return [replace(old, to=n, lo=NOUGHT) for n in event.into]
    out, left_lo, left_hi = [], old.lo, old.hi
    for n in event.into[:-1]:
        lo, hi = (cents(v * equity[n] / whole) for v in (old.lo, old.hi))
        left_lo, left_hi = left_lo - lo, left_hi - hi
        out.append(replace(old, to=n, lo=lo, hi=hi))
    return [*out, replace(old, to=event.into[-1], lo=left_lo, hi=left_hi)]


# -- ceilings ----------------------------------------------------------------------------------
Bounds = tuple[Decimal, Decimal]


def _sum(counted: Sequence[Portion], *regimes: str) -> Bounds:
    chosen = [p for p in counted if p.regime in regimes]
    return sum((p.lo for p in chosen), NOUGHT), sum((p.hi for p in chosen), NOUGHT)


def _caps(law: Regulation, day: date) -> list[tuple[Decimal, tuple[str, ...]]]:
    """The ceilings that a new aid must respect, own one first, with what counts against each."""
    three = ("general", "agriculture", "fishery")
    general = regulation_on("general", day)
    common = general.ceiling if general else None
    new = day >= date(2024, 1, 1)
    if law.regime == "general":
        caps: list[tuple[Decimal, tuple[str, ...]]] = [(law.ceiling, three)]
        if not new:
            sgei = regulation_on("sgei", day)
            caps += [(sgei.ceiling, (*three, "sgei"))] if sgei else []
        return caps
    if law.regime == "sgei":
        return [(law.ceiling, ("sgei",) if new else (*three, "sgei"))]
    caps = [(law.ceiling, (law.regime,))]
    if law.regime == "fishery":
        caps.append((law.ceiling, ("agriculture", "fishery")))
    elif other := regulation_on("fishery", day):
        # 1408/2013, art. 5(2): the fishery ceiling; since 2024/3118 the higher of the two
        both = max(law.ceiling, other.ceiling) if law.rolling else other.ceiling
        caps.append((both, ("agriculture", "fishery")))
    if common is not None:
        caps.append((common, three))
    return caps


def _used_and_room(law: Regulation, day: date, counted: Sequence[Portion]) -> tuple[Bounds, Bounds]:
    caps = _caps(law, day)
    used = _sum(counted, *caps[0][1])
    low = high = None
    for ceiling, regimes in caps:
        lo, hi = _sum(counted, *regimes)
        most, least = max(NOUGHT, ceiling - lo), max(NOUGHT, ceiling - hi)
        high = most if high is None else min(high, most)
        low = least if low is None else min(low, least)
    return used, (low or NOUGHT, high or NOUGHT)


def _fits(worth: Equivalent, room: Bounds) -> Truth:
    if worth.hi is not None and worth.hi <= room[0]:
        return True
    return False if worth.lo > room[1] else None


def _next_room(
    law: Regulation, day: date, held: Sequence[Portion], room: Decimal
) -> list[tuple[date, Decimal]]:
    """The later days on which the room grows because an aid falls out of the window."""
    found: list[tuple[date, Decimal]] = []
    now = room
    for leaves in sorted({law.leaves(p.granted_on) for p in held}):
        if leaves <= day:
            continue
        start, _ = law.window(leaves)
        still = [p for p in held if p.granted_on >= start]
        _, (then, _) = _used_and_room(law, day, still)
        if then > now:
            found.append((leaves, then))
            now = then
    return found


# -- does the regulation hold at all ------------------------------------------------------------
def _applies(
    asked: Asked, given: DeMinimisInput, law: Regulation, assumed: dict[str, None], top: Step
) -> Truth:
    """Sector, purpose, insolvency and separate accounts: art. 1 and 4(3)(a)."""
    found: list[Truth] = []
    if asked.purpose != "other":
        top.under(f"dm.purpose.{asked.purpose}", f"{law.number}, art. 1(1)")
        found.append(False)
    found.append(_sector(asked.nace, law, asked.granted_on, assumed))
    if found[-1] is False:
        top.under("dm.sector", f"{law.number}, art. 1(1)", nace=asked.nace or "")
    if asked.instrument != "grant":
        if asked.insolvency is None:
            assumed["asked.insolvency: no"] = None
        elif asked.insolvency:
            point = "4(3)(a)" if asked.instrument == "loan" else "4(6)(a)"
            top.under("dm.insolvency", f"{law.number}, art. {point}")
            found.append(False if law.number in ("2023/2831", "2023/2832") else None)
    found.append(_separated(given, law, assumed, top))
    return every(found)


def _sector(nace: str | None, law: Regulation, day: date, assumed: dict[str, None]) -> Truth:
    if nace is None:
        assumed["asked.nace: a sector in which the regulation holds"] = None
        return True
    code = nace.strip()
    farming = code.startswith(SINGLE_FARMING)
    partly = code.startswith(PART_FARMING) or code in ("01", "A")
    fishing = code.startswith(FISHING)
    if day < FISH_APART:  # until then the whole sector, processing too, had its own regulation
        fishing = fishing or code.startswith(FISH_PROCESSING)
        partly = partly or code.startswith(FISH_TRADE)
    if law.regime == "agriculture":
        return True if farming else None if partly else False
    if law.regime == "fishery":
        return fishing or (None if code.startswith(FISH_TRADE) and partly else False)
    if law.regime == "sgei":
        return not (farming or fishing) if not partly else None
    if farming or fishing:
        return False
    return None if partly else True


def _separated(
    given: DeMinimisInput, law: Regulation, assumed: dict[str, None], top: Step
) -> Truth:
    other = {"general": ("agriculture", "fishery"), "sgei": ("agriculture", "fishery"),
             "agriculture": ("general", "fishery"),
             "fishery": ("general", "agriculture")}[law.regime]  # fmt: skip
    mixed = any(a.regime in other for a in given.aids)
    if given.separated_accounts is None:
        if mixed:
            assumed["separated_accounts: yes"] = None
        return True
    if not given.separated_accounts and mixed:
        top.under("dm.mixed", f"{law.number}, art. 1(2)")
        return False
    return True


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
