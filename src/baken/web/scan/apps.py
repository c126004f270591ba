"""The app of the pages /scan."""

# mypy: allow-subclassing-any
from __future__ import annotations

from django.apps import AppConfig


class ScanConfig(AppConfig):
    """Answers of owners, for thirty days or for as long as the owner wants to compare."""

    name = "baken.web.scan"
    label = "scan"

    def ready(self) -> None:
        """Reminders go with the letters of the handovers."""
        from baken.web.handover.post import OTHERS
        from baken.web.scan.reminders import LETTER, letter

        OTHERS[LETTER] = letter
