"""Questions put to the real catalogue at one day."""

from __future__ import annotations

import baken

DAY = "2026-11-24"
OVEN = "mijn oven verbruikt te veel en de klanten lopen weg naar de supermarkt"


def ask(need=OVEN, **more):
    return baken.match({"need": need, "as_of": DAY} | more)


def judged(offer_id, **facts):
    """The instrument's verdict when the firm is as told."""
    answer = ask("", only=[offer_id], facts=facts)
    return next(o for o in answer.offers if o.type == "instrument")
