"""Three invented firms to try it with: made and read once, and kept beside the database."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from baken import signals
from baken.signals.demo import Plan, write
from baken.web.signalen import keep
from baken.web.signalen.shelf import Shelf, read

AS_OF = date(2026, 10, 31)
_START = date(2023, 11, 1)
PLANS = {
    "bakery": Plan(kind="bakery", months=36, start=_START, gone=31),
    "metal": Plan(kind="metal", months=36, start=_START),
    "webshop": Plan(kind="webshop", months=36, start=_START, credits=27),
}
_lock = threading.Lock()
_read: dict[str, Shelf] = {}


def shelf(kind: str) -> Shelf:
    """The reading of an invented firm (a key of ``PLANS``)."""
    with _lock:
        if kind not in _read:
            _read[kind] = _from_disk(kind)
        return _read[kind]


def _mark(kind: str) -> str:
    """What a kept reading follows from: another plan or day, or other methods, make it anew."""
    made_of = f"{PLANS[kind]!r} {AS_OF} {_methods()}"
    return sha256(made_of.encode()).hexdigest()[:12]


@lru_cache(maxsize=1)
def _methods() -> str:
    """A hash of all that makes, reads and judges."""
    found = sha256()
    for path in sorted(Path(signals.__file__).parent.rglob("*")):
        if path.suffix in (".py", ".yaml"):
            found.update(path.read_bytes())
    return found.hexdigest()


def _from_disk(kind: str) -> Shelf:
    folder = keep.root() / "demo"
    folder.mkdir(exist_ok=True)
    path = folder / f"{kind}-{_mark(kind)}.json"
    try:
        return Shelf.of_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    # Two processes of the site may make it at the same time: each in a folder of its own.
    with tempfile.TemporaryDirectory(prefix=f"{kind}-", dir=folder) as made:
        write(PLANS[kind], Path(made))
        found = read([Path(made)], AS_OF)
    found.invented = True
    for old in folder.glob(f"{kind}-*.json"):
        old.unlink(missing_ok=True)
    new = path.with_suffix(f".{os.getpid()}.new")
    new.write_text(json.dumps(found.as_json(), ensure_ascii=False), encoding="utf-8")
    new.replace(path)
    return found
