"""A file as it was handed in: a path or bytes, opened within bounds, and the text in it."""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from baken.kernel.errors import BakenError
from baken.signals.read.boxes import BROKEN
from baken.signals.series import Rejected

MAX_BYTES = 200_000_000
"""Of a long form, which is read as a stream."""
MAX_LINE = 100_000
"""Characters in one line."""
HEAD = 65_536
SPOOL = 10_000_000
"""Bytes of a file out of a zip that are kept in memory."""
MAX_SAID = 1_000
"""Lines of one file that are named one by one when they are set aside."""

UTF16 = (b"\xff\xfe", b"\xfe\xff")
DOS_LETTERS = frozenset(b"\x81\x82\x83\x84\x85\x87\x88\x89\x8a\x8b\x8c\x8e\x99\x9a")
"""Accented letters of cp850 that are signs or nothing in cp1252."""
LATIN_LETTERS = frozenset(range(0xC0, 0x100)) - {0xD7, 0xF7}


@dataclass(frozen=True)
class Packed:
    """A file in a zip; no more is unpacked of it than the zip says that it holds."""

    box: bytes | Path
    member: zipfile.ZipInfo

    def open(self) -> IO[bytes]:
        """The bytes, unpacked: in memory when there are few, else on disk.

        Raises:
            BakenError: when the zip is broken here, or it holds more than is read of any file.
        """
        if self.member.file_size > MAX_BYTES:
            raise too_large("", self.member.file_size, MAX_BYTES)
        box = io.BytesIO(self.box) if isinstance(self.box, bytes) else self.box
        target = tempfile.SpooledTemporaryFile(SPOOL)  # noqa: SIM115 (whoever asked closes it)
        try:
            with zipfile.ZipFile(box) as opened, opened.open(self.member) as file:
                shutil.copyfileobj(file, target)
        except BROKEN as e:
            target.close()
            raise BakenError("", "the zip is broken here", "a zip that opens") from e
        target.seek(0)
        return target


@dataclass(frozen=True)
class Source:
    """A file: the name that people know it by, with its way from the folder or zip that was handed
    in, and where its bytes are."""

    name: str
    data: bytes | Path | Packed

    @classmethod
    def of(cls, given: Path | tuple[str, bytes]) -> Source:
        """From a path, or from a name and bytes."""
        if isinstance(given, Path):
            return cls(given.name, given)
        return cls(given[0] or "?", given[1])

    def open(self) -> IO[bytes]:
        """The bytes as a stream.

        Raises:
            BakenError: when the file can't be read.
        """
        if isinstance(self.data, bytes):
            return io.BytesIO(self.data)
        if isinstance(self.data, Packed):
            return self.data.open()
        try:
            return self.data.open("rb")
        except OSError as e:
            raise BakenError(self.name, f"can't be read: {e.strerror}", "a file") from e

    def size(self) -> int:
        """In bytes.

        Raises:
            BakenError: when the file can't be read.
        """
        if isinstance(self.data, bytes):
            return len(self.data)
        if isinstance(self.data, Packed):
            return self.data.member.file_size
        try:
            return self.data.stat().st_size
        except OSError as e:
            raise BakenError(self.name, f"can't be read: {e.strerror}", "a file") from e

    def head(self) -> bytes:
        """The first 64 kB: enough to tell what it is."""
        with self.open() as file:
            return file.read(HEAD)

    def hash(self) -> bytes:
        """Equal for equal content.

        Raises:
            BakenError: when the file can't be read.
        """
        with self.open() as file:
            return hashlib.file_digest(file, "sha256").digest()  # type: ignore[arg-type]

    def read(self, limit: int) -> bytes:
        """All bytes.

        Raises:
            BakenError: when there are more than ``limit``, or none.
        """
        if self.size() > limit:
            raise too_large(self.name, self.size(), limit)
        with self.open() as file:
            data = file.read(limit + 1)
        if not data.strip():
            raise BakenError(self.name, "the file is empty", "a file with figures")
        return data


def too_large(name: str, size: int, limit: int) -> BakenError:
    """The error for a file over its bound."""
    problem = f"the file is too large: {size / 1e6:.0f} MB"
    return BakenError(name, problem, f"at most {limit / 1e6:.0f} MB; split it by year")


