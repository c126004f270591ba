"""Which steps of the law hold figures of the firm, and of which facts: such a sentence goes along
only where each of those facts has its own tick.
"""

from __future__ import annotations

import re

NO_ITEM = "reckoned"
"""A figure that was typed at ``/rekenen`` alone: it has no tick of its own, so it goes nowhere."""
SIZE = ("headcount", "turnover", "balance_total")
FIGURES: dict[str, tuple[str, ...]] = {
    "bell.net_assets": ("equity", "balance_total"),
    "difficulty.young": ("founded_on",),
    "difficulty.loss.true": ("equity",),
    "difficulty.loss.false": ("equity",),
    "size.total": SIZE,
    "size.share": SIZE,
    "size.then": ("headcount",),
    "dm.room": ("de_minimis_received",),
    "dm.room_open": ("de_minimis_received",),
    **dict.fromkeys(
        (
            "aid.advice", "aid.total", "dm.aid", "dm.aid_open", "dm.discounted", "dm.grant",
            "dm.guarantee", "dm.loan", "dm.loan_collateral", "dm.loan_rate", "dm.together",
            "size.exempt", "size.linked.of_partner", "size.linked.votes", "size.partner.above",
            "size.partner.below", "size.public", "size.small_holding",
        ),
        (NO_ITEM,),
    ),
}  # fmt: skip
"""Facts by the code of a step."""
NOTES: dict[str, tuple[str, ...]] = {
    "size": SIZE,
    "difficulty": ("equity",),
    "alarm_bell": ("equity",),
    "de_minimis": ("de_minimis_received",),
}
"""Facts by the tool whose notes hold amounts."""
AMOUNT = re.compile(r"€|\beuros?\b|\d\s*%")


def of_step(code: str) -> tuple[str, ...]:
    """The facts whose figures a step tells."""
    return FIGURES.get(code, ())


def of_note(tool: str, note: str) -> tuple[str, ...]:
    """The facts whose figures a note of a tool tells; none where it holds no amount."""
    return NOTES.get(tool, (NO_ITEM,)) if AMOUNT.search(note) else ()
