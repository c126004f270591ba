"""Aid at one rate for the first so many euros of the costs, and at another for what is above."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from baken.landscape.model import Text

TOLD = ("eerste", "boven")
"""What a record calls the first part, and what is above."""
TRANCHE = re.compile(rf"({'|'.join(TOLD)}) (\d[\d.]*) euro")
"""How a rate is told that holds for a part of the costs: all parts are of the same project."""


def is_tranche(for_whom: Text | None) -> bool:
    """Whether these words name a part of the costs, and no purpose."""
    return for_whom is not None and TRANCHE.search(for_whom.nl) is not None


def in_tranches(rates: Iterable[tuple[Text | None, Decimal | None]], costs: Decimal) -> Decimal:
    """What the rates of all parts give together, in euros.

    >>> first, above = (Text(nl=f"{which} 10.000 euro", en="", fr="") for which in TOLD)
    >>> in_tranches([(first, Decimal(100)), (above, Decimal(50))], Decimal(12_000))
    Decimal('11000')
    """
    whole = Decimal(0)
    for words, rate in rates:
        found = TRANCHE.search(words.nl if words else "")
        if found and rate is not None:
            bound = Decimal(found[2].replace(".", ""))
            part = min(costs, bound) if found[1] == TOLD[0] else max(Decimal(0), costs - bound)
            whole += part * rate / 100
    return whole
