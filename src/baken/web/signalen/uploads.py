"""Files of a form, written to a folder as they come in: nothing of them is held in memory."""

# mypy: allow-subclassing-any
from __future__ import annotations

import shutil
from pathlib import Path
from typing import BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from baken.web.signalen import keep

MOST_BYTES = 50_000_000
MOST_FILES = 5_000
MOST_NAME = 120


class ToFolder(FileUploadHandler):
    """Writes each file of a form into a new folder, under its own name. A second file of a name
    gets a folder of its own."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.folder: Path | None = None
        self.count = self.bytes = 0
        self.at: BinaryIO | None = None

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Open a file; what it is called was made a plain name by Django."""
        super().new_file(*args, **kwargs)
        self.count += 1
        if self.count > MOST_FILES:
            raise StopUpload(connection_reset=False)
        if self.folder is None:
            self.folder = keep.incoming()
        name = plain_name(self.file_name)
        path = self.folder / name
        if path.exists():
            path = self.folder / f"{self.count:04d}" / name
            path.parent.mkdir()
        self.at = path.open("xb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a part; the total is bounded whatever the header says."""
        self.bytes += len(raw_data)
        if self.bytes > MOST_BYTES:
            raise StopUpload(connection_reset=False)
        assert self.at is not None
        self.at.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """Close the file."""
        self.close()
        return UploadedFile(None, self.file_name, self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        """Leave nothing behind."""
        self.close()
        self.forget()

    def close(self) -> None:
        """Close what is open."""
        if self.at is not None:
            self.at.close()
            self.at = None

    def forget(self) -> None:
        """Throw away what came in."""
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None

    @property
    def too_much(self) -> bool:
        """Whether the form held more than is taken."""
        return self.count > MOST_FILES or self.bytes > MOST_BYTES


def plain_name(name: str) -> str:
    """A name that can be a file's: no control characters, not hidden, not too long."""
    kept = "".join(c for c in name if c.isprintable() and c not in '/\\:*?"<>|').lstrip(". ")
    if len(kept.encode()) > MOST_NAME:
        stem, dot, end = kept.rpartition(".")
        end = f"{dot}{end}"[:12] if stem else ""
        kept = (stem or kept).encode()[: MOST_NAME - len(end)].decode(errors="ignore") + end
    return kept or "bestand"
