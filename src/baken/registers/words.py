"""Activities by words, in Dutch and French, tolerant of typing errors.

Two sources, ranked by how sure they are: the hand-made trade words (:mod:`trades`), and the
labels of NACE-BEL 2025 and 2008 with the activities that the lists name below each code,
by stems (``data/nace_stems.csv``).
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from baken.registers import nace, trades
from baken.registers.bridge import NaceElement, bridge
from baken.registers.notices import language, tell
from baken.registers.stems import LANGUAGES, stems
from baken.registers.text import distance_allowed, rows

Confidence = Literal["sure", "likely", "guess"]
_RANK = {"sure": 0, "likely": 1, "guess": 2}
_LEAVES = 1900


@dataclass(frozen=True, slots=True)
class NaceHit:
    """An activity that words can mean. ``score`` 0 to 1 ranks within a class of confidence;
    ``matched`` is the word that led here; ``label`` a trade word or a Dutch label;
    ``also_2008`` the codes of 2008 that stood for the form of sale alone (internet, market)."""

    codes_2025: frozenset[str]
    codes_2008: frozenset[str]
    confidence: Confidence
    score: float
    label: str
    matched: str
    note: str = ""
    also_2008: frozenset[str] = frozenset()


@cache
def _stems() -> dict[str, dict[str, str]]:
    """Language to stem to its codes: ``2510711!`` is 10711 of 2025, ``!`` when in the label."""
    out: dict[str, dict[str, str]] = {lang: {} for lang in LANGUAGES}
    for lang, stem, codes in rows("nace_stems.csv"):
        out[lang][stem] = codes
    return out


def search_nace(text: str, limit: int = 10, lang: str | None = None) -> list[NaceHit]:
    """What activities a text means, best first; empty when nothing looks like it.

    ``sure``: a trade word as it stands in the list; ``likely``: a compound or a typing error
    of one, or a label that holds every word; ``guess``: a label that holds some.
    """
    found, rest = trades.match(text)
    hits = [
        NaceHit(
            m.trade.codes_2025,
            m.trade.codes_2008,
            "sure" if m.exact else "likely",
            1.0 if m.exact else 0.95,
            m.trade.word,
            m.matched,
            m.trade.note,
            frozenset(c for p in m.trade.also_2008 for c in nace.leaves(p, "2008")),
        )
        for m in found
    ]
    whole = not found
    langs = (lang,) if lang in LANGUAGES else tuple(LANGUAGES)
    by_label = [hit for one in langs for hit in _by_labels(text if whole else " ".join(rest), one)]
    seen: set[tuple[str, ...]] = set()
    for hit in sorted(by_label, key=lambda h: (_RANK[h.confidence], -h.score)):
        key = tuple(sorted(hit.codes_2025))
        if key not in seen:
            seen.add(key)
            hits.append(hit if whole else _weakened(hit))
    return sorted(hits, key=lambda h: (_RANK[h.confidence], -h.score))[:limit]


def _weakened(hit: NaceHit) -> NaceHit:
    """What the other words of a sentence find is a guess when a trade was named."""
    codes = (hit.codes_2025, hit.codes_2008)
    return NaceHit(*codes, "guess", hit.score / 2, hit.label, hit.matched)


def _by_labels(text: str, lang: str) -> list[NaceHit]:
    wanted = stems(text, lang)
    if not wanted:
        return []
    weights: dict[str, float] = defaultdict(float)
    in_label: dict[str, int] = defaultdict(int)
    total = 0.0
    for stem in wanted:
        entry, faith = _entry(stem, lang)
        codes = entry.split()
        weight = math.log(1 + _LEAVES / (len(codes) or 1))
        total += weight
        for code in codes:
            marked = code.endswith("!")
            weights[code.rstrip("!")] += weight * faith * (1.0 if marked else 0.7)
            in_label[code.rstrip("!")] += marked and faith == 1.0
    hits = []
    for code, weight in weights.items():
        score = weight / total
        if score < 0.4:
            continue
        full = in_label[code] == len(wanted)
        hits.append(_label_hit(code, "likely" if full else "guess", round(score, 3), text))
    return hits


def _entry(stem: str, lang: str) -> tuple[str, float]:
    """The codes of a stem, or of the nearest stem: a typing error or the head of a compound."""
    known = _stems()[lang]
    if stem in known:
        return known[stem], 1.0
    allowed = distance_allowed(stem)
    if not allowed:
        return "", 0.0
    from rapidfuzz.distance import OSA

    alike = _alike()[lang]
    lengths = range(max(4, len(stem) - allowed), len(stem) + allowed + 1)
    near = [
        (OSA.distance(stem, other, score_cutoff=allowed), other)
        for length in lengths
        for other in alike.get((stem[0], length), ())
    ]
    best = min(near, default=(allowed + 1, ""))
    if best[0] <= allowed:
        return known[best[1]], 0.9
    ends = {end for at in range(5, len(stem)) for end in (stem[:at], stem[-at:])} & known.keys()
    return (known[min(ends, key=lambda end: (-len(end), end))], 0.6) if ends else ("", 0.0)


@cache
def _alike() -> dict[str, dict[tuple[str, int], list[str]]]:
    """Language to first letter and length to the stems that begin and are long so."""
    out: dict[str, dict[tuple[str, int], list[str]]] = {}
    for lang, known in _stems().items():
        out[lang] = defaultdict(list)
        for stem in known:
            out[lang][stem[0], len(stem)].append(stem)
    return out


def _label_hit(code: str, confidence: Confidence, score: float, text: str) -> NaceHit:
    version, other = ("2025", "2008") if code[:2] == "25" else ("2008", "2025")
    digits = code[2:]
    own, over = frozenset({digits}), frozenset(bridge(digits, version, other).codes)
    label = nace.table(version)[digits][0]
    codes = (own, over) if version == "2025" else (over, own)
    return NaceHit(*codes, confidence, score, label, text)


def sector_elements(text: str) -> list[tuple[NaceElement, Confidence]]:
    """The activities that a free text names: one per trade it names for sure, else one.

    Empty when nothing is understood. Each element holds candidate codes, as a member of a set.
    """
    hits = search_nace(text, limit=12)
    sure = [h for h in hits if h.confidence == "sure"]
    if sure:
        return [(_element([h], text), "sure") for h in _narrowed(sure)]
    if not hits:
        return []
    best = hits[0]
    kept = [h for h in hits if h.confidence == best.confidence and h.score >= best.score - 0.1]
    return [(_element(kept[:6], text), best.confidence)]


def _narrowed(hits: list[NaceHit]) -> list[NaceHit]:
    """Without the wide trades that a narrower one makes precise: a webshop in clothes.

    What only the wide one has in 2008 (selling over the internet) stays possible.
    """
    kept = []
    for hit in hits:
        if any(other.codes_2025 < hit.codes_2025 for other in hits):
            continue
        wider = [w.also_2008 for w in hits if hit.codes_2025 < w.codes_2025]
        kept.append(replace(hit, codes_2008=hit.codes_2008.union(*wider)))
    return kept


def _element(hits: list[NaceHit], text: str) -> NaceElement:
    new = frozenset(c for h in hits for c in h.codes_2025)
    old = frozenset(c for h in hits for c in h.codes_2008)
    read = "; ".join(dict.fromkeys(h.label for h in hits[:3]))
    best = hits[0]
    notices = []
    if best.confidence != "sure":
        doubt = "sector_likely" if best.confidence == "likely" else "sector_guess"
        notices.append(tell(doubt, text=text.strip()[:60], read=read))
    elif best.note and language() == "nl":  # the notes of the list of trades are in Dutch
        notices.append(f"sector '{best.matched}': {best.note}")
    return NaceElement(new, old, tuple(notices))
