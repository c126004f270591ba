"""How the law came to a fact, as the answer shows it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from baken.facts.state import Found
from baken.kernel.values import Choices, Value
from baken.match.firm import Firm
from baken.match.model import Computed, Step


def computed(fact: str, found: Found, firm: Firm) -> Computed:
    """A fact with its steps; ``used`` is false where what was given by hand holds."""
    origin = firm.origins.get(fact)
    return Computed(
        fact=fact,
        value=_plain(found.value),
        used=origin is None or origin == found.origin,
        steps=[Step.model_validate(s) for s in found.steps],
        missing=list(found.missing),
        assumed=list(found.assumed),
    )


def _plain(value: Value) -> bool | int | float | str | list[str] | None:
    if isinstance(value, Choices):
        return sorted(value.options)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bool | int | str) or value is None:
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
