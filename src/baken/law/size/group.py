"""Who belongs to whom: linked enterprises, partners, exempt investors. Annex to Recommendation
2003/361/EC, art. 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from baken.law.parameters import Parameter
from baken.law.size.holdings import Holdings
from baken.law.size.linked import united
from baken.law.size.model import SizeInput
from baken.law.size.partners import partners
from baken.law.size.parts import Note, Part
from baken.law.size.sets import Sets


@dataclass
class Group:
    """The enterprises around one: linked, partners (with their linked ones) and exempt ones."""

    linked: frozenset[str]
    parts: list[Part]
    notes: list[Note]
    holdings: Holdings
    sets: Sets


def group_of(
    given: SizeInput, day: date, law: Mapping[str, Parameter], assumed: dict[str, None]
) -> Group:
    """The group around the enterprise that is asked for, by the links that hold on a day."""
    holdings = Holdings(given, day, law, assumed)
    sets = united(holdings)
    members, me = sets.parts(), given.enterprise
    linked = [n for n in members.get(sets.find(me), [me]) if holdings.counts(n)]
    parts = [Part(me, "self", Decimal(100))]
    parts += [_linked_part(sets, name) for name in linked if name != me]
    notes: list[Note] = []
    parts += partners(holdings, sets, frozenset(linked), members, notes)
    return Group(frozenset(linked), parts, notes, holdings, sets)


def _linked_part(sets: Sets, name: str) -> Part:
    owner, why, votes = sets.why.get(name, ("", "", None))
    if not owner:
        mine = [(o, w, v) for o, (n, w, v) in sets.why.items() if n == name]
        owner, why, votes = mine[0] if mine else ("", "group", None)
    return Part(name, "linked", Decimal(100), owner or None, why, {"votes": votes})
