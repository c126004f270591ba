"""A need is embedded once, on however many pages it comes back, and is not kept in words."""

from __future__ import annotations

import numpy as np
import pytest

from baken.match import search

NEED = "mijn kaas blijft aan de vormen plakken"


class Counting:
    """A model that counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def query(self, text: str) -> np.ndarray:
        self.asked.append(text)
        return np.full(384, len(self.asked), dtype=np.float32)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Counting:
    """A model that counts, and a memory that is empty and holds two."""
    counting = Counting()
    monkeypatch.setattr(search, "_model", lambda: counting)
    monkeypatch.setattr(search, "_heard", type(search._heard)())
    monkeypatch.setattr(search, "HEARD", 2)
    return counting


def test_a_need_that_comes_back_is_embedded_once(model: Counting) -> None:
    first = search.embed_query(NEED)
    assert search.embed_query(NEED) is first
    assert len(model.asked) == 1


def test_the_oldest_is_forgotten_first(model: Counting) -> None:
    for need in (NEED, "b", NEED, "c", NEED):
        search.embed_query(need)
    assert model.asked == [NEED, "b", "c"]
    search.embed_query("b")
    assert model.asked == [NEED, "b", "c", "b"]


def test_the_words_themselves_are_not_remembered(model: Counting) -> None:
    search.embed_query(NEED)
    (key,) = search._heard
    assert len(key) == 16
    assert NEED.encode() not in key


def test_what_is_remembered_can_not_be_changed(model: Counting) -> None:
    with pytest.raises(ValueError, match="read-only"):
        search.embed_query(NEED)[0] = 1.0