@dataclass
class Aside:
    """What is set aside of one file: the first thousand by name, the others counted."""

    file: str
    said: list[Rejected] = field(default_factory=list)
    more: int = 0

    def add(self, line: int | None, why: str, *, note: bool = False) -> None:
        """One line, or the whole file when ``line`` is None; a ``note`` sets nothing aside."""
        if len(self.said) < MAX_SAID:
            self.said.append(Rejected(self.file, line, why, note))
        else:
            self.more += 1

    def note(self, line: int | None, why: str) -> None:
        """How something was read, though nothing was set aside."""
        self.add(line, why, note=True)

    def all(self) -> list[Rejected]:
        """In the order of lines; what concerns the file as a whole stands last."""
        found = sorted(self.said, key=lambda r: (r.line is None, r.line or 0))
        if self.more:
            found.append(Rejected(self.file, None, f"{self.more} more lines were set aside"))
        return found


def refused(error: BakenError, source: Source) -> Rejected:
    """An error on a whole file as a line for people: what is wrong and what would be right."""
    why = error.problem + (f"; expected {error.expected}" if error.expected else "")
    where = error.path.removeprefix(source.name).lstrip(", ")
    return Rejected(source.name, None, f"{where}: {why}" if where else why)


def encoding_of(data: bytes) -> str:
    """Which encoding text is in, told by its bytes: UTF-8 where that fits, else one of the three
    that Belgian programs write. iso-8859-15 has the euro at A4; cp850 has its letters where cp1252
    has signs."""
    if data[:2] in UTF16:
        return "utf-16"
    try:
        data.decode("utf-8-sig")
        return "utf-8-sig"
    except UnicodeDecodeError as e:
        if e.reason == "unexpected end of data" and e.start >= len(data) - 3:
            return "utf-8-sig"  # only the head was given, and it ends within a letter
    dos = latin = 0
    for at, byte in enumerate(data):
        if byte < 0x80:
            continue
        beside = data[at - 1 : at] + data[at + 1 : at + 2]
        if not any(b"A"[0] <= b | 0x20 and chr(b).isalpha() and b < 0x80 for b in beside):
            continue
        dos += byte in DOS_LETTERS
        latin += byte in LATIN_LETTERS
    if dos > latin:
        return "cp850"
    return "iso-8859-15" if 0xA4 in data and 0x80 not in data else "cp1252"


def decode(data: bytes, name: str) -> str:
    """The text of a file.

    Raises:
        BakenError: when it holds NUL bytes or other signs that no text has.
    """
    if data[:2] not in UTF16 and b"\0" in data:
        problem = f"byte {data.index(0) + 1} is nought: this is no text"
        raise BakenError(name, problem, "a text file (CSV), a spreadsheet (XLSX) or CODA")
    try:
        text = data.decode(encoding_of(data), errors="replace")
    except UnicodeError as e:
        raise BakenError(name, "the text can't be decoded", "UTF-8 or Windows-1252") from e
    odd = sum(1 for c in text[:HEAD] if c < " " and c not in "\t\r\n\f\x1a")
    if odd > len(text[:HEAD]) // 100:
        problem = "it holds control signs: this is no text"
        raise BakenError(name, problem, "a text file (CSV), a spreadsheet (XLSX) or CODA")
    return text


def lines(source: Source, encoding: str) -> Iterator[tuple[int, str]]:
    """The lines of a stream with their number from 1, without their end.

    Raises:
        BakenError: for a line of more than 100,000 characters, NUL bytes, or a letter that is not
            in the encoding.
    """
    with source.open() as raw, io.TextIOWrapper(raw, encoding=encoding, newline=None) as text:
        number = 0
        try:
            while line := text.readline(MAX_LINE + 1):
                number += 1
                if len(line) > MAX_LINE:
                    where = f"{source.name}, line {number}"
                    raise BakenError(where, "the line is too long", f"{MAX_LINE} characters")
                if "\0" in line:
                    where = f"{source.name}, line {number}"
                    raise BakenError(where, "a NUL byte: this is no text", "a text file (CSV)")
                yield number, line.rstrip("\n")
        except UnicodeError as e:
            where = f"{source.name}, line {number + 1}"
            raise BakenError(where, f"it can't be read as {encoding}", "UTF-8 text") from e
