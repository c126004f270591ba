"""Records that hold the words that a reader looks for in the list of all offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from baken.landscape.browse import by_name
from baken.landscape.model import Offer
from baken.match.lookup import Lookup
from baken.web import catalogue
from baken.web.owner.facets import choice_label
from baken.web.texts import text


@dataclass(frozen=True)
class Sought:
    """The records that hold most of some words, and what must be said of that."""

    records: Sequence[Offer]
    says: Sequence[str] = ()
    about: Any = None


def seek(words: str, lang: str) -> Sought:
    """The records that hold most of ``words``, those first of which the words tell most.

    Without words all records, by name. ``about`` says the same for programs: the words ``sought``,
    how many of them each record ``holds``, those found ``nowhere``, and for which word another
    one was looked for (``mended``).
    """
    records = by_name(catalogue.offers(), lang)
    if not words:
        return Sought(records)
    found = _lookup(catalogue.current_version(), lang).find(words)
    best = sorted(found.places, key=lambda at: -found.places[at])
    about = {
        "sought": list(found.sought),
        "holds": found.held,
        "nowhere": list(found.nowhere),
        "mended": dict(found.mended),
    }
    says = [
        text(lang, "browse.mended", typed=typed, meant=meant)
        for typed, meant in found.mended.items()
    ]
    if found.places and not found.whole:
        held, of = found.held, len(found.sought)
        says.append(text(lang, "browse.not_all", held=held, of=of))
    if found.nowhere:
        says.append(text(lang, "browse.nowhere", words=", ".join(f'"{w}"' for w in found.nowhere)))
    return Sought([records[at] for at in best], says, about)


@lru_cache(maxsize=6)
def _lookup(version: str, lang: str) -> Lookup:
    """The words of every record of a version of the table, in the order of their names."""
    return Lookup([_texts(r, lang) for r in by_name(catalogue.offers(), lang)], lang)


def _texts(r: Offer, lang: str) -> tuple[str, str]:
    """A record's names, and the rest that its words are looked for in."""
    names = (r.names.nl, r.names.en, r.names.fr, *r.aliases, r.id)
    rest = (
        *(r.summary.nl, r.summary.en, r.summary.fr),
        *r.keywords,
        *getattr(r, "places", ()),
        getattr(r, "provider", None),
        choice_label("kind", r.kind, lang),
    )
    return " ".join(n for n in names if n), " ".join(t for t in rest if t)
