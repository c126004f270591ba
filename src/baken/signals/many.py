"""Many firms judged over the cores; one on whose figures the judge fails leaves the others.

Firms are judged apart, so they can be shared out: by the twenty, which keeps the arithmetic on
whole blocks, to workers that are started afresh (spawn), as for invoices. The answer is that of one
:func:`~baken.signals.watch.watch` over all series, in the same order.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from baken.signals.detect.thresholds import PER_SERIES
from baken.signals.read.work import cores
from baken.signals.series import Rejected, Series
from baken.signals.watch import Judged, Watch, watch

FIRMS = 20
"""In one piece of work."""
FEW = 400
"""Below so many series, starting other processes costs more than it saves."""
Light = Mapping[str, Any]


@dataclass(frozen=True)
class Setting:
    """How all firms are judged; see :func:`~baken.signals.watch.watch`."""

    false_alarms: float = PER_SERIES
    per_firm: bool = False
    look_back: bool = True
    as_of: date | None = None
    replay: bool = False

    def judge(self, series: Sequence[Series], lights: Sequence[Light]) -> Watch:
        """These firms, in one go."""
        return watch(
            series, lights=lights, false_alarms=self.false_alarms, per_firm=self.per_firm,
            look_back=self.look_back, as_of=self.as_of,
            replay=self.replay,
        )  # fmt: skip


@dataclass
class Firm:
    """The series of a firm, with their places among those of all firms, and its lights."""

    name: str
    at: list[int] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    lights: list[Light] = field(default_factory=list)


@dataclass
class Part:
    """What came of some firms: each series with its place."""

    judged: list[tuple[int, Judged]] = field(default_factory=list)
    watch: Watch = field(default_factory=lambda: Watch([]))
    failed: list[Rejected] = field(default_factory=list)


def judge_part(firms: Sequence[Firm], setting: Setting) -> Part:
    """Some firms judged; where that fails, each by itself, and those that fail are named."""
    try:
        found = setting.judge(
            [s for f in firms for s in f.series], [x for f in firms for x in f.lights]
        )
    except Exception as e:  # whatever it is, the other firms go on
        if len(firms) == 1:
            why = f"Baken failed on the figures of this firm ({type(e).__name__})"
            return Part(failed=[Rejected(firms[0].name or "?", None, why)])
        whole = Part()
        for part in (judge_part([firm], setting) for firm in firms):
            _add(whole, part)
        return whole
    places = [at for f in firms for at in f.at]
    return Part(list(zip(places, found.judged, strict=True)), found)


def _add(whole: Part, part: Part) -> None:
    whole.judged += part.judged
    whole.failed += part.failed
    whole.watch.facts |= part.watch.facts
    whole.watch.lights += part.watch.lights


def watch_many(
    series: Sequence[Series],
    rejected: Sequence[Rejected] = (),
    *,
    setting: Setting | None = None,
    lights: Sequence[Light] = (),
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Watch:
    """Judge the series of any number of firms.

    ``workers`` None takes the cores there are, once there are :data:`FEW` series; ``progress`` is
    told how many firms of how many are done.
    """
    setting = setting or Setting()
    firms = _by_firm(series, lights)
    pieces = [firms[at : at + FIRMS] for at in range(0, len(firms), FIRMS)]
    if workers is None:
        workers = cores() if len(series) >= FEW else 1
    whole = Part()
    done = 0
    for piece, part in zip(pieces, _parts(pieces, setting, workers), strict=True):
        _add(whole, part)
        done += len(piece)
        if progress:
            progress(done, len(firms))
    whole.judged.sort(key=lambda one: one[0])
    found = whole.watch
    found.judged, found.rejected = [j for _, j in whole.judged], [*rejected, *whole.failed]
    return found


def _by_firm(series: Sequence[Series], lights: Sequence[Light]) -> list[Firm]:
    """The firms in the order in which they are first named."""
    firms: dict[str, Firm] = {}
    for at, one in enumerate(series):
        firm = firms.setdefault(one.firm, Firm(one.firm))
        firm.at.append(at)
        firm.series.append(one)
    for light in lights:
        name = str(light["firm"])
        firms.setdefault(name, Firm(name)).lights.append(light)
    return list(firms.values())


def _parts(pieces: Sequence[Sequence[Firm]], setting: Setting, workers: int) -> Iterator[Part]:
    """What came of each piece, in order, three a worker under way. A worker that dies costs time:
    the rest is judged here."""
    if workers < 2 or len(pieces) < 2:
        yield from (judge_part(piece, setting) for piece in pieces)
        return
    context = multiprocessing.get_context("spawn")
    waiting: deque[tuple[Sequence[Firm], Future[Part] | None]] = deque()
    with ProcessPoolExecutor(min(workers, len(pieces)), mp_context=context) as pool:
        for piece in pieces:
            waiting.append((piece, _submit(pool, piece, setting)))
            if len(waiting) > 3 * workers:
                yield _result(*waiting.popleft(), setting)
        while waiting:
            yield _result(*waiting.popleft(), setting)


def _submit(
    pool: ProcessPoolExecutor, piece: Sequence[Firm], setting: Setting
) -> Future[Part] | None:
    try:
        return pool.submit(judge_part, piece, setting)
    except (BrokenProcessPool, RuntimeError):
        return None


def _result(piece: Sequence[Firm], future: Future[Part] | None, setting: Setting) -> Part:
    try:
        return judge_part(piece, setting) if future is None else future.result()
    except BrokenProcessPool:
        return judge_part(piece, setting)
