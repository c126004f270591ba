"""Where an act that a step names can be read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from baken.kernel.files import own_yaml

DATA = Path(__file__).parent / "data" / "acts.yaml"


@lru_cache(maxsize=1)
def _acts() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = own_yaml(DATA)
    return found


def address_of(source: str, lang: str) -> str:
    """The address of the act that a step's source begins with; empty where we have none.

    >>> address_of("WVV, art. 5:153", "nl")
    'https://www.ejustice.just.fgov.be/eli/wet/2019/03/23/2019A40586/justel'
    >>> address_of("Oslo Manual 2018", "nl")
    ''
    """
    act = next((a for a in _acts() if source.startswith(a)), None)
    return "" if act is None else _acts()[act].get(lang, _acts()[act]["nl"])
