"""How many examples a dear property is tried on: a third in `make test`, all in `make test-all`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "calm")
"""`make test-all` says "deep"."""
FEWEST = 10

# A busy machine makes no test red: nothing here is held against a clock.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("deep", settings.get_profile("calm"))
settings.load_profile(PROFILE)


def examples(count: int) -> settings:
    """So many examples when all are wanted; else a third of them, yet never fewer than ten."""
    return settings(max_examples=count if PROFILE == "deep" else max(FEWEST, count // 3))
