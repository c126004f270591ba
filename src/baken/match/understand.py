"""From the owner's words to needs: cues that the words hold, and the meaning of the whole."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from baken.kernel.cache import cache_dir, written_whole
from baken.match.advised import load_advised, unit
from baken.match.chat import is_chat
from baken.match.danger import says_danger
from baken.match.dialect import dialect, senses, written
from baken.match.events import event
from baken.match.own_trade import lives_by
from baken.match.quarrel import is_staff_quarrel
from baken.match.search import embed_queries
from baken.match.tongue import without_tongue
from baken.match.unfit import tells_unfit
from baken.match.words import MIN_PART, correct, stem, tokens
from baken.needs import load_needs, load_no_needs, load_sentences, load_statements

CUE_WEIGHT = 0.3
"""How much cues add to what the classifier says (which counts one)."""
CUE_WORDS = 8
"""In a text of more words than this a cue counts less: it may stand there by the way."""
CUE_LESSON = 0.5
"""How much a cue counts as a lesson beside a whole sentence."""
SECOND_LESSON = 1.0
"""How much a statement counts as a lesson of the second need that it tells."""
NONE_LESSON = 1.5
"""How much a text that is no need counts: they are few beside the needs."""
RIDGE = 0.5
SIGN = 0.1
"""A best need that is fainter than this stays faint."""
STANDS_OUT = 0.25
"""A best need that is told less surely than this, without a cue, is a guess: needs that are
understood reach 0.4 and more. Chosen on sentences of our own and the development half."""
ON_FARM, BESIDE = "N03", 0.4
"""What is the matter with animals or crops where no need stands out: they do not thrive. And how
much of the other needs is left then."""
TECHNICAL, TOGETHER = ("N03", "N04"), 0.35
"""Needs that are often told in one, for which the same doors are; and so much is enough of both."""
AHEAD = 0.25
"""How far "no need" must be ahead of the best need; chosen on the development half."""
UNSURE = 0.05
"""So far ahead it may be no need: no need of the benches is, and it is said beside the offers."""
NONE = "none"
BALANCE = 0.6
"""How far needs with few lessons are made up for: 0 not at all, 1 wholly."""
NEAR_SHARE = 0.3
"""How much the nearest lessons count beside the line that is learned from all (together one)."""
FALL = 0.04
"""Over how much cosine a lesson's weight falls to a third (e^-1)."""
FORMAT = 10


@lru_cache(maxsize=1)
def _firm_words() -> frozenset[str]:
    """Words that only stand in a text about a business."""
    path = Path(__file__).parent / "data" / "firm_words.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())


def _of_firm(words: Sequence[str]) -> bool:
    """Whether a word of a business stands in a text, or is the end of one (*kattenpension*)."""
    firm = _firm_words()
    ends = tuple(w for w in firm if len(w) > MIN_PART)
    return any(w in firm or w.endswith(ends) for w in words)


def tells_of_firm(text: str) -> bool:
    """Whether a text tells anything of a business: a word of one, or a cue of a need.

    >>> tells_of_firm("ik wil dood, mijn verkoop daalt"), tells_of_firm("ik wil dood")
    (True, False)
    """
    return _of_firm(tokens(text)[:400]) or bool(cue_scores(written(text)))


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


@dataclass(frozen=True)
class Classifier:
    """A classifier of needs over sentence vectors: a line learned from all lessons (ridge
    regression on the classes), and the nearest lessons (kernel regression).

    ``lessons`` has the direction of each lesson from the centre; ``told`` has how much each
    counts, in the column of its class.
    """

    classes: tuple[str, ...]
    centre: NDArray[np.float32]
    weights: NDArray[np.float32]
    base: NDArray[np.float32]
    lessons: NDArray[np.float32]
    told: NDArray[np.float32]

    def scores(self, vector: NDArray[np.float32]) -> dict[str, float]:
        """Per class a number, about 0 for no sign of it and higher for more."""
        moved = vector - self.centre
        like = self.lessons @ unit(moved)
        near = np.exp((like - like.max()) / FALL) @ self.told
        line = moved @ self.weights + self.base
        values = (1 - NEAR_SHARE) * line + NEAR_SHARE * near / near.sum()
        return dict(zip(self.classes, values.tolist(), strict=True))


