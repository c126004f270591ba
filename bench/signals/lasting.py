"""How often something is said to last in series of five years: healthy ones, and ones that fell by
30 % three years ago. Run: ``python bench/signals/lasting.py`` (6 s)."""

from __future__ import annotations

import numpy as np

from baken.signals.lasting import lasting
from baken.signals.many import watch_many
from baken.signals.series import Series

MONTHS, FELL, SERIES = 60, 24, 240
PERIODS = tuple(f"{2020 + at // 12}-{at % 12 + 1:02d}" for at in range(MONTHS))


def made(memory: float, factor: float, seed: int) -> list[Series]:
    """Series around 100 with a noise of a tenth, and from a month on around a share of it."""
    random = np.random.default_rng(seed)
    found = []
    for at in range(SERIES):
        noise = random.standard_normal(MONTHS)
        for month in range(1, MONTHS):
            noise[month] = memory * noise[month - 1] + np.sqrt(1 - memory**2) * noise[month]
        values = 100 * np.exp(0.1 * noise)
        values[FELL:] *= factor
        found.append(Series("sales", PERIODS, tuple(values), "down", "money", firm=str(at)))
    return found


def main() -> None:
    """One line for each kind of series."""
    for seed, (memory, factor) in enumerate([(0.0, 1.0), (0.4, 1.0), (0.0, 0.7), (0.4, 0.7)], 1):
        found = watch_many(made(memory, factor, seed), workers=1)
        lasts = lasting([(j.series, j.alarms) for j in found.judged])
        kind = "healthy" if factor == 1 else f"fell by {100 * (1 - factor):.0f} %"
        print(f"memory {memory}, {kind}: {100 * len(lasts) / SERIES:.1f} % said to last")


if __name__ == "__main__":
    main()
