"""From trial balances to series: turnover, costs, and what stands on the accounts that count."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from baken.signals.read.layout import Desk
from baken.signals.read.periods import Period, month, quarter, year
from baken.signals.read.trial_balance import NOUGHT, Trials
from baken.signals.series import Bad, Series

FIGURES: tuple[tuple[str, str, tuple[str, ...], int, bool, Bad], ...] = (
    ("turnover", "Omzet (70)", ("70",), -1, True, "down"),
    ("purchases", "Aankopen (60)", ("60",), 1, True, "up"),
    ("services", "Diensten en diverse goederen (61)", ("61",), 1, True, "up"),
    ("personnel", "Personeel (62)", ("62",), 1, True, "up"),
    ("cash", "Geld (53 tot 58)", ("53", "54", "55", "56", "57", "58"), 1, False, "down"),
    ("receivables", "Te ontvangen van klanten (40)", ("40",), 1, False, "up"),
    ("suppliers", "Te betalen aan leveranciers (44)", ("44",), -1, False, "up"),
    ("taxes-due", "Te betalen belastingen en lonen (45)", ("45",), -1, False, "up"),
)
"""Id, name, accounts, the sign that makes it above nought (debit is 1), whether it runs up through
the year, and which way is bad."""


def trial_series(trials: Trials, desk: Desk) -> list[Series]:
    """The series of all balances together."""
    if not trials.amounts:
        return []
    periods = _alike(sorted(trials.amounts, key=lambda p: p.order))
    income = sum(
        (_sum(trials, p, ("70",)) for p in periods.values() if p in trials.unsigned), NOUGHT
    )
    made = []
    for name, said, accounts, sign, runs, bad in FIGURES:
        if trials.moves and not runs:
            continue
        values: list[Decimal | None] = []
        before: tuple[Period, Decimal] | None = None
        for shown, period in periods.items():
            natural = period in trials.unsigned and income > 0
            total = _sum(trials, period, accounts) * (abs(sign) if natural else sign)
            if not runs or period in trials.flows:
                values.append(total)
            elif before and before[0].label[:4] == shown.label[:4]:
                near = before[0].order == shown.order - 1
                values.append(total - before[1] if near else None)
                if not near:
                    why = f"the balance before {shown.label} is missing; '{said}' is not known"
                    desk.aside.add(None, why)
            else:
                values.append(total if _begins_year(shown) else None)
            before = (shown, total)
        if any(v for v in values):
            shown_periods = tuple(p.label for p in periods)
            made.append(_series(name, said, bad, shown_periods, values, next(iter(periods))))
    return made


def _alike(periods: Sequence[Period]) -> dict[Period, Period]:
    """How each period is shown: ends of quarters as quarters, ends of years as years."""
    if any(p.frequency != "month" for p in periods):
        return {p: p for p in periods if p.frequency == periods[0].frequency}
    ends = {int(p.label[5:]) for p in periods}
    if ends == {12}:
        return {year(int(p.label[:4])): p for p in periods}
    if ends <= {3, 6, 9, 12}:
        return {quarter(int(p.label[:4]), int(p.label[5:]) // 3): p for p in periods}
    return {month(int(p.label[:4]), int(p.label[5:])): p for p in periods}


def _begins_year(period: Period) -> bool:
    return period.frequency == "year" or period.label[5:] in ("01", "Q1")


def _sum(trials: Trials, period: Period, accounts: tuple[str, ...]) -> Decimal:
    own = trials.amounts[period]
    return sum((v for a, v in own.items() if a.startswith(accounts)), NOUGHT)


def _series(
    name: str,
    said: str,
    bad: Bad,
    periods: tuple[str, ...],
    values: Sequence[Decimal | None],
    first: Period,
) -> Series:
    return Series(
        id=f"ledger-{name}",
        periods=periods,
        values=tuple(None if v is None else float(v) for v in values),
        bad=bad,
        kind="money",
        frequency=first.frequency,
        name=said,
        unit="EUR",
    )
