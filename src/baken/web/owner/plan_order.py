"""In which order chosen measures are asked for: what comes before one, as its own record tells, and
what is lost to who asks for another before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from baken.web.owner.plan_days import MONTH, QUARTER, WEEK, Step
from baken.web.texts import text

Shown = Mapping[str, Any]
Before = Mapping[str, Sequence[str]]
"""By id of a chosen measure those that come before it."""
RANK = (WEEK, MONTH, QUARTER)


def what_is_before(
    offers: Sequence[Shown], records: Mapping[tuple[str, str], Shown], first: Before
) -> dict[str, list[str]]:
    """For each of ``offers`` those among them that come before it. ``first`` are the measures that
    are lost to who asks for others before, with those others; two that both are, stand as chosen.
    """
    ids = [o["id"] for o in offers if o["type"] == "instrument"]
    found: dict[str, list[str]] = {}
    for one in ids:
        told = records.get(("instrument", one), {}).get("after") or ()
        lost = (i for i in ids if one in first.get(i, ()) and i not in first.get(one, ()))
        if before := [i for i in dict.fromkeys([*told, *lost]) if i in ids]:
            found[one] = before
    return found


def in_order(offers: Sequence[Shown], before: Before) -> list[Shown]:
    """The offers as they were chosen, each after those that come before it."""
    by_id = {o["id"]: at for at, o in enumerate(offers) if o["type"] == "instrument"}
    found: dict[int, Shown] = {}
    seen: set[int] = set()

    def put(at: int) -> None:
        if at in seen:
            return
        seen.add(at)
        for one in ones_before(offers[at], before):
            put(by_id[one])
        found[at] = offers[at]

    for at in range(len(offers)):
        put(at)
    return list(found.values())


def ones_before(offer: Shown, before: Before) -> Sequence[str]:
    """What comes before an offer, by id."""
    return before.get(offer["id"], ()) if offer["type"] == "instrument" else ()


def later(steps: Sequence[Step], done: Sequence[Step], names: str, lang: str) -> list[Step]:
    """The steps of a measure after those of what comes before it (``done``): to begin with it not
    before the last of these, to ask for it a term later, and told so. What has a last day keeps it,
    and what may not be done before something else holds as it did.
    """
    last = max((RANK.index(s.when) for s in done if not s.holds), default=0)
    found = []
    for step in steps:
        if step.holds:
            found.append(step)
            continue
        asks = step.mark.startswith("apply/")
        if not step.until:
            rank = max(RANK.index(step.when), min(last + asks, len(RANK) - 1))
            step = replace(step, when=RANK[rank], first=False)
        if asks:
            step = replace(
                step, says=f"{step.says} {text(lang, 'journey.plan.after', names=names)}"
            )
        found.append(step)
    return found
