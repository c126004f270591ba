"""Links to a scan that are worked out of a seed and the server's key: in the letter of a reminder,
and behind six words. The link of the scan itself is stored as a hash only.
"""

from __future__ import annotations

import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

from baken.web.scan.models import Folder, ScanReminder, ScanWords

SEED = 32
"""Signs of a seed; as many more prove that this server made it."""
REMINDER, WORDS = "baken.scan.reminder", "baken.scan.words"


def new_seed() -> str:
    """A seed for a row."""
    return secrets.token_hex(SEED // 2)


def token_of(row: ScanReminder | ScanWords) -> str:
    """The end of the link."""
    return f"{row.seed}{_proof(REMINDER if isinstance(row, ScanReminder) else WORDS, row.seed)}"


def folder_of(token: str) -> Folder | None:
    """The scan that such a link opens."""
    seed, proof = token[:SEED], token[SEED:]
    found = Folder.objects.none()
    if constant_time_compare(proof, _proof(REMINDER, seed)):
        found = Folder.objects.filter(reminder__seed=seed)
    elif constant_time_compare(proof, _proof(WORDS, seed)):
        found = Folder.objects.filter(words__seed=seed)
    folder: Folder | None = found.first()
    return folder


def _proof(salt: str, seed: str) -> str:
    return str(salted_hmac(salt, seed, algorithm="sha256").hexdigest()[:SEED])
