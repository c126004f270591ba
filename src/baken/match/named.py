"""Records that the owner names: a name or another name of a record that stands in the text; and
who settles a quarrel that it tells of, which is to ask for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from baken.landscape.model import Offer
from baken.match.quarrel import settled_by
from baken.match.search import Scores
from baken.match.words import fold
from baken.registers.places import municipalities

DATA = Path(__file__).parent / "data"
Words = tuple[str, ...]
WHOLE = 1.0
WITHIN = 0.3
"""How much a name counts that is the whole text, and one that stands in it."""
SHORTEST = 6
"""A name of one word that stands in a longer text has so many letters: *inter* is a word too."""
LONGEST = 10
BRIEF = 12
"""A text of more words tells more than a quarrel."""
_WORD = re.compile(r"\w+")
_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True)
class Names:
    """Every name of every record, as words, with the places of the records that bear it; and the
    place of every organisation, by id.
    """

    places: Mapping[Words, tuple[int, ...]]
    size: int
    ids: Mapping[str, int]

    @classmethod
    def of(cls, records: Sequence[Offer]) -> Names:
        """The names of these records, in their order."""
        found: dict[Words, tuple[int, ...]] = {}
        for at, record in enumerate(records):
            for name in names_of(record):
                words = words_of(name)
                if words:
                    found[words] = tuple(dict.fromkeys((*found.get(words, ()), at)))
        ids = {r.id: at for at, r in enumerate(records) if r.type == "organisation"}
        return cls(found, len(records), ids)

    def scores(self, text: str) -> Scores:
        """Per record how surely ``text`` names it, from 0 to 1."""
        out = np.zeros(self.size, dtype=np.float32)
        words = words_of(text[:400])
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + LONGEST) + 1):
                part = words[start:end]
                value = WHOLE if len(part) == len(words) else WITHIN
                if value < WHOLE and len(part) == 1 and len(part[0]) < SHORTEST:
                    continue
                for at in self.places.get(part, ()):
                    out[at] = max(out[at], value)
        for at in [self.ids[door] for door in settled_by(text[:400]) & self.ids.keys()]:
            out[at] = max(out[at], WHOLE if len(words) <= BRIEF else WITHIN)
        return out


def names_of(record: Offer, inside: bool = True) -> Iterator[str]:
    """Names and other names, whole and without what stands in brackets.

    Args:
        inside: also what stands in brackets by itself, where that names something.
    """
    for name in (record.names.nl, record.names.en, record.names.fr, *record.aliases):
        if name:
            yield name
            yield _BRACKETS.sub(" ", name)
            if inside:
                parts = (part[1:-1] for part in _BRACKETS.findall(name))
                yield from (part for part in parts if words_of(part) not in _no_names())


@cache
def _no_names() -> frozenset[Words]:
    """What names nothing by itself: *(online)*, and every place, as in *(Mons)*."""
    lines = (DATA / "no_names.txt").read_text(encoding="utf-8").splitlines()
    listed = (line for line in lines if not line.startswith("#"))
    places = (name for place in municipalities().values() for name in place.names.values())
    return frozenset(map(words_of, (*listed, *places)))


def words_of(text: str) -> Words:
    """A text as folded words, stop words too."""
    return tuple(_WORD.findall(fold(text)))
