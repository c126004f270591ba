"""Reading on a thread of its own, so that a page can tell how far it is.

A request starts it and waits a few seconds: most readings are over by then. How far one is stands
beside the files, where any process of the site finds it; one that died with its process is begun
again.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.web.signalen import keep
from baken.web.signalen.models import Deposit
from baken.web.signalen.shelf import Busy, Shelf, read

SHELF, STATE, FAILED = "shelf.json", "reading.json", "failed.json"
WAIT = 4.0
"""Seconds that a request waits for a reading."""
EVERY, DEAD = 0.5, 90.0
"""Seconds between two notes of how far it is; a note so old is of a process that is gone."""
_tasks: dict[str, Task] = {}


class Task:
    """One reading of the files of a deposit."""

    def __init__(self, deposit: Deposit, last: Shelf) -> None:
        self.deposit, self.last, self.noted = deposit, last, 0.0
        self.error: Exception | None = None
        self.thread = threading.Thread(target=self._run, daemon=True, name="reading")

    def _run(self) -> None:
        try:
            self._note(0, 0)
            store(self.deposit, self._read())
        except (BakenError, Busy) as e:
            self.error = e
        except Exception as e:
            self.error = e
            logging.getLogger("baken.web").error("a reading failed: %s", type(e).__name__)
            with suppress(OSError):
                keep.write_json(self.deposit, FAILED, {})
        finally:
            with suppress(OSError):
                (keep.home(self.deposit) / STATE).unlink()
            _tasks.pop(str(self.deposit.folder), None)

    def _read(self) -> Shelf:
        last = self.last
        today: date = timezone.localdate()
        found = read(
            [keep.files(self.deposit)], today, last.own, last.answers, last.skipped,
            keep=self.deposit.kept, progress=self._progress,
        )  # fmt: skip
        found.handed = last.handed
        return found

    def _progress(self, so_far: Any) -> None:
        if time.monotonic() - self.noted >= EVERY:
            self._note(so_far.done, so_far.total)

    def _note(self, done: int, total: int) -> None:
        self.noted = time.monotonic()
        keep.write_json(self.deposit, STATE, {"done": done, "total": total})


def store(deposit: Deposit, shelf: Shelf) -> None:
    """Write down what was read; files that may not be kept go when nothing must be asked."""
    keep.write_json(deposit, SHELF, shelf.as_json())
    if not deposit.kept and not shelf.open:
        keep.drop_files(deposit)


def shelf_of(deposit: Deposit) -> Shelf | None:
    """What was read of a deposit; None where nothing was yet."""
    raw = keep.read_json(deposit, SHELF)
    return Shelf.of_json(raw) if raw else None


def failed(deposit: Deposit) -> bool:
    """Whether the first reading of a deposit failed, so that the next would too."""
    home = keep.home(deposit)
    return (home / FAILED).exists() and not (home / SHELF).exists()


def start(deposit: Deposit, last: Shelf) -> bool:
    """Read the files of a deposit, with the number and the answers of a shelf, and wait a little.

    Returns:
        Whether it is done; else :func:`state` tells how far it is.

    Raises:
        BakenError: for an answer that is no choice.
        Busy: when enough others are being read.
    """
    task = _tasks[str(deposit.folder)] = Task(deposit, last)
    task.thread.start()
    task.thread.join(WAIT)
    if task.error is not None:
        raise task.error
    return not task.thread.is_alive()


def wait(deposit: Deposit, seconds: float | None = None) -> bool:
    """Whether nothing is being read of a deposit any more, after waiting a little."""
    until = time.monotonic() + (WAIT if seconds is None else seconds)
    while (state(deposit)) is not None:
        if time.monotonic() >= until:
            return False
        time.sleep(0.1)
    return True


def state(deposit: Deposit) -> dict[str, int] | None:
    """How far a reading is: documents done of a total; None where none is going on."""
    path: Path = keep.home(deposit) / STATE
    with suppress(OSError, ValueError):
        if time.time() - path.stat().st_mtime > DEAD and str(deposit.folder) not in _tasks:
            path.unlink()
            return None
        return keep.read_json(deposit, STATE)
    return None
