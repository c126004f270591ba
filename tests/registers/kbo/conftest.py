"""One invented extract of 400 enterprises, made and taken in once."""

from __future__ import annotations

from pathlib import Path

import pytest

from baken.registers.kbo_extract import make
from baken.registers.kbo_extract.take import take

SIZE, SEED = 400, 5


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kbo") / "full"
    make.full(path, SIZE, SEED)
    return path


@pytest.fixture(scope="session")
def extract(folder: Path) -> Path:
    path = folder.parent / "kbo.sqlite"
    take(folder, path)
    return path
