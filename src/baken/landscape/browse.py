"""The landscape to browse: filters, and for each choice how many records it would leave."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from baken.landscape.availability import availability
from baken.landscape.model import Instrument, Offer, Organisation
from baken.registers.places import FLANDERS

PHASES: Mapping[str, frozenset[str]] = {
    "start": frozenset({"N01"}),
    "grow": frozenset({"N05", "N06", "N09", "N12", "N13"}),
    "change": frozenset({"N02", "N03", "N04", "N07", "N08", "N10", "N11"}),
    "crisis": frozenset({"N14"}),
}
"""The phase of a firm's life in which a need comes up most."""


def _type(r: Offer, as_of: date) -> set[str]:
    return {r.type}


def _need(r: Offer, as_of: date) -> set[str]:
    return set(r.needs)


def _theme(r: Offer, as_of: date) -> set[str]:
    return set(r.themes)


def _place(r: Offer, as_of: date) -> set[str]:
    """The provinces it is for: all of Flanders, and ``everywhere``, when not bound to one."""
    return set(r.area.provinces) or {"everywhere", *FLANDERS}


def _phase(r: Offer, as_of: date) -> set[str]:
    return {phase for phase, needs in PHASES.items() if needs & set(r.needs)}


def _kind(r: Offer, as_of: date) -> set[str]:
    return {r.kind}


def _cost(r: Offer, as_of: date) -> set[str]:
    return {r.price} if isinstance(r, Organisation) else set()


def _role(r: Offer, as_of: date) -> set[str]:
    return set(r.roles) if isinstance(r, Organisation) else set()


def _level(r: Offer, as_of: date) -> set[str]:
    return {r.level} if isinstance(r, Instrument) else set()


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
    "now": _now,
}
"""What one can filter on: the values that a record has for it on a day."""


@dataclass(frozen=True)
class Choice:
    """One choice of a filter: how many records it leaves, and whether it is chosen."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Found:
    """The records that a set of filters leaves, and the choices of every filter."""

    records: tuple[Offer, ...]
    facets: Mapping[str, tuple[Choice, ...]]


def browse(records: Iterable[Offer], chosen: Mapping[str, str], words: str, as_of: date) -> Found:
    """The records that meet every chosen filter and hold every word.

    Args:
        chosen: a value per filter; filters that are not named, and empty values, do nothing.
        words: words that must all stand in names, aliases, keywords or the one line.

    A choice's count is what it would leave with the other filters as they are.
    """
    wanted = {name: value for name, value in chosen.items() if value and name in FACETS}
    sought = _fold(words).split()
    pool = [r for r in records if all(w in _text(r) for w in sought)] if sought else list(records)
    values = {(r.type, r.id): {name: of(r, as_of) for name, of in FACETS.items()} for r in pool}

    def meets(r: Offer, leave_out: str | None = None) -> bool:
        own = values[(r.type, r.id)]
        return all(v in own[name] for name, v in wanted.items() if name != leave_out)

    facets = {}
    for name in FACETS:
        counts: dict[str, int] = {}
        for r in pool:
            if meets(r, name):
                for value in values[(r.type, r.id)][name]:
                    counts[value] = counts.get(value, 0) + 1
        if name in wanted:
            counts.setdefault(wanted[name], 0)
        facets[name] = tuple(
            Choice(value, counts[value], wanted.get(name) == value) for value in sorted(counts)
        )
    return Found(tuple(r for r in pool if meets(r)), facets)


def _text(r: Offer) -> str:
    names = (r.names.nl, r.names.en, r.names.fr, r.summary.nl, r.summary.en, r.summary.fr, r.id)
    return _fold(" ".join([*(n for n in names if n), *r.aliases, *r.keywords]))


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def by_name(records: Sequence[Offer], lang: str) -> list[Offer]:
    """Records by their name in ``lang``, so that a list reads as a register."""
    return sorted(records, key=lambda r: _fold(getattr(r.names, lang) or r.names.nl or r.id))
