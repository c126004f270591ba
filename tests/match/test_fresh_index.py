"""Slow: an index that is built from nothing answers as the kept one does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import baken
from baken.match.search import INDEX_FORMAT

QUERY = {
    "need": "mijn oven verbruikt te veel",
    "as_of": "2026-11-24",
    "facts": {"province": "Limburg"},
}


def whole(folder: Path) -> list[Path]:
    """The indexes in a cache that are whole: those still being made have a longer name."""
    return list(folder.glob(f"index-*-{INDEX_FORMAT}"))


@pytest.mark.slow
def test_an_empty_cache_gives_the_same_answer(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "baken.cli.app", "match"],
        input=json.dumps(QUERY),
        env={"BAKEN_CACHE": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == baken.match(QUERY).as_json()
    assert whole(tmp_path)


@pytest.mark.slow
def test_warming_leaves_nothing_to_learn(tmp_path: Path):
    env = {"BAKEN_CACHE": str(tmp_path), "PATH": ""}
    baken_ = [sys.executable, "-m", "baken.cli.app"]
    subprocess.run([*baken_, "warm"], env=env, capture_output=True, check=True)
    warmed = set(tmp_path.rglob("*"))
    subprocess.run(
        [*baken_, "match"],
        input=json.dumps(QUERY),
        env=env,
        text=True,
        capture_output=True,
        check=True,
    )
    assert warmed == set(tmp_path.rglob("*"))
