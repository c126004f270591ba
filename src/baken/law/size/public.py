"""Public bodies: an enterprise that they hold for 25 % or more is no SME. Annex to Recommendation
2003/361/EC, art. 3(4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from baken.law.size.group import Group
from baken.law.size.holdings import NOUGHT
from baken.law.size.model import Link


@dataclass
class _Held:
    """What public bodies hold by enterprise: ``together`` are the votes with those of exempt
    investors, ``controlled`` the enterprises that they decide in."""

    capital: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    votes: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    together: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    controlled: set[str] = field(default_factory=set)


def public_share(group: Group) -> tuple[Decimal, str | None]:
    """What public bodies hold of the enterprise, and an enterprise above it whose public holders
    leave the answer open.

    What they hold through an enterprise that they control counts whole. A small local authority
    counts where it has a majority or manages; what exempt investors hold does not count.
    """
    holdings, me = group.holdings, group.holdings.given.enterprise
    bodies = [n for n, e in holdings.known.items() if e.kind in ("public_body", "local_authority")]
    if not bodies:
        return NOUGHT, None
    held = _held_publicly(group, bodies)
    if me in held.controlled:
        most = held.together[me]
        return most if most > holdings.majority else Decimal(100), None
    return max(held.capital[me], held.votes[me]), _barred_above(group, held)


def _held_publicly(group: Group, bodies: list[str]) -> _Held:
    holdings = group.holdings
    small = {n: frozenset(holdings.held_by([n])) for n in bodies if holdings.exempt.get(n, False)}
    found = _Held()
    todo, seen = list(bodies), set(bodies)
    while todo:
        for at in holdings.by_owner.get(todo.pop(), ()):
            link = holdings.links[at]
            spared = _spared(group, link, small)
            if not spared or holdings.known[link.owner].kind != "local_authority":
                found.together[link.owned] += holdings.votes[at]
            if not spared:
                found.capital[link.owned] += holdings.capital[at]
                found.votes[link.owned] += holdings.votes[at]
            if found.together[link.owned] > holdings.majority or holdings.controls(link):
                found.controlled.add(link.owned)
                if link.owned not in seen:
                    seen.add(link.owned)
                    todo.append(link.owned)
    return found


def _spared(group: Group, link: Link, small: Mapping[str, frozenset[str]]) -> bool:
    """Whether a holding is one of those of art. 3(2) that may reach 25 %. ``small``: what each
    small local authority controls."""
    holdings, sets = group.holdings, group.sets
    if not holdings.exempt.get(link.owner, False) or link.involved_in_management:
        return False
    if sets.find(link.owner) == sets.find(link.owned):
        return False
    if (link.owner, link.owned) in holdings.jointly:
        return False
    angel = holdings.known[link.owner].kind == "business_angel"
    if angel and not holdings.angels_within(link.owned):
        return False
    return link.owned not in small.get(link.owner, ())


def _barred_above(group: Group, public: _Held) -> str | None:
    """An enterprise that, alone or with what is linked, controls this one, and is itself held for
    25 % or more by public bodies."""
    holdings = group.holdings
    least = holdings.law["public_share"].value
    owners: dict[str, list[int]] = defaultdict(list)
    joint: dict[str, Decimal] = defaultdict(Decimal)
    for at, link in enumerate(holdings.links):
        if link.owner in group.linked and link.owned in group.linked:
            owners[link.owned].append(at)
            joint[link.owned] += holdings.votes[at]
    todo, seen = [holdings.given.enterprise], {holdings.given.enterprise}
    while todo:
        for at in owners[todo.pop()]:
            link = holdings.links[at]
            decides = holdings.votes[at] > 0 and joint[link.owned] > holdings.majority
            if link.owner in seen or not (decides or holdings.controls(link)):
                continue
            seen.add(link.owner)
            todo.append(link.owner)
            held = max(public.capital.get(link.owner, NOUGHT), public.votes.get(link.owner, NOUGHT))
            if held >= least or link.owner in public.controlled:
                return link.owner
    return None
