"""Where figures end: a month that is not over must not look like a drop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from baken.signals.read.layout import Desk
from baken.signals.read.periods import days_in, month_of
from baken.signals.read.questions import question


def last_counted_day(label: str, days: Sequence[int], desk: Desk) -> date | None:
    """The last day that counts; ``days`` are the ordinals on which something happened.

    A month that is not over makes sums that seem to drop: with ``as_of`` it is left out, and where
    the rows stop well before the end of their last month, a person is asked; None when that is
    still open. ``label`` names the question.
    """
    last = date.fromordinal(max(days))
    first_day, end = days_in(month_of(last).label)
    if desk.as_of is not None or desk.today < end:
        limit = desk.as_of or desk.today
        if limit >= end:
            return end
        whole = limit.replace(day=1) - timedelta(days=1)
        cut = limit if limit == days_in(month_of(limit).label)[1] else whole
        desk.aside.add(None, f"rows after {cut} were left out: their month was not over")
        return cut
    orders = sorted(set(days))
    gaps = [b - a for a, b in pairwise(orders)]
    usual = sorted(gaps)[len(gaps) * 9 // 10] if gaps else 31
    if (end - last).days <= max(usual, 3):
        return end
    told = desk.ask(
        question(
            label,
            "last-month",
            (
                f"De laatste rij is van {last}. Is die maand volledig?",
                f"The last row is of {last}. Is that month complete?",
                f"La dernière ligne est du {last}. Ce mois est-il complet ?",
            ),
            [
                ("complete", ("Ja, er kwam niets meer bij", "Yes, nothing came after", "Oui")),
                ("open", ("Nee, laat die maand weg", "No, leave it out", "Non, ignorez ce mois")),
            ],
        )
    )
    if told is None:
        return None
    return end if told == "complete" else first_day - timedelta(days=1)
