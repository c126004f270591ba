"""Annual accounts (JSON or CSV of the National Bank) as yearly series, beside the year before.

Overdue debts with the tax office (9072) or social security (9076) above nought are lights: courts
look at them too. An item that is not in the accounts of a year is nought for these two, and missing
for the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from baken.kernel.errors import BakenError
from baken.registers.accounts import MAX_BYTES, Accounts, AccountsYear, accounts_of
from baken.registers.filing import decode_filing
from baken.signals.read.source import Source, refused
from baken.signals.series import Bad, Kind, Reading, Rejected, Series


@dataclass(frozen=True)
class Figure:
    """A figure of the accounts: the codes that are added up, or the first that is there."""

    id: str
    name: str
    codes: tuple[str, ...]
    bad: Bad
    kind: Kind = "money"
    summed: bool = False
    nought: bool = False


TRAINING = ("580", "581", "582", "583", "584", "585")
"""Formal, less formal and initial training, of men and of women."""
FIGURES = (
    Figure("equity", "Eigen vermogen", ("10/15",), "down"),
    Figure("cash-at-year-end", "Liquide middelen", ("54/58",), "down"),
    Figure("debts", "Schulden", ("17/49",), "up"),
    Figure("overdue-tax", "Vervallen belastingschulden", ("9072",), "up", nought=True),
    Figure("overdue-social-security", "Vervallen schulden RSZ", ("9076",), "up", nought=True),
    Figure("turnover-year", "Omzet van het boekjaar", ("70",), "down"),
    Figure("gross-margin", "Brutomarge", ("9900",), "down"),
    Figure("heads", "Werknemers (voltijds gemiddeld)", ("9087", "1003"), "down", "number"),
    Figure(
        "training-hours",
        "Uren opleiding",
        tuple(f"{c}2" for c in TRAINING),
        "down",
        "number",
        summed=True,
    ),
    Figure(
        "training-cost",
        "Kosten van opleiding",
        tuple(f"{c}3" for c in TRAINING),
        "down",
        summed=True,
    ),
)
LIGHTS = ("overdue-tax", "overdue-social-security")


@dataclass
class YearlyReading:
    """The series, the lights, and each figure beside the year before.

    A light: ``{"kind", "firm", "code", "at", "amount", "before", "unit"}``; ``before`` is None
    where there is no year before. A comparison: ``{"series", "firm", "at", "value", "before",
    "change_pct"}``; ``change_pct`` is None where the year before was nought or less.
    """

    reading: Reading = field(default_factory=Reading)
    lights: list[dict[str, object]] = field(default_factory=list)
    compared: list[dict[str, object]] = field(default_factory=list)


def read_filings(sources: Sequence[Source]) -> YearlyReading:
    """The yearly series in filings, each firm apart: by its enterprise number, else by its name
    where there are several. Of a year that stands
    in two filings, the later filing tells it. A file that can't be read is set aside."""
    found = YearlyReading()
    firms: dict[str, list[tuple[Source, Accounts]]] = {}
    for source in sources:
        try:
            accounts = _accounts(source)
        except BakenError as e:
            found.reading.rejected.append(refused(e, source))
            continue
        firms.setdefault(accounts.number or accounts.name or "", []).append((source, accounts))
    for name, many in firms.items():
        firm = name if len(firms) > 1 or many[0][1].number else ""
        years = _years(many, found.reading.rejected)
        for figure in FIGURES:
            _add(found, figure, firm, years)
    return found


def _accounts(source: Source) -> Accounts:
    raw = decode_filing(source.read(MAX_BYTES), source.name)
    return accounts_of(raw, None, source.name)


def _years(
    many: Sequence[tuple[Source, Accounts]], rejected: list[Rejected]
) -> dict[str, AccountsYear]:
    """The years by their label, the year in which they end."""
    years: dict[str, AccountsYear] = {}
    own: set[str] = set()
    for source, accounts in sorted(many, key=lambda m: m[1].years[0].end):
        for n, one in enumerate(accounts.years):
            label = f"{one.end.year:04d}"
            if n == 0 and label in own:
                why = f"the accounts of {label} stand in another file already"
                rejected.append(Rejected(source.name, None, why))
            elif n == 0 or one.end.year not in {y.end.year for y in years.values()}:
                years[label] = one
            if n == 0:
                own.add(label)
    return dict(sorted(years.items()))


def _value(figure: Figure, rubrics: Mapping[str, Decimal]) -> Decimal | None:
    there = [rubrics[c] for c in figure.codes if c in rubrics]
    if not there:
        return None
    return sum(there, Decimal(0)) if figure.summed else there[0]


def _add(
    found: YearlyReading, figure: Figure, firm: str, years: Mapping[str, AccountsYear]
) -> None:
    values = {label: _value(figure, one.rubrics) for label, one in years.items()}
    if all(v is None for v in values.values()):
        return
    if figure.nought:
        values = {label: v if v is not None else Decimal(0) for label, v in values.items()}
    unit = "EUR" if figure.kind == "money" else ""
    found.reading.series.append(
        Series(
            id=figure.id,
            periods=tuple(values),
            values=tuple(None if v is None else float(v) for v in values.values()),
            bad=figure.bad,
            kind=figure.kind,
            frequency="year",
            firm=firm,
            name=figure.name,
            unit=unit,
        )
    )
    for label, value in values.items():
        before = values.get(f"{int(label) - 1:04d}")
        if value is not None and before is not None:
            found.compared.append(
                {
                    "series": figure.id,
                    "firm": firm,
                    "at": label,
                    "value": float(value),
                    "before": float(before),
                    "change_pct": round(float(value / before - 1) * 100, 1) if before > 0 else None,
                }
            )
        if figure.id in LIGHTS and value:
            found.lights.append(
                {
                    "kind": figure.id,
                    "firm": firm,
                    "code": figure.codes[0],
                    "at": label,
                    "amount": float(value),
                    "before": None if before is None else float(before),
                    "unit": unit,
                }
            )
