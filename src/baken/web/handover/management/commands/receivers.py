"""``python -m django receivers FILE.csv --settings baken.web.settings``: who takes files, and where
their mail goes.
"""

# mypy: allow-subclassing-any
from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from baken.kernel.errors import BakenError
from baken.web.handover.receivers import set_receivers


class Command(BaseCommand):
    """Read the operator's table, all or nothing."""

    help = "Set the addresses of organisations that take files, from a CSV table."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, **options: object) -> None:
        """Do it and tell how many, without a name."""
        path = options["file"]
        assert isinstance(path, Path)
        try:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                taking, not_taking = set_receivers(lines)
        except (OSError, UnicodeDecodeError) as e:
            raise CommandError(f"{path} can't be read: {e}") from e
        except BakenError as e:
            raise CommandError(f"{path}, {e}") from e
        self.stdout.write(f"{taking} organisations of the table take files, {not_taking} do not.")
