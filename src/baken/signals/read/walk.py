"""The files in folders, in a fixed order, and whether one begins as XML does.

Nothing but names is kept, one folder at a time, so that 100,000 files cost some 10 MB.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from baken.kernel.errors import BakenError
from baken.signals.series import Rejected

XML = (".xml", ".ubl")
HIDDEN = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_START = re.compile(r"\s*<(?:\?xml|(?:[\w.\-]+:)?(?:Invoice|CreditNote)\b)")


class File(NamedTuple):
    """Where a file is, and how people know it: by its way from the folder that was handed in."""

    path: str
    name: str

    @property
    def kind(self) -> str:
        """Its ending in small letters, with the dot."""
        return os.path.splitext(self.path)[1].lower()  # noqa: PTH122 (far less than a Path)


def walk(paths: Sequence[Path]) -> Iterator[File | Rejected]:
    """Every file, folders sorted by name; hidden ones are passed over, links set aside.

    Raises :class:`BakenError` for a path that is not there.
    """
    for path in paths:
        if not path.exists():
            raise BakenError(str(path), "there is no such file or folder", "a path that exists")
        if path.is_dir():
            yield from _folder(str(path), "")
        else:
            yield File(str(path), path.name)


def _folder(folder: str, name: str) -> Iterator[File | Rejected]:
    odd: dict[str, str] = {}
    names: list[str] = []
    try:
        with os.scandir(folder) as inside:
            for one in inside:
                if is_hidden(one.name):
                    continue
                names.append(one.name)
                if not one.is_file(follow_symlinks=False):
                    odd[one.name] = (
                        "link" if one.is_symlink() else "folder" if one.is_dir() else "none"
                    )
    except OSError as e:
        yield Rejected(name or Path(folder).name, None, f"the folder can't be read: {e.strerror}")
        return
    names.sort()
    for title in names:
        path, shown = f"{folder}{os.sep}{title}", f"{name}/{title}" if name else title
        kind = odd.get(title)
        if kind is None:
            yield File(path, shown)
        elif kind == "folder":
            yield from _folder(path, shown)
        else:
            why = "a link to another place is not followed" if kind == "link" else "this is no file"
            yield Rejected(shown, None, why)


def is_hidden(name: str) -> bool:
    """Whether programs and systems leave a file or folder of this name, which nobody handed in."""
    return name.startswith((".", "~$")) or name.lower() in HIDDEN


def looks_xml(start: bytes) -> bool:
    """Whether a text begins as XML does, whatever its file is called."""
    wide = start[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = start.decode("utf-16" if wide else "utf-8-sig", "ignore")
    return bool(_START.match(text))
