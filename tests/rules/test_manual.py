"""The manual of the rules shows what really happens."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

import baken.rules.closures
import baken.rules.dates
import baken.rules.text

MANUAL = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_manual_is_real_output() -> None:
    found = doctest.testfile(str(MANUAL), module_relative=False)
    assert found.attempted > 20
    assert found.failed == 0


@pytest.mark.parametrize("name", ["closures", "dates", "text"])
def test_examples_in_the_code(name: str) -> None:
    found = doctest.testmod(getattr(baken.rules, name))
    assert (found.failed, found.attempted > 0) == (0, True)
