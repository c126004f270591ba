"""How often it is heard what goes before all others: danger now, somebody who wants to die, a firm
that can't pay, a quarrel with its own staff.

Run: ``python bench/search/triage.py`` prints, for the fresh texts of ``triage_fresh.yaml``, the
share of each kind of which the answer tells it, and the share of texts of nothing of the kind; then
for the examples, each scored without the tenth that it stands in, the share that reaches the score
from which it is heard by its meaning alone.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from baken.kernel.files import own_yaml
from baken.match import danger, distress, quarrel, route, triage
from baken.match.distress import cry
from baken.match.line import fit
from baken.match.route import in_trouble
from baken.match.search import embed_queries, embed_query
from baken.match.understand import understand

FRESH = Path(__file__).parent / "triage_fresh.yaml"
NONE = "none"


def is_cry(text: str, lang: str) -> bool:
    """Whether it is surely a cry, on a page in this language."""
    found = cry(text, embed_query(text), lang)
    return found is not None and found.sure


def may_be_cry(text: str, lang: str) -> bool:
    """Whether it is a cry, or may be one."""
    return cry(text, embed_query(text), lang) is not None


def is_crisis(text: str, _: str) -> bool:
    """Whether the way of a firm in trouble is taken for its words."""
    return in_trouble(text, list(understand(text, embed_query(text)).needs), {})


HEARD: Mapping[str, tuple[str, Callable[[str, str], bool]]] = {
    "danger": ("danger", lambda text, _: danger.tells_danger(text)),
    "cry, surely": ("cry", is_cry),
    "cry, at all": ("cry", may_be_cry),
    "crisis": ("crisis", is_crisis),
    "staff": ("staff", lambda text, _: quarrel.is_staff_quarrel(text)),
}


def fresh() -> dict[str, list[tuple[str, str]]]:
    """The fresh texts with their language, by kind, and those of nothing of the kind."""
    found: dict[str, list[dict[str, str]]] = own_yaml(FRESH)
    return {kind: [(t["text"], t["lang"]) for t in texts] for kind, texts in found.items()}


def share(heard: Callable[[str, str], bool], texts: list[tuple[str, str]]) -> float:
    """The share of some texts that is heard."""
    return sum(heard(*text) for text in texts) / len(texts)


def left_out() -> np.ndarray:
    """The scores of each example and need, without the tenth that it stands in."""
    known = triage.examples()
    vectors = embed_queries(known.texts).astype(float)
    draw = random.Random(7)
    tenth = np.array([draw.randrange(10) for _ in known.texts])
    found = np.zeros_like(known.labels)
    for one in range(10):
        rest, these = tenth != one, tenth == one
        centre, weights = fit(vectors[rest], known.labels[rest], known.counts[rest])
        found[these] = np.c_[vectors[these] - centre, np.ones(these.sum())] @ weights
    return found


LEAST = {
    "danger": danger.HEARD,
    "cry": distress.TOLD,
    "crisis": route.CRISIS,
    "staff": quarrel.STAFF,
}


def main() -> None:
    """Print all shares."""
    texts = fresh()
    print(f"{'heard as':14}{'texts':>6}{'of these':>10}{'of none':>9}")
    for name, (kind, heard) in HEARD.items():
        told, none = share(heard, texts[kind]), share(heard, texts[NONE])
        print(f"{name:14}{len(texts[kind]):6}{told:10.0%}{none:9.1%}")
    known, scores = triage.examples(), left_out()
    usual = known.counts < 1
    like = ~usual & ~known.labels.any(axis=1)
    print(f"\n{'left out':14}{'texts':>6}{'of these':>10}{'of like':>9}{'of needs':>10}")
    for at, (name, least) in enumerate(LEAST.items()):
        over, own = scores[:, at] >= least, known.labels[:, at] > 0
        shares = f"{over[own].mean():10.0%}{over[like].mean():9.1%}{over[usual].mean():10.1%}"
        print(f"{name:14}{int(own.sum()):6}{shares}")


if __name__ == "__main__":
    main()
