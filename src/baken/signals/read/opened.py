"""Folders and zips opened into single files; e-invoices are left to the reader that they have."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from baken.kernel.errors import BakenError
from baken.signals.read.boxes import BROKEN, MAX_MEMBERS, MAX_RATIO, SMALL
from baken.signals.read.mail import WHOLE, messages, papers
from baken.signals.read.recognise import FileKind, recognise
from baken.signals.read.source import Packed, Source, refused
from baken.signals.read.ubl import MAX_FILE
from baken.signals.read.walk import is_hidden, walk
from baken.signals.series import Rejected

Given = Path | tuple[str, bytes]
"""A file or folder, or the name of a file and its bytes."""
MAX_FILES = 200_000
MAX_HELD = 200_000_000
MAILS = frozenset({".eml", ".mbox"})
NAMED = frozenset({".xml", ".ubl", ".eml", ".mbox"})
"""Files that are not opened to tell what they are: there may be a hundred thousand of them."""
BOXED = frozenset({".xml", ".ubl", ".eml", ".zip"})
"""What the reader of e-invoices opens in a zip."""
TABLES = frozenset({"long", "table", "book"})
"""Kinds of which a file that comes twice is told from its bytes; others look at what they say."""


@dataclass
class Opened:
    """``sources`` are files by kind; ``invoices`` the paths to be read as e-invoices, but for the
    files ``left`` and those in zips that are ``named`` (as that reader calls them); ``seen`` tells
    tables by their content."""

    sources: dict[FileKind, list[Source]] = field(default_factory=dict)
    invoices: list[Path] = field(default_factory=list)
    left: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    rejected: list[Rejected] = field(default_factory=list)
    seen: dict[bytes, str] = field(default_factory=dict)
    held: int = 0
    """Bytes of what was attached to messages, which is held in memory."""

    def take(self, source: Source) -> bool:
        """Puts a file with those of its kind, or sets it aside; whether it is one for the reader of
        e-invoices."""
        path = source.data if isinstance(source.data, Path) else None
        try:
            kind = recognise(source)
            first = self.seen.setdefault(source.hash(), source.name) if kind in TABLES else ""
        except BakenError as e:
            self.rejected.append(refused(e, source))
            return False
        if first not in ("", source.name):
            why = f"the same content as {first}, counted once"
            self.rejected.append(Rejected(source.name, None, why))
            return False
        if kind == "zip":
            return self._unpack(source)
        if kind not in ("invoice", "mail"):
            self.sources.setdefault(kind, []).append(source)
        elif path is not None:
            if kind == "mail":
                self.attached(path, source.name)
            return True
        else:
            self.rejected.append(Rejected(source.name, None, "an e-invoice is read from a file"))
        return False

    def attached(self, path: Path, name: str) -> None:
        """Takes what is attached to a message, or to those of a mailbox, and is no e-invoice: these
        have their own reader, which tells of what is broken too."""
        try:
            with path.open("rb") as file:
                box = file.read(5) == b"From "
                file.seek(0)
                mails = messages(file, MAX_FILE) if box else iter([file.read(MAX_FILE + 1)])
                for at, message in enumerate(mails, 1):
                    if len(message) > MAX_FILE:
                        continue
                    shown = f"{name}[{at}]" if box else name
                    for title, data, why in papers(message):
                        if not why:
                            self._paper(Source(f"{shown}/{title}", data))
                        elif title != WHOLE:
                            self.rejected.append(Rejected(f"{shown}/{title}", None, why))
        except OSError:
            return

    def _paper(self, source: Source) -> None:
        self.held += source.size()
        if self.held > MAX_HELD:
            why = f"over {MAX_HELD // 1_000_000} MB is attached to messages; hand it in by itself"
            self.rejected.append(Rejected(source.name, None, why))
        else:
            self.take(source)

    def _unpack(self, source: Source) -> bool:
        if not isinstance(source.data, Path | bytes):
            self.rejected.append(Rejected(source.name, None, "a zip within a zip is not opened"))
            return False
        path = source.data if isinstance(source.data, Path) else None
        boxed = found = 0
        for member in _members(source, self.rejected):
            found += 1
            if Path(member.filename).suffix.lower() in BOXED:
                boxed += 1
                continue
            name = f"{source.name}/{member.filename[:200]}"
            if path is not None:
                self.named.add(name)
            if member.flag_bits & 0x1:
                self.rejected.append(Rejected(name, None, "the file is locked with a password"))
            elif member.file_size > max(SMALL, MAX_RATIO * member.compress_size):
                why = f"it unpacks to more than {MAX_RATIO} times its size"
                self.rejected.append(Rejected(name, None, why))
            else:
                self.take(Source(name, Packed(source.data, member)))
        if boxed and path is None:
            self.rejected.append(Rejected(source.name, None, "an e-invoice is read from a file"))
        elif not found:
            self.rejected.append(Rejected(source.name, None, "there are no files in this zip"))
        return boxed > 0 and path is not None


def opened(paths: Sequence[Given]) -> Opened:
    """All files in folders and zips, those of a folder in the order of their names; hidden ones are
    passed over.

    Raises:
        BakenError: when there are more than 200,000 files that are no XML.
    """
    found = Opened()
    for given in paths:
        if isinstance(given, tuple) or not given.exists():
            found.take(Source.of(given))
        elif _invoices_in(given, found):
            found.invoices.append(given)
    return found


def _invoices_in(given: Path, found: Opened) -> bool:
    """Whether there is a file for the reader of e-invoices; the others are taken. Files are named
    by their way from the folder that was handed in."""
    some = any_file = False
    for file in walk([given]):
        any_file = True
        if isinstance(file, Rejected):
            found.rejected.append(file)
            continue
        if file.kind in MAILS:
            found.attached(Path(file.path), file.name)
        if file.kind in NAMED or found.take(Source(file.name, Path(file.path))):
            some = True
            continue
        found.left.add(file.path)
        if len(found.left) > MAX_FILES:
            raise BakenError("", "there are too many files", f"at most {MAX_FILES}")
    if not any_file:
        found.rejected.append(Rejected(given.name, None, "there are no files in this folder"))
    return some


def _members(source: Source, rejected: list[Rejected]) -> Iterator[zipfile.ZipInfo]:
    """The files in a zip, hidden ones left out."""
    try:
        with source.open() as file, zipfile.ZipFile(file) as box:
            members = box.infolist()
    except BROKEN as e:
        why = f"the archive can't be read ({type(e).__name__})"
        rejected.append(Rejected(source.name, None, why))
        return
    if len(members) > MAX_MEMBERS:
        why = f"the zip holds more than {MAX_MEMBERS} files"
        rejected.append(Rejected(source.name, None, why))
        return
    for member in members:
        if not member.is_dir() and not any(map(is_hidden, member.filename.split("/"))):
            yield member
