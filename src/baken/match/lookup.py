"""Words that a reader looks for in a list: their stems, compounds, and typing errors mended.

For the list of all offers, where a reader filters and counts; what answers a need is found by
:mod:`baken.match.search`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from baken.match.words import MIN_PART, WORD, correct, fold, split, stem, tokens

LONG_PART = 5
"""A part at the end of a word that can't be split has so many letters."""


@dataclass(frozen=True)
class Looked:
    """What was found: the places of the texts that hold most of the words.

    ``sought`` are the words, of which each found text holds ``held``; ``nowhere`` are those that
    no text holds; ``mended`` tells for which word another one was looked for. ``places`` has the
    places of the texts, and for each how much it tells: a rare word more than a common one, and
    a word in its name twice as much.
    """

    sought: tuple[str, ...]
    held: int
    places: Mapping[int, float]
    nowhere: tuple[str, ...] = ()
    mended: Mapping[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether each found text holds all words."""
        return self.held == len(self.sought)


class Lookup:
    """Texts in which words are looked for.

    Args:
        texts: per text its name and the rest of it.
        lang: the reader's language; words are stemmed in it and in Dutch.
    """

    def __init__(self, texts: Sequence[tuple[str, str]], lang: str = "nl") -> None:
        self._size = len(texts)
        self._langs = tuple(dict.fromkeys(("nl", lang)))
        self._in_name: dict[str, set[int]] = defaultdict(set)
        self._in_text: dict[str, set[int]] = defaultdict(set)
        for at, (name, rest) in enumerate(texts):
            for word in WORD.findall(fold(name)):
                self._in_name[word].add(at)
                self._in_text[word].add(at)
            for word in WORD.findall(fold(rest)):
                self._in_text[word].add(at)
        self._known = frozenset(self._in_text)
        # Of known words that are as near to a typing error, the one of most texts comes first.
        self._common = sorted(self._known, key=lambda w: (-len(self._in_text[w]), w))
        self._forms: dict[str, set[str]] = defaultdict(set)
        self._whole: list[str] = []
        for word in self._known:
            parts = split(word, self._known)
            for form in (word, *parts):
                for key in self._stems(form):
                    self._forms[key].add(word)
            if not parts:
                self._whole.append(word)

    def find(self, words: str) -> Looked:
        """The texts that hold most of ``words``; none when no text holds any of them."""
        sought = tuple(dict.fromkeys(tokens(words) or WORD.findall(fold(words))))
        mended: dict[str, str] = {}
        count: dict[int, int] = defaultdict(int)
        tells: dict[int, float] = defaultdict(float)
        nowhere = []
        for word in sought:
            places, in_name = self._holding(word)
            if not places:
                meant = correct(word, self._common)
                if meant is not None:
                    mended[word] = meant
                    places, in_name = self._holding(meant)
            if not places:
                nowhere.append(word)
            rare = log(1 + self._size / max(1, len(places)))
            for at in places:
                count[at] += 1
                tells[at] += 2 * rare if at in in_name else rare
        held = max(count.values(), default=0)
        best = {at: tells[at] for at, n in count.items() if n == held}
        return Looked(sought, held, best, tuple(nowhere), mended)

    def _holding(self, word: str) -> tuple[set[int], set[int]]:
        """The texts that hold a word, and those whose name does.

        A compound that no text holds is held where both its parts are.
        """
        forms = self._means(word)
        if forms:
            return self._places(forms)
        parts = [self._places(self._means(p)) for p in split(word, self._known)]
        if not parts:
            return set(), set()
        (head, head_named), (tail, tail_named) = parts
        return head & tail, head_named & tail_named

    def _places(self, forms: set[str]) -> tuple[set[int], set[int]]:
        none: set[int] = set()
        return (
            none.union(*(self._in_text[f] for f in forms)),
            none.union(*(self._in_name.get(f, none) for f in forms)),
        )

    def _means(self, word: str) -> set[str]:
        """The known words that a word means: its other forms, compounds of it, and what it begins.

        A word that can't be split may still end with it: *winwinlening* with *lening*.
        """
        found = set().union(*(self._forms.get(key, ()) for key in self._stems(word)))
        if len(word) >= MIN_PART:
            found |= {w for w in self._known if w.startswith(word)}
        if len(word) >= LONG_PART:
            ends = {word, *(w for w in found if word.startswith(w) and len(w) >= LONG_PART)}
            found |= {w for w in self._whole if w.endswith(tuple(ends))}
        return found

    def _stems(self, word: str) -> set[str]:
        """Under what a word is kept. Without accents some French plurals have another stem."""
        singular = word.removesuffix("s") if len(word) > MIN_PART else word
        return {f"{lang} {stem(word, lang)}" for lang in self._langs} | {singular}
