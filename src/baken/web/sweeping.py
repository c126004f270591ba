"""Throwing away what is over its time while the site runs: in passing, and by a watchman.

Each room that keeps something has a ``sweep`` of its own; ``clear_overdue`` does the same as a
job (:mod:`baken.web.upkeep.retention`).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import connection

log = logging.getLogger("baken.web.sweeping")
MINUTE = 60.0
Sweep = Callable[[], object]


class Passing:
    """A sweep that any visit does, once a minute at most: for a server without a watchman."""

    def __init__(self, sweep: Sweep) -> None:
        self.sweep = sweep
        self.last = float("-inf")

    def __call__(self) -> None:
        if time.monotonic() - self.last >= MINUTE:
            self.last = time.monotonic()
            self.sweep()


def forget_log() -> None:
    """Empty SQLite's log of writes, which holds rows that are gone. While others read it may not be
    emptied: the next sweep tries again."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def watchman(*sweeps: Sweep, every: float = 300.0) -> None:
    """Sweep now and every five minutes, on a thread of its own that ends with the process."""

    def watch() -> None:
        pause = threading.Event()
        while True:
            for sweep in sweeps:
                try:
                    sweep()
                except Exception as e:  # the next round will try again
                    log.warning("the sweep failed: %s", type(e).__name__)
                finally:
                    connection.close()
            pause.wait(every)

    threading.Thread(target=watch, daemon=True, name="sweep").start()
