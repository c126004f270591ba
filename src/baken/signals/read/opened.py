"""Folders and zips opened into single files; e-invoices are left to the reader that they have."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from baken.kernel.errors import BakenError
from baken.signals.read.boxes import BROKEN, MAX_MEMBERS, MAX_RATIO, SMALL
from baken.signals.read.recognise import FileKind, recognise
from baken.signals.read.source import Packed, Source, refused
from baken.signals.series import Rejected

Given = Path | tuple[str, bytes]
"""A file or folder, or the name of a file and its bytes."""
MAX_FILES = 200_000
NAMED = frozenset({".xml", ".ubl", ".eml", ".mbox"})
"""Files that are not opened to tell what they are: there may be a hundred thousand of them."""
BOXED = frozenset({".xml", ".ubl", ".eml", ".zip"})
"""What the reader of e-invoices opens in a zip."""
HIDDEN = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass
class Opened:
    """``sources`` are files by kind; ``invoices`` the paths to be read as e-invoices, of which the
    files ``named`` (as that reader calls them) are among ``sources`` and not for it."""

    sources: dict[FileKind, list[Source]] = field(default_factory=dict)
    invoices: list[Path] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    rejected: list[Rejected] = field(default_factory=list)

    def take(self, source: Source) -> None:
        """Puts a file with those of its kind; one that can't be read is set aside."""
        path = source.data if isinstance(source.data, Path) else None
        if path is not None and path.suffix.lower() in NAMED:
            self.invoices.append(path)
            return
        try:
            kind = recognise(source)
        except BakenError as e:
            self.rejected.append(refused(e, source))
            return
        if kind == "zip":
            self._unpack(source)
        elif kind not in ("invoice", "mail"):
            self.sources.setdefault(kind, []).append(source)
        elif path is not None:
            self.invoices.append(path)
        else:
            self.rejected.append(Rejected(source.name, None, "an e-invoice is read from a file"))

    def _unpack(self, source: Source) -> None:
        if not isinstance(source.data, Path | bytes):
            self.rejected.append(Rejected(source.name, None, "a zip within a zip is not opened"))
            return
        path = source.data if isinstance(source.data, Path) else None
        boxed = found = 0
        for member in _members(source, self.rejected):
            found += 1
            if Path(member.filename).suffix.lower() in BOXED:
                boxed += 1
                continue
            if path is not None:
                self.named.add(f"{path.name}/{member.filename[:200]}")
            name = f"{source.name}/{member.filename[:200]}"
            if member.flag_bits & 0x1:
                self.rejected.append(Rejected(name, None, "the file is locked with a password"))
            elif member.file_size > max(SMALL, MAX_RATIO * member.compress_size):
                why = f"it unpacks to more than {MAX_RATIO} times its size"
                self.rejected.append(Rejected(name, None, why))
            else:
                self.take(Source(name, Packed(source.data, member)))
        if boxed and path is not None:
            self.invoices.append(path)
        elif boxed:
            self.rejected.append(Rejected(source.name, None, "an e-invoice is read from a file"))
        elif not found:
            self.rejected.append(Rejected(source.name, None, "there are no files in this zip"))


def opened(paths: Sequence[Given]) -> Opened:
    """All files in folders and zips, those of a folder in the order of their names; hidden ones are
    passed over.

    Raises:
        BakenError: when there are more than 200,000 files that are no XML.
    """
    found = Opened()
    for given in paths:
        many = len(found.rejected)
        count = 0
        for source in _sources(given, found.rejected):
            count += 1
            found.take(source)
            if sum(len(s) for s in found.sources.values()) > MAX_FILES:
                raise BakenError("", "there are too many files", f"at most {MAX_FILES}")
        if not count and len(found.rejected) == many:
            name = given.name if isinstance(given, Path) else given[0]
            found.rejected.append(Rejected(name, None, "there are no files in this folder"))
    return found


def _sources(given: Given, rejected: list[Rejected]) -> Iterator[Source]:
    if isinstance(given, tuple) or not given.is_dir():
        yield Source.of(given)
    else:
        yield from _folder(given, "", rejected)


def _folder(folder: Path, within: str, rejected: list[Rejected]) -> Iterator[Source]:
    """The files of a folder, named by their way from the folder that was handed in."""
    try:
        inside = sorted(os.listdir(folder))  # noqa: PTH208 (names are far smaller than paths)
    except OSError as e:
        why = f"the folder can't be read: {e.strerror}"
        rejected.append(Rejected(within.rstrip("/") or folder.name, None, why))
        return
    for name in inside:
        path, shown = folder / name, within + name
        if _hidden(name):
            continue
        if path.is_file():
            yield Source(shown, path)
        elif path.is_dir() and not path.is_symlink():
            yield from _folder(path, f"{shown}/", rejected)
        else:
            rejected.append(Rejected(shown, None, "this is no file and no folder"))


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
        if not member.is_dir() and not any(map(_hidden, member.filename.split("/"))):
            yield member


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in HIDDEN
