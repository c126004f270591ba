"""Which records a typed name means: just that one, or those of which one must ask."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from rapidfuzz.distance import OSA, Indel

from baken.landscape.model import Offer
from baken.match.named import Words, names_of, words_of
from baken.match.words import WORD, fold, split, stem, tokens

MOST = 5
"""So many are asked about."""
ONE_ERROR, TWO_ERRORS = 5, 10
"""From so many signs on a name may hold one typing error, or two."""
NEAR = 0.55
"""A name is near that holds so much of what the words tell; a rare word tells more."""
ALIKE = 0.85
"""A name that is so much like what was typed is asked about where nothing else is near."""
OWN = 0.1
"""A record's own name may be so much less like what was typed, and still go first."""
BEGINS = 4
"""A word of so many letters is held by a longer one that begins with it."""
SHORT = re.compile(r"\(((?=[^)]*[A-Z].*[A-Z])[A-Za-z0-9&+-]{2,10})\)")
"""An abbreviation in brackets behind a name."""


@dataclass(frozen=True)
class Meant:
    """The place of the record that is ``sure``, else those that are ``near``, best first."""

    sure: int | None = None
    near: tuple[int, ...] = ()


class Called:
    """What records are called, in their order: names, other names, ids and abbreviations."""

    def __init__(self, records: Sequence[Offer], lang: str) -> None:
        self._langs = tuple(dict.fromkeys(("nl", lang)))
        self._keys: dict[str, set[int]] = defaultdict(set)
        self._short: dict[str, set[int]] = defaultdict(set)
        self._own: set[tuple[str, int]] = set()
        names: dict[Words, set[int]] = defaultdict(set)
        for at, record in enumerate(records):
            for name in (*names_of(record, inside=False), record.id):
                self._keys[_key(name)].add(at)
            own = (record.names.nl, record.names.en, record.names.fr, record.id)
            self._own |= {(_key(name), at) for name in own if name}
            for name in names_of(record):
                names[words_of(name)].add(at)
                for short in SHORT.findall(name):
                    if fold(short) not in words_of(getattr(record, "provider", "")):
                        self._short[_key(short)].add(at)
        self._keys.pop("", None)
        self._names = [(words, frozenset(at)) for words, at in names.items() if words]
        self._known = frozenset(w for words, _ in self._names for w in words)
        self._holding: dict[str, set[int]] = defaultdict(set)
        forms = {w: frozenset(self._forms(w)) for w in self._known}
        for number, (words, _) in enumerate(self._names):
            for form in (f for w in words for f in forms[w]):
                self._holding[form].add(number)

    def find(self, typed: str) -> Meant:
        """The record that bears this name; case, accents, hyphens and spaces are forgiven, and a
        typing error where only one record can be meant. Else those with the nearest names.
        """
        key = _key(typed)
        same = self._keys.get(key) or self._short.get(key) or self._mistyped(key)
        if len(same) == 1:
            return Meant(sure=next(iter(same)))
        scores = dict.fromkeys(same, 2.0) or self._begins(key)
        scores = scores or self._near(typed) or self._like(key)
        ranked = sorted(scores, key=lambda at: (-scores[at], -self._alike(key, at), at))
        return Meant(near=tuple(ranked[:MOST]))

    def _mistyped(self, key: str) -> set[int]:
        """The records whose name is this but for an error; never in the first sign."""
        most = _errors(key)
        alike = (
            k for k in self._keys if most and k[0] == key[0] and abs(len(k) - len(key)) <= most
        )
        found = (k for k in alike if OSA.distance(k, key, score_cutoff=most) <= most)
        return {at for k in found for at in self._keys[k]}

    def _begins(self, key: str) -> dict[int, float]:
        """The records a name of which begins so, but for an error."""
        most = _errors(key)
        return {
            at: 1.0
            for k, places in self._keys.items() if most and k[0] == key[0]
            if any(
                OSA.distance(k[: len(key) + more], key, score_cutoff=most) <= most
                for more in range(-most, most + 1)
            )
            for at in places
        }  # fmt: skip

    def _like(self, key: str) -> dict[int, float]:
        """The records with a name that is mostly this one ("starterslening", "startlening")."""
        if len(key) < ONE_ERROR:
            return {}
        alike = ((k, Indel.normalized_similarity(key, k)) for k in self._keys)
        return {at: score for k, score in alike if score >= ALIKE for at in self._keys[k]}

    def _near(self, typed: str) -> dict[int, float]:
        """The records with a name that holds enough of the words, and how much that is."""
        words = tokens(typed) or WORD.findall(fold(typed))
        held = {word: self._held(word) for word in words}
        size = len(self._names)
        tells = {word: log(1 + size / max(1, len(at))) for word, at in held.items()}
        told: dict[int, float] = defaultdict(float)
        for word, numbers in held.items():
            for number in numbers:
                told[number] += tells[word] / sum(tells.values())
        found: dict[int, float] = {}
        for number, share in told.items():
            for at in self._names[number][1] if share >= NEAR else ():
                found[at] = max(found.get(at, 0), share)
        return found

    def _held(self, word: str) -> set[int]:
        """The names that hold a word: a form of it, a compound of it, or both its parts."""
        none: set[int] = set()
        found = none.union(*(self._holding.get(stem(word, lang), none) for lang in self._langs))
        if len(word) >= BEGINS:
            longer = (w for w in self._known if w.startswith(word))
            found = found.union(*(self._holding[stem(w, "nl")] for w in longer))
        parts = [] if found else [self._held(p) for p in split(word, self._known)]
        return found or (parts and set.intersection(*parts)) or none

    def _forms(self, word: str) -> Iterator[str]:
        for part in (word, *split(word, self._known)):
            yield from (stem(part, lang) for lang in self._langs)

    def _alike(self, key: str, at: int) -> float:
        """How much a record's nearest name is like what was typed; its own name goes before what
        it is called besides."""
        return max(
            Indel.normalized_similarity(key, k) + (OWN if (k, at) in self._own else 0)
            for k, places in self._keys.items() if at in places
        )  # fmt: skip


def _key(name: str) -> str:
    return "".join(words_of(name))


def _errors(key: str) -> int:
    return 2 if len(key) >= TWO_ERRORS else 1 if len(key) >= ONE_ERROR else 0
