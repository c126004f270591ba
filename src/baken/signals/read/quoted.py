"""Rows of text cut into cells, of which one between quotes may go on over some lines."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator

MAX_JOINED = 20
"""Lines that one cell between quotes may take."""


def records(
    stream: Iterator[tuple[int, str]], delimiter: str, width: int
) -> Iterator[tuple[int, list[str] | None]]:
    """The cells of each row with the line that it begins on; None where a quote is not closed. A
    cell between quotes may go on over some lines."""
    ahead: deque[tuple[int, str]] = deque()
    while True:
        at, line = ahead.popleft() if ahead else next(stream, (0, ""))
        if not at:
            return
        if not line or line.isspace():
            continue
        if '"' not in line:
            yield at, line.split(delimiter)
        elif line.count('"') % 2 == 0:
            yield at, next(csv.reader([line], delimiter=delimiter))
        else:
            while len(ahead) < MAX_JOINED and (more := next(stream, None)) is not None:
                ahead.append(more)
            yield at, _joined(line, ahead, delimiter, width)


def _joined(
    line: str, ahead: deque[tuple[int, str]], delimiter: str, width: int
) -> list[str] | None:
    """A row of which a cell goes on over the next lines, those taken off ``ahead``."""
    text = line
    for count, (_, more) in enumerate(ahead, start=1):
        text += f"\n{more}"
        if text.count('"') % 2 == 0:
            cells = next(csv.reader([f"{t}\n" for t in text.split("\n")], delimiter=delimiter))
            if len(cells) != width:
                return None
            cells = [" ".join(c.split()) for c in cells]
            for _ in range(count):
                ahead.popleft()
            return cells
    return None
