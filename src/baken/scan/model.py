"""The graded-response model (Samejima 1969) on a grid: from answers to how sure a side is.

Each firm has one posture and one level per domain, all with mean 0 and spread 1; two domains of a
firm go together as ``correlation`` says, because both hang on the posture. An answer has a
likelihood along the grid; answers multiply. So order does not matter, what is not answered
changes nothing, and a more proactive answer never makes the proactive side less likely (the
logistic curve has a monotone likelihood ratio). Above nought is the proactive side.

Arrays end in the grid's axis; axes before it are firms, so that a simulation of thousands runs
through the same code as one scan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
GRID: Array = np.linspace(-4.0, 4.0, 81)
PROACTIVE: Array = np.where(GRID > 1e-9, 1.0, np.where(GRID < -1e-9, 0.0, 0.5))
"""Which part of each point of the grid lies on the proactive side."""
_NORMAL = np.exp(-(GRID**2) / 2)
PRIOR: Array = _NORMAL / _NORMAL.sum()


def curves(sharpness: float, thresholds: Sequence[float]) -> Array:
    """The likelihood of each answer along the grid: one row per answer; columns sum to 1."""
    at_least = 1 / (1 + np.exp(-sharpness * (GRID - np.asarray(thresholds)[:, None])))
    edge = np.ones((1, GRID.size))
    all_steps = np.vstack([edge, at_least, 0 * edge])
    answers: Array = all_steps[:-1] - all_steps[1:]
    return answers


def levels_given_posture(correlation: float) -> Array:
    """How likely each level of a domain (columns) is at each posture (rows)."""
    mean = np.sqrt(correlation) * GRID[:, None]
    dense = np.exp(-((GRID - mean) ** 2) / (2 * (1 - correlation)))
    rows: Array = dense / dense.sum(axis=1, keepdims=True)
    return rows


@dataclass(frozen=True)
class Beliefs:
    """What the answers let believe: a distribution over the grid for the posture and for each
    domain that was asked about.
    """

    posture: Array
    domains: Mapping[str, Array]


def believe(posture: Array, domains: Mapping[str, Array], correlation: float) -> Beliefs:
    """Beliefs after answers, from their likelihoods along the grid."""
    given = levels_given_posture(correlation)
    told = {d: likelihood @ given.T for d, likelihood in domains.items()}
    whole = posture * PRIOR * np.prod(list(told.values()), axis=0)
    return Beliefs(
        _whole(whole),
        {d: _whole(likelihood * ((whole / told[d]) @ given)) for d, likelihood in domains.items()},
    )


def _whole(weights: Array) -> Array:
    shares: Array = weights / weights.sum(axis=-1, keepdims=True)
    return shares


def chance_proactive(belief: Array) -> Array:
    """How likely the proactive side is."""
    chance: Array = belief @ PROACTIVE
    return chance


def chance_of_moving(both: Sequence[Array], moved: int) -> float:
    """How often answers move by so many steps or more, up or down, when nothing changed.

    ``both``: the curves of the questions that were answered twice. Taken at the level where it
    happens most, so that it holds for every firm.
    """
    spread = np.ones((GRID.size, 1))
    for answers in both:
        steps = len(answers)
        apart = np.zeros((GRID.size, 2 * steps - 1))
        for one in range(steps):
            for other in range(steps):
                apart[:, other - one + steps - 1] += answers[one] * answers[other]
        wider = np.zeros((GRID.size, spread.shape[1] + apart.shape[1] - 1))
        for at in range(apart.shape[1]):
            wider[:, at : at + spread.shape[1]] += apart[:, at : at + 1] * spread
        spread = wider
    middle = spread.shape[1] // 2
    far = np.abs(np.arange(spread.shape[1]) - middle) >= abs(moved)
    return float(spread[:, far].sum(axis=1).max())
