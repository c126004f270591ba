"""An answer on one sheet of paper, to take along to an adviser or bookkeeper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Shown = dict[str, Any]
OFFERS = 5
MOST_OF_NEED = 600
"""Characters of the owner's words that the sheet quotes."""
LONGEST = 120
"""Characters of a point; a longer one ends with an ellipsis."""
POINTS = 2
"""Per offer: how many open points are written out (of those met, and of those to show, one); the
others are counted."""


def sheet(answer: Mapping[str, Any], need: str) -> Shown:
    """What the sheet shows of a presented answer, with its sources numbered once each.

    Returns:
        ``offers``: each with ``met``, ``unmet``, ``open`` and ``words`` (points with the ``n`` of
        their source), and how many ``more`` there are; ``sources``: ``n``, ``url``, the address as
        it is ``shown`` and the words of its date; ``need``: the owner's words, cut when long.
    """
    numbers: dict[str, Shown] = {}
    offers = [_offer(o, numbers) for o in answer["offers"][:OFFERS]]
    cut = need if len(need) <= MOST_OF_NEED else f"{need[:MOST_OF_NEED].rstrip()} …"
    return {"offers": offers, "sources": list(numbers.values()), "need": cut}


def _offer(offer: Mapping[str, Any], numbers: dict[str, Shown]) -> Shown:
    groups = {g["name"]: g["reasons"] for g in offer["groups"]}

    def points(*names: str, most: int = POINTS) -> tuple[list[Shown], int]:
        every = [r for name in names for r in groups.get(name, [])]
        shown = [{"says": _short(r["says"]), "n": _number(r, numbers)} for r in every[:most]]
        return shown, max(0, len(every) - most)

    unmet, _ = points("unmet")
    still_open, more_open = points("not_said")
    to_show, more_show = points("judged", "text", "assumed", most=1)
    met, more_met = points("met", most=1)
    return {
        **offer,
        "unmet": unmet,
        "met": met,
        "more_met": more_met,
        "open": still_open,
        "more_open": more_open,
        "to_show": to_show,
        "more_show": more_show,
        "not_stated": [r["says"] for r in groups.get("not_stated", [])],
    }


def _short(says: str) -> str:
    """A point as it fits on the sheet; the page of the offer has it whole."""
    return says if len(says) <= LONGEST else f"{says[:LONGEST].rsplit(' ', 1)[0]} …"


def _number(reason: Mapping[str, Any], numbers: dict[str, Shown]) -> int | None:
    """The number of a reason's source on this sheet; None without an address."""
    url = reason.get("url")
    if not url:
        return None
    if url not in numbers:
        shown = url.split("//", 1)[1].removeprefix("www.").rstrip("/")
        dated = reason["dated"]
        numbers[url] = {"n": len(numbers) + 1, "url": url, "shown": shown, "dated": dated}
    return int(numbers[url]["n"])
