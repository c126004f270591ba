"""``python -m baken.web.manage restore FILE``: a back-up in its place again."""

# mypy: allow-subclassing-any
from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command

from baken.web.command import OperatorCommand
from baken.web.upkeep import backup

OTHER_KEY = (
    "The key is not that of the back-up: links in letters that went out and codes of six words "
    "are shut. They open with the key of then in BAKEN_SECRET_KEY, set before `handover` runs."
)


class Command(OperatorCommand):
    """For a site that stands still."""

    help = "Put the rows, figures and key of FILE in the place of those here."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which, and whether rows that are here may go."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="rows that are here may go")
        says = "a site may begin in the current folder, where no variable tells its place"
        parser.add_argument("--new", action="store_true", help=says)

    def handle(self, *args: object, **options: Any) -> None:
        """Do it, and bring older rows to the tables of this version."""
        told = backup.restore(options["file"], replace=options["replace"], new=options["new"])
        call_command("migrate", verbosity=0, interactive=False)
        done = f"As it was on {told['made_at']}: {len(told['files'])} files put back"
        self.stdout.write(f"{done}; {backup.places()}.")
        if backup.of_another_key(told):
            self.stdout.write(OTHER_KEY)
