"""Where a series was changed from outside: steps and bends beside what it does by itself.

Every set of steps and bends is judged by its description length, under the kind of error that suits
it best (see :mod:`baken.signals.detect.errors`): each must pay for its place and its size (Davis,
Lee, Rodriguez-Yam 2006; Shi, Gallagher, Lund, Killick 2022). From none on, the step or bend, or the
two steps together, that shorten the description most are added, and others dropped or moved, as
long as it becomes shorter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from baken.signals.detect.errors import SHORTEST, Ints, Shapes, shapes

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
PRICE = 0.8
"""How dear a change is, in units of the description length."""
BEND = 2.5
"""A bend costs as much as so many steps: what changes slowly is less of a change."""
MEMORY = 2.0
"""What an error with memory costs, in logarithms of the number of values."""
EYE = 0.4
"""The weight of what is seen at a glance (errors without memory) beside the kind that suits."""
MOST = 10
"""Changes at most."""
UNSEEN, GLANCE = 0.1, 0.2
"""Shares of the variance that nobody sees: looking well, and at a glance."""
PLAIN = 0.003
"""The same where a series stands still between its steps."""
PAIRED = 70
"""Of so many places at most all pairs of steps are tried."""
TRUE = 1e-6
"""Columns that are nearly the sum of others tell nothing more."""
LEVEL, TREND = 0, 1
GUESS = 1.0
"""What a plateau costs in the first guess, in variances of the series and logarithms of n."""


@dataclass(frozen=True)
class Pieces:
    """What was found: the ``columns`` of the shapes, the ``length`` of the description, which
    ``kind`` of error suits, and what was ``fitted`` (n,)."""

    columns: list[int]
    length: float
    kind: int
    fitted: Floats


class Search:
    """A series (n,) and the description lengths of its cuts; ``still``: it stands still between its
    steps."""

    def __init__(self, values: Floats, still: bool = False) -> None:
        n = len(values)
        self.unseen, self.eye = (PLAIN, 0.0) if still else (UNSEEN, EYE)
        self.shapes: Shapes = shapes(n)
        self.middle, self.spread = float(values.mean()), float(values.std()) or 1.0
        self.values = (values - self.middle) / self.spread
        self.with_columns = self.shapes.weigh @ self.values
        self.square = (self.shapes.inverse @ self.values) @ self.values
        self.own = self.shapes.own
        self.dear = PRICE * float(np.log(n))
        self.base = self.shapes.spread + self.shapes.memory * (self.dear + MEMORY * np.log(n))
        self.at = self.shapes.at
        self.cost = np.where(np.arange(len(self.at)) < 2 + len(self.shapes.places), 1.0, BEND)

    def length(self, left: Floats, places: Floats | Ints | int, cost: Floats | float) -> Floats:
        """Description lengths (k, ...) of what is ``left`` (k, ...) after changes at so many
        places with columns of this cost."""
        n = self.shapes.n
        each = np.maximum(left, 0.0) / n
        base = self.base.reshape(-1, *[1] * (np.ndim(left) - 1))
        fit = (n - 1) * np.log(each + self.unseen) + base
        glance = (n - 1) * np.log(each[:1] + GLANCE)
        return np.asarray(
            (1 - self.eye) * fit + self.eye * glance + self.dear * (2 * places + cost)
        )

    def _cost(self, columns: list[int]) -> float:
        return float(self.cost[columns].sum())

    def places(self, columns: list[int]) -> list[int]:
        """Where there are changes."""
        return sorted({int(self.at[c]) for c in columns if c > TREND})

    def solved(self, columns: list[int]) -> tuple[Floats, Floats]:
        """The columns' sizes (k, c), and what they leave of the squares (k,)."""
        gram = self.shapes.gram[:, columns][:, :, columns]
        with_columns = self.with_columns[:, columns]
        size = np.linalg.solve(gram, with_columns[..., None])[..., 0]
        left = self.square - (with_columns * size).sum(axis=1)
        return np.asarray(size, dtype=float), np.asarray(left, dtype=float)

    def worth(self, columns: list[int]) -> tuple[float, int]:
        """The description length, and the kind of error that gives it."""
        _, left = self.solved(columns)
        all_ = self.length(left, len(self.places(columns)), self._cost(columns))
        kind = int(np.argmin(all_))
        return float(all_[kind]), kind

    def beside(self, columns: list[int]) -> tuple[Floats, Floats, Floats, Floats]:
        """Beside these columns: all columns' products with what is left (k, m), their own squares
        (k, m), the squares left (k,), and how the columns make up all others (k, c, m)."""
        gram = self.shapes.gram[:, columns]
        size, left = self.solved(columns)
        made = np.asarray(np.linalg.solve(gram[:, :, columns], gram), dtype=float)
        with_rest = self.with_columns - np.einsum("kcm,kc->km", gram, size)
        own = self.own - np.einsum("kcm,kcm->km", gram, made)
        return np.asarray(with_rest, dtype=float), own, left, made

    def _free(self, places: list[int]) -> tuple[Bools, Bools]:
        """Of all columns: which may be added beside changes at these places, and which would be at
        a new place."""
        free = np.ones(len(self.at), dtype=bool)
        new = self.at > 0
        for place in places:
            free &= (np.abs(self.at - place) >= SHORTEST) | (self.at == place) | (self.at == 0)
            new &= self.at != place
        if len(places) >= MOST:
            free &= ~new
        return free, new

    def _one_more(self, columns: list[int], pairs: bool) -> tuple[float, list[int]]:
        """The best addition of one column or of two steps."""
        with_rest, own, left, made = self.beside(columns)
        places = self.places(columns)
        free, new = self._free(places)
        good = own > TRUE * self.own
        good[:, columns] = False
        gain = np.where(good, with_rest**2 / np.where(good, own, 1.0), 0.0)
        cost = self._cost(columns)
        all_ = self.length(left[:, None] - gain, len(places) + new, cost + self.cost)
        all_[~good | ~free] = np.inf
        at = np.unravel_index(np.argmin(all_), all_.shape)
        best = float(all_[at]), [*columns, int(at[1])]
        if not pairs or len(places) + 2 > MOST:
            return best
        steps = 2 + np.flatnonzero((free & new)[2 : 2 + len(self.shapes.places)])
        if len(steps) > PAIRED:
            likely = steps[np.argsort(-gain[:, steps].max(axis=0))[: PAIRED // 3]]
            steps = np.unique([*steps[:: -(-len(steps) // (PAIRED - PAIRED // 3))], *likely])
        if len(steps) < 2:
            return best
        gram = self.shapes.gram
        cross = (
            gram[:, steps[:, None], steps]
            - np.swapaxes(gram[:, columns][:, :, steps], 1, 2) @ made[:, :, steps]
        )
        rest, mine = with_rest[:, steps], own[:, steps]
        product = mine[:, :, None] * mine[:, None]
        free_of = product - cross**2
        apart = steps - steps[:, None] >= SHORTEST
        good = (free_of > TRUE * product) & apart
        together = (rest**2)[:, :, None] * mine[:, None]
        together = together + np.swapaxes(together, 1, 2)
        together -= 2 * cross * rest[:, :, None] * rest[:, None]
        gain = np.where(good, together / np.where(good, free_of, 1.0), 0.0)
        kind = np.argmin(
            self.length(left[:, None] - gain.reshape(len(gain), -1).max(axis=1)[:, None], 2, 2)
        )
        pair = np.unravel_index(np.argmax(gain[kind]), gain[kind].shape)
        both = [*columns, int(steps[pair[0]]), int(steps[pair[1]])]
        length = self.length(left - gain[:, pair[0], pair[1]], len(places) + 2, cost + 2).min()
        return (float(length), both) if length < best[0] else best

    def _one_less(self, columns: list[int]) -> tuple[float, list[int]]:
        """The best without one column, or without one place."""
        sets = [[c for c in columns if c != less] for less in columns if less != LEVEL]
        for place in self.places(columns):
            some = [c for c in columns if self.at[c] != place]
            if len(some) < len(columns) - 1:
                sets.append(some)
        return min((self.worth(s)[0], s) for s in sets)

    def _moved(self, columns: list[int], length: float) -> tuple[float, list[int]]:
        """Each step or bend in turn where it is best beside the others."""
        for column in columns:
            if column <= TREND:
                continue
            others = [c for c in columns if c != column]
            with_rest, own, left, _ = self.beside(others)
            places = self.places(others)
            free, new = self._free(places)
            good = (own > TRUE * self.own) & free & (self.at > 0)
            good[:, others] = False
            gain = np.where(good, with_rest**2 / np.where(good, own, 1.0), 0.0)
            cost = self._cost(others) + self.cost
            all_ = self.length(left[:, None] - gain, len(places) + new, cost)
            all_[~good] = np.inf
            at = np.unravel_index(np.argmin(all_), all_.shape)
            if all_[at] < length - TRUE:
                length, columns = float(all_[at]), [*others, int(at[1])]
        return length, columns

    def gain(self, found: Pieces, place: int) -> float:
        """How much shorter a change makes the description, in logarithms of n."""
        others = [c for c in found.columns if self.at[c] != place]
        return (self.worth(others)[0] - found.length) / float(np.log(self.shapes.n))

    def best(self) -> Pieces:
        """The steps and bends that make the description shortest: from a level, from a trend, on
        which a bend may come first, and from plateaus, which may count only together."""
        starts = [([LEVEL], True), ([LEVEL, TREND], False)]
        steps = [2 + place - SHORTEST for place in plateaus(self.values)]
        if 1 < len(steps) <= MOST:
            starts.append(([LEVEL, *steps], False))
        _, columns = min(self._shortest(*start) for start in starts)
        length, kind = self.worth(columns)
        size = self.solved(columns)[0][kind]
        fitted = self.shapes.columns[:, columns] @ size
        return Pieces(columns, length, kind, fitted * self.spread + self.middle)

    def _shortest(self, columns: list[int], pairs: bool) -> tuple[float, list[int]]:
        """The shortest description that is reached from these columns."""
        length, _ = self.worth(columns)
        while True:
            began = length
            while len(columns) > 1:
                found, fewer = self._one_less(columns)
                if found > length - TRUE:
                    break
                length, columns = found, fewer
            length, columns = self._moved(columns, length)
            found, more = self._one_more(columns, pairs)
            if found < length - TRUE:
                length, columns = found, more
            elif length > began - TRUE:
                return length, sorted(columns)


def plateaus(values: Floats) -> list[int]:
    """Where a standardised series goes from one plateau to the next by least squares."""
    n = len(values)
    sums = np.concatenate([[0.0], np.cumsum(values)])
    dear = GUESS * float(np.log(n))
    t = np.arange(n + 1)
    so_far = np.full(n + 1, np.inf)
    so_far[0] = 0.0
    back = np.zeros(n + 1, dtype=int)
    for end in range(SHORTEST, n + 1):
        begin = end - SHORTEST + 1
        total = so_far[:begin] - (sums[end] - sums[:begin]) ** 2 / (end - t[:begin])
        back[end] = int(np.argmin(total))
        so_far[end] = float(total[back[end]]) + dear
    cuts: list[int] = []
    at = n
    while back[at] > 0:
        at = int(back[at])
        cuts.insert(0, at)
    return cuts
