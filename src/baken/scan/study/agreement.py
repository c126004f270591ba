"""How far two answers agree, and how far questions hang together: kappa and alpha."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from baken.scan.model import Array


def kappa(
    first: Sequence[int], second: Sequence[int], grades: int, weighted: bool = False
) -> float | None:
    """Cohen's kappa of two rows of grades: agreement beyond chance, 1 is all, 0 as by chance.

    ``weighted``: a difference counts by its square (Cohen 1968). None when everyone gave one and
    the same answer: then chance agrees as well.
    """
    table = np.zeros((grades, grades))
    np.add.at(table, (list(first), list(second)), 1)
    table /= table.sum()
    steps = np.subtract.outer(np.arange(grades), np.arange(grades))
    cost = steps**2 if weighted else steps != 0
    by_chance = float((np.outer(table.sum(axis=1), table.sum(axis=0)) * cost).sum())
    return None if by_chance == 0 else 1 - float((table * cost).sum()) / by_chance


def alpha(grades: Array) -> float | None:
    """Cronbach's alpha of answers, one row an owner and one column a question; None when it can't
    be (fewer than two questions, or all sums equal).
    """
    questions = grades.shape[1]
    whole = grades.sum(axis=1).var(ddof=1) if len(grades) > 1 else 0.0
    if questions < 2 or whole == 0:
        return None
    parts = grades.var(axis=0, ddof=1).sum()
    return float(questions / (questions - 1) * (1 - parts / whole))


def interval(
    figure: Callable[[Array], float | None], rows: Array, rounds: int = 200
) -> tuple[float, float] | None:
    """Between which values a figure of these owners lies in 95 of 100 draws of as many owners
    (percentile bootstrap, always the same draws); None when too few draws give one.
    """
    draw = np.random.default_rng(1)
    found = [figure(rows[draw.integers(0, len(rows), len(rows))]) for _ in range(rounds)]
    there = [f for f in found if f is not None]
    if len(there) < rounds / 2:
        return None
    low, high = np.percentile(there, [2.5, 97.5])
    return float(low), float(high)
