"""The owner app."""

# mypy: allow-subclassing-any
from __future__ import annotations

from django.apps import AppConfig


class OwnerConfig(AppConfig):
    """Pages for owners, the catalogue as a table, and the record of unmet needs."""

    name = "baken.web.owner"
    label = "owner"

    def ready(self) -> None:
        """Reminders go with the letters of the handovers."""
        from baken.web.handover.post import OTHERS
        from baken.web.owner.reminders import LETTER, letter

        OTHERS[LETTER] = letter
