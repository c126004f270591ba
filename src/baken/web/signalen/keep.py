"""Where figures lie and for how long: an hour and each hour that their owner asks for more, or
until the owner throws them away.

A deposit is a folder below ``SIGNALS_ROOT`` with the files that were handed in and what was read of
them. The code that opens it is random (123 bits), is shown to its owner only and stored as a hash.
Of figures that may not be kept the files go as soon as they have been read; what was read of them
goes after an hour, or when the owner presses the button. Who needs more time for the page asks for
an hour more, as often as it takes (WCAG 2.2, 2.2.1).
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from baken.web.signalen.models import Deposit
from baken.web.sweeping import Passing, forget_log

STAY, LONGEST = timedelta(hours=1), timedelta(hours=20)
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
GROUPS, EACH = 5, 5
MOST_KEPT = 2_000_000_000
"""Bytes that all owners together may keep; over it nothing new is kept for longer than an hour."""
MOST_EACH = 200_000_000


class Full(Exception):
    """There is no room for these files."""


def root() -> Path:
    """The folder of all figures, for this server only."""
    found = Path(settings.SIGNALS_ROOT)
    if not found.is_dir():
        found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def incoming() -> Path:
    """A new folder for files that come in."""
    found = root() / f"in-{secrets.token_hex(12)}"
    found.mkdir(mode=0o700)
    return found


def make(keep: bool, came: Path | None = None) -> tuple[Deposit, str]:
    """A new deposit, of files that came in if any; and the code that opens it."""
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(EACH)) for _ in range(GROUPS))
    now = timezone.now()
    folder = secrets.token_hex(16)
    home = root() / folder
    home.mkdir(mode=0o700)
    if came is not None:
        came.rename(home / "files")
    size = weight(home)
    kept = Deposit.objects.filter(expires_at=None).aggregate(all=Sum("size"))["all"] or 0
    keep = keep and kept + size <= MOST_KEPT
    deposit = Deposit.objects.create(
        code_hash=_hash(code), folder=folder, made_at=now, size=size,
        expires_at=None if keep else now + STAY,
    )  # fmt: skip
    return deposit, code


def find(code: str) -> Deposit | None:
    """The deposit that a code opens; None where there is none, or no longer."""
    found: Deposit | None = Deposit.objects.filter(code_hash=_hash(code)).first()
    if found is not None and found.expires_at is not None and found.expires_at <= timezone.now():
        wipe(found)
        return None
    return found


def _hash(code: str) -> str:
    plain = "".join(c for c in code.casefold()[:200] if c.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def home(deposit: Deposit) -> Path:
    """The folder of a deposit."""
    return root() / str(deposit.folder)


def files(deposit: Deposit) -> Path:
    """The folder of its files."""
    return home(deposit) / "files"


def add(deposit: Deposit, came: Path) -> None:
    """More files for a deposit.

    Raises:
        Full: when it would hold more than 200 MB.
    """
    if deposit.size + weight(came) > MOST_EACH:
        shutil.rmtree(came, ignore_errors=True)
        raise Full
    here = files(deposit)
    here.mkdir(exist_ok=True)
    came.rename(here / came.name)
    deposit.size = weight(home(deposit))
    deposit.save(update_fields=["size"])


def drop_files(deposit: Deposit) -> None:
    """Throw the files away, and keep what was read of them."""
    shutil.rmtree(files(deposit), ignore_errors=True)


def longer(deposit: Deposit) -> None:
    """An hour more for figures that go after an hour; what is kept for longer stays so."""
    if deposit.expires_at is not None:
        deposit.expires_at = min(deposit.expires_at + STAY, timezone.now() + LONGEST)
        deposit.save(update_fields=["expires_at"])


def wipe(deposit: Deposit) -> None:
    """Throw away everything: files, what was read of them, and rows, also as the database noted
    them on its way."""
    shutil.rmtree(home(deposit), ignore_errors=True)
    deposit.delete()
    forget_log()


def sweep() -> int:
    """Throw away what is over its hour, and folders that belong to nothing; how many."""
    now = timezone.now()
    count = 0
    for deposit in Deposit.objects.filter(expires_at__lte=now):
        wipe(deposit)
        count += 1
    known = set(Deposit.objects.values_list("folder", flat=True))
    oldest = (now - STAY).timestamp()
    for folder in root().iterdir():
        stray = folder.is_dir() and folder.name not in known and folder.name != "demo"
        if stray and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)
            count += 1
    forget_log()
    return count


sweep_in_passing = Passing(sweep)


def read_json(deposit: Deposit, name: str) -> dict[str, Any] | None:
    """Something that was written beside the files; None where it is not there."""
    try:
        found: dict[str, Any] = json.loads((home(deposit) / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return found


def write_json(deposit: Deposit, name: str, value: dict[str, Any]) -> None:
    """Write something beside the files: whole, or not at all."""
    path = home(deposit) / name
    new = path.with_suffix(".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False)
    new.replace(path)


def weight(folder: Path) -> int:
    """The bytes in a folder."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
