"""Stories like the firm's own: near in words first, then in sector, need, size and place."""

from __future__ import annotations

import numpy as np
import pytest

from baken.landscape.stories import load_stories
from baken.match.similar import NEIGHBOURS, SHOWN, StoryIndex, tell
from baken.match.vectors import kept
from tests.landscape.test_stories import story


def unit(*values: float) -> np.ndarray:
    """A vector of length one."""
    found = np.array(values, dtype=np.float32)
    return found / np.linalg.norm(found)


VIVES = [{"name": "VIVES", "type": "organisation", "id": "vives", "role": "knowledge"}]
NEAR = story(id="a", helped_by=VIVES)
FAR = story(id="b", firm={"does": "garage", "themes": ["logistics-mobility"]})
NOWHERE = np.zeros(2, np.float32)
INDEX = StoryIndex((NEAR, FAR), np.array([unit(1, 0.1), unit(0, 1)]), NOWHERE)


def test_what_is_far_is_not_shown_and_why_is_told() -> None:
    (found,) = INDEX.alike(unit(1, 0), {"N03": 1.0}, frozenset({"agrofood"}), {"size": "micro"})
    assert found.story is NEAR
    assert found.alike == ("says", "need", "theme", "size")
    shown = tell(found, "en")
    assert shown.why[0] == "Had a question like yours." and len(shown.why) == 4
    assert shown.helped_by == ["VIVES"] and shown.source.url == NEAR.source.url


def test_never_more_than_three() -> None:
    many = StoryIndex(
        tuple(story(id=f"s{i}") for i in range(9)), np.array([unit(1, 0)] * 9), NOWHERE
    )
    assert len(many.alike(unit(1, 0), {"N03": 1.0}, frozenset(), {})) == SHOWN
    assert many.alike(unit(1, 0), {"N09": 1.0}, frozenset(), {}) == []


def test_what_helped_the_nearest_counts_most() -> None:
    keys = {("organisation", "vives"): 0, ("organisation", "vito"): 1}
    assert INDEX.lend(unit(1, 0), keys).tolist() == [1.0, 0.0]
    assert StoryIndex((), np.zeros((0, 2), np.float32), NOWHERE).lend(unit(1, 0), keys).sum() == 0
    assert len(load_stories()) > NEIGHBOURS


def test_stories_can_be_left_out() -> None:
    kept_ones = INDEX.keep({"b"})
    assert [s.id for s in kept_ones.stories] == ["b"] and len(kept_ones.vectors) == 1


def test_a_vector_is_made_once(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAKEN_CACHE", str(tmp_path))
    asked: list[str] = []

    def embed(texts: list[str]) -> np.ndarray:
        asked.extend(texts)
        return np.array([[len(t), 1.0] for t in texts], dtype=np.float32)

    first = kept("proef", ["een", "twee", "een"], embed)
    again = kept("proef", ["twee", "drie!"], embed)
    assert first.tolist() == [[3, 1], [4, 1], [3, 1]] and again.tolist() == [[4, 1], [5, 1]]
    assert asked == ["een", "twee", "drie!"]
    kept("anders", ["een"], embed)
    assert asked[-1] == "een"
