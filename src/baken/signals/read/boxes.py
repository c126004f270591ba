"""Folders, zips and mail exports opened into single documents, each bounded in number and size.

:func:`documents` walks paths in a fixed order and gives an :class:`Item` for each document and a
:class:`Rejected` for each thing set aside, so that one bad file never stops the rest. A document in
a folder is read only when asked (:meth:`Item.read`), so that another process can do it.
"""

from __future__ import annotations

import io
import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from baken.kernel.errors import BakenError
from baken.signals.read.mail import attachments, messages
from baken.signals.read.ubl import MAX_FILE
from baken.signals.series import Rejected

MAX_MEMBERS = 200_000
"""Files in one zip."""
MAX_UNPACKED = 5_000_000_000
"""Bytes out of one zip, all members together."""
MAX_RATIO = 300
"""How many times larger a member over :data:`SMALL` may be than it was packed; XML reaches 30."""
SMALL = 1_000_000
MAX_INDEX = 60_000_000
"""Bytes of the list of members at the end of a zip, which is held in memory."""
BROKEN = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
    OverflowError, IndexError, struct.error, zlib.error, lzma.LZMAError,
)  # fmt: skip
"""All that zipfile was seen to raise at zips that were broken on purpose."""
_XML = (".xml", ".ubl")
_HIDDEN = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True)
class Item:
    """One document: its name for people, and its bytes or the file that holds them."""

    name: str
    path: Path | None = None
    data: bytes = b""

    def read(self) -> bytes:
        """The bytes. Raises :class:`BakenError` when the file cannot be read or is too large."""
        if self.path is None:
            return self.data
        try:
            with self.path.open("rb") as file:
                data = file.read(MAX_FILE + 1)
        except OSError as e:
            raise BakenError(self.name, f"the file cannot be read: {e.strerror}", "a file") from e
        if len(data) > MAX_FILE:
            raise _too_large(self.name)
        return data


def _too_large(name: str) -> BakenError:
    return BakenError(name, f"the file is over {MAX_FILE // 1_000_000} MB", "one invoice")


def documents(paths: Sequence[Path]) -> Iterator[Item | Rejected]:
    """Every document in the paths, folders sorted by name; a path that is not there is an error."""
    for path in paths:
        if not path.exists():
            raise BakenError(str(path), "there is no such file or folder", "a path that exists")
        if path.is_dir():
            yield from _folder(path, path.name)
        else:
            yield from _file(path, path.name)


def count(paths: Sequence[Path]) -> int:
    """How many documents the paths hold at most, for a progress bar: nothing is opened but zips."""
    many = 0
    for path in paths:
        files = [Path(d, f) for d, _, fs in os.walk(path) for f in fs] if path.is_dir() else [path]
        for file in files:
            try:
                with zipfile.ZipFile(file) if _fits(file) else io.BytesIO() as box:
                    many += len(box.infolist()) if isinstance(box, zipfile.ZipFile) else 1
            except BROKEN:
                many += 1
    return many


def _fits(file: Path) -> bool:
    if file.suffix.lower() != ".zip":
        return False
    with file.open("rb") as opened:
        return index_size(opened) <= MAX_INDEX


def _folder(folder: Path, name: str) -> Iterator[Item | Rejected]:
    try:
        inside = sorted(os.listdir(folder))  # noqa: PTH208 (names are far smaller than paths)
    except OSError as e:
        yield Rejected(name, None, f"the folder cannot be read: {e.strerror}")
        return
    for one in inside:
        path, shown = folder / one, f"{name}/{one}"
        if one.startswith(".") or one.lower() in _HIDDEN:
            continue
        if path.is_symlink():
            yield Rejected(shown, None, "a link to another place is not followed")
        elif path.is_dir():
            yield from _folder(path, shown)
        elif path.is_file():
            yield from _file(path, shown)
        else:
            yield Rejected(shown, None, "this is no file")


def _file(path: Path, name: str) -> Iterator[Item | Rejected]:
    kind = path.suffix.lower()
    if kind in _XML:
        yield Item(name, path)
        return
    try:
        with path.open("rb") as file:
            start = file.read(64)
            file.seek(0)
            if kind == ".zip" or start.startswith(b"PK\x03\x04"):
                yield from _zip(file, name)
            elif kind == ".mbox" or (kind == "" and start.startswith(b"From ")):
                yield from _mbox(file, name)
            elif kind == ".eml":
                yield from _mail(file.read(MAX_FILE + 1), name)
            elif _looks_xml(start):
                yield Item(name, path)
            else:
                yield _no_xml(name)
    except OSError as e:
        yield Rejected(name, None, f"the file cannot be read: {e.strerror}")


