"""What was worked out for a text is remembered for a while, without the text."""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")
MOST = 256
"""An owner's own need comes back on each page of the way."""
_SECRET = secrets.token_bytes(32)


class Remembered(Generic[V]):
    """The last few results by a keyed hash of their text, so the words themselves are not kept.

    Who shares a result may not change it.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[bytes, V] = OrderedDict()

    def of(self, text: str, make: Callable[[str], V]) -> V:
        """What ``make`` makes of a text, or made of it before."""
        key = hashlib.blake2b(
            text.encode(errors="surrogatepass"), key=_SECRET, digest_size=16
        ).digest()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make(text)
        with self._lock:
            self._kept[key] = made
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return made


def remembered(told: Callable[[str], V]) -> Callable[[str], V]:
    """The same function of a text, its last few results remembered without the text.

    For what tells of a text without holding words of it: a yes or no, codes, ids.
    """
    kept = Remembered[V]()

    @wraps(told)
    def found(text: str) -> V:
        return kept.of(text, told)

    return found
