"""Many documents read on several cores, in order, with a bounded number of them in memory.

Workers are started afresh (spawn), so this is safe in a server with threads. A worker gives back
plain rows for the store; see :mod:`baken.signals.read.store`.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from baken.kernel.errors import BakenError
from baken.signals.read.boxes import Item
from baken.signals.read.invoices import Invoice, read_invoice
from baken.signals.read.ubl import without_attachments
from baken.signals.series import Rejected

CHUNK = 200
CHUNK_BYTES = 4_000_000
FEW = 8_000
FEW_BYTES = 32_000_000
"""Below so many documents, and bytes out of zips, starting other processes costs more than it
saves (measured; on a busy machine sooner)."""


class Done(NamedTuple):
    """What became of one document: known already (``row`` and ``why`` None), a row, or a reason."""

    name: str
    hash: bytes | None
    row: tuple[Any, ...] | None = None
    lines: tuple[tuple[str, ...], ...] = ()
    why: str | None = None


def row_of(invoice: Invoice) -> tuple[tuple[Any, ...], tuple[tuple[str, ...], ...]]:
    """An invoice as plain values: days as ISO text, amounts as decimal text."""
    i = invoice
    row = (
        i.key, i.supplier, i.supplier_name, i.customer, i.customer_name, i.number,
        i.issued.isoformat(), i.due.isoformat() if i.due else None, i.type, i.currency, str(i.net),
        None if i.gross is None else str(i.gross), str(i.prepaid), int(i.credit),
        "\n".join(i.corrects), i.reference, "; ".join(i.mended),
    )  # fmt: skip
    return row, tuple((x.article, x.name, x.unit, str(x.quantity), str(x.price)) for x in i.lines)


def paper_of(row: Sequence[Any]) -> Invoice:
    """What :func:`row_of` was given, from its row without the key; the lines stand apart."""
    (supplier, supplier_name, customer, customer_name, number, issued, due, kind, currency, net,
     gross, prepaid, credit, corrects, reference, mended) = row  # fmt: skip
    return Invoice(
        supplier, supplier_name, customer, customer_name, number, date.fromisoformat(issued),
        date.fromisoformat(due) if due else None, kind, currency, Decimal(net),
        None if gross is None else Decimal(gross), Decimal(prepaid), bool(credit),
        tuple(corrects.split("\n")) if corrects else (), reference, (),
        (mended,) if mended else (),
    )  # fmt: skip


def content_hash(data: bytes) -> bytes:
    """The same for the same document with or without what is embedded in it."""
    return blake2b(without_attachments(data), digest_size=16).digest()


def read_chunk(chunk: Sequence[Item], reader: int, store: Path | None) -> list[Done]:
    """Each document of a chunk, read unless the store has it; nothing is raised for a bad one."""
    found: list[tuple[Item, bytes, bytes]] = []
    done: dict[int, Done] = {}
    for at, item in enumerate(chunk):
        try:
            data = item.read()
            found.append((item, data, content_hash(data)))
        except BakenError as e:
            done[at] = Done(item.name, None, why=reason(e))
            found.append((item, b"", b""))
    known = _known([h for _, _, h in found if h], reader, store)
    return [
        done[at] if at in done else Done(i.name, h) if h in known else _one(i.name, data, h)
        for at, (i, data, h) in enumerate(found)
    ]


def _one(name: str, data: bytes, digest: bytes) -> Done:
    try:
        row, lines = row_of(read_invoice(data, name))
    except BakenError as e:
        return Done(name, digest, why=reason(e))
    return Done(name, digest, row, lines)


def reason(error: BakenError) -> str:
    """Why a document was set aside, without its name, which stands beside it."""
    return f"{error.problem}; expected {error.expected}" if error.expected else error.problem


def _known(hashes: Sequence[bytes], reader: int, store: Path | None) -> set[bytes]:
    if store is None or not hashes:
        return set()
    with contextlib.closing(
        sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro", uri=True)
    ) as db:
        marks = ",".join("?" * len(hashes))
        ask = f"SELECT hash FROM content WHERE hash IN ({marks}) AND (why IS NULL OR reader = ?)"  # noqa: S608
        return {row[0] for row in db.execute(ask, (*hashes, reader))}


def _chunks(items: Iterable[Item | Rejected]) -> Iterator[tuple[list[Item], list[Rejected]]]:
    """Items by the hundred, fewer when they are large, each with what was set aside among them."""
    chunk: list[Item] = []
    aside: list[Rejected] = []
    size = 0
    for one in items:
        if isinstance(one, Rejected):
            aside.append(one)
        else:
            chunk.append(one)
            size += len(one.data)
        if len(chunk) + len(aside) >= CHUNK or size >= CHUNK_BYTES:
            yield chunk, aside
            chunk, aside, size = [], [], 0
    if chunk or aside:
        yield chunk, aside


def cores() -> int:
    """How many cores this process may use, at most 8."""
    return max(1, min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 4))


def work(
    items: Iterable[Item | Rejected], reader: int, store: Path | None, workers: int | None = None
) -> Iterator[list[Done]]:
    """What became of each document, chunk by chunk, in the order they came.

    ``workers`` 1 reads in this process; None takes the cores there are, once there are
    :data:`FEW` documents or :data:`FEW_BYTES`. Should a worker die, the rest is read here.
    """
    many = cores() if workers is None else max(1, workers)
    stream = iter(items)
    first, over = _begin(stream) if workers is None and many > 1 else ([], many > 1)
    alone = not over
    chunks = _chunks(chain(first, stream))
    if alone:
        for chunk, aside in chunks:
            yield [*read_chunk(chunk, reader, store), *_aside(aside)]
        return
    context = multiprocessing.get_context("spawn")
    waiting: deque[tuple[list[Item], list[Rejected], Future[list[Done]] | None]] = deque()
    with ProcessPoolExecutor(many, mp_context=context) as pool:
        broken = False
        for chunk, aside in chunks:
            future = None
            if not broken:
                try:
                    future = pool.submit(read_chunk, chunk, reader, store)
                except (BrokenProcessPool, RuntimeError):
                    broken = True
            waiting.append((chunk, aside, future))
            while len(waiting) > 3 * many:
                yield _result(*waiting.popleft(), reader, store)
        while waiting:
            yield _result(*waiting.popleft(), reader, store)


def _begin(stream: Iterator[Item | Rejected]) -> tuple[list[Item | Rejected], bool]:
    """The first documents, and whether there are so many that other processes pay."""
    first: list[Item | Rejected] = []
    size = 0
    for one in stream:
        first.append(one)
        size += len(one.data) if isinstance(one, Item) else 0
        if len(first) >= FEW or size >= FEW_BYTES:
            return first, True
    return first, False


def _result(
    chunk: list[Item],
    aside: list[Rejected],
    future: Future[list[Done]] | None,
    reader: int,
    store: Path | None,
) -> list[Done]:
    try:
        done = read_chunk(chunk, reader, store) if future is None else future.result()
    except BrokenProcessPool:
        done = read_chunk(chunk, reader, store)
    return [*done, *_aside(aside)]


def _aside(aside: Sequence[Rejected]) -> Iterator[Done]:
    return (Done(one.file, None, why=one.why) for one in aside)
