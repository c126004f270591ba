"""Trade words ("bakker", "loodgieter", "coiffeur") to NACE codes, from a hand-made list.

``data/hand/trades.csv`` holds Dutch, French and English words, separated by ``|``, with the
prefixes of NACE-BEL 2025 that people of that trade have. The codes of 2008 follow over the bridge.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from baken.registers import nace
from baken.registers.bridge import bridge
from baken.registers.text import distance_allowed, fold, rows

LONGEST = 5
_ENDINGS = ("tjes", "tje", "jes", "je", "en", "s", "x")


@dataclass(frozen=True, slots=True)
class Trade:
    """One line of the list: its first Dutch word, prefixes in 2025, extra ones in 2008."""

    word: str
    prefixes: tuple[str, ...]
    also_2008: tuple[str, ...] = ()
    note: str = ""

    @property
    def codes_2025(self) -> frozenset[str]:
        """Five-digit codes of 2025 below the prefixes."""
        return frozenset(c for p in self.prefixes for c in nace.leaves(p, "2025"))

    @property
    def codes_2008(self) -> frozenset[str]:
        """Five-digit codes of 2008: those over the bridge and the extra ones."""
        over = {c for code in self.codes_2025 for c in bridge(code, "2025", "2008").codes}
        return frozenset(over | {c for p in self.also_2008 for c in nace.leaves(p, "2008")})


@dataclass(frozen=True, slots=True)
class TradeMatch:
    """``exact`` for the word itself (or its plural); else a typing error or a compound."""

    trade: Trade
    matched: str
    exact: bool


@cache
def by_word() -> dict[str, Trade]:
    """Folded word or phrase, nl, fr and en, to its trade."""
    out: dict[str, Trade] = {}
    for nl, fr, en, codes, also, note in rows("hand/trades.csv"):
        shown = nl.split("|")[0]
        trade = Trade(shown, _prefixes(codes), _prefixes(also), note)
        for word in "|".join(filter(None, (nl, fr, en))).split("|"):
            out.setdefault(fold(word), trade)
    return out


def _prefixes(text: str) -> tuple[str, ...]:
    return tuple(code.replace(".", "") for code in text.split())


def match(text: str) -> tuple[list[TradeMatch], list[str]]:
    """The trades that a text names, in its order, and the words that named none.

    Longer phrases go first; each word counts once. Exact words and plurals are tried before
    compounds ("dorpsbakkerij") and typing errors ("loodgietr").
    """
    tokens = fold(text).split()
    known = by_word()
    found: list[tuple[int, TradeMatch]] = []
    used: set[int] = set()
    for size in range(min(LONGEST, len(tokens)), 0, -1):
        for start in range(len(tokens) - size + 1):
            span = range(start, start + size)
            if used.isdisjoint(span) and (word := _known_form(" ".join(tokens[i] for i in span))):
                found.append((start, TradeMatch(known[word], word, True)))
                used.update(span)
    for start, token in enumerate(tokens):
        if start not in used and (word := _compound(token) or _misspelt(token)):
            found.append((start, TradeMatch(known[word], token, False)))
            used.add(start)
    ordered = [m for _, m in sorted(found, key=lambda f: f[0])]
    return ordered, [t for i, t in enumerate(tokens) if i not in used]


WORDS_KEPT = 20_000
"""The last words, of which it is remembered what they look like."""

VERBS = frozenset({"bouwen"})
"""Verbs that look like the plural of a trade: who builds a machine or an app is no builder."""


def _known_form(phrase: str) -> str | None:
    if phrase in VERBS:
        return None
    known = by_word()
    forms = [phrase, phrase.replace(" ", "")]
    forms += [phrase.removesuffix(end) for end in _ENDINGS if phrase.endswith(end)]
    return next((f for f in forms if f in known and len(f) > 1), None)


@cache
def _heads() -> tuple[str, ...]:
    return tuple(sorted((w for w in by_word() if len(w) >= 6 and " " not in w), key=len))[::-1]


@lru_cache(maxsize=WORDS_KEPT)
def _compound(token: str) -> str | None:
    """A Dutch compound is what its last part is: a dorpsbakkerij is a bakkerij."""
    if len(token) < 9:
        return None
    return next((w for w in _heads() if token.endswith(w) and len(token) - len(w) >= 3), None)


@lru_cache(maxsize=WORDS_KEPT)
def _misspelt(token: str) -> str | None:
    allowed = distance_allowed(token)
    if not allowed:
        return None
    from rapidfuzz.distance import OSA

    near = [
        (OSA.distance(token, word, score_cutoff=allowed), word)
        for word in by_word()
        if word[0] == token[0] and abs(len(word) - len(token)) <= allowed and len(word) > 4
    ]
    best = min(near, default=(allowed + 1, ""))
    return best[1] if best[0] <= allowed else None
