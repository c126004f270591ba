"""The app of the adviser's desk."""

# mypy: allow-subclassing-any
from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Members of organisations, their invitations, and what they do with files."""

    name = "baken.web.desk"
    label = "desk"

    def ready(self) -> None:
        """The desk's letters go with those of the handovers."""
        from baken.web.desk.letters import LETTERS
        from baken.web.handover.post import OTHERS

        OTHERS.update(LETTERS)
