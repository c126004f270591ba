"""Accounts from the National Bank for a page that waits: within seconds, or not now.

The asking runs on a thread of its own, because a name that does not resolve or an answer that comes
byte by byte has no time-out; the page does not wait longer for it than ``SECONDS``.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from queue import Empty, SimpleQueue
from typing import Any

from django.conf import settings
from django.utils import timezone

from baken.kernel.cache import cache_dir
from baken.kernel.errors import BakenError
from baken.kernel.fetch import Answer, fetch
from baken.registers.nbb import WHO, service_of

log = logging.getLogger("baken.web")
SECONDS = 6.0
ONE_ANSWER = 3.0
MOST_AT_ONCE = 2
AT_ONCE = threading.BoundedSemaphore(MOST_AT_ONCE)
"""So many pages of one process may be asking, one fewer than it makes at a time; the next one hears
that it can't now."""
YEARS = 2
"""The size of a firm rests on two years."""
Filings = list[dict[str, Any]]


class NotNow(Exception):
    """The service can't be asked at this moment, for whatever reason."""


def possible() -> bool:
    """Whether the operator has a key."""
    return bool(settings.BAKEN_NBB.get("BAKEN_NBB_KEY"))


def filings(number: str) -> Filings:
    """The newest filings of an enterprise, at most two years; none where none was filed as data.

    Raises:
        NotNow: without an answer in time, with a used-up quota, or a key that is refused.
    """
    until = time.monotonic() + SECONDS
    if not AT_ONCE.acquire(blocking=False):
        log.warning("no accounts were fetched: %s pages are asking already", MOST_AT_ONCE)
        raise NotNow
    found: SimpleQueue[Filings | None] = SimpleQueue()
    threading.Thread(target=_ask, args=(number, until, found), daemon=True).start()
    try:
        answer = found.get(timeout=SECONDS)
    except Empty:
        answer = None
    if answer is None:
        raise NotNow
    return answer


def _ask(number: str, until: float, found: SimpleQueue[Filings | None]) -> None:
    def one(address: str, headers: Mapping[str, str]) -> Answer:
        return fetch(address, headers, max(0.1, min(ONE_ANSWER, until - time.monotonic())))

    def wait(seconds: float) -> None:
        if time.monotonic() + seconds >= until:
            raise BakenError(WHO, "no answer in time")
        time.sleep(seconds)

    try:
        service = service_of(settings.BAKEN_NBB, cache_dir(), timezone.localdate, one, wait)
        found.put(service.filings(number, YEARS))
    except Exception as e:
        # The number stays out of the log: an error of the service does not tell it.
        why = f"{e.path}: {e.problem}" if isinstance(e, BakenError) else type(e).__name__
        log.warning("no accounts were fetched: %s", why)
        found.put(None)
    finally:
        AT_ONCE.release()
