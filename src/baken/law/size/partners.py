"""Partners above and below, and holders that are exempt: annex to Recommendation 2003/361/EC,
art. 3(2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from baken.law.size.holdings import NOUGHT, Holdings
from baken.law.size.model import NO_FIGURES, Link
from baken.law.size.parts import Note, Part
from baken.law.size.sets import Sets

Members = Mapping[str, Sequence[str]]
"""By the root of each set of linked enterprises those that are in it."""


@dataclass
class _Around:
    """What others hold of the linked enterprises and what those hold of others: capital and votes.

    ``above`` by the holder's set and the enterprise that is held, ``below`` by that one, ``exempt``
    by holder and held. ``direct``: of each set who holds or is held by a link; ``owner``: of what
    is held below, who holds it.
    """

    above: dict[tuple[str, str], list[Decimal]] = field(default_factory=dict)
    below: dict[str, list[Decimal]] = field(default_factory=dict)
    exempt: dict[tuple[str, str], list[Decimal]] = field(default_factory=dict)
    direct: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    owner: dict[str, str] = field(default_factory=dict)


def partners(
    holdings: Holdings, sets: Sets, linked: frozenset[str], members: Members, notes: list[Note]
) -> list[Part]:
    """The partners with those that are linked to them, then the exempt holders; what is too small
    to count, and what is a partner twice, goes into ``notes``."""
    around = _around(holdings, sets, linked)
    shares = _shares(holdings, sets, around, members, notes)
    return [
        *_partner_parts(holdings, around, shares, members),
        *_exempt_parts(holdings, around),
    ]


def _around(holdings: Holdings, sets: Sets, linked: frozenset[str]) -> _Around:
    found = _Around()
    for at, link in enumerate(holdings.links):
        if (link.owner in linked) == (link.owned in linked):
            continue
        if link.owned in linked:
            pair = _above(holdings, sets, found, at, link)
        else:
            pair = found.below.setdefault(link.owned, [NOUGHT, NOUGHT])
            found.direct[sets.find(link.owned)].add(link.owned)
            found.owner[link.owned] = link.owner
        if pair is not None:
            pair[0] += holdings.capital[at]
            pair[1] += holdings.votes[at]
    return found


def _above(
    holdings: Holdings, sets: Sets, found: _Around, at: int, link: Link
) -> list[Decimal] | None:
    """Where a holding of somebody outside is added; None where it makes no partner."""
    kind, exempt = holdings.known[link.owner].kind, holdings.exempt.get(link.owner, False)
    other = sets.find(link.owner)
    if (kind in NO_FIGURES and not exempt) or other == sets.find(holdings.given.enterprise):
        return None
    spared = exempt and not link.involved_in_management
    if spared and link.involved_in_management is None:
        where = f"links: {link.owner} > {link.owned}"
        holdings.assumed[f"{where}: involved_in_management = no"] = None
    if spared and kind == "business_angel":
        spared = holdings.angels_within(link.owned)
    if kind == "local_authority" and (
        holdings.votes[at] > holdings.majority or (link.owner, link.owned) in holdings.jointly
    ):
        return None
    found.direct[other].add(link.owner)
    if spared:
        return found.exempt.setdefault((link.owner, link.owned), [NOUGHT, NOUGHT])
    return found.above.setdefault((other, link.owned), [NOUGHT, NOUGHT])


def _shares(
    holdings: Holdings, sets: Sets, around: _Around, members: Members, notes: list[Note]
) -> dict[str, tuple[Decimal, str, str]]:
    """Of each set of partners the largest share, the linked enterprise that it goes through, and
    whether it is above or below."""
    shares: dict[str, tuple[Decimal, str, str]] = {}
    pairs = [(other, owned, "above", pair) for (other, owned), pair in around.above.items()]
    pairs += [
        (sets.find(owned), around.owner[owned], "below", pair)
        for owned, pair in around.below.items()
    ]
    for other, mine, why, pair in pairs:
        pct = max(pair)
        if pct < holdings.law["partner_min"].value:
            names = [n for n in members[other] if n in around.direct[other]]
            notes.append(("size.small_holding", {"names": names, "via": mine, "pct": pct}))
            continue
        had = shares.get(other)
        if had is not None:
            notes.append(("size.partner_twice", {"name": members[other][0]}))
        if had is None or pct > had[0]:
            shares[other] = (pct, mine, why)
    return shares


def _partner_parts(
    holdings: Holdings,
    around: _Around,
    shares: Mapping[str, tuple[Decimal, str, str]],
    members: Members,
) -> Iterator[Part]:
    for other, (pct, mine, why) in shares.items():
        direct = [n for n in members[other] if n in around.direct[other]]
        for name in filter(holdings.counts, members[other]):
            if name in direct:
                via = None if mine == holdings.given.enterprise else mine
                yield Part(name, "partner", pct, via, why, {"held": mine})
            else:
                yield Part(name, "linked", pct, direct[0], "of_partner")


def _exempt_parts(holdings: Holdings, around: _Around) -> Iterator[Part]:
    for (name, owned), pair in around.exempt.items():
        if max(pair) >= holdings.law["partner_min"].value:
            values = {"held": owned, "pct": max(pair)}
            yield Part(name, "exempt", NOUGHT, None, holdings.known[name].kind, values)
