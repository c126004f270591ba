"""Offers that were ticked and that a page does not show: they go along, by name, till they are
taken away.
"""

from __future__ import annotations

from baken.web import catalogue
from baken.web.owner.asking import Asked
from baken.web.owner.grounds import Shown
from baken.web.words import pick


def ticked_beside(asked: Asked, answer: Shown) -> list[dict[str, str]]:
    """What was ticked beside the offers of a presented answer; what is no record any more is not
    told of.
    """
    shown = {f"{o['type']}/{o['id']}" for o in answer["offers"]}
    others = [p for p in asked.picks if p not in shown]
    records = catalogue.by_id([p.split("/")[1] for p in others]) if others else {}
    names = {f"{kind}/{i}": pick(r["names"], asked.lang) for (kind, i), r in records.items()}
    return [{"value": p, "name": names[p]} for p in others if p in names]
