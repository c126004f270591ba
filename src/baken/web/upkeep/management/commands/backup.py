"""``python -m baken.web.manage backup FOLDER``: everything in one file."""

# mypy: allow-subclassing-any
from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from baken.web.command import OperatorCommand
from baken.web.upkeep import backup


class Command(OperatorCommand):
    """May run while the site stands."""

    help = "Write rows, kept figures and key into one file in FOLDER; tells its path."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: object, **options: Any) -> None:
        """Do it."""
        made = backup.make(options["folder"], datetime.now(UTC))
        self.stdout.write(f"{made} ({made.stat().st_size:,} bytes): {backup.places()}.")
