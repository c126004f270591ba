"""Vectors of texts, kept by the text's hash: a changed record costs only its own sentences.

The store is a cache (SQLite, always safe to delete); two processes may fill it at once. So a long
list is shared: a process for each further core embeds its part into the store.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing

import numpy as np
from numpy.typing import NDArray

from baken.kernel.cache import cache_dir

Vectors = NDArray[np.float32]
FORMAT = 1
BATCH = 500
LONG = 2000
"""From so many texts on (about twenty seconds of work) a list is shared."""
MOST_CORES = 4


def kept(
    name: str, texts: Sequence[str], embed: Callable[[list[str]], Vectors], shared: bool = True
) -> Vectors:
    """One row for each text: from the store, or embedded now and kept.

    Args:
        name: which model and way of embedding; vectors of another name are never mixed in.
        embed: makes the rows of texts that the store does not have.
        shared: whether other processes may do a part of a long list.
    """
    keys = [hashlib.sha256(t.encode("utf-8", "surrogatepass")).digest()[:16] for t in texts]
    path = cache_dir() / f"vectors-{name}-{FORMAT}.sqlite3"
    with closing(sqlite3.connect(path, timeout=60)) as db:
        db.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, row BLOB)")
        found = _read(db, keys)
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in found}
        if shared and len(missing) >= LONG:
            mine, others = _shared(name, list(missing.items()))
            _embed(db, mine, embed, found)
            for other in others:
                other.wait()
            found.update(_read(db, list(missing)))
        _embed(db, [(k, t) for k, t in missing.items() if k not in found], embed, found)
    return np.array([found[k] for k in keys], dtype=np.float32)


def _embed(
    db: sqlite3.Connection,
    todo: Sequence[tuple[bytes, str]],
    embed: Callable[[list[str]], Vectors],
    found: dict[bytes, Vectors],
) -> None:
    for at in range(0, len(todo), BATCH):
        part = todo[at : at + BATCH]
        found.update(_read(db, [k for k, _ in part]))  # another process may have been quicker
        part = [(k, t) for k, t in part if k not in found]
        if not part:
            continue
        rows = embed([t for _, t in part])
        for (key, _), row in zip(part, rows, strict=True):
            found[key] = np.asarray(row, dtype=np.float32)
        with db:
            db.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                [(key, found[key].tobytes()) for key, _ in part],
            )


def _shared(
    name: str, todo: Sequence[tuple[bytes, str]]
) -> tuple[Sequence[tuple[bytes, str]], list[subprocess.Popen[bytes]]]:
    """The part that is left to this process, and those that do the rest. What one of them does not
    finish stays missing, and is done here.
    """
    cores = min(MOST_CORES, len(os.sched_getaffinity(0)))
    command = [sys.executable, "-m", "baken.match.fill", name]
    one_thread = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    others = []
    for at in range(1, cores):
        with tempfile.TemporaryFile() as told:
            told.write(json.dumps([text for _, text in todo[at::cores]]).encode())
            told.seek(0)
            quiet = subprocess.DEVNULL
            others.append(
                subprocess.Popen(command, stdin=told, stdout=quiet, stderr=quiet, env=one_thread)  # noqa: S603
            )
    return todo[::cores], others


def _read(db: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
    found: dict[bytes, Vectors] = {}
    wanted = list(dict.fromkeys(keys))
    for at in range(0, len(wanted), BATCH):
        part = wanted[at : at + BATCH]
        marks = ",".join("?" * len(part))
        rows = db.execute(f"SELECT key, row FROM vectors WHERE key IN ({marks})", part)  # noqa: S608
        found.update((key, np.frombuffer(row, dtype=np.float32)) for key, row in rows)
    return found
