"""Who counts as one undertaking, and who holds which aid after mergers and splits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from baken.law.deminimis.equivalent import NOUGHT, cents
from baken.law.deminimis.model import DeMinimisInput, Event
from baken.law.deminimis.regulation import MAJORITY
from baken.law.size.sets import Sets


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of an aid and who holds it, between two bounds where a split leaves it open."""

    id: str | None
    granted_on: date
    regime: str
    to: str
    lo: Decimal
    hi: Decimal


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


def persons(given: DeMinimisInput, members: Sequence[str]) -> list[str]:
    """Natural persons who decide on a member and on an enterprise that is none."""
    held: dict[str, set[str]] = {}
    for link in given.links:
        kind = given.enterprises[link.owner].kind if link.owner in given.enterprises else None
        votes = link.voting_pct if link.voting_pct is not None else link.capital_pct
        if kind == "natural_person" and (link.control or (votes or NOUGHT) > MAJORITY):
            held.setdefault(link.owner, set()).add(link.owned)
    return [p for p, owned in held.items() if owned & set(members) and owned - set(members)]


def across_states(given: DeMinimisInput, day: date, members: Sequence[str]) -> list[str]:
    """The firms of the same state that are linked only through a firm abroad; none when there are
    none. The words of art. 2(2) name no border, recital 5 speaks of one member state."""
    state = given.member_states
    if not state:
        return []
    free = given.model_copy(update={"member_states": {}})
    home = state.get(given.undertaking, "BE")
    found = [n for n in single_undertaking(free, day, {}) if state.get(n, "BE") == home]
    return found if set(found) != set(members) else []


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


def gone(given: DeMinimisInput, day: date) -> str | None:
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