@dataclass(frozen=True)
class Understood:
    """What a text says: scores of needs, best first, or that it is no need of a firm at all.

    ``faint``: the text looks more like no need than like any, and holds no cue of one, nor
    animals or crops that a farm lives by. ``vague``:
    no need stands out, so whoever answers had better be for every question. ``unsure``: it may well
    be no need of a firm.
    """

    needs: Mapping[str, float]
    no_need: bool = False
    faint: bool = False
    vague: bool = False
    unsure: bool = False


def _happened(text: str) -> bool:
    """Whether it says words of danger, tells surely of what the law sets a term for, of a quarrel
    with staff, or that the one who speaks can't work.
    """
    heard = event(text)
    surely = heard is not None and heard.sure
    return says_danger(text) or surely or is_staff_quarrel(text) or tells_unfit(text)


def understand(text: str, vector: NDArray[np.float32], said_alike: bool = False) -> Understood:
    """What a text with this vector says.

    A text without letters, one that only greets or tells what its reader is, or one for which
    "no need of a firm" (a poem, an insult, private trouble) is clearly ahead of every need, is no
    need; but not one that is said as a record's own sentences are.

    Args:
        said_alike: whether a record's own sentence, or its name, is what is said.
    """
    if not any(c.isalpha() for c in text) or is_chat(text):
        return Understood({}, no_need=True)
    cues = cue_scores(written(text))
    said = classifier().scores(without_tongue([text], vector[None])[0])
    margin = said.pop(NONE) - max(said.values())
    first = max(said, key=lambda code: said[code])
    words = tokens(text)[:400]
    farms = lives_by(text)
    happened = _happened(text)
    of_firm = said_alike or _of_firm(words) or farms or happened
    if margin > AHEAD and not of_firm:
        return Understood({}, no_need=True)
    weight = CUE_WEIGHT * min(1.0, CUE_WORDS / max(1, len(words)))
    needs = need_scores(said, cues, weight)
    vague = _is_vague(said) and first not in cues and not said_alike
    if vague and farms:
        beside = {code: round(BESIDE * score, 4) for code, score in needs.items()}
        needs = {ON_FARM: 1.0, **{code: s for code, s in beside.items() if code != ON_FARM}}
    return Understood(
        needs,
        faint=margin > 0 and not cues and not (farms or happened),
        vague=vague and not farms,
        unsure=margin > UNSURE and not of_firm,
    )


def _is_vague(said: Mapping[str, float]) -> bool:
    """Whether no need stands out, nor two together that the same doors are for."""
    together = sum(max(0.0, said.get(code, 0.0)) for code in TECHNICAL)
    return max(said.values()) < STANDS_OUT and together < TOGETHER


def need_scores(
    said: Mapping[str, float], cues: Mapping[str, float], weight: float = CUE_WEIGHT
) -> dict[str, float]:
    """Scores of needs from 0 to 1, best first: what the classifier says, helped by cues.

    Args:
        weight: how much the cues add to the classifier, which counts one.

    >>> need_scores({"N03": 0.4, "N14": 0.2}, {"N14": 2.0})
    {'N03': 0.7692, 'N14': 0.6154}
    """
    top = max(*said.values(), SIGN)
    scores = {code: max(0.0, value) / top for code, value in said.items()}
    if cues:
        top_cue = max(cues.values())
        scores = {
            code: (score + weight * cues.get(code, 0.0) / top_cue) / (1 + weight)
            for code, score in scores.items()
        }
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return {code: round(score, 4) for code, score in ranked if score > 0.05}


SHOWN = 3
HALF = 0.5
"""A need with less than this share of the first one's score is too faint to be told."""


def main_needs(needs: Mapping[str, float]) -> list[str]:
    """The needs that are told to people: those about as strong as the first, at most three.

    >>> main_needs({"N11": 1.0, "N12": 0.69, "N03": 0.29})
    ['N11', 'N12']
    """
    least = HALF * max(needs.values(), default=0.0)
    return [code for code, score in needs.items() if score >= least][:SHOWN]