def _looks_xml(start: bytes) -> bool:
    return (
        start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"<?xml", b"<Invoice", b"<Cred"))
    )


def _no_xml(name: str) -> Rejected:
    kind = Path(name).suffix.lower()
    return Rejected(name, None, f"a {kind or 'nameless kind of'} file is no e-invoice (XML)")


def _mbox(file: BinaryIO, name: str) -> Iterator[Item | Rejected]:
    many = 0
    for many, message in enumerate(messages(file, MAX_FILE), 1):
        yield from _mail(message, f"{name}[{many}]")
    if not many:
        yield Rejected(name, None, "there is no message in this mailbox")


def _mail(data: bytes, name: str, zips: bool = True) -> Iterator[Item | Rejected]:
    if len(data) > MAX_FILE:
        yield Rejected(name, None, f"the message is over {MAX_FILE // 1_000_000} MB")
        return
    found = False
    for title, content, why in attachments(data):
        shown = f"{name}/{title}"
        found = True
        if why:
            yield Rejected(shown, None, why)
        elif content.startswith(b"PK\x03\x04"):
            if zips:
                yield from _zip(io.BytesIO(content), shown)
            else:
                yield Rejected(shown, None, "a zip within a zip is not opened")
        else:
            yield Item(shown, None, content)
    if not found:
        yield Rejected(name, None, "the message has no e-invoice (XML) attached")


def index_size(file: IO[bytes]) -> int:
    """Bytes of the list of members as the end of a zip tells it, before anybody reads that list."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return 0
    told = int.from_bytes(tail[at + 12 : at + 16], "little")
    wide = tail.rfind(b"PK\x06\x06")
    if wide >= 0 and len(tail) >= wide + 56:
        told = max(
            0 if told == 0xFFFFFFFF else told, int.from_bytes(tail[wide + 40 : wide + 48], "little")
        )
    return told


def _zip(file: BinaryIO, name: str) -> Iterator[Item | Rejected]:
    if index_size(file) > MAX_INDEX:
        yield Rejected(name, None, f"the zip lists more than {MAX_MEMBERS} files")
        return
    try:
        box = zipfile.ZipFile(file)
    except BROKEN:
        yield Rejected(name, None, "this is no zip that can be opened")
        return
    with box:
        members = box.infolist()
        if len(members) > MAX_MEMBERS:
            yield Rejected(name, None, f"the zip holds more than {MAX_MEMBERS} files")
            return
        total = 0
        for member in members:
            parts = member.filename.split("/")
            if member.filename.endswith("/") or any(
                p.startswith(".") or p.lower() in _HIDDEN for p in parts[:-1]
            ):
                continue
            if parts[-1].startswith(".") or parts[-1].lower() in _HIDDEN:
                continue
            for one in _member(box, member, f"{name}/{member.filename[:200]}"):
                total += len(one.data) if isinstance(one, Item) else 0
                if total > MAX_UNPACKED:
                    gigabytes = MAX_UNPACKED // 1_000_000_000
                    yield Rejected(name, None, f"the zip unpacks to more than {gigabytes} GB")
                    return
                yield one


def _member(box: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[Item | Rejected]:
    kind = Path(member.filename).suffix.lower()
    if kind == ".zip":
        yield Rejected(name, None, "a zip within a zip is not opened")
    elif kind not in (*_XML, ".eml"):
        yield _no_xml(name)
    elif member.flag_bits & 0x1:
        yield Rejected(name, None, "the file is locked with a password")
    elif member.file_size > MAX_FILE:
        yield Rejected(name, None, _too_large(name).problem)
    elif member.file_size > max(SMALL, MAX_RATIO * member.compress_size):
        yield Rejected(name, None, f"it unpacks to more than {MAX_RATIO} times its size")
    else:
        try:
            with box.open(member) as opened:
                data = opened.read(MAX_FILE + 1)
        except BROKEN:
            yield Rejected(name, None, "the file in the zip is broken")
            return
        if len(data) > MAX_FILE:
            yield Rejected(name, None, _too_large(name).problem)
        elif data.startswith(b"PK\x03\x04"):
            yield Rejected(name, None, "a zip within a zip is not opened")
        elif kind == ".eml":
            yield from _mail(data, name, zips=False)
        else:
            yield Item(name, None, data)
