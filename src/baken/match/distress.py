"""Who says that life itself is too much, or that they are beaten: that goes before any offer.

A text is such a cry when its meaning is nearer to an example of one than to anything that owners
ask or say with like words (the nearest neighbour's rule, Cover and Hart 1967), or when a phrase of
one stands in it. Chosen with each example left out in turn: nine in ten are heard, and of 2,300
texts of owners six, most of them of people who are at the end of their strength.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baken.kernel.files import own_yaml
from baken.match.advised import load_advised, unit
from baken.match.search import embed_queries, embed_query
from baken.match.words import fold
from baken.needs import load_statements

DATA = Path(__file__).parent / "data" / "distress.yaml"
ALIKE = 0.5
"""The least cosine (from the middle of what owners say) with an example."""
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
    found: dict[str, Any] = own_yaml(DATA)
    return found


@cache
def _says() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(part) for part in _data()["says"])


@cache
def _examples() -> _Examples:
    told = [(lang, text) for lang, texts in _data()["told"].items() for text in texts]
    owners = [s.need for s in load_statements()] + [a.need for a in load_advised()]
    usual = embed_queries(owners)
    centre = usual.mean(axis=0)
    cries = embed_queries([text for _, text in told]) - centre
    other = np.vstack([usual, embed_queries(_data()["other"])]) - centre
    return _Examples(centre, unit(cries), tuple(lang for lang, _ in told), unit(other))


def distress(text: str, vector: Vector) -> str | None:
    """The language in which somebody cries for help; None when nobody does.

    Args:
        vector: the meaning of the text, as a query's.
    """
    examples = _examples()
    found, near, best = _nearest(examples, vector)
    folded = " ".join(re.sub(r"[’'`]", " ", fold(text)).split())
    if found or any(part.search(folded) for part in _says()):
        return best
    parts = [p for p in re.split(r"[.!?;\n]+", text) if len(p.split()) > 2]
    if near >= HINT and 1 < len(parts) <= SENTENCES:
        for part in parts:
            found, _, lang = _nearest(examples, embed_query(part))
            if found:
                return lang
    return None


def _nearest(examples: _Examples, vector: Vector) -> tuple[bool, float, str]:
    """Whether a text is a cry, how near the nearest example is, and in which language that is."""
    row = unit(vector - examples.centre)
    cries = examples.told @ row
    at = int(cries.argmax())
    near = float(cries[at])
    return near >= ALIKE and near > float((examples.other @ row).max()), near, examples.langs[at]


def listeners(lang: str) -> frozenset[tuple[str, str]]:
    """The records, by type and id, of who listens in a language."""
    keys = (name.split("/", 1) for name in _data()["listeners"][lang])
    return frozenset((kind, record_id) for kind, record_id in keys)
