"""How much a measure gives to this firm: never more than what holds for its size and project."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from baken.facts.vocabulary import load_vocabulary
from baken.kernel.values import Choices, Value
from baken.landscape.figures import (
    OTHER_THAN_COSTS,
    Figure,
    caps_of,
    counting,
    open_sizes,
    rates_of,
    size_rules,
)
from baken.landscape.model import Instrument, Offer
from baken.law.size.model import SIZES
from baken.match.model import Amount, GivenFigure, Lang
from baken.match.reasons import choice_label, source_ref
from baken.match.texts import pick, say


def sizes_of(size: Value) -> tuple[str, ...]:
    """The sizes that a firm may have, smallest first."""
    if isinstance(size, str):
        return (size,)
    return tuple(s for s in SIZES if not isinstance(size, Choices) or s in size.options)


def amount_of(record: Offer, size: Value, as_of: date, lang: Lang) -> Amount | None:
    """Every rate and ceiling in force that a firm of this size can have, with for whom it is."""
    rows = counting(record, as_of)
    sizes = open_sizes(size_rules(record, as_of), sizes_of(size))
    rates, caps = rates_of(rows, sizes), caps_of(rows, sizes)
    if not rates and not caps:
        return None
    rate, cap = _only(rates), _only(caps)
    return Amount(
        pct=float(rate.value) if rate else None,
        max_eur=float(cap.value) if cap else None,
        per=pick(cap.per.model_dump(), lang) if cap and cap.per else None,
        rates=[_given(f, lang) for f in rates],
        caps=[_given(f, lang) for f in caps],
        of_costs=not (isinstance(record, Instrument) and record.kind in OTHER_THAN_COSTS),
        source=source_ref(record, (*rates, *caps)[0].source),
    )


def _only(figures: Sequence[Figure]) -> Figure | None:
    """The one that holds for every project of the firm."""
    plain = [f for f in figures if f.for_whom is None]
    return plain[0] if len(plain) == 1 and not plain[0].sizes else None


def _given(figure: Figure, lang: Lang) -> GivenFigure:
    fact = load_vocabulary()["size"]
    labels = [choice_label(fact, s, lang).partition(" (")[0] for s in figure.sizes]
    sizes = f" {say('or', lang)} ".join(x for x in (", ".join(labels[:-1]), *labels[-1:]) if x)
    purpose = pick(figure.for_whom.model_dump(), lang) if figure.for_whom else ""
    return GivenFigure(
        name=figure.name,
        value=float(figure.value),
        who="; ".join(x for x in (purpose, sizes) if x),
        per=pick(figure.per.model_dump(), lang) if figure.per else "",
    )
