"""``python -m django backup FOLDER --settings baken.web.settings``: everything in one file."""

# mypy: allow-subclassing-any
from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from baken.kernel.errors import BakenError
from baken.web.upkeep import backup


class Command(BaseCommand):
    """May run while the site stands."""

    help = "Write rows, kept figures and key into one file in FOLDER; tells its path."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: object, **options: Any) -> None:
        """Do it."""
        try:
            made = backup.make(options["folder"], datetime.now(UTC))
        except (BakenError, OSError) as e:
            raise CommandError(str(e)) from e
        self.stdout.write(f"{made} ({made.stat().st_size:,} bytes)")
