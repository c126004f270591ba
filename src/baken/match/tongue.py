"""The language of a text, and its meaning without it.

The model of sentence meanings puts a text near to others of its own language, whatever they say:
an owner who asks in French got what was advised for other things that were asked in French. The
mean of what is said per need in a language, minus that in Dutch, is what the language itself adds;
it is taken away (Yang, Yang, Cer and Darve 2021 take away the first directions of it).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from baken.kernel.files import own_yaml
from baken.match.search import embed_queries
from baken.needs import load_sentences, load_statements

Vectors = NDArray[np.float32]
HOME = "nl"
"""The language of most lessons: its texts keep their vectors."""
ENOUGH = 3
"""So many sentences of a need in a language have a mean worth counting."""
_WORD = re.compile(r"[a-zà-ÿ]+")


@lru_cache(maxsize=1)
def _small_words() -> Mapping[str, frozenset[str]]:
    path = Path(__file__).parent / "data" / "small_words.yaml"
    found: dict[str, list[str]] = own_yaml(path)
    return {lang: frozenset(words) for lang, words in found.items()}


def tongue(text: str) -> str:
    """The language that most small words of a text are of; Dutch where none tells.

    >>> tongue("mes ventes baissent depuis un an")
    'fr'
    >>> tongue("I run a bakery"), tongue("webshop")
    ('en', 'nl')
    """
    counts = _counts(text)
    return max(counts, key=lambda lang: (counts[lang], lang == HOME))


def told_tongue(text: str) -> str | None:
    """The language of which more small words stand in a text than of any other; None without.

    >>> told_tongue("je craque"), told_tongue("suicide")
    ('fr', None)
    """
    counts = _counts(text)
    best = max(counts.values())
    first = [lang for lang, count in counts.items() if count == best]
    return first[0] if best and len(first) == 1 else None


def _counts(text: str) -> Mapping[str, int]:
    said = _WORD.findall(text.casefold())
    return {lang: sum(w in small for w in said) for lang, small in _small_words().items()}


def without_tongue(texts: Sequence[str], vectors: Vectors) -> Vectors:
    """The vectors of texts, one row each, without what their languages add."""
    added = _added()
    moved = vectors.copy()
    for row, text in enumerate(texts):
        if (lang := tongue(text)) in added:
            moved[row] -= added[lang]
            moved[row] /= max(float(np.linalg.norm(moved[row])), 1e-9)
    return moved


@lru_cache(maxsize=1)
def _added() -> Mapping[str, Vectors]:
    """What each language but Dutch adds to a vector."""
    told = [(s.need, s.codes[0]) for s in load_statements()]
    told += [(text, code) for code, texts in load_sentences().items() for text in texts]
    vectors = embed_queries([text for text, _ in told])
    rows: dict[str, dict[str, list[int]]] = {}
    for row, (text, code) in enumerate(told):
        rows.setdefault(tongue(text), {}).setdefault(code, []).append(row)
    means = {lang: _mean(vectors, by_need) for lang, by_need in rows.items()}
    home = means.pop(HOME)
    return {lang: mean - home for lang, mean in means.items()}


def _mean(vectors: Vectors, by_need: Mapping[str, Sequence[int]]) -> Vectors:
    """The mean over needs, so that what is asked more in one language makes no difference."""
    means = [vectors[list(at)].mean(axis=0) for at in by_need.values() if len(at) >= ENOUGH]
    return np.asarray(np.mean(means, axis=0), np.float32)
