"""Parts that grow together: a union-find (Tarjan 1975) that follows the votes of its members.

It grows until nobody gets a majority any more: votes of holders that are linked are added,
percentages along a chain are never multiplied. All in time that grows with the links.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from baken.law.size.model import Link

NOUGHT = Decimal(0)


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
