"""Themes that a firm of any sector can have, and records that are for firms of one."""

from __future__ import annotations

from baken.landscape.model import Offer, Organisation

TOPICS = frozenset({"horizontal", "digital-ai-cyber", "energy-cleantech", "circular", "materials"})
"""Themes that a firm of any sector can have; an organisation with none of them is of a sector."""


CENTRES = frozenset({"sector_members", "paying_members"})
"""Access to a research centre of firms that pay for it: those of its sector, whatever its themes
are (a centre for ceramics has *materials*)."""


def of_a_sector(o: Offer) -> bool:
    """Whether a record is for firms of a sector: by its themes, or as the centre of some trades."""
    centre = isinstance(o, Organisation) and o.kind == "research_centre" and o.access in CENTRES
    return centre or not TOPICS & set(o.themes)
