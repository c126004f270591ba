"""A series: one figure of one firm, period by period, from the readers to the detectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Bad = Literal["down", "up", "both"]
"""In which direction a move is bad news: ``down`` for sales, ``up`` for complaints."""
Kind = Literal["money", "count", "share", "mean", "days", "number"]
"""What a value is: a sum of euros, a count of events, a share between 0 and 1, a mean of euros,
days, or a number of which nothing is known."""
Frequency = Literal["day", "week", "month", "quarter", "year", "position"]


@dataclass(frozen=True)
class Series:
    """One figure of one firm.

    ``periods`` are as they were given (``2024-03``, ``2024-W11``, ``2024-Q1``, ``2024``,
    ``2024-03-15``, ``17``), in order; ``values`` stand beside them, None where one is missing. Rows
    are not filled: a month that is not there is no row. ``id`` is stable (``sales``,
    ``sales.klant-a``), ``name`` what people read. ``weights`` are, for a share or a mean, the count
    or sum it is taken over, where that is known. ``rows`` tell which row each value was as given,
    counted from 0, where that is not its place here.
    """

    id: str
    periods: tuple[str, ...]
    values: tuple[float | None, ...]
    bad: Bad = "both"
    kind: Kind = "number"
    frequency: Frequency = "month"
    firm: str = ""
    name: str = ""
    unit: str = ""
    weights: tuple[float | None, ...] = ()
    rows: tuple[int, ...] = ()

    def row(self, at: int) -> int:
        """The row of a value as it was given."""
        return self.rows[at] if self.rows else at


@dataclass(frozen=True)
class Rejected:
    """A file, or a line of one, that was set aside: where it stands, and why in one sentence. With
    ``note`` nothing was set aside: it is a remark on how the file was read."""

    file: str
    line: int | None
    why: str
    note: bool = False


@dataclass
class Reading:
    """What came out of files: series, what was set aside, and questions that people must answer.

    A question is put where a file can be read in two ways (``05/06/2025``, a column without a
    name): ``{"id", "file", "text": {"nl", "en", "fr"}, "choices": [{"value", "text"}]}``. Until it
    is answered that series is not made.
    """

    series: list[Series] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    questions: Sequence[dict[str, object]] = field(default_factory=list)
