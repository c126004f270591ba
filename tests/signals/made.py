"""Series made for the tests: plain levels with a little noise that is the same each time."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool

import numpy as np

from baken.signals.series import Series


def months(count: int, year: int = 2022) -> tuple[str, ...]:
    """So many months from January of a year on."""
    return tuple(f"{year + i // 12}-{i % 12 + 1:02d}" for i in range(count))


def level(count: int, usual: float = 10_000, noise: float = 0.04, seed: int = 2) -> np.ndarray:
    """A steady level with noise (a share of it)."""
    return usual * np.exp(noise * np.random.default_rng(seed).standard_normal(count))


def series(values, id: str = "sales", bad: str = "down", **more) -> Series:  # type: ignore[no-untyped-def]
    """A monthly series of these values."""
    given = tuple(None if v is None else float(v) for v in values)
    defaults = {"name": "Verkoop", "kind": "money", "unit": "EUR"} if id == "sales" else {}
    return Series(id, months(len(given)), given, bad=bad, **{**defaults, **more})  # type: ignore[arg-type]


class Dying:
    """A pool whose workers are killed at once."""

    def __init__(self, *_: object, **__: object) -> None: ...

    def __enter__(self) -> Dying:
        return self

    def __exit__(self, *_: object) -> None: ...

    def submit(self, *_: object) -> None:
        raise BrokenProcessPool("killed")
