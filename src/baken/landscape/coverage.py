"""Where the landscape is thin: what can be had per need, by theme, province and phase.

A count of records is no measure of supply: the research was uneven (see ``docs/landscape.md``).
An empty pair is a place to look, not a proof that nothing exists.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from baken.landscape.availability import availability
from baken.landscape.browse import PHASES, phases
from baken.landscape.model import NEEDS, Offer
from baken.needs import THEMES
from baken.registers.places import FLANDERS

HORIZONTAL = "horizontal"


def coverage(records: Iterable[Offer], as_of: date) -> dict[str, Any]:
    """Counts of what is not closed at ``as_of``.

    Returns:
        ``by_theme``: need to theme to records of that theme (``horizontal`` apart);
        ``by_province``: need to Flemish province to records that are for that province only;
        ``by_phase``: need to phase of a firm's life to records for that phase;
        ``empty``: pairs of need and theme for which no record of the theme stands there.
    """
    usable = [r for r in records if availability(r, as_of) != "closed"]
    by_theme = {n: dict.fromkeys(THEMES, 0) for n in NEEDS}
    by_province = {n: dict.fromkeys(FLANDERS, 0) for n in NEEDS}
    by_phase = {n: dict.fromkeys(PHASES, 0) for n in NEEDS}
    for record in usable:
        for need in record.needs:
            for theme in record.themes:
                by_theme[need][theme] += 1
            for phase in phases(record):
                by_phase[need][phase] += 1
            for province in record.area.provinces:
                if province in FLANDERS:
                    by_province[need][province] += 1
    empty = [
        {"need": n, "theme": t}
        for n, row in by_theme.items()
        for t, count in row.items()
        if not count and t != HORIZONTAL
    ]
    return {
        "as_of": as_of.isoformat(),
        "records": len(usable),
        "by_theme": by_theme,
        "by_province": by_province,
        "by_phase": by_phase,
        "empty": empty,
    }
