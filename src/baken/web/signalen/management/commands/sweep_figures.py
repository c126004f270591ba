"""``python -m baken.web.manage sweep_figures``: for a scheduled job."""

# mypy: allow-subclassing-any
from __future__ import annotations

from baken.web.command import OperatorCommand
from baken.web.signalen.keep import sweep


class Command(OperatorCommand):
    """Throws away figures that are over their hour."""

    help = "Throw away figures that are over their hour, and folders that belong to nothing."

    def handle(self, *args: object, **options: object) -> None:
        """Sweep once and say how many went."""
        self.stdout.write(f"{sweep()} thrown away")
