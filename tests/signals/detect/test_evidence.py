"""The sums against the integrals that they stand for."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import gamma, multivariate_normal, norm, poisson

from baken.signals.detect.counts import RATE, SHAPE, UP, evidence_of_counts
from baken.signals.detect.covariance import GRID, Pattern, filter_of, grid_of
from baken.signals.detect.online import SIZES, _log_ratio, _ratio, evidence
from baken.signals.detect.spread import evidence_of_spread
from baken.signals.detect.thresholds import rate_of, thresholds

YEAR = Pattern(tuple(range(36)), tuple(t % 12 for t in range(36)), 12.0)


@pytest.mark.parametrize("sign", [-1, 0, 1])
@pytest.mark.parametrize(("score", "info"), [(0.0, 1.0), (2.0, 1.5), (-3.0, 4.0), (6.0, 9.0)])
def test_ratio_is_the_integral_over_sizes(sign: int, score: float, info: float) -> None:
    """Of exp(d score - d2 info / 2) over a normal size d, one side of it where one way is bad."""
    expected = 0.0
    for size in SIZES:
        low, high = {-1: (-40.0, 0.0), 0: (-40.0, 40.0), 1: (0.0, 40.0)}[sign]
        whole = quad(lambda d: np.exp(d * score - d * d * info / 2) * norm.pdf(d, 0, size),  # noqa: B023
                     low, high, points=[0.0, score / info], limit=200)[0]  # fmt: skip
        expected += whole * (2 if sign else 1) / len(SIZES)
    args = (np.array([[score]]), np.array([[info]]), np.array([sign]))
    assert _ratio(*args)[0, 0] == pytest.approx(expected, rel=1e-6)
    logs = [_log_ratio(*args, size)[0, 0] for size in SIZES]
    mean = np.logaddexp.reduce(logs) - np.log(len(SIZES))
    assert mean == pytest.approx(np.log(expected), abs=1e-6)


def test_a_score_far_the_wrong_way_is_no_evidence() -> None:
    for score in (-10.0, -40.0, -400.0):
        args = (np.array([[score]]), np.array([[3.0]]), np.array([1]))
        assert _log_ratio(*args)[0, 0] < 0
        assert _ratio(*args)[0, 0] < 1


def test_factor_gives_the_likelihood_of_the_whole() -> None:
    """Errors through the factor are independent: their density is that of the series."""
    rng = np.random.default_rng(1)
    values = rng.standard_normal(36)
    filt = filter_of(YEAR)
    for at, memory in enumerate(grid_of(YEAR)):
        factor = filt.factor[at]
        errors = np.linalg.solve(factor, values)
        ours = norm.logpdf(errors).sum() - filt.logdet[at, -1]
        cov = factor @ factor.T
        assert ours == pytest.approx(multivariate_normal(cov=cov).logpdf(values), rel=1e-6), memory
    assert len(grid_of(YEAR)) == len(GRID)


def test_a_step_through_the_factor_begins_where_it_begins() -> None:
    filt = filter_of(YEAR)
    assert np.allclose(np.triu(filt.step[0], 1), 0)
    shape = np.where(np.arange(36) >= 20, 1.0, 0.0)
    assert np.allclose(filt.factor[3] @ filt.step[3][:, 20], shape)
    assert filt.told_step[3][35, 20] == pytest.approx((filt.step[3][:, 20] ** 2).sum())


def test_counts_are_the_integral_over_rates() -> None:
    values = np.array([[2, 0, 1, 3, 1, 2, 6, 7.0]])
    prior = gamma(SHAPE, scale=1 / RATE)

    def likelihood(rates: np.ndarray) -> float:
        def at(rate: float) -> float:
            return float(prior.pdf(rate) * np.exp(poisson.logpmf(values[0], rate * rates).sum()))

        return quad(at, 0, 60, limit=300, points=[1, 2, 4])[0]

    none = likelihood(np.ones(8))
    total = 0.0
    for k in range(1, 8):
        for factor in UP:
            total += likelihood(np.where(np.arange(8) >= k, factor, 1.0)) / none / len(UP)
    got = float(np.exp(evidence_of_counts(values, YEAR.part(0, 8), 1)[0, -1]))
    assert 0.75 * total < got <= total * 1.001, "a spread above Poisson weakens it a little"


def test_evidence_needs_six_values_and_only_the_past() -> None:
    rng = np.random.default_rng(4)
    values = rng.standard_normal((3, 36))
    whole = evidence(values, YEAR, -1)
    assert np.isinf(whole[:, :5]).all()
    part = evidence(values[:, :20], YEAR.part(0, 20), -1)
    assert np.allclose(whole[:, 5:20], part[:, 5:], atol=1e-8)


def test_a_wider_spread_goes_both_ways() -> None:
    errors = np.zeros((2, 40))
    errors[0, -12:] = np.tile([3.0, -3.0], 6)
    errors[1, -12:] = 3.0
    seen = evidence_of_spread(errors)
    assert seen[0] > 10
    assert np.isinf(seen[1])


def test_thresholds_fall_with_what_is_accepted_and_rates_invert_them() -> None:
    for how in ("log", "angle", "sums", "count", "plain"):
        for count in (6, 12, 24, 60):
            limits = [thresholds(r)(how, count) for r in (0.02, 0.05, 0.1, 0.2, 0.5)]
            assert limits == sorted(limits, reverse=True)
            rates = [rate_of(how, count, e) for e in (1.0, 3.0, 4.5, 6.0, 9.0)]
            assert rates == sorted(rates, reverse=True)
