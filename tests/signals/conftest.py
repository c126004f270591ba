"""A fault of a reader is seen in tests, where a firm would have its other files read."""

from __future__ import annotations

import pytest

from baken.signals.read import paths


@pytest.fixture(autouse=True)
def faults_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "FAULTS", ())
