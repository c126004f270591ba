"""Where derived files are kept: always keyed by content, always safe to delete."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any


def cache_dir() -> Path:
    """The folder for caches: ``BAKEN_CACHE``, else inside the virtual environment, else the user's.

    A folder that can't be written falls back to one in the system's temporary folder.
    """
    wanted = os.environ.get("BAKEN_CACHE")
    if wanted:
        candidates = [Path(wanted)]
    else:
        candidates = [Path(sys.prefix) / "var" / "baken"] if sys.prefix != sys.base_prefix else []
        home = os.environ.get("XDG_CACHE_HOME") or str(Path("~").expanduser() / ".cache")
        candidates.append(Path(home) / "baken")
    for folder in candidates:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    folder = Path(tempfile.gettempdir()) / f"baken-{os.getuid()}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def cached_json(name: str, key: str, build: Callable[[], Any]) -> Any:
    """The value of ``build()``, kept as JSON under ``name`` and the content's ``key``.

    A missing or unreadable file is built again; writing is atomic, and a failure to write
    costs only speed.
    """
    path = cache_dir() / f"{name}-{key}.json"
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        pass
    value = build()
    try:
        with written_whole(path) as part:
            part.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    except OSError:
        pass
    return value


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A place to write a file that stands at ``path`` only when all of it is written.

    Each writer has a place of its own, so two at once do not mix their bytes: the last one wins.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.stem}.", suffix=path.suffix)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def folder_written_whole(path: Path) -> Iterator[Path]:
    """A folder to fill that stands at ``path`` only when it is full.

    Where another writer was first, its folder stays and this one is thrown away.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=path.parent, prefix=f"{path.name}."))
    try:
        yield part
        with suppress(OSError):
            part.rename(path)
    finally:
        shutil.rmtree(part, ignore_errors=True)
