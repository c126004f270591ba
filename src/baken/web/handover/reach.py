"""Doors as the owner's side sees them: whether Baken can send there, and how else to reach them.

The catalogue holds no mail addresses; the operator sets them (``docs/operate.md``). Without one
nothing is sent and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from baken.kernel.address import host_of
from baken.web import catalogue, words
from baken.web.handover.models import Receiver


@dataclass(frozen=True)
class Door:
    """An organisation. ``receiver`` is None when Baken can't send there."""

    id: str
    name: str = ""
    step: str = ""
    url: str = ""
    known: bool = False
    receiver: Receiver | None = None

    @property
    def takes(self) -> bool:
        """Whether Baken can send there."""
        return self.receiver is not None

    @property
    def host(self) -> str:
        """The site's name."""
        return host_of(self.url) if self.url else ""


def door(record_id: str, lang: str) -> Door:
    """The organisation of the catalogue with this id."""
    found = catalogue.find("organisation", record_id) if record_id else None
    if found is None:
        return Door(record_id)
    return Door(
        record_id,
        words.pick(found["names"], lang),
        words.pick(found.get("first_step"), lang),
        found.get("url") or "",
        True,
        Receiver.objects.filter(record_id=record_id, active=True).exclude(address="").first(),
    )


def taking(record_ids: Iterable[str]) -> set[str]:
    """Which of these organisations Baken can send to."""
    found = Receiver.objects.filter(record_id__in=set(record_ids), active=True)
    return set(found.exclude(address="").values_list("record_id", flat=True))


def next_doors(route: Mapping[str, Any], to: str) -> list[str]:
    """The doors after this one: the alternative and the others of the route, those that take files
    first.
    """
    order = [route.get("alternative"), *route.get("doors", [])]
    others = [d for d in dict.fromkeys(order) if d and d != to and door(d, "nl").known]
    takes = taking(others)
    return sorted(others, key=lambda one: one not in takes)
