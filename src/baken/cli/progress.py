"""How far a long work is, on one line of standard error that is written over; nothing in a pipe."""

from __future__ import annotations

import sys
import time

EVERY = 0.2
"""Seconds between two tellings."""


class Line:
    """``12,300 of 100,000 invoices, 11,900 known``: told at most five times a second, and wiped."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._shown = sys.stderr.isatty()
        self._last = 0.0

    def tell(self, done: int, total: int, more: str = "") -> None:
        """Say it; ``more`` is what stands behind the count."""
        now = time.monotonic()
        if self._shown and total > 1 and (now - self._last >= EVERY or done >= total):
            self._last = now
            sys.stderr.write(f"\r\x1b[K{done:,} of {total:,} {self.what}{more}")
            sys.stderr.flush()

    def wipe(self) -> None:
        """Leave the line empty for what is printed next."""
        if self._shown and self._last:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
