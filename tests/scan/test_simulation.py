"""The simulation of bench/scan in small: the scan keeps its promises at the stated quality."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

PATH = Path(__file__).parents[2] / "bench" / "scan" / "simulate.py"
FIRMS = 4000


@pytest.fixture(scope="module")
def simulate():
    spec = importlib.util.spec_from_file_location("simulate_scan", PATH)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_at_sharpness_1_7_all_targets_are_met(simulate):
    assert simulate.met(simulate.measure(simulate.World(1.7), FIRMS))


def test_targets_can_fail(simulate):
    assert not simulate.met(simulate.measure(simulate.World(1.0), FIRMS))
    assert not simulate.met(simulate.measure(simulate.World(1.0), FIRMS, scored=1.7))


@pytest.mark.parametrize("sharpness", [1.0, 1.7, 2.5])
def test_you_changed_is_false_in_at_most_one_of_twenty(simulate, sharpness):
    said = simulate.changed(simulate.World(sharpness), FIRMS, moved=0.0)
    assert said["domain"] <= 0.05
    assert said["posture"] <= 0.05


def test_at_sharpness_1_7_you_changed_is_false_in_at_most_one_of_twenty_firms_in_all(simulate):
    assert simulate.changed(simulate.World(1.7), FIRMS, moved=0.0)["either"] <= 0.05


def test_a_large_move_is_seen_more_often_than_none(simulate):
    still = simulate.changed(simulate.World(1.7), FIRMS, moved=0.0)["domain"]
    assert simulate.changed(simulate.World(1.7), FIRMS, moved=2.0)["domain"] > 20 * still


def test_fewer_answers_name_fewer_firms(simulate):
    named = [simulate.measure(simulate.World(), FIRMS, keep=n)["domain"][0] for n in (3, 4, 5, 6)]
    assert named == sorted(named)
