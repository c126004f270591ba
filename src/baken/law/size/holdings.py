"""The links that hold on a day: who has how many votes and how much capital of whom, and who may
hold 25 % without being a partner. Annex to Recommendation 2003/361/EC, art. 3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from baken.law.parameters import Parameter
from baken.law.size.model import EXEMPT, NO_FIGURES, Enterprise, Link, SizeInput

NOUGHT = Decimal(0)


class Holdings:
    """Links with their votes and capital, and what they say by themselves."""

    def __init__(
        self, given: SizeInput, day: date, law: Mapping[str, Parameter], assumed: dict[str, None]
    ) -> None:
        self.given = given
        self.known = given.enterprises
        self.links = [x for x in given.links if x.since is None or x.since <= day]
        self.law = law
        self.majority = law["majority"].value
        self.assumed = assumed
        self.by_owner: dict[str, list[int]] = defaultdict(list)
        self.votes: dict[int, Decimal] = {}
        self.capital: dict[int, Decimal] = {}
        told: dict[str, Decimal] = defaultdict(Decimal)
        for link in self.links:
            told[link.owned] += link.voting_pct or NOUGHT
        for at, link in enumerate(self.links):
            self.by_owner[link.owner].append(at)
            self._shares(at, link, told[link.owned])
        self.jointly = self._held_jointly()
        self.exempt = {
            name: self._may_be_exempt(name, e) for name, e in self.known.items() if e.kind in EXEMPT
        }

    def _shares(self, at: int, link: Link, told: Decimal) -> None:
        """Votes follow capital when they are not given (one share, one vote), as far as those that
        are ``told`` leave some."""
        votes, capital = link.voting_pct, link.capital_pct
        where = f"links: {link.owner} > {link.owned}"
        if votes is None and capital is not None:
            if link.control is None:
                self.assumed[f"{where}: voting_pct = capital_pct"] = None
            votes = min(capital, 100 - told) if link.control is None else NOUGHT
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

    def counts(self, name: str) -> bool:
        """Whether this is an enterprise that has figures."""
        enterprise = self.known.get(name)
        return enterprise is not None and enterprise.kind not in NO_FIGURES

    def controls(self, link: Link) -> bool:
        """Control by other means than votes; an investor that stays out of management is presumed
        to have no dominant influence (art. 3(3), second subparagraph)."""
        if link.control is None:
            return False
        outside = not link.involved_in_management and self.known[link.owner].kind in EXEMPT
        return not (outside and link.control == "dominant_contract")

    def held_by(self, hand: Iterable[str]) -> list[str]:
        """What holders control as one hand, also through others that they control."""
        votes: dict[str, Decimal] = defaultdict(Decimal)
        held: dict[str, None] = {}
        todo = sorted(hand)
        while todo:
            for at in self.by_owner.get(todo.pop(), ()):
                link = self.links[at]
                votes[link.owned] += self.votes[at]
                mine = votes[link.owned] > self.majority or self.controls(link)
                if mine and link.owned not in held:
                    held[link.owned] = None
                    todo.append(link.owned)
        return list(held)

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

    def angels_within(self, owned: str) -> bool:
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
