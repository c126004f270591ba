"""``python -m baken.web.manage bounces [FILE]``: mail that came back."""

# mypy: allow-subclassing-any
from __future__ import annotations

import sys
from pathlib import Path

from django.core.management.base import CommandParser
from django.utils import timezone

from baken.web.command import OperatorCommand
from baken.web.handover.bounces import of_file, take, take_file


class Command(OperatorCommand):
    """A mail server pipes each report into it, or a job reads them from a file or Maildir."""

    help = "Read delivery reports from standard input, a message, an mbox or a Maildir."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where from."""
        parser.add_argument("file", nargs="?", default="-", help="- is standard input")

    def handle(self, *args: object, **options: object) -> None:
        """Do it and tell how many of what, without an address."""
        where, now = str(options["file"]), timezone.now()
        if where == "-":
            counts = take(of_file(sys.stdin.buffer, "standard input"), now)
        else:
            counts = take_file(Path(where), now)
        told = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
        self.stdout.write(f"{counts.total()} messages{': ' if told else ''}{told}.")
