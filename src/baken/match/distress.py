"""Who says that life itself is too much, or that they are beaten: that goes before any offer.

A text is such a cry when its meaning is clearly nearer to an example of one than to anything that
owners ask or say with like words (the nearest neighbour's rule, Cover and Hart 1967), or when a
phrase of one stands in it. Where the two are about as near, it may be one: then who listens is
named beside the answer, and does not take its place. ``bench/search/measure.py`` counts how often
each is so, on texts that nothing here was chosen on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baken.kernel.files import own_yaml
from baken.match.advised import load_advised, unit
from baken.match.search import embed_queries, embed_query
from baken.match.words import fold
from baken.needs import load_statements

DATA = Path(__file__).parent / "data"
LIFE, VIOLENCE = "life", "violence"
KINDS = (LIFE, VIOLENCE)
ALIKE = 0.48
"""The least cosine (from the middle of what owners say) with an example."""
AHEAD = 0.05
"""So much nearer to an example than to anything else is a cry; so much farther may still be one."""
HINT = 0.35
"""From this cosine on the sentences of a text are looked at one by one."""
SENTENCES = 6
Vector = NDArray[np.float32]


@dataclass(frozen=True)
class _Examples:
    """Unit vectors from ``centre``: of cries with their language, and of everything else."""

    centre: Vector
    told: Vector
    langs: tuple[str, ...]
    other: Vector


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = own_yaml(DATA / "distress.yaml")
    return found


@cache
def _says() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """The phrases of a cry, each with its kind and its language."""
    said = own_yaml(DATA / "distress_says.yaml")
    return tuple(
        (kind, lang, re.compile(part))
        for kind in KINDS
        for lang, parts in said[kind].items()
        for part in parts
    )


@cache
def _figures() -> re.Pattern[str]:
    """Leaps that are no leap, in whichever language."""
    parts: list[str] = own_yaml(DATA / "distress_says.yaml")["figures"]
    return re.compile("|".join(parts), re.IGNORECASE)


@cache
def _examples() -> _Examples:
    told = [(lang, text) for lang, texts in _data()["told"].items() for text in texts]
    owners = [s.need for s in load_statements()] + [a.need for a in load_advised()]
    usual = embed_queries(owners)
    centre = usual.mean(axis=0)
    cries = embed_queries([text for _, text in told]) - centre
    other = np.vstack([usual, embed_queries(_data()["other"])]) - centre
    return _Examples(centre, unit(cries), tuple(lang for lang, _ in told), unit(other))


@dataclass(frozen=True)
class Cry:
    """Somebody cries for help in a language; ``sure``, or perhaps. ``kind``: life is too much, or
    there is violence or a threat of it.
    """

    lang: str
    sure: bool
    kind: str = LIFE


def cry(text: str, vector: Vector) -> Cry | None:
    """What cries for help in a text; None when nothing does.

    Args:
        vector: the meaning of the text, as a query's.
    """
    examples = _examples()
    said = _figures().sub(" ", text)
    vector = vector if said == text else embed_query(said)
    ahead, near, lang = _nearest(examples, vector)
    folded = " ".join(re.sub(r"[’'`]", " ", fold(said)).split())
    for kind, tongue, phrase in _says():
        if phrase.search(folded):
            return Cry(lang if tongue == "any" else tongue, True, kind)
    parts = [p for p in re.split(r"[.!?;\n]+", said) if len(p.split()) > 2]
    if near >= HINT and 1 < len(parts) <= SENTENCES:
        for part in parts:
            alone, _, tongue = _nearest(examples, embed_query(part))
            # a sentence out of its text must stand out by as much more
            ahead, lang = max((ahead, lang), (alone - AHEAD, tongue))
    return Cry(lang, ahead >= AHEAD) if ahead >= -AHEAD else None


def _nearest(examples: _Examples, vector: Vector) -> tuple[float, float, str]:
    """How much nearer the nearest cry is than anything else (minus infinity where none is near),
    how near it is, and in which language.
    """
    row = unit(vector - examples.centre)
    cries = examples.told @ row
    at = int(cries.argmax())
    near = float(cries[at])
    ahead = near - float((examples.other @ row).max()) if near >= ALIKE else -inf
    return ahead, near, examples.langs[at]


def listeners(lang: str, kind: str = LIFE) -> frozenset[tuple[str, str]]:
    """The records, by type and id, of who listens in a language."""
    names = _data()["listeners" if kind == LIFE else f"listeners_{kind}"][lang]
    keys = (name.split("/", 1) for name in names)
    return frozenset((of_type, record_id) for of_type, record_id in keys)
