"""Where derived files are kept: always keyed by content, always safe to delete."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
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
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(value, out, ensure_ascii=False)
        Path(part).replace(path)
    except OSError:
        pass
    return value
