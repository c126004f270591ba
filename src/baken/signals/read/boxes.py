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
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple

from baken.kernel.errors import BakenError
from baken.signals.read.mail import attachments, is_mail, messages, papers
from baken.signals.read.ubl import MAX_FILE
from baken.signals.read.walk import XML, File, is_hidden, looks_xml, walk
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


class Item(NamedTuple):
    """One document: its name for people, and its bytes or the file that holds them."""

    name: str
    path: str = ""
    data: bytes = b""

    def read(self) -> bytes:
        """The bytes. Raises :class:`BakenError` when the file cannot be read or is too large."""
        if not self.path:
            return self.data
        try:
            with Path(self.path).open("rb", buffering=0) as file:
                size = os.fstat(file.fileno()).st_size
                data = b"" if size > MAX_FILE else file.readall()
        except OSError as e:
            raise BakenError(self.name, f"the file cannot be read: {e.strerror}", "a file") from e
        if max(size, len(data)) > MAX_FILE:
            raise _too_large(self.name)
        return data


def _too_large(name: str) -> BakenError:
    return BakenError(name, f"the file is over {MAX_FILE // 1_000_000} MB", "one invoice")


def documents(
    paths: Sequence[Path], left: Collection[str] | None = None
) -> Iterator[Item | Rejected]:
    """Every document in the paths, folders sorted by name; a path that is not there is an error.

    ``left`` are the files (:attr:`~.walk.File.path`) that another reader has, which has told of
    what could not be opened too.
    """
    for file in walk(paths):
        if isinstance(file, Rejected):
            if left is None:
                yield file
        elif not left or file.path not in left:
            yield from _file(file)


def count(paths: Sequence[Path], left: Collection[str] = ()) -> int:
    """How many documents there are at most, for a progress bar: nothing is opened but zips."""
    many = 0
    for file in walk(paths):
        if isinstance(file, File) and file.path not in left:
            many += _listed(file) if file.kind == ".zip" else 1
    return many


def _listed(file: File) -> int:
    """How many members a zip tells that it has."""
    try:
        with Path(file.path).open("rb") as opened:
            return min(MAX_MEMBERS, zip_end(opened).members)
    except OSError:
        return 1


def _file(file: File) -> Iterator[Item | Rejected]:
    kind, name = file.kind, file.name
    if kind in XML:
        yield Item(name, file.path)
        return
    try:
        with Path(file.path).open("rb") as opened:
            start = opened.read(4_000)
            opened.seek(0)
            if kind == ".zip" or start.startswith(b"PK\x03\x04"):
                yield from _zip(opened, name)
            elif kind == ".mbox" or (start.startswith(b"From ") and is_mail(start)):
                yield from _mbox(opened, name)
            elif kind == ".eml" or is_mail(start):
                yield from _mail(opened.read(MAX_FILE + 1), name)
            elif looks_xml(start):
                yield Item(name, file.path)
            else:
                yield _no_xml(name)
    except OSError as e:
        yield Rejected(name, None, f"the file cannot be read: {e.strerror}")


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
            yield Item(shown, data=content)
    if zips and found:
        return
    apart = [title for title, _, _ in papers(data)]
    if not zips:
        why = "what is attached to a message in a zip is read where it is XML; hand it in by itself"
        yield from (Rejected(f"{name}/{title}", None, why) for title in apart)
    if not found and not apart:
        yield Rejected(name, None, "the message has no e-invoice (XML) attached")


class End(NamedTuple):
    """What the end of a zip tells of its list of members: how many, and in how many bytes."""

    members: int
    size: int = 0


def zip_end(file: IO[bytes]) -> End:
    """Read before anybody reads that list, which would be held in memory."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return End(1)
    members, told = struct.unpack_from("<HI", tail, at + 10)
    wide = tail.rfind(b"PK\x06\x06")
    if wide >= 0 and len(tail) >= wide + 56:
        many, large = struct.unpack_from("<QQ", tail, wide + 32)
        members = many if members == 0xFFFF else members
        told = max(0 if told == 0xFFFFFFFF else told, large)
    return End(members, told)


def _zip(file: BinaryIO, name: str) -> Iterator[Item | Rejected]:
    if zip_end(file).size > MAX_INDEX:
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
            name_in = member.filename
            if name_in.endswith("/") or any(map(is_hidden, name_in.split("/"))):
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
    elif kind not in (*XML, ".eml"):
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
            yield Item(name, data=data)
