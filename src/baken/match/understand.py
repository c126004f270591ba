"""From the owner's words to needs: cues that the words hold, and the meaning of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from baken.kernel.cache import cache_dir
from baken.match.search import embed_passages
from baken.match.words import MIN_PART, correct, stem, tokens
from baken.needs import load_needs

CUE_SHARE = 0.6
"""How much of a need's score comes from cues when some were found; the rest is meaning."""
FORMAT = 2


@dataclass(frozen=True)
class Cues:
    """The cue phrases of every need, as stems."""

    phrases: tuple[tuple[str, tuple[str, ...]], ...]
    words: tuple[str, ...]
    rarity: Mapping[str, float]


@lru_cache(maxsize=1)
def _cues() -> Cues:
    phrases: list[tuple[str, tuple[str, ...]]] = []
    words: set[str] = set()
    for need in load_needs().values():
        for lang, texts in need.cues.items():
            for text in texts:
                parts = tokens(text)
                words.update(parts)
                stems = tuple(stem(p, lang) for p in parts)
                if stems:
                    phrases.append((need.code, stems))
    count: dict[str, set[str]] = {}
    for code, stems in phrases:
        for s in stems:
            count.setdefault(s, set()).add(code)
    return Cues(tuple(phrases), tuple(sorted(words)), {s: 1 / len(c) for s, c in count.items()})


def cue_scores(text: str) -> dict[str, float]:
    """Per need, how strongly its cues stand in the text; nothing for needs without any.

    A whole phrase counts one and a half for each word beyond the first; a word that is a
    cue of several needs counts less for each.
    """
    cues = _cues()
    known = set(cues.words)
    said: set[str] = set()
    for word in tokens(text)[:400]:
        heads = [word]
        if word not in known:
            mended = correct(word, cues.words)
            heads += [mended] if mended else []
        for head in heads:
            said.update(stem(head, lang) for lang in ("nl", "en", "fr"))
    words = set(tokens(text)[:400])
    scores: dict[str, float] = {}
    for code, stems in cues.phrases:
        hits = [s for s in stems if s in said or _in_compound(s, words)]
        if len(hits) < len(stems):
            continue
        value = sum(cues.rarity[s] for s in stems) / len(stems) * (1 + 0.5 * (len(stems) - 1))
        scores[code] = scores.get(code, 0.0) + value
    return scores


def _in_compound(part: str, words: set[str]) -> bool:
    """Whether a word begins or ends with ``part`` and has a word's worth of letters beside it."""
    if len(part) < MIN_PART + 1:
        return False
    return any(
        (w.startswith(part) or w.endswith(part)) and len(w) - len(part) >= MIN_PART - 1
        for w in words
    )


def meaning_scores(vector: NDArray[np.float32]) -> dict[str, float]:
    """Per need, the mean of its three nearest sentences' cosines, spread from 0 to 1."""
    vectors, owner = _need_vectors()
    codes = list(load_needs())
    cosines = vectors @ vector
    best = np.array([np.sort(cosines[owner == i])[-3:].mean() for i in range(len(codes))])
    low, high = float(np.median(best)), float(best.max())
    if high <= low:
        return {}
    return {c: max(0.0, float((b - low) / (high - low))) for c, b in zip(codes, best, strict=True)}


def need_scores(text: str, vector: NDArray[np.float32]) -> dict[str, float]:
    """Scores of needs from 0 to 1, best first; cues lead where the words hold any."""
    cues = cue_scores(text)
    meaning = meaning_scores(vector)
    top = max(cues.values(), default=0.0)
    share = CUE_SHARE if top else 0.0
    mixed = {
        code: share * (cues.get(code, 0.0) / top if top else 0.0)
        + (1 - share) * meaning.get(code, 0)
        for code in load_needs()
    }
    ranked = sorted(mixed.items(), key=lambda item: (-item[1], item[0]))
    return {code: round(score, 4) for code, score in ranked if score > 0.05}


@lru_cache(maxsize=1)
def _need_vectors() -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Embeddings of each need's sentences and cues, kept in the cache."""
    import hashlib
    from pathlib import Path

    import baken.needs

    data = Path(baken.needs.__file__).parent / "data" / "needs.yaml"
    version = hashlib.sha256(data.read_bytes()).hexdigest()[:12]
    path = cache_dir() / f"needs-{version}-{FORMAT}.npz"
    if path.exists():
        kept = np.load(path)
        return kept["vectors"], kept["owner"]
    texts: list[str] = []
    owner: list[int] = []
    for i, need in enumerate(load_needs().values()):
        sentences = [*need.says.values(), *(c for cues in need.cues.values() for c in cues)]
        texts += sentences
        owner += [i] * len(sentences)
    vectors = embed_passages(texts)
    part = path.with_suffix(".part.npz")
    np.savez(part, vectors=vectors, owner=np.array(owner, dtype=np.int32))
    part.replace(path)
    return vectors, np.array(owner, dtype=np.int32)
