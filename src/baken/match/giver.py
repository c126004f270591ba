"""Who gives an offer, as its record tells it in Dutch, for readers of another language."""

from __future__ import annotations

import re

_BESIDE = re.compile(r"\s*[(,;]")
_NO_NAME = re.compile(r"(?i:de|het|een|je|erkende|private|paritaire|andere) ")
"""Words with which what is told begins where it is no name."""


def bare_name(told: str) -> str:
    """The name without what stands beside it; empty where it is described, not named.

    >>> bare_name("Fluvius (netbeheerder), met het Vlaams Energie- en Klimaatagentschap")
    'Fluvius'
    >>> bare_name("een erkend ondernemingsloket en je gemeente")
    ''
    """
    return "" if _NO_NAME.match(told) else _BESIDE.split(told, maxsplit=1)[0]
