"""Vectors of texts, kept by the text's hash: a changed record costs only its own sentences.

The store is a cache (SQLite, always safe to delete); two processes may fill it at once.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing

import numpy as np
from numpy.typing import NDArray

from baken.kernel.cache import cache_dir

Vectors = NDArray[np.float32]
FORMAT = 1
BATCH = 500


def kept(name: str, texts: Sequence[str], embed: Callable[[list[str]], Vectors]) -> Vectors:
    """One row for each text: from the store, or embedded now and kept.

    Args:
        name: which model and way of embedding; vectors of another name are never mixed in.
        embed: makes the rows of texts that the store does not have.
    """
    keys = [hashlib.sha256(t.encode("utf-8", "surrogatepass")).digest()[:16] for t in texts]
    path = cache_dir() / f"vectors-{name}-{FORMAT}.sqlite3"
    with closing(sqlite3.connect(path, timeout=60)) as db:
        db.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, row BLOB)")
        found = _read(db, keys)
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in found}
        todo = list(missing.items())
        for at in range(0, len(todo), BATCH):
            part = todo[at : at + BATCH]
            rows = embed([t for _, t in part])
            for (key, _), row in zip(part, rows, strict=True):
                found[key] = np.asarray(row, dtype=np.float32)
            with db:
                db.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                    [(key, found[key].tobytes()) for key, _ in part],
                )
    return np.array([found[k] for k in keys], dtype=np.float32)


def _read(db: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
    found: dict[bytes, Vectors] = {}
    wanted = list(dict.fromkeys(keys))
    for at in range(0, len(wanted), BATCH):
        part = wanted[at : at + BATCH]
        marks = ",".join("?" * len(part))
        rows = db.execute(f"SELECT key, row FROM vectors WHERE key IN ({marks})", part)  # noqa: S608
        found.update((key, np.frombuffer(row, dtype=np.float32)) for key, row in rows)
    return found
