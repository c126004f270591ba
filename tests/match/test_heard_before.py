"""A need is read once, on however many pages it comes back, and is not kept in words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from baken.match import remembered, search
from baken.match.engine import Engine, default_engine
from baken.match.heard import Heard
from baken.match.model import Query
from baken.match.remembered import Remembered
from baken.match.remembered import remembered as kept

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
    monkeypatch.setattr(search, "_heard", Remembered())
    monkeypatch.setattr(remembered, "MOST", 2)
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
    (key,) = search._heard._kept
    assert len(key) == 16
    assert NEED.encode() not in key


def test_what_is_remembered_can_not_be_changed(model: Counting) -> None:
    with pytest.raises(ValueError, match="read-only"):
        search.embed_query(NEED)[0] = 1.0


def test_what_tells_of_a_text_is_worked_out_once() -> None:
    asked: list[str] = []

    @kept
    def is_long(text: str) -> bool:
        """Whether it is."""
        asked.append(text)
        return len(text) > 3

    assert [is_long(t) for t in ("kaas", "ja", "kaas")] == [True, False, True]
    assert asked == ["kaas", "ja"]
    assert (is_long.__name__, is_long.__doc__) == ("is_long", "Whether it is.")


@pytest.fixture
def engine() -> Engine:
    """The engine, with a memory that is empty."""
    return replace(default_engine())


def test_a_need_is_read_once_for_all_that_is_known_of_the_firm(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    of = Heard.of
    monkeypatch.setattr(Heard, "of", lambda text, *rest: (read.append(text), of(text, *rest))[1])
    facts: dict[str, object] = {}
    for name, value in {"headcount": 4, "region": "flanders"}.items():
        facts[name] = value
        engine.answer(Query(need=NEED, facts=facts, as_of="2026-11-26"))
    assert read == [NEED]


def test_the_second_answer_is_the_first_one(engine: Engine) -> None:
    query = Query(need=NEED, facts={"headcount": 4}, as_of="2026-11-26")
    first = engine.answer(query)
    assert engine.answer(query) == first == default_engine().answer(query)


def test_a_reading_is_remembered_without_its_words(engine: Engine) -> None:
    engine.answer(Query(need=NEED, as_of="2026-11-26"))
    ((key, heard),) = engine.heard._kept.items()
    assert len(key) == 16 and NEED not in repr(heard)
    assert engine.hear(NEED).text == NEED
