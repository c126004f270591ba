"""The landscape to browse: filters, and for each choice how many records it would leave."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from baken.landscape.area import bound_to
from baken.landscape.availability import availability
from baken.landscape.facets import Choice, sift
from baken.landscape.model import Instrument, Offer, Organisation, Training
from baken.registers.places import FLANDERS, WALLONIA

PHASES: Mapping[str, frozenset[str]] = {
    "start": frozenset({"N01"}),
    "grow": frozenset({"N05", "N06", "N09", "N12", "N13"}),
    "change": frozenset({"N02", "N03", "N04", "N07", "N08", "N10", "N11"}),
    "crisis": frozenset({"N14"}),
    "stop_or_hand_over": frozenset(),
}
"""The phase of a firm's life in which a need comes up most; handing over is told per record."""
OF_REGION: Mapping[str, tuple[str, ...]] = {
    "vlaams-gewest": FLANDERS,
    "brussels-hoofdstedelijk-gewest": ("Brussel",),
    "waals-gewest": WALLONIA,
}
"""The provinces of a region; Brussels has none and stands for itself."""
STARTING = frozenset({"start", "startup"})
"""Tags of what is for starters."""


def _type(r: Offer, as_of: date) -> set[str]:
    return {r.type}


def _need(r: Offer, as_of: date) -> set[str]:
    return set(r.needs)


def _theme(r: Offer, as_of: date) -> set[str]:
    return set(r.themes)


def _place(r: Offer, as_of: date) -> set[str]:
    """The provinces it is for, and ``Brussel``; ``everywhere`` too when not bound to one."""
    area = r.area
    if area.provinces or area.municipalities:
        return set(bound_to(r.area))
    regions = area.regions or list(OF_REGION)
    return {"everywhere", *(p for g in regions for p in OF_REGION.get(g, ()))}


def phases(r: Offer) -> set[str]:
    """The phases that a record is for: as its file says, else those of its needs."""
    if r.phases:
        return set(r.phases)
    starting = {"start"} if STARTING & set(r.tags) else set()
    return starting | {phase for phase, needs in PHASES.items() if needs & set(r.needs)}


def _phase(r: Offer, as_of: date) -> set[str]:
    return phases(r)


def _kind(r: Offer, as_of: date) -> set[str]:
    return {r.kind}


def _cost(r: Offer, as_of: date) -> set[str]:
    return {r.price} if isinstance(r, Organisation) else set()


def _role(r: Offer, as_of: date) -> set[str]:
    return set(r.roles) if isinstance(r, Organisation) else set()


def _level(r: Offer, as_of: date) -> set[str]:
    return {r.level} if isinstance(r, Instrument) else set()


def _subject(r: Offer, as_of: date) -> set[str]:
    return {r.subject} if isinstance(r, Training) else set()


def _form(r: Offer, as_of: date) -> set[str]:
    return set(r.forms) or {"unknown"} if isinstance(r, Training) else set()


def _committee(r: Offer, as_of: date) -> set[str]:
    return set(r.joint_committees) if isinstance(r, Organisation | Training) else set()


def _now(r: Offer, as_of: date) -> set[str]:
    return {availability(r, as_of)}


FACETS: Mapping[str, Callable[[Offer, date], set[str]]] = {
    "type": _type,
    "need": _need,
    "phase": _phase,
    "theme": _theme,
    "place": _place,
    "kind": _kind,
    "level": _level,
    "cost": _cost,
    "role": _role,
    "subject": _subject,
    "form": _form,
    "committee": _committee,
    "now": _now,
}
"""What one can filter on: the values that a record has for it on a day."""


@dataclass(frozen=True)
class Found:
    """The records that a set of filters leaves, and the choices of every filter."""

    records: tuple[Offer, ...]
    facets: Mapping[str, tuple[Choice, ...]]


def browse(records: Iterable[Offer], chosen: Mapping[str, str], as_of: date) -> Found:
    """The records that meet every chosen filter.

    Args:
        chosen: a value per filter; filters that are not named, and empty values, do nothing.

    A choice's count is what it would leave with the other filters as they are.
    """
    at = {name: _at(of, as_of) for name, of in FACETS.items()}
    found = sift(list(records), at, chosen)
    return Found(found.items, found.facets)


def _at(of: Callable[[Offer, date], set[str]], as_of: date) -> Callable[[Offer], set[str]]:
    return lambda r: of(r, as_of)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def by_name(records: Sequence[Offer], lang: str) -> list[Offer]:
    """Records by their name in ``lang``, so that a list reads as a register."""
    return sorted(records, key=lambda r: _fold(getattr(r.names, lang) or r.names.nl or r.id))
