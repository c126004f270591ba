"""``python -m baken.web.manage clear_overdue``: each night."""

# mypy: allow-subclassing-any
from __future__ import annotations

from django.utils import timezone

from baken.web.command import OperatorCommand
from baken.web.upkeep.retention import clear_overdue


class Command(OperatorCommand):
    """Once more changes nothing; after days without nothing is skipped."""

    help = "Throw away everything that is over its time, as /gegevens promises."

    def handle(self, *args: object, **options: object) -> None:
        """Do it and tell how much of what, without a name."""
        done = clear_overdue(timezone.now())
        told = ", ".join(f"{name} {count}" for name, count in done.items())
        self.stdout.write(f"Thrown away: {told}.")
