"""A line that was learned is kept, and learned anew when what it was learned from changes."""

from __future__ import annotations

import sys

import pytest

from baken.match.line import Examples, Line

TOLD = {"fire": ["er is brand in de keuken", "the roof burns"], "leak": ["de kraan lekt"]}


def test_the_same_examples_are_learned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    examples = Examples.of(TOLD, ["wij verkopen kachels"], [])
    first = Line.of(examples)
    monkeypatch.setattr(sys.modules[Line.__module__], "fit", None)
    again = Line.of(Examples.of(TOLD, ["wij verkopen kachels"], []))
    assert (first.centre == again.centre).all() and (first.weights == again.weights).all()


def test_other_examples_or_other_counts_are_another_line() -> None:
    versions = {
        Examples.of(TOLD, ["wij verkopen kachels"], []).version,
        Examples.of(TOLD, [], ["wij verkopen kachels"]).version,
        Examples.of({**TOLD, "leak": ["le robinet fuit"]}, [], []).version,
    }
    assert len(versions) == 3
