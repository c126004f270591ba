"""How many requests a day an operator allows, counted in a file that processes share."""

from __future__ import annotations

import fcntl
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from baken.kernel.errors import BakenError


@dataclass(frozen=True)
class Quota:
    """``most`` requests on a day; what was used stands in ``path``."""

    path: Path
    most: int

    def use(self, today: date) -> None:
        """Count one request.

        Raises:
            BakenError: when the day's requests are used up; then nothing is counted.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            used = _used(file.read(), today)
            if used >= self.most:
                problem = f"the {self.most} requests of today are used up"
                raise BakenError("quota", problem, "tomorrow, or a larger BAKEN_NBB_DAILY")
            file.truncate(0)
            file.write(json.dumps({"day": today.isoformat(), "used": used + 1}))


def _used(text: str, today: date) -> int:
    try:
        kept = json.loads(text)
        return int(kept["used"]) if kept["day"] == today.isoformat() else 0
    except (ValueError, KeyError, TypeError):
        return 0
