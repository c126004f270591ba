"""A catalogue of one's own, for the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml


@pytest.fixture
def folder(tmp_path: Path):
    """A catalogue of one's own: write records into it, then check or load it."""

    def write(record: dict, name: str | None = None, kind: str = "instruments") -> Path:
        path = tmp_path / kind / f"{name or record['id']}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml.safe_dump(record), encoding="utf-8")
        return path

    write.root = tmp_path
    return write
