"""How much one address may ask: a burst of a minute's worth, then evenly. Kept in memory only."""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from baken.web.owner.errors import error_response

MINUTE = 60.0
MOST = 50_000
"""Addresses that are remembered at a time."""
FREE = ("/healthz", "/readyz")
"""Not counted, and answered to any name (middleware.py)."""


class Allowance:
    """Seconds that an address has used of its minute (GCRA, as for cells of ATM)."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.each = MINUTE / per_minute
        self.clock = clock
        self._used: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, who: str) -> float:
        """Seconds until ``who`` may ask again; nought when it may now, and then it is counted."""
        now = self.clock()
        with self._lock:
            if len(self._used) >= MOST:
                self._used = {k: until for k, until in self._used.items() if until > now}
                if len(self._used) >= MOST:
                    self._used.clear()
            until = max(self._used.get(who, now), now) + self.each
            if until - now > MINUTE + self.each / 2:
                return until - now - MINUTE
            self._used[who] = until
        return 0.0


def sender(address: str) -> str:
    """Whose address it is: of IPv6 the network of one connection (/64)."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False))


class RateLimit:
    """Refuses what is over the allowance with 429 and the seconds to wait."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.allowance = Allowance(settings.BAKEN_RATE) if settings.BAKEN_RATE else None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.allowance is None or request.path_info in FREE:
            return self.get_response(request)
        wait = self.allowance.wait(sender(request.META.get("REMOTE_ADDR", "")))
        if not wait:
            return self.get_response(request)
        response = error_response(request, 429)
        response.headers["Retry-After"] = str(math.ceil(wait))
        return response
