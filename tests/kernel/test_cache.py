"""Caches: whole or not there, whoever writes at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from baken.kernel.cache import cached_json, folder_written_whole, written_whole

BOTH = Barrier(2)


def test_two_writers_of_a_file_do_not_mix_their_bytes(tmp_path: Path) -> None:
    path = tmp_path / "found.txt"

    def write(letter: str) -> None:
        with written_whole(path) as part:
            BOTH.wait()
            for _ in range(200):
                with part.open("a") as out:
                    out.write(letter * 50)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, "ab"))
    assert path.read_text() in ("a" * 10_000, "b" * 10_000)
    assert [p.name for p in tmp_path.iterdir()] == ["found.txt"]


def test_of_two_folders_the_first_that_is_full_stays(tmp_path: Path) -> None:
    path = tmp_path / "index"
    with folder_written_whole(path) as first, folder_written_whole(path) as second:
        (first / "a").write_text("first")
        (second / "a").write_text("second")
    assert (path / "a").read_text() in ("first", "second")
    assert [p.name for p in tmp_path.iterdir()] == ["index"]


@pytest.mark.parametrize("kind", [written_whole, folder_written_whole])
def test_what_breaks_off_leaves_nothing(tmp_path: Path, kind) -> None:
    with pytest.raises(ValueError, match="broken off"), kind(tmp_path / "x.json"):
        raise ValueError("broken off")
    assert list(tmp_path.iterdir()) == []


def test_a_value_is_made_once_and_again_when_its_file_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAKEN_CACHE", str(tmp_path))
    made = []

    def build() -> list[int]:
        made.append(1)
        return [1, 2]

    assert cached_json("n", "k", build) == cached_json("n", "k", build) == [1, 2]
    assert len(made) == 1
    (tmp_path / "n-k.json").write_text("[1,")
    assert cached_json("n", "k", build) == [1, 2]
    assert len(made) == 2
