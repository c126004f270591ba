"""Who says that life itself is too much, or that they are beaten: that goes before any offer.

A text is such a cry when its meaning is clearly nearer to an example of one than to anything that
owners ask or say with like words (the nearest neighbour's rule, Cover and Hart 1967), or when a
phrase of one stands in it. Where the two are about as near, it may be one, and so is what is
nearest to somebody who no longer knows what to do: then who listens is named beside the answer,
and does not take its place. What many examples tell together counts too
(:mod:`baken.match.triage`); who tells of danger from others is not taken for a cry.
``bench/search/measure.py`` counts how often each is so, on texts that nothing here was chosen on.

Who listens speaks the language of the cry. Where its words do not tell which that is, the page that
it was typed on weighs.
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
from baken.match.chat import is_chat
from baken.match.search import embed_queries, embed_query
from baken.match.tongue import told_tongue
from baken.match.triage import triage
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
READ = 0.1
"""So much nearer a cry counts that is in the language of the page."""
TOLD, HINTED = 0.45, 0.4
"""From which score of the line of all examples a text is a cry, and from which it may be one.
Scored without the tenth that they stand in, of the needs of owners three in ten thousand reach the
first, and one in a thousand the second.
"""
OF_OTHERS = 0.5
"""From which score of danger on somebody else is in it."""
Vector = NDArray[np.float32]


@dataclass(frozen=True)
class Examples:
    """Unit vectors from ``centre``: of cries with their language, of what may be one, and of
    everything else.
    """

    centre: Vector
    told: Vector
    langs: tuple[str, ...]
    maybe: Vector
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
def _perhaps() -> tuple[re.Pattern[str], ...]:
    """The phrases of who may be beaten, in all languages."""
    parts: list[str] = own_yaml(DATA / "distress_says.yaml")["perhaps"]
    return tuple(map(re.compile, parts))


@cache
def _figures() -> re.Pattern[str]:
    """Leaps that are no leap, in whichever language."""
    parts: list[str] = own_yaml(DATA / "distress_says.yaml")["figures"]
    return re.compile("|".join(parts), re.IGNORECASE)


def _with_speaker(folded: str) -> str:
    """A text in which the speaker stands where it was left unsaid after *and*."""
    for pattern, speaker in _unsaid():
        folded = pattern.sub(rf"\g<0>{speaker} ", folded)
    return folded


@cache
def _unsaid() -> tuple[tuple[re.Pattern[str], str], ...]:
    said = own_yaml(DATA / "distress_says.yaml")
    return tuple((re.compile(said["unsaid"][lang]), who) for lang, who in said["speaker"].items())


@cache
def examples() -> Examples:
    """The meanings of all examples."""
    told = [(lang, text) for lang, texts in _data()["told"].items() for text in texts]
    owners = [s.need for s in load_statements()] + [a.need for a in load_advised()]
    usual = embed_queries(owners)
    centre = usual.mean(axis=0)
    cries = embed_queries([text for _, text in told]) - centre
    maybe = embed_queries(_data()["maybe"]) - centre
    other = np.vstack([usual, embed_queries(_data()["other"])]) - centre
    langs = tuple(lang for lang, _ in told)
    return Examples(centre, unit(cries), langs, unit(maybe), unit(other))


@dataclass(frozen=True)
class Cry:
    """Somebody cries for help in a language; ``sure``, or perhaps. ``kind``: life is too much, or
    there is violence or a threat of it. ``near``: perhaps, and about as near to a cry as to
    anything else, so not only to somebody who no longer knows what to do.
    """

    lang: str
    sure: bool
    kind: str = LIFE
    near: bool = True


def cry(text: str, vector: Vector, page: str = "") -> Cry | None:
    """What cries for help in a text; None when nothing does.

    Args:
        vector: the meaning of the text, as a query's.
        page: the language of the page, where that is known.
    """
    said = _figures().sub(" ", text)
    near = _nearest(vector if said == text else embed_query(said), page)
    tongue = told_tongue(said)
    lang = tongue or near.lang
    folded = _with_speaker(" ".join(re.sub(r"[’'`]", " ", fold(said)).split()))
    for kind, spoken, phrase in _says():
        if phrase.search(folded):
            # a word that is of all languages tells none
            return Cry(tongue or page or lang if spoken == "any" else spoken, True, kind)
    if is_chat(said):
        return None
    parts = [p for p in re.split(r"[.!?;\n]+", said) if len(p.split()) > 2]
    ahead, hint = near.ahead, near.hint
    if near.cosine >= HINT and 1 < len(parts) <= SENTENCES:
        # a sentence out of its text must stand out by as much more
        alone = [_nearest(embed_query(part), page) for part in parts]
        ahead = max(ahead, *(n.ahead - AHEAD for n in alone))
        hint = max(hint, *(n.hint - AHEAD for n in alone))
    told = triage(said)
    beaten = any(phrase.search(folded) for phrase in _perhaps())
    if told.cry >= TOLD or (ahead >= AHEAD and told.danger < OF_OTHERS):
        return Cry(lang, True)
    like = beaten or ahead >= -AHEAD or told.cry >= HINTED
    return Cry(lang, False, near=like) if like or hint >= -AHEAD else None


@dataclass(frozen=True)
class _Near:
    """How near a text is to the nearest cry, and in which language that is. ``ahead``: how much
    nearer than to anything else; ``hint`` the same where what may be a cry counts as one (minus
    infinity where none is near).
    """

    cosine: float
    lang: str
    ahead: float
    hint: float


def _nearest(vector: Vector, page: str) -> _Near:
    known = examples()
    row = unit(vector - known.centre)
    cries = known.told @ row
    near, maybe = float(cries.max()), float((known.maybe @ row).max())
    other = float((known.other @ row).max())
    of_page = np.array([lang == page for lang in known.langs])
    return _Near(
        near,
        known.langs[int((cries + READ * of_page).argmax())],
        near - max(other, maybe) if near >= ALIKE else -inf,
        max(near, maybe) - other if max(near, maybe) >= ALIKE else -inf,
    )


def listeners(lang: str, kind: str = LIFE) -> frozenset[tuple[str, str]]:
    """The records, by type and id, of who listens in a language."""
    names = _data()["listeners" if kind == LIFE else f"listeners_{kind}"][lang]
    keys = (name.split("/", 1) for name in names)
    return frozenset((of_type, record_id) for of_type, record_id in keys)
