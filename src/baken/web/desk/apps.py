"""The app of the adviser's desk."""

# mypy: allow-subclassing-any
from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Members of organisations, their invitations, and what they do with files."""

    name = "baken.web.desk"
    label = "desk"

    def ready(self) -> None:
        """Letters of the desk go with those of the handovers, which ask it who is there."""
        from baken.web.desk import hands, letters, renewing
        from baken.web.handover import post, readers

        post.OTHERS.update(letters.LETTERS, **{renewing.LETTER: renewing.letter})
        readers.REMINDED[:] = [hands.reminded]
        readers.HAD_IT[:] = [hands.had_it]
        readers.ABSENCES[:] = [hands.nobody_there]
