"""Where an offer works, beyond what its file says in so many words."""

from __future__ import annotations

from baken.landscape.model import Area
from baken.registers.lookup import provinces_of_town


def bound_to(area: Area) -> frozenset[str]:
    """The provinces to which an area is bound, those of its municipalities too; else none."""
    towns = (provinces_of_town(m) for m in area.municipalities)
    return frozenset(area.provinces).union(*towns)
