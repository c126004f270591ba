"""Figures in a folder of their own, and an engine whose answers are known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baken.web.signalen import keep

MONTHS = [f"{2023 + m // 12}-{m % 12 + 1:02d}" for m in range(36)]


@pytest.fixture(autouse=True)
def figures(tmp_path: Path, settings: Any) -> Path:
    """The folder of all figures."""
    settings.SIGNALS_ROOT = tmp_path / "signalen"
    return keep.root()


def table(fall: float = 0.0, name: str = "omzet.csv", at: int = 31) -> SimpleUploadedFile:
    """Three years of turnover in a table, with a fall by a share near the end."""
    rows = ["maand;omzet"]
    for m, month in enumerate(MONTHS):
        value = 20_000 + 700 * ((m * 7) % 5) - 350 * ((m * 3) % 4)
        value = round(value * (1 - fall) if m >= at else value)
        rows.append(f"{month};{value}")
    return upload("\n".join(rows), name)


def upload(text: str | bytes, name: str) -> SimpleUploadedFile:
    """A file of a form."""
    data = text.encode() if isinstance(text, str) else text
    return SimpleUploadedFile(name, data, "application/octet-stream")


class Owner:
    """Somebody who hands in figures, and goes on with the code that the page holds."""

    def __init__(self, site: Client, lang: str = "") -> None:
        self.site, self.url, self.code = site, f"{lang}/signalen", ""

    def give(self, *files: SimpleUploadedFile, **fields: str) -> str:
        """Hand in files."""
        return self._sent({"files": list(files), **fields} if files else dict(fields))

    def go(self, **fields: str) -> str:
        """Press a button of the page."""
        return self._sent({"code": self.code, **fields})

    def _sent(self, fields: dict[str, Any]) -> str:
        import re

        self.response = self.site.post(self.url, fields)
        self.status = self.response.status_code
        self.page = self.response.content.decode()
        found = re.search(r'name="code" value="([^"]+)"', self.page)
        self.code = found[1] if found else self.code
        return self.page


@pytest.fixture
def owner(site: Client) -> Owner:
    """An owner at the page in Dutch."""
    return Owner(site)
