"""A long list of texts is embedded by a process for each core; the rows are the same."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from baken.match import fill, vectors
from baken.match.search import EMBEDDERS, PASSAGE

TEXTS = [f"een zin over {what}" for what in "brood kaas staal hout zorg export water wol".split()]


@pytest.mark.parametrize(
    ("program", "done_here"), [(sys.executable, TEXTS[::2]), ("/bin/false", TEXTS)]
)
def test_a_long_list_is_shared_and_what_another_does_not_finish_is_done_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, done_here: list[str]
) -> None:
    monkeypatch.setenv("BAKEN_CACHE", str(tmp_path))
    monkeypatch.setattr(vectors, "LONG", len(TEXTS))
    monkeypatch.setattr(vectors.os, "sched_getaffinity", lambda pid: {0, 1})
    monkeypatch.setattr(sys, "executable", program)
    mine: list[str] = []

    def embed(texts: list[str]) -> vectors.Vectors:
        mine.extend(texts)
        return EMBEDDERS[PASSAGE](texts)

    found = vectors.kept(PASSAGE, TEXTS, embed)
    assert sorted(mine) == sorted(done_here)
    np.testing.assert_allclose(found, EMBEDDERS[PASSAGE](TEXTS), atol=1e-5)


def test_what_another_process_embedded_meanwhile_is_not_embedded_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAKEN_CACHE", str(tmp_path))
    monkeypatch.setattr(vectors, "BATCH", 4)
    rows = EMBEDDERS[PASSAGE](TEXTS)
    at = dict(zip(TEXTS, rows, strict=True))
    mine: list[str] = []

    def embed(texts: list[str]) -> vectors.Vectors:
        mine.extend(texts)
        if texts == TEXTS[:4]:  # the other does all the rest while this one does its first batch
            vectors.kept(PASSAGE, TEXTS[4:], lambda rest: np.array([at[t] for t in rest]))
        return np.array([at[t] for t in texts])

    np.testing.assert_array_equal(vectors.kept(PASSAGE, TEXTS, embed), rows)
    assert mine == TEXTS[:4]


def test_who_is_killed_takes_its_helpers_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAKEN_CACHE", str(tmp_path))
    monkeypatch.setattr(vectors, "BATCH", 4)
    monkeypatch.setattr(sys, "argv", ["fill", PASSAGE])
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(TEXTS)))
    parents = iter([77, 77, 1])  # at the start, at the first batch, and then nobody
    monkeypatch.setattr(os, "getppid", lambda: next(parents))
    with pytest.raises(SystemExit):
        fill.main()
    rest: list[str] = []
    vectors.kept(PASSAGE, TEXTS, lambda texts: rest.extend(texts) or EMBEDDERS[PASSAGE](texts))
    assert rest == TEXTS[4:]
