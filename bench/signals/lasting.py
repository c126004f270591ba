"""How often something is said to last in series of five years: healthy ones, and ones that fell by
30 % three years ago; and how often what lasts is said to move still, in series of 46 months that
sink slowly, fell at once, or came to rest. Run: ``python bench/signals/lasting.py`` (2 min)."""

from __future__ import annotations

import numpy as np

from baken.signals.lasting import lasting
from baken.signals.many import watch_many
from baken.signals.series import Series
from baken.signals.watch import watch

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


SPAN, EACH = 46, 200
AT = np.arange(SPAN)
SHAPES = {
    "minus 240 a month": 30_000.0 - 240 * AT,
    "minus 1.5 % a month": 30_000 * 0.985**AT,
    "flat, then minus 1 % of the start": 30_000.0 - 300 * np.maximum(0, AT - 20),
    "a step of 30 %": np.where(AT < 20, 30_000.0, 21_000.0),
    "a step of 12 %": np.where(AT < 20, 30_000.0, 26_500.0),
    "a step of 30 % a year ago": np.where(AT < 32, 30_000.0, 21_000.0),
    "a slide of a year that came to rest": 30_000.0 - 800 * np.clip(AT - 10, 0, 12),
}


def shaped(shape: np.ndarray, season: float = 0.0, memory: float = 0.0) -> list[Series]:
    """Series of a shape up to October 2026, with a season (a wave) and a noise of 900 euro."""
    wave = 1 + season * np.sin(2 * np.pi * AT / 12)
    periods = tuple(f"{(at + 24276) // 12}-{(at + 24276) % 12 + 1:02d}" for at in AT)
    found = []
    for seed in range(EACH):
        noise = np.random.default_rng(seed).standard_normal(SPAN)
        for month in range(1, SPAN):
            noise[month] = memory * noise[month - 1] + np.sqrt(1 - memory**2) * noise[month]
        values = tuple(float(v) for v in shape * wave + 900 * noise)
        found.append(Series("sales", periods, values, "down", "money", firm=str(seed)))
    return found


def main() -> None:
    """One line for each kind of series."""
    for seed, (memory, factor) in enumerate([(0.0, 1.0), (0.4, 1.0), (0.0, 0.7), (0.4, 0.7)], 1):
        found = watch_many(made(memory, factor, seed), workers=1)
        lasts = lasting([(j.series, j.alarms) for j in found.judged])
        kind = "healthy" if factor == 1 else f"fell by {100 * (1 - factor):.0f} %"
        print(f"memory {memory}, {kind}: {100 * len(lasts) / SERIES:.1f} % said to last")
    for name, shape in SHAPES.items():
        for season, memory in ((0.0, 0.0), (0.0, 0.4), (0.25, 0.0), (0.25, 0.4)):
            judged = watch(shaped(shape, season, memory), look_back=False).judged
            lasts = lasting([(j.series, j.alarms) for j in judged])
            share = 100 * sum(one.moving for one in lasts) / len(lasts)
            print(f"{name}, season {season}, memory {memory}: {len(lasts)} told of,"
                  f" {share:.1f} % said to move still")  # fmt: skip


if __name__ == "__main__":
    main()
