"""``python -m baken.web.manage receivers FILE.csv``: who takes files, and where their mail goes."""

# mypy: allow-subclassing-any
from __future__ import annotations

from io import StringIO
from pathlib import Path

from django.core.management.base import CommandError, CommandParser

from baken.kernel.errors import BakenError
from baken.web.command import OperatorCommand
from baken.web.handover.receivers import set_receivers

MAX_SIGNS = 5_000_000
"""Room for some ten thousand organisations."""


class Command(OperatorCommand):
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
            with path.open(encoding="utf-8-sig", newline="") as file:
                table = file.read(MAX_SIGNS + 1)
            if len(table) > MAX_SIGNS:
                raise CommandError(f"{path} is too long: expected at most {MAX_SIGNS} signs")
            taking, not_taking = set_receivers(StringIO(table, newline=""))
        except (OSError, UnicodeDecodeError) as e:
            why = getattr(e, "strerror", "") or "it is no UTF-8"
            raise CommandError(f"{path} can't be read: {why}; expected a table in CSV") from e
        except BakenError as e:
            raise CommandError(f"{path}, {e}") from e
        self.stdout.write(f"{taking} organisations of the table take files, {not_taking} do not.")
