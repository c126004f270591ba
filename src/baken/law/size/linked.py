"""Who is linked: votes, control by other means, persons with firms on one market, and holders that
act together. Annex to Recommendation 2003/361/EC, art. 3(3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from baken.law.size.holdings import NOUGHT, Holdings
from baken.law.size.model import NO_FIGURES, PERSON
from baken.law.size.sets import Sets


def united(holdings: Holdings) -> Sets:
    """Every enterprise with those that it is linked to."""
    own = [
        (at, x)
        for at, x in enumerate(holdings.links)
        if holdings.known[x.owner].kind not in NO_FIGURES
    ]
    votes = {i: holdings.votes[at] for i, (at, _) in enumerate(own)}
    sets = Sets([x for _, x in own], votes)
    for name in holdings.known:
        sets.find(name)
    for _, link in own:
        if holdings.controls(link):
            sets.unite(link.owner, link.owned, link.control or "", holdings.majority)
    sets.majority(holdings.majority)
    hands = _held_by_persons(holdings)
    while _through_persons(holdings, sets, hands) | _together(holdings, sets):
        pass
    return sets


def _held_by_persons(holdings: Holdings) -> list[list[str]]:
    """Per natural person, or persons who act together, the enterprises that they control, also
    through others that they control (art. 3(3), fourth subparagraph)."""
    persons = [n for n, e in holdings.known.items() if e.kind == PERSON]
    if not persons:
        return []
    hands: dict[str, set[str]] = {n: {n} for n in persons}
    for together in holdings.given.acting_together:
        one: set[str] = set()
        for name in together:
            if name in hands:
                one |= hands[name]
        for name in one:
            hands[name] = one
    return [holdings.held_by(h) for h in {id(h): h for h in hands.values()}.values()]


def _through_persons(holdings: Holdings, sets: Sets, hands: Sequence[Sequence[str]]) -> bool:
    """Enterprises held by the same persons are linked when a market is the same or next to it;
    whether anything changed."""
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in holdings.given.adjacent_markets:
        one, other = one.strip().casefold(), other.strip().casefold()
        near[one].add(other)
        near[other].add(one)
    ever = False
    changed = bool(hands)
    while changed:
        changed = False
        members = sets.parts()
        for held in hands:
            roots = {sets.find(n): None for n in held}
            if len(roots) < 2:
                continue
            firms = [n for r in roots for n in members.get(r, ()) if holdings.counts(n)]
            changed = _share_a_market(holdings, sets, firms, near) or changed
        ever = ever or changed
    for held in hands:
        apart = len({sets.find(n) for n in held}) > 1
        for name in (n for n in held if apart and holdings.counts(n)):
            if holdings.known[name].markets is None:
                holdings.assumed[f"{name}: markets = none that others of these persons have"] = None
    return ever


def _share_a_market(
    holdings: Holdings, sets: Sets, firms: Sequence[str], near: Mapping[str, set[str]]
) -> bool:
    """Unite the groups of which a member is on the same market, or on one next to it."""
    first: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    for name in firms:
        markets = holdings.known[name].markets
        for market in {m.strip().casefold(): None for m in markets or ()}:
            pairs.append((first.setdefault(market, name), name))
    for market, name in first.items():
        pairs += [(name, first[other]) for other in sorted(near.get(market, ())) if other in first]
    changed = False
    for one, other in pairs:
        if sets.find(one) != sets.find(other):
            sets.unite(one, other, "persons", holdings.majority)
            changed = True
    return changed


def _together(holdings: Holdings, sets: Sets) -> bool:
    """Holders that act together and have the majority are linked to what they hold; whether
    anything changed."""
    groups = [g for g in holdings.given.acting_together if len(g) > 1]
    ever, changed = False, True
    while changed and groups:
        changed = False
        for members in groups:
            roots = {sets.find(n) for n in members}
            persons = {n for n in members if holdings.known[n].kind == PERSON}
            held: dict[str, Decimal] = defaultdict(Decimal)
            for root in roots:
                for owned, votes in sets.held.get(root, {}).items():
                    held[owned] += votes
            for at, link in enumerate(holdings.links):
                if link.owner in persons:
                    held[link.owned] += holdings.votes[at]
            for owned, votes in held.items():
                if votes <= holdings.majority:
                    continue
                for root in roots:
                    mine = sets.held.get(root, {}).get(owned, NOUGHT)
                    if mine > 0 and sets.find(owned) != sets.find(root):
                        sets.unite(root, owned, "together", holdings.majority)
                        ever = changed = True
    return ever
