"""Who belongs to whom: linked enterprises, partners, exempt investors, public bodies.

Annex to Recommendation 2003/361/EC, art. 3. Linked enterprises are the parts of a union-find
(Tarjan 1975) that grows until nobody gets a majority any more: votes of holders that are linked
are added, percentages along a chain are never multiplied. All in time that grows with the links.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from baken.law.parameters import Parameter
from baken.law.size.model import EXEMPT, Enterprise, Link, SizeInput

NOUGHT = Decimal(0)
PERSON = "natural_person"
NO_FIGURES = frozenset({PERSON, "public_body", "local_authority"})
"""Holders that are no enterprise: they have no heads and money that count, and link nobody."""


@dataclass(frozen=True, slots=True)
class Part:
    """An enterprise whose figures count, or that is exempt: how, for which share, through whom."""

    enterprise: str
    relation: str
    pct: Decimal
    via: str | None = None
    why: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Group:
    """The enterprises around one: linked, partners (with their linked ones) and exempt ones."""

    linked: frozenset[str]
    parts: list[Part]
    notes: list[tuple[str, dict[str, object]]]


class Sets:
    """A union-find that knows what the members of each part hold together."""

    def __init__(self, links: Iterable[Link], votes_of: Mapping[int, Decimal]) -> None:
        self.parent: dict[str, str] = {}
        self.held: dict[str, dict[str, Decimal]] = {}
        self.weight: dict[str, int] = {}
        self.why: dict[str, tuple[str, str, Decimal | None]] = {}
        """Per enterprise that got a controller: who, by what, with how many votes."""
        self._todo: list[tuple[str, str, str, Decimal | None]] = []
        for at, link in enumerate(links):
            held = self.held.setdefault(self.find(link.owner), {})
            self.find(link.owned)
            held[link.owned] = held.get(link.owned, NOUGHT) + votes_of.get(at, NOUGHT)

    def find(self, name: str) -> str:
        root = name
        parent = self.parent
        while (up := parent.setdefault(root, root)) != root:
            root = up
        while parent[name] != root:
            parent[name], name = root, parent[name]
        return root

    def majority(self, more_than: Decimal) -> None:
        """Unite every owned enterprise with whoever has the majority of its votes."""
        for owner in list(self.held):
            for owned, votes in self.held[owner].items():
                if votes > more_than:
                    self._todo.append((owner, owned, "votes", votes))
        self._run(more_than)

    def unite(self, one: str, other: str, why: str, more_than: Decimal) -> None:
        """Unite two parts, and whatever majority follows from it."""
        self._todo.append((one, other, why, None))
        self._run(more_than)

    def _run(self, more_than: Decimal) -> None:
        while self._todo:
            one, other, why, votes = self._todo.pop()
            a, b = self.find(one), self.find(other)
            if a == b:
                continue
            self.why.setdefault(other, (one, why, votes))
            small, large = sorted((a, b), key=lambda r: len(self.held.get(r, ())))
            self.parent[small] = large
            held = self.held.setdefault(large, {})
            for owned, more in self.held.pop(small, {}).items():
                held[owned] = votes = held.get(owned, NOUGHT) + more
                if votes > more_than:
                    self._todo.append((large, owned, "votes", votes))

    def parts(self) -> dict[str, list[str]]:
        """Every part with its members, in the order in which they were named."""
        found: dict[str, list[str]] = {}
        for name in self.parent:
            found.setdefault(self.find(name), []).append(name)
        return found


class Reader:
    """Reads the group around one enterprise from the links that hold on a day."""

    def __init__(
        self, given: SizeInput, day: date, law: Mapping[str, Parameter], assumed: dict[str, None]
    ) -> None:
        self.given = given
        self.known = given.enterprises
        self.links = [x for x in given.links if x.since is None or x.since <= day]
        self.majority = law["majority"].value
        self.partner_min = law["partner_min"].value
        self.law = law
        self.assumed = assumed
        self.by_owner: dict[str, list[int]] = defaultdict(list)
        for at, link in enumerate(self.links):
            self.by_owner[link.owner].append(at)
        self.public_held: dict[str, frozenset[str]] = {}
        """What each small local authority controls."""
        self.votes: dict[int, Decimal] = {}
        self.capital: dict[int, Decimal] = {}
        self.given_votes: dict[str, Decimal] = defaultdict(Decimal)
        for link in self.links:
            self.given_votes[link.owned] += link.voting_pct or NOUGHT
        for at, link in enumerate(self.links):
            self._shares(at, link)
        self.jointly = self._held_jointly()
        self.exempt = {
            name: self._may_be_exempt(name, e) for name, e in self.known.items() if e.kind in EXEMPT
        }

    def _shares(self, at: int, link: Link) -> None:
        """Votes follow capital when they are not given (one share, one vote)."""
        votes, capital = link.voting_pct, link.capital_pct
        where = f"links: {link.owner} > {link.owned}"
        if votes is None and capital is not None:
            if link.control is None:
                self.assumed[f"{where}: voting_pct = capital_pct"] = None
            left = 100 - self.given_votes[link.owned]
            votes = min(capital, left) if link.control is None else NOUGHT
        elif votes is None and link.control is None:
            self.assumed[f"{where}: capital_pct, voting_pct = 0"] = None
        self.votes[at] = votes or NOUGHT
        self.capital[at] = capital or NOUGHT

    def _held_jointly(self) -> frozenset[tuple[str, str]]:
        """Who holds what together with others, with the majority of the votes between them."""
        found: set[tuple[str, str]] = set()
        for members in self.given.acting_together:
            votes: dict[str, Decimal] = defaultdict(Decimal)
            mine = [(at, x) for at, x in enumerate(self.links) if x.owner in members]
            for at, link in mine:
                votes[link.owned] += self.votes[at]
            found |= {(x.owner, x.owned) for _, x in mine if votes[x.owned] > self.majority}
        return frozenset(found)

    # -- linked -----------------------------------------------------------------------------
    def group(self) -> Group:
        """The group around the enterprise that is asked for."""
        self.sets = self._linked()
        parts = self.sets.parts()
        me = self.given.enterprise
        root = self.sets.find(me)
        linked = [n for n in parts.get(root, [me]) if self._counts(n)]
        found = [Part(me, "self", Decimal(100))]
        for name in linked:
            if name != me:
                found.append(self._linked_part(name))
        notes: list[tuple[str, dict[str, object]]] = []
        found += self._partners(root, set(linked), parts, notes)
        return Group(frozenset(linked), found, notes)

    def _counts(self, name: str) -> bool:
        enterprise = self.known.get(name)
        return enterprise is not None and enterprise.kind not in NO_FIGURES

    def _linked_part(self, name: str) -> Part:
        sets = self.sets
        owner, why, votes = sets.why.get(name, ("", "", None))
        if not owner:
            mine = [(o, w, v) for o, (n, w, v) in sets.why.items() if n == name]
            owner, why, votes = mine[0] if mine else ("", "group", None)
            return Part(name, "linked", Decimal(100), owner or None, why, {"votes": votes})
        return Part(name, "linked", Decimal(100), owner, why, {"votes": votes})

    def _linked(self) -> Sets:
        own = [
            (at, x) for at, x in enumerate(self.links) if self.known[x.owner].kind not in NO_FIGURES
        ]
        votes = {i: self.votes[at] for i, (at, _) in enumerate(own)}
        sets = Sets([x for _, x in own], votes)
        for name in self.known:
            sets.find(name)
        for _, link in own:
            if self._controls(link):
                sets.unite(link.owner, link.owned, link.control or "", self.majority)
        sets.majority(self.majority)
        hands = self._held_by_persons()
        while self._through_persons(sets, hands) | self._together(sets):
            pass
        return sets

    def _controls(self, link: Link) -> bool:
        """Control by other means than votes; an investor that stays out of management is presumed
        to have no dominant influence (art. 3(3), second subparagraph)."""
        if link.control is None:
            return False
        outside = not link.involved_in_management and self.known[link.owner].kind in EXEMPT
        return not (outside and link.control == "dominant_contract")

    def _held_by_persons(self) -> list[list[str]]:
        """Per natural person, or persons who act together, the enterprises that they control, also
        through others that they control (art. 3(3), fourth subparagraph)."""
        persons = [n for n, e in self.known.items() if e.kind == PERSON]
        if not persons:
            return []
        hands: dict[str, set[str]] = {n: {n} for n in persons}
        for together in self.given.acting_together:
            one: set[str] = set()
            for name in together:
                if name in hands:
                    one |= hands[name]
            for name in one:
                hands[name] = one
        return [self._held_by(h) for h in {id(h): h for h in hands.values()}.values()]

    def _held_by(self, hand: Iterable[str]) -> list[str]:
        """What holders control as one hand, also through others that they control."""
        votes: dict[str, Decimal] = defaultdict(Decimal)
        held: dict[str, None] = {}
        todo = sorted(hand)
        while todo:
            for at in self.by_owner.get(todo.pop(), ()):
                link = self.links[at]
                votes[link.owned] += self.votes[at]
                mine = votes[link.owned] > self.majority or self._controls(link)
                if mine and link.owned not in held:
                    held[link.owned] = None
                    todo.append(link.owned)
        return list(held)

    def _through_persons(self, sets: Sets, hands: Sequence[Sequence[str]]) -> bool:
        """Enterprises held by the same persons are linked when a market is the same or next to it;
        whether anything changed."""
        near: dict[str, set[str]] = defaultdict(set)
        for one, other in self.given.adjacent_markets:
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
                firms = [n for r in roots for n in members.get(r, ()) if self._counts(n)]
                changed = self._share_a_market(sets, firms, near) or changed
            ever = ever or changed
        for held in hands:
            apart = len({sets.find(n) for n in held}) > 1
            for name in (n for n in held if apart and self._counts(n)):
                if self.known[name].markets is None:
                    self.assumed[f"{name}: markets = none that others of these persons have"] = None
        return ever

    def _share_a_market(
        self, sets: Sets, firms: Sequence[str], near: Mapping[str, set[str]]
    ) -> bool:
        """Unite the groups of which a member is on the same market, or on one next to it."""
        first: dict[str, str] = {}
        pairs: list[tuple[str, str]] = []
        for name in firms:
            markets = self.known[name].markets
            for market in {m.strip().casefold(): None for m in markets or ()}:
                pairs.append((first.setdefault(market, name), name))
        for market, name in first.items():
            pairs += [
                (name, first[other]) for other in sorted(near.get(market, ())) if other in first
            ]
        changed = False
        for one, other in pairs:
            if sets.find(one) != sets.find(other):
                sets.unite(one, other, "persons", self.majority)
                changed = True
        return changed

    def _together(self, sets: Sets) -> bool:
        """Holders that act together and have the majority are linked to what they hold; whether
        anything changed."""
        groups = [g for g in self.given.acting_together if len(g) > 1]
        ever, changed = False, True
        while changed and groups:
            changed = False
            for members in groups:
                roots = {sets.find(n) for n in members}
                persons = {n for n in members if self.known[n].kind == PERSON}
                held: dict[str, Decimal] = defaultdict(Decimal)
                for root in roots:
                    for owned, votes in sets.held.get(root, {}).items():
                        held[owned] += votes
                for at, link in enumerate(self.links):
                    if link.owner in persons:
                        held[link.owned] += self.votes[at]
                for owned, votes in held.items():
                    if votes <= self.majority:
                        continue
                    for root in roots:
                        mine = sets.held.get(root, {}).get(owned, NOUGHT)
                        if mine > 0 and sets.find(owned) != sets.find(root):
                            sets.unite(root, owned, "together", self.majority)
                            ever = changed = True
        return ever

    # -- partners ---------------------------------------------------------------------------
    def _may_be_exempt(self, name: str, holder: Enterprise) -> bool:
        """Whether a holder is one of those that may reach 25 % (art. 3(2), second subparagraph)."""
        if holder.kind == "local_authority":
            for what, most in (
                ("annual_budget", "local_budget"),
                ("inhabitants", "local_inhabitants"),
            ):
                value = getattr(holder, what)
                if value is None:
                    self.assumed[f"{name}: {what} below {self.law[most].value}"] = None
                elif value >= self.law[most].value:
                    return False
        return True

    def _angels_within(self, owned: str) -> bool:
        """Business angels in the same enterprise stay below the sum of art. 3(2)(a) together."""
        total = NOUGHT
        angels = {
            x.owner for x in self.links
            if x.owned == owned and self.known[x.owner].kind == "business_angel"
        }  # fmt: skip
        for name in angels:
            invested = self.known[name].total_invested
            if invested is None:
                self.assumed[f"{name}: total_invested within the limit"] = None
            total += invested or NOUGHT
        return total < self.law["angel_invested"].value

    def _partners(
        self,
        root: str,
        linked: set[str],
        members: Mapping[str, list[str]],
        notes: list[tuple[str, dict[str, object]]],
    ) -> list[Part]:
        sets = self.sets
        above: dict[tuple[str, str], list[Decimal]] = {}
        below: dict[str, list[Decimal]] = {}
        exempt: dict[tuple[str, str], list[Decimal]] = {}
        direct: dict[str, set[str]] = defaultdict(set)
        through: dict[tuple[str, str], str] = {}
        for at, link in enumerate(self.links):
            owner_in, owned_in = link.owner in linked, link.owned in linked
            if owner_in == owned_in:
                continue
            holder = self.known[link.owner]
            if owned_in:
                if holder.kind in NO_FIGURES and not self.exempt.get(link.owner, False):
                    continue
                other = sets.find(link.owner)
                if other == root:
                    continue
                spared = self.exempt.get(link.owner, False) and not link.involved_in_management
                if spared and link.involved_in_management is None:
                    where = f"links: {link.owner} > {link.owned}"
                    self.assumed[f"{where}: involved_in_management = no"] = None
                if spared and holder.kind == "business_angel":
                    spared = self._angels_within(link.owned)
                if holder.kind == "local_authority" and (
                    not self.exempt[link.owner]
                    or self.votes[at] > self.majority
                    or (link.owner, link.owned) in self.jointly
                ):
                    continue
                key = (other, link.owned)
                into = (
                    exempt.setdefault((link.owner, link.owned), [NOUGHT, NOUGHT])
                    if spared
                    else above.setdefault(key, [NOUGHT, NOUGHT])
                )
                direct[other].add(link.owner)
                through[key] = link.owned
            else:
                other = sets.find(link.owned)
                into = below.setdefault(link.owned, [NOUGHT, NOUGHT])
                direct[other].add(link.owned)
                through[(other, link.owned)] = link.owner
            into[0] += self.capital[at]
            into[1] += self.votes[at]
        shares: dict[str, tuple[Decimal, str, str]] = {}

        def keep(other: str, pair: list[Decimal], mine: str, why: str) -> None:
            pct = max(pair)
            if pct < self.partner_min:
                names = [n for n in members[other] if n in direct[other]]
                notes.append(("size.small_holding", {"names": names, "via": mine, "pct": pct}))
                return
            had = shares.get(other)
            if had is not None:
                notes.append(("size.partner_twice", {"name": members[other][0]}))
            if had is None or pct > had[0]:
                shares[other] = (pct, mine, why)

        for (other, owned), pair in above.items():
            keep(other, pair, owned, "above")
        for owned, pair in below.items():
            other = sets.find(owned)
            keep(other, pair, through[(other, owned)], "below")
        found = []
        for other, (pct, mine, why) in shares.items():
            at_first = [n for n in members[other] if n in direct[other]]
            for name in members[other]:
                if not self._counts(name):
                    continue
                if name in direct[other]:
                    via = None if mine == self.given.enterprise else mine
                    found.append(Part(name, "partner", pct, via, why, {"held": mine}))
                else:
                    found.append(Part(name, "linked", pct, at_first[0], "of_partner"))
        for (name, owned), pair in exempt.items():
            if max(pair) >= self.partner_min:
                found.append(
                    Part(name, "exempt", NOUGHT, None, self.known[name].kind,
                         {"held": owned, "pct": max(pair)})
                )  # fmt: skip
        return found

    # -- public bodies ----------------------------------------------------------------------
    def public(self, linked: frozenset[str]) -> tuple[Decimal, str | None]:
        """What public bodies hold of the enterprise, and an enterprise above it whose public
        holders leave the answer open (art. 3(4)).

        What they hold through an enterprise that they control counts whole. A small local authority
        counts where it has a majority or manages; what exempt investors hold does not count.
        """
        me = self.given.enterprise
        bodies = {n for n, e in self.known.items() if e.kind in ("public_body", "local_authority")}
        if not bodies:
            return NOUGHT, None
        self.public_held = {
            n: frozenset(self._held_by([n])) for n in bodies if self.exempt.get(n, False)
        }
        capital: dict[str, Decimal] = defaultdict(Decimal)
        votes: dict[str, Decimal] = defaultdict(Decimal)
        together: dict[str, Decimal] = defaultdict(Decimal)
        controlled: set[str] = set()
        todo, seen = list(bodies), set(bodies)
        while todo:
            for at in self.by_owner.get(todo.pop(), ()):
                link = self.links[at]
                spared = self._spared_of_bar(link)
                if not spared or self.known[link.owner].kind != "local_authority":
                    together[link.owned] += self.votes[at]
                if not spared:
                    capital[link.owned] += self.capital[at]
                    votes[link.owned] += self.votes[at]
                if together[link.owned] > self.majority or self._controls(link):
                    controlled.add(link.owned)
                    if link.owned not in seen:
                        seen.add(link.owned)
                        todo.append(link.owned)
        if me in controlled:
            return together[me] if together[me] > self.majority else Decimal(100), None
        return max(capital[me], votes[me]), self._barred_above(linked, capital, votes, controlled)

    def _spared_of_bar(self, link: Link) -> bool:
        """Whether a holding is one of those of art. 3(2) that may reach 25 %."""
        if not self.exempt.get(link.owner, False) or link.involved_in_management:
            return False
        if self.sets.find(link.owner) == self.sets.find(link.owned):
            return False
        if (link.owner, link.owned) in self.jointly:
            return False
        angel = self.known[link.owner].kind == "business_angel"
        if angel and not self._angels_within(link.owned):
            return False
        return link.owned not in self.public_held.get(link.owner, ())

    def _barred_above(
        self,
        linked: frozenset[str],
        capital: Mapping[str, Decimal],
        votes: Mapping[str, Decimal],
        controlled: set[str],
    ) -> str | None:
        """An enterprise that, alone or with what is linked, controls this one, and is itself held
        for 25 % or more by public bodies."""
        least = self.law["public_share"].value
        owners: dict[str, list[int]] = defaultdict(list)
        joint: dict[str, Decimal] = defaultdict(Decimal)
        for at, link in enumerate(self.links):
            if link.owner in linked and link.owned in linked:
                owners[link.owned].append(at)
                joint[link.owned] += self.votes[at]
        todo, seen = [self.given.enterprise], {self.given.enterprise}
        while todo:
            for at in owners[todo.pop()]:
                link = self.links[at]
                decides = self.votes[at] > 0 and joint[link.owned] > self.majority
                if link.owner in seen or not (decides or self._controls(link)):
                    continue
                seen.add(link.owner)
                todo.append(link.owner)
                held = max(capital.get(link.owner, NOUGHT), votes.get(link.owner, NOUGHT))
                if held >= least or link.owner in controlled:
                    return link.owner
        return None
