"""Hours that an organisation offers for a first call, and the half hours that come of them.

Hours are weekly (``mon 09:00-12:00``) or of one day (``2026-12-04 10:00-11:00``), in Belgian time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from baken.kernel.errors import BakenError
from baken.refer.model import BRUSSELS, Absence
from baken.registers.workdays import is_working_day

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
HALF_HOUR = timedelta(minutes=30)
EARLIEST, LATEST = time(6), time(22)
MOST = 50
"""Lines of hours that an organisation may have."""
_LINE = re.compile(r"(\S+)\s+(\d{1,2}[:.]\d\d)\s*[-–]\s*(\d{1,2}[:.]\d\d)")
_EXPECTED = "mon 09:00-12:00 or 2026-12-04 10:00-11:00"


@dataclass(frozen=True, order=True)
class Hours:
    """From ``first`` to ``last`` on each ``weekday`` (0 is Monday), or on one ``day``."""

    first: time
    last: time
    weekday: int | None = None
    day: date | None = None

    def __post_init__(self) -> None:
        """Raises :class:`BakenError` when no half hour fits."""
        if not EARLIEST <= self.first < self.last <= LATEST:
            raise BakenError(
                "hours", f"{self.first:%H:%M}-{self.last:%H:%M}", "from 06:00 to 22:00, in order"
            )
        if _minutes(self.last) - _minutes(self.first) < HALF_HOUR.seconds // 60:
            raise BakenError("hours", "it is less than half an hour", "half an hour or more")

    def on(self, day: date) -> Iterator[datetime]:
        """The beginnings of its half hours on a day."""
        if day != self.day and day.weekday() != self.weekday:
            return
        at, end = (datetime.combine(day, t, BRUSSELS) for t in (self.first, self.last))
        while at + HALF_HOUR <= end:
            yield at
            at += HALF_HOUR


def parse(typed: str) -> tuple[Hours, ...]:
    """Hours as an operator writes them: ``mon 09:00-12:00 | 2026-12-04 10:00-11:00``.

    >>> [h.weekday for h in parse("mon 09:00-12:00 | fri 14.00-16.30")]
    [0, 4]
    """
    return tuple(_line(line.strip()) for line in typed.split("|") if line.strip())


def clock(typed: str) -> time:
    """A time of day: ``9:00``, ``09:30`` or ``9.30``."""
    try:
        return time.fromisoformat(typed.strip().replace(".", ":").zfill(5))
    except ValueError:
        raise BakenError("hours", f"{typed!r} is no time of day", "a time such as 09:30") from None


def free(
    hours: Iterable[Hours],
    first: date,
    last: date,
    absences: Collection[Absence] = (),
    taken: Collection[datetime] = (),
) -> list[datetime]:
    """The half hours that can be chosen from ``first`` to ``last`` (both included), earliest first.

    No weekends, no public holidays, no days of absence, and nothing that overlaps with what is
    ``taken``.
    """
    offered, found = list(hours), set()
    day = first
    while day <= last:
        if is_working_day(day) and not any(absence.holds(day) for absence in absences):
            found |= {at for each in offered for at in each.on(day)}
        day += timedelta(days=1)
    return sorted(at for at in found if not any(abs(at - one) < HALF_HOUR for one in taken))


def _line(line: str) -> Hours:
    said = _LINE.fullmatch(line)
    if said is None:
        raise BakenError("hours", f"{line!r} can't be read", _EXPECTED)
    when, first, last = said.groups()
    if when.lower() in WEEKDAYS:
        return Hours(clock(first), clock(last), weekday=WEEKDAYS.index(when.lower()))
    try:
        return Hours(clock(first), clock(last), day=date.fromisoformat(when))
    except ValueError:
        raise BakenError("hours", f"{when!r} is no day", _EXPECTED, list(WEEKDAYS)) from None


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