PARTS = ("centre", "weights", "base", "lessons", "told")


@lru_cache(maxsize=1)
def classifier() -> Classifier:
    """The classifier, learned from the needs' sentences and cues, kept in the cache."""
    texts, targets, weights = _lessons()
    path = cache_dir() / f"needs-{classifier_version()}.npz"
    classes = (*load_needs(), NONE)
    if path.exists():
        kept = np.load(path)
        return Classifier(classes, *(kept[name] for name in PARTS))
    vectors = without_tongue(texts, embed_queries(texts))
    found = learn(vectors, np.array(targets), np.array(weights), classes)
    with written_whole(path) as part:
        np.savez(part, **{name: getattr(found, name) for name in PARTS})
    return found


@lru_cache(maxsize=1)
def classifier_version() -> str:
    """Changes with what the classifier learns from, and with the code that reads a need."""
    texts, targets, weights = _lessons()
    digest = hashlib.sha256(repr((texts, targets, weights, RIDGE, BALANCE)).encode())
    digest.update(repr((dialect(), senses())).encode())
    digest.update(repr(_cues().phrases).encode())
    return f"{digest.hexdigest()[:12]}-{FORMAT}"


def learn(
    vectors: NDArray[np.float32],
    targets: NDArray[np.int64],
    weights: NDArray[np.float64],
    classes: tuple[str, ...],
) -> Classifier:
    """Ridge regression in closed form (Hoerl and Kennard 1970), one column per class; the
    nearest lessons weighted by a kernel (Nadaraya 1964, Watson 1964).

    Args:
        vectors: a sentence per row.
        targets: the index of each sentence's class.
        weights: how much each sentence counts.
    """
    wanted = np.eye(len(classes))[targets]
    weights = balanced(targets, weights, classes)
    centre = np.average(vectors, axis=0, weights=weights)
    base = np.average(wanted, axis=0, weights=weights)
    moved = vectors - centre
    weighted = moved * weights[:, None]
    found = np.linalg.solve(
        weighted.T @ moved + RIDGE * np.eye(vectors.shape[1]), weighted.T @ (wanted - base)
    )
    parts = (centre, found, base, unit(moved), wanted * weights[:, None])
    return Classifier(classes, *(np.asarray(part, np.float32) for part in parts))


def balanced(
    targets: NDArray[np.int64], weights: NDArray[np.float64], classes: Sequence[str]
) -> NDArray[np.float64]:
    """How much each lesson counts once needs with few lessons are made up for.

    What is no need of a firm keeps its weight: how often that is said is another matter.
    """
    have = np.bincount(targets, weights, len(classes))
    needs = np.array([c != NONE for c in classes]) & (have > 0)
    factor = np.ones(len(classes))
    factor[needs] = (have[needs].mean() / have[needs]) ** BALANCE
    return np.asarray(weights * factor[targets])


def _lessons() -> tuple[list[str], list[int], list[float]]:
    """Texts, the index of each one's class and how much it counts; a cue counts less."""
    texts: list[str] = []
    targets: list[int] = []
    weights: list[float] = []
    classes = (*load_needs(), NONE)
    for code, sentences in load_sentences().items():
        texts += sentences
        targets += [classes.index(code)] * len(sentences)
        weights += [1.0] * len(sentences)
    told = [(s.need, s.codes) for s in load_statements()]
    told += [(a.need, a.codes) for a in load_advised()]
    for text, codes in told:
        for at, code in enumerate(codes[:2]):
            texts.append(text)
            targets.append(classes.index(code))
            weights.append(SECOND_LESSON if at else 1.0)
    for text in load_no_needs():
        texts.append(text)
        targets.append(classes.index(NONE))
        weights.append(NONE_LESSON)
    for i, need in enumerate(load_needs().values()):
        cues = [*need.says.values(), *(c for cues in need.cues.values() for c in cues)]
        texts += cues
        targets += [i] * len(cues)
        weights += [CUE_LESSON] * len(cues)
    return texts, targets, weights
