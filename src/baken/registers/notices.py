"""What a reading of the registers tells the reader, in the reader's language.

The language is set around a reading; a register that is asked without one speaks Dutch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from baken.kernel.files import own_yaml
from baken.registers.text import DATA

_LANGUAGE: ContextVar[str] = ContextVar("language", default="nl")


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Notices that are made within are in ``lang`` (nl, en or fr)."""
    before = _LANGUAGE.set(lang)
    try:
        yield
    finally:
        _LANGUAGE.reset(before)


def language() -> str:
    """The language that notices are made in now."""
    return _LANGUAGE.get()


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    texts: Mapping[str, Mapping[str, str]] = own_yaml(DATA / "hand" / "notices.yaml")
    return texts


def tell(key: str, **values: object) -> str:
    """The sentence ``key`` with its values filled in.

    >>> with speaking("en"):
    ...     tell("place_part", part="Heusden", name="Destelbergen")
    'Heusden is part of Destelbergen'
    """
    return _texts()[key][language()].format(**values)
