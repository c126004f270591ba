"""Everything that was handed in, each file by the reader for its kind, as one reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path, PurePath

from baken.kernel.errors import BakenError
from baken.signals.read.accounts import read_filings
from baken.signals.read.coda import read_coda
from baken.signals.read.join import Lot, joined
from baken.signals.read.layout import Desk
from baken.signals.read.opened import Given, opened
from baken.signals.read.payments import Payment
from baken.signals.read.periods import last_day
from baken.signals.read.questions import Answers
from baken.signals.read.rhythm import period_in
from baken.signals.read.source import Aside, Source, refused
from baken.signals.read.tables import read_table
from baken.signals.read.trial_balance import Trials
from baken.signals.read.trial_series import trial_series
from baken.signals.series import Frequency, Reading, Rejected, Series

FAULTS: tuple[type[Exception], ...] = (
    ValueError, ArithmeticError, LookupError, TypeError, AttributeError, StopIteration,
)  # fmt: skip
"""Slips of a reader that cost one file, and not the others. Tests set this to nothing, so that
they see them."""
RUNNING = 2
"""Periods that are not over yet, at most, in a series that ends now."""


@dataclass
class Files(Reading):
    """A reading of many files. ``lights`` are the records of :class:`~.accounts.YearlyReading`
    for alarms that stand by themselves; ``compared`` its figures beside the year before; ``kinds``
    tells how many files there were of each kind; ``invoices`` are paths to be read as e-invoices,
    but for the files ``left`` and those in zips that are ``named``, which were read here;
    ``payments`` are those that bank statements tell."""

    lights: list[dict[str, object]] = field(default_factory=list)
    compared: list[dict[str, object]] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    invoices: list[Path] = field(default_factory=list)
    left: set[str] = field(default_factory=set)
    payments: list[Payment] = field(default_factory=list, repr=False)
    named: set[str] = field(default_factory=set)


def read_paths(
    paths: Sequence[Given],
    *,
    as_of: date | None = None,
    answers: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Files:
    """The series in files and folders of any kind, told by content.

    A file that can't be read is set aside by name, and the rest goes on. ``as_of`` looks as if it
    were that day: periods that were not over then are left out. ``answers`` are to the questions
    of an earlier reading, by id. E-invoices are not read here, but named.

    Raises:
        BakenError: when there are more than 200,000 files, or an answer is none of the choices.
    """
    files = opened(paths)
    sources = files.sources
    found = Files(rejected=files.rejected, invoices=files.invoices)
    found.left, found.named = files.left, files.named
    found.kinds = {kind: len(many) for kind, many in sources.items()}
    tables = [s for kind in ("long", "table", "book") for s in sources.get(kind, ())]
    answers = Answers(answers or {})
    now = today or date.today()  # noqa: DTZ011
    trials = Trials()
    read = [_table(s, answers, as_of, today, trials) for s in tables]
    desk = Desk("ledger", answers or {}, now, Aside("ledger"), as_of)
    read.append(Reading(trial_series(trials, desk), desk.aside.all()))
    bank = read_coda(sources.get("coda", ()), answers, as_of=as_of, today=today)
    read.append(bank)
    found.payments = [p for p in bank.payments if as_of is None or p.day <= as_of]
    yearly = read_filings(sources.get("accounts", ()))
    read.append(yearly.reading)
    found.lights, found.compared = yearly.lights, yearly.compared
    names = [s.name for s in tables] + ["ledger", "bank", "accounts"]
    stems = Counter(PurePath(n).stem for n in names)
    lots = [
        Lot(stem if stems[stem := PurePath(n).stem] == 1 else str(PurePath(n).with_suffix("")), n,
            r.series)
        for n, r in zip(names, read, strict=True)
    ]  # fmt: skip
    found.series = joined(lots, found.rejected)
    if as_of is not None:
        whole, found.series = found.series, []
        long = {(s.firm, s.id) for r in read[: len(sources.get("long", ()))] for s in r.series}
        for series in whole:
            kept = until(series, as_of)
            if as_of >= now and (series.firm, series.id) in long and _ahead(series, kept):
                why = f"periods after {as_of} are taken as given"
                found.rejected.append(Rejected(series.name or series.id, None, why, note=True))
                kept = series
            if kept is not None:
                found.series.append(kept)
            left = len(series.periods) - (len(kept.periods) if kept else 0)
            if left:
                why = f"{left} periods that were not over on {as_of} are left out"
                found.rejected.append(Rejected(series.name or series.id, None, why))
    if not found.invoices:
        found.series = _of_one_firm(found.series, {s.firm for s in yearly.reading.series})
    found.rejected += [r for one in read for r in one.rejected]
    found.questions = [q for one in read for q in one.questions]
    for name in answers.keys() - answers.used:
        why = f"the answer '{name[:60]}' belongs to no question that was put"
        found.rejected.append(Rejected(name.partition(":")[0], None, why, note=True))
    return found


def _of_one_firm(series: list[Series], filed: set[str]) -> list[Series]:
    """What tells no firm belongs to the one of the annual accounts (``filed``), where no other is
    told."""
    firms = {s.firm for s in series} - {""}
    twice = {s.id for s in series if s.firm} & {s.id for s in series if not s.firm}
    if len(filed) != 1 or firms != filed or twice:
        return series
    (firm,) = filed
    return [replace(s, firm=firm) for s in series]


def until(series: Series, as_of: date) -> Series | None:
    """A series as it was known at the end of a day; None where nothing was. Positions have no day
    and stay."""
    kept = [at for at, text in enumerate(series.periods) if _over(text, series.frequency, as_of)]
    if len(kept) == len(series.periods):
        return series
    weights = tuple(series.weights[at] for at in kept) if series.weights else ()
    rows = tuple(series.rows[at] for at in kept) if series.rows else tuple(kept)
    return (
        replace(
            series,
            periods=tuple(series.periods[at] for at in kept),
            values=tuple(series.values[at] for at in kept),
            weights=weights,
            rows=rows if rows != tuple(range(len(rows))) else (),
        )
        if kept
        else None
    )


def _ahead(series: Series, kept: Series | None) -> bool:
    """Whether a program's series goes on beyond now: then it has a time of its own."""
    return len(series.periods) - (len(kept.periods) if kept else 0) > RUNNING


@lru_cache(maxsize=10_000)
def _over(text: str, frequency: Frequency, as_of: date) -> bool:
    period = period_in(text, frequency)
    last = last_day(period) if period else None
    return last is None or last <= as_of


def _table(
    source: Source,
    answers: Mapping[str, str] | None,
    as_of: date | None,
    today: date | None,
    trials: Trials,
) -> Reading:
    try:
        return read_table(source, answers, as_of=as_of, today=today, trials=trials)
    except BakenError as e:
        if answers and "is no answer to" in e.problem:
            raise
        return Reading([], [refused(e, source)])
    except FAULTS:
        problem = "Baken stumbled over this file"
        expected = "the same figures in a plain table, such as a month and an amount on each row"
        return Reading([], [refused(BakenError(source.name, problem, expected), source)])
