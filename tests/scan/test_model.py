"""The model on a grid: likelihoods, beliefs, and how far answers move by chance."""

from __future__ import annotations

from math import exp, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from baken.scan import model

THRESHOLDS = (-1.0, 0.0, 1.0)
SHARP = st.floats(0.3, 4.0)
CURVE = st.tuples(
    SHARP, st.lists(st.floats(-2, 2), min_size=3, max_size=3, unique=True).map(sorted)
)


@given(CURVE)
def test_at_every_level_the_answers_are_all_that_can_happen(curve):
    rows = model.curves(*curve)
    assert rows.min() >= 0
    assert np.allclose(rows.sum(axis=0), 1)


@given(CURVE)
def test_a_higher_answer_is_ever_more_likely_than_a_lower_one_as_the_level_rises(curve):
    rows = np.maximum(model.curves(*curve), 1e-300)
    ratios = np.log(rows[1:]) - np.log(rows[:-1])
    seen = (rows[1:] > 1e-12) & (rows[:-1] > 1e-12)
    rises = np.diff(ratios, axis=1)
    assert (rises[seen[:, 1:] & seen[:, :-1]] > -1e-3).all()


def integrated(grades):
    """The chance by integration, without a grid."""

    def dense(level):
        at_least = [1.0, *(1 / (1 + exp(-1.7 * (level - t))) for t in THRESHOLDS), 0.0]
        told = prod(at_least[g] - at_least[g + 1] for g in grades)
        return told * exp(-(level**2) / 2)

    return quad(dense, 0, 8)[0] / quad(dense, -8, 8, points=[0])[0]


@pytest.mark.parametrize("grades", [[], [0, 3], [1, 2], [3], [2], [0], [3, 2], [0, 0], [3, 3, 1]])
def test_the_chance_of_the_proactive_side_is_what_integration_gives(grades):
    rows = model.curves(1.7, THRESHOLDS)
    told = np.prod([rows[g] for g in grades], axis=0) * np.ones(model.GRID.size)
    beliefs = model.believe(told, {}, 0.4)
    found = float(model.chance_proactive(beliefs.posture))
    assert found == pytest.approx(integrated(grades), abs=1e-3)


def test_a_domain_without_answers_hears_only_of_the_posture():
    rows = model.curves(1.7, THRESHOLDS)
    flat = np.ones(model.GRID.size)
    beliefs = model.believe(rows[3], {"a": flat}, 0.4)
    alone = model.believe(rows[3], {}, 0.4)
    assert np.allclose(beliefs.posture, alone.posture)
    chance = float(model.chance_proactive(beliefs.domains["a"]))
    assert 0.5 < chance < float(model.chance_proactive(alone.posture))


def test_many_firms_at_once_give_what_each_gives_alone():
    rows = model.curves(1.7, THRESHOLDS)
    many = model.believe(rows, {"a": rows[::-1]}, 0.4)
    for n in range(4):
        one = model.believe(rows[n], {"a": rows[::-1][n]}, 0.4)
        assert np.allclose(many.posture[n], one.posture)
        assert np.allclose(many.domains["a"][n], one.domains["a"])


def test_with_no_correlation_the_parts_do_not_hear_of_each_other():
    rows = model.curves(1.7, THRESHOLDS)
    beliefs = model.believe(rows[3], {"a": rows[0]}, 1e-9)
    assert float(model.chance_proactive(beliefs.posture)) == pytest.approx(
        integrated([3]), abs=1e-3
    )
    assert float(model.chance_proactive(beliefs.domains["a"])) == pytest.approx(
        integrated([0]), abs=1e-3
    )


@pytest.mark.parametrize(("questions", "moved"), [(1, 2), (2, 3), (3, 4)])
def test_movement_by_chance_is_what_counting_all_pairs_of_answers_gives(questions, moved):
    rows = model.curves(1.7, THRESHOLDS)
    pairs = [(a, b) for a in range(4) for b in range(4)]
    by_steps = {}
    for a, b in pairs:
        by_steps[b - a] = by_steps.get(b - a, 0) + rows[a] * rows[b]
    total = {0: np.ones(model.GRID.size)}
    for _ in range(questions):
        wider = {}
        for so_far, weight in total.items():
            for steps, share in by_steps.items():
                wider[so_far + steps] = wider.get(so_far + steps, 0) + weight * share
        total = wider
    counted = sum(w for steps, w in total.items() if abs(steps) >= moved).max()
    assert model.chance_of_moving([rows] * questions, moved) == pytest.approx(counted)
    assert model.chance_of_moving([rows] * questions, -moved) == pytest.approx(counted)


def test_no_movement_comes_always_and_more_comes_less():
    rows = [model.curves(1.0, THRESHOLDS)] * 4
    chances = [model.chance_of_moving(rows, n) for n in range(13)]
    assert chances[0] == pytest.approx(1)
    assert chances == sorted(chances, reverse=True)
