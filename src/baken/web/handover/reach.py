"""Doors as the owner's side sees them: whether Baken can send there, and how else to reach them.

The catalogue holds no mail addresses; the operator sets them (``docs/operate.md``). Without one
nothing is sent and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from baken.kernel.address import host_of
from baken.match.helplines import number_of
from baken.refer.model import Delivery, Kind, Who
from baken.refer.model import Referral as State
from baken.web import catalogue, words
from baken.web.handover.models import EventRow, Receiver, Referral

LATELY = timedelta(days=14)
"""How long a letter that came back keeps a door shut to what goes on by itself."""


@dataclass(frozen=True)
class Door:
    """An organisation. ``receiver`` is None when Baken can't send there: it takes no files (any
    more: ``closed``), is there no more (``gone``), or is ``dead`` (our letters do not reach it).
    """

    id: str
    name: str = ""
    step: str = ""
    url: str = ""
    known: bool = False
    receiver: Receiver | None = None
    dead: bool = False
    closed: bool = False
    gone: bool = False

    @property
    def takes(self) -> bool:
        """Whether Baken can send there."""
        return self.receiver is not None

    @property
    def number(self) -> str:
        """Its number, where it is a helpline: it is called, and nothing is sent there."""
        return number_of(self.id)

    @property
    def dial(self) -> str:
        """The number as a telephone takes it."""
        return self.number.replace(" ", "")

    @property
    def host(self) -> str:
        """The site's name."""
        return host_of(self.url) if self.url else ""


def called(row: Referral, lang: str) -> str:
    """What the organisation of a question is called: in the reader's language where its record has
    such a name.
    """
    found = catalogue.find("organisation", row.receiver.record_id)
    return (words.pick(found["names"], lang) if found else "") or str(row.receiver.name)


def passed_to(state: State, lang: str) -> str:
    """What the organisation is called to which the one before handed a question on, in the reader's
    language; empty where it did not.
    """
    if not state.passed_to:
        return ""
    known = catalogue.names(lang).get(state.passed_to)
    called = Receiver.objects.filter(record_id=state.passed_to).values_list("name", flat=True)
    return known or called.first() or state.passed_to


def names_of(rows: Iterable[Referral], lang: str) -> str:
    """The organisations of these questions, each once."""
    return ", ".join(dict.fromkeys(called(row, lang) for row in rows))


def door(record_id: str, lang: str) -> Door:
    """The organisation with this id: of the catalogue, or one that left it and still takes files,
    by the name that the operator gave it.
    """
    if not record_id:
        return Door(record_id)
    found = catalogue.find("organisation", record_id)
    dead = bool(unreached([record_id], timezone.now()))
    to = None if dead else takers([record_id]).first()
    if found is None:
        return Door(record_id, to.name, known=True, receiver=to) if to else Door(record_id)
    return Door(
        record_id,
        words.pick(found["names"], lang),
        words.pick(found.get("first_step"), lang),
        found.get("url") or "",
        True,
        to,
        dead,
        closed=to is None and Receiver.objects.filter(record_id=record_id, active=False).exists(),
        gone=to is None and bool(ceased([record_id])),
    )


def takers(record_ids: Iterable[str]) -> QuerySet[Receiver]:
    """Those of these organisations that take files and have an address."""
    found: QuerySet[Receiver] = Receiver.objects.filter(record_id__in=set(record_ids), active=True)
    return found.exclude(address="")


def taking(record_ids: Iterable[str]) -> set[str]:
    """Which of these organisations Baken can send to now."""
    found, _ = states(record_ids)
    return found - unreached(found, timezone.now())


def unreached(record_ids: Iterable[str], now: datetime) -> set[str]:
    """Which of these organisations our last letter came back from, for whichever firm it was, and
    not longer ago than :data:`LATELY`; a word of theirs since then, or another address, opens the
    door again.
    """
    back = Referral.objects.filter(
        receiver__record_id__in=set(record_ids), delivery=str(Delivery.BOUNCED)
    )
    doors = set(back.values_list("receiver__record_id", flat=True))
    if not doors:
        return set()
    heard = Q(kind__in=[str(Kind.HANDED_OVER), str(Kind.BOUNCED)]) | Q(by=str(Who.RECEIVER))
    since = Q(referral__receiver__address_since=None)
    since |= Q(referral__receiver__address_since__lte=F("at"))
    found = EventRow.objects.filter(
        heard, since, referral__receiver__record_id__in=doors, at__gte=now - LATELY
    )
    last = dict(found.order_by("at", "pk").values_list("referral__receiver__record_id", "kind"))
    return {record_id for record_id, kind in last.items() if kind == Kind.BOUNCED}


def states(record_ids: Iterable[str]) -> tuple[set[str], set[str]]:
    """Those of these organisations that take files and have an address, and those that are there no
    more, as the operator's table says: read at once.
    """
    found = Receiver.objects.filter(record_id__in=set(record_ids))
    rows = list(found.values_list("record_id", "active", "address", "gone"))
    takes = {one for one, active, address, _ in rows if active and address}
    return takes, {one for one, _, _, gone in rows if gone}


def ceased(record_ids: Iterable[str]) -> set[str]:
    """Which of these organisations are there no more, as the operator's table says."""
    return states(record_ids)[1]


def standing(record_ids: Iterable[str]) -> list[str]:
    """Those of these organisations that are there: they take files, or the catalogue knows them."""
    ids = list(record_ids)
    takes, gone = states(ids)
    known = {one for kind, one in catalogue.by_id(ids) if kind == "organisation"} - gone
    return [one for one in ids if one in takes or one in known]


def next_doors(route: Mapping[str, Any], to: str) -> list[str]:
    """The doors after this one: the alternative and the others of the route, those that take files
    first.
    """
    order = [route.get("alternative"), *route.get("doors", [])]
    others = [d for d in standing(dict.fromkeys(filter(None, order))) if d != to]
    takes = taking(others)
    return sorted(others, key=lambda one: one not in takes)
