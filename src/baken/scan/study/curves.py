"""Fits the curves of the questions, in the very model by which the scan scores.

Marginal likelihood by EM (Bock and Aitkin 1981): each owner's posture and level are spread over the
grid by what they answered, then every question's curve is fitted to those spreads. A weak prior
(sharpness around 1.5, thresholds within a few spreads) keeps questions with few answers from
running away. Of each owner only the first scan counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from baken.scan import model
from baken.scan.items import DONT_KNOW, POSTURE, Item, items, scoring
from baken.scan.model import Array
from baken.scan.scan import Scan

ENOUGH = 100
"""Answers to a question from which its curve is fitted; fewer tell too little."""
ROUNDS = 100
STEPS = 4
SETTLED = 2e-3


@dataclass(frozen=True)
class Curve:
    """The measured curve of a question: sharpness with its standard error, thresholds, and how many
    owners answered it.
    """

    item: Item
    answers: int
    sharpness: float
    error: float
    thresholds: tuple[float, ...]


@dataclass(frozen=True)
class Fit:
    """The curves, and the correlation of two domains that goes with them."""

    curves: tuple[Curve, ...]
    correlation: float


def fit(scans: Sequence[Scan]) -> Fit | None:
    """The curves of all questions with enough answers; None when there is no such question."""
    grades = {name: _grades(item, scans) for name, item in items().items()}
    used = [i for i in items().values() if (grades[i.id] >= 0).sum() >= ENOUGH]
    if not used:
        return None
    shape = {i.id: _written(i) for i in used}
    correlation = scoring().correlation
    for _ in range(ROUNDS):
        before = dict(shape)
        posture, told = _likelihoods(used, grades, shape)
        beliefs = model.believe(posture, told, correlation)
        spreads = {**beliefs.domains, POSTURE: beliefs.posture}
        for item in used:
            counts = _counts(grades[item.id], spreads[item.domain], len(item.choices))
            found = minimize(_cost, shape[item.id], args=(counts,), options={"maxiter": STEPS})
            shape[item.id] = np.asarray(found.x)
        correlation = _together(posture, told, correlation)
        if max(float(np.abs(shape[i] - before[i]).max()) for i in shape) < SETTLED:
            break
    errors = _errors(used, grades, shape, correlation)
    return Fit(tuple(_curve(i, grades[i.id], shape[i.id], errors[i.id]) for i in used), correlation)


def _grades(item: Item, scans: Sequence[Scan]) -> Array:
    """The grade of each scan's answer, -1 where there is none."""
    codes = [s.answers.get(item.id, DONT_KNOW) for s in scans]
    return np.array([-1.0 if c == DONT_KNOW else item.grade(c) for c in codes])


def _written(item: Item) -> Array:
    """A curve as four numbers that may take any value: log of the sharpness, the first threshold,
    logs of the gaps to the next ones.
    """
    gaps = np.diff(item.thresholds)
    return np.array([np.log(item.sharpness), item.thresholds[0], *np.log(gaps)])


def _read(shape: Array) -> tuple[float, Array]:
    """Sharpness and thresholds, as :func:`_written` has them."""
    return float(np.exp(shape[0])), shape[1] + np.array([0.0, *np.cumsum(np.exp(shape[2:]))])


def _rows(shape: Array) -> Array:
    sharpness, thresholds = _read(shape)
    return model.curves(sharpness, thresholds.tolist())


def _likelihoods(
    used: Sequence[Item], grades: Mapping[str, Array], shape: Mapping[str, Array]
) -> tuple[Array, dict[str, Array]]:
    """How likely each owner's answers are along the grid: on posture, and per domain."""
    flat = np.ones((len(next(iter(grades.values()))), model.GRID.size))
    told = {POSTURE: flat}
    for item in used:
        answered = grades[item.id]
        likelihood = flat.copy()
        there = answered >= 0
        likelihood[there] = _rows(shape[item.id])[answered[there].astype(int)]
        told[item.domain] = told.get(item.domain, flat) * likelihood
    return told.pop(POSTURE), told


def _together(posture: Array, told: Mapping[str, Array], correlation: float) -> float:
    """One EM step of the correlation, from posture and level of those who answered on both."""
    given, grid = model.levels_given_posture(correlation), model.GRID
    products = squares = levels = 0.0
    for likelihood in told.values():
        asked = (likelihood != 1).any(axis=1) & (posture != 1).any(axis=1)
        one, other = posture[asked] * model.PRIOR, likelihood[asked]
        whole = ((one @ given) * other).sum(axis=1)
        products += float(((((one * grid) @ given) * other * grid).sum(axis=1) / whole).sum())
        squares += float(((((one * grid**2) @ given) * other).sum(axis=1) / whole).sum())
        levels += float((((one @ given) * other * grid**2).sum(axis=1) / whole).sum())
    if not squares:
        return correlation
    return float(np.clip(max(products, 0.0) ** 2 / (squares * levels), 0.01, 0.95))


def _counts(answered: Array, spread: Array, grades: int) -> Array:
    """How many owners gave each answer at each point of the grid."""
    return np.array([spread[answered == g].sum(axis=0) for g in range(grades)])


def _cost(shape: Array, counts: Array) -> float:
    told = float((counts * np.log(np.maximum(_rows(shape), 1e-12))).sum())
    return -told - _prior(shape)


def _prior(shape: Array) -> float:
    sharpness, thresholds = _read(shape)
    far = np.log(sharpness / 1.5) / 0.7
    return -float(far**2 + (thresholds**2 / 4).sum()) / 2


def _told(
    grades: Mapping[str, Array],
    shape: Mapping[str, Array],
    used: Sequence[Item],
    correlation: float,
) -> Array:
    """The log of how likely each owner's answers are."""
    posture, told = _likelihoods(used, grades, shape)
    given = model.levels_given_posture(correlation)
    whole = posture * model.PRIOR
    for likelihood in told.values():
        whole = whole * (likelihood @ given.T)
    logs: Array = np.log(whole.sum(axis=1))
    return logs


def _errors(
    used: Sequence[Item],
    grades: Mapping[str, Array],
    shape: Mapping[str, Array],
    correlation: float,
) -> dict[str, float]:
    """The standard error of the log of each sharpness, from how each owner's likelihood moves with
    every number of its part (posture or domain); the other parts are held.
    """
    step, errors = 1e-3, {}
    for part in dict.fromkeys(i.domain for i in used):
        mine = [i for i in used if i.domain == part]
        seen = [i for i in used if part == POSTURE or i.domain in (part, POSTURE)]
        slopes = []
        for item in mine:
            for nudge in np.eye(shape[item.id].size) * step:
                up, down = (
                    _told(grades, {**shape, item.id: shape[item.id] + way}, seen, correlation)
                    for way in (nudge, -nudge)
                )
                slopes.append((up - down) / (2 * step))
        moves = np.array(slopes)
        spread = np.sqrt(np.diag(np.linalg.pinv(moves @ moves.T)))
        at = 0
        for item in mine:
            errors[item.id] = float(spread[at])
            at += shape[item.id].size
    return errors


def _curve(item: Item, grades: Array, shape: Array, error: float) -> Curve:
    sharpness, thresholds = _read(shape)
    answers = int((grades >= 0).sum())
    return Curve(item, answers, sharpness, sharpness * error, tuple(map(float, thresholds)))
