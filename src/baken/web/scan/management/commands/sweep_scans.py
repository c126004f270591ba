"""``python -m django sweep_scans --settings baken.web.settings``: for a scheduled job."""

# mypy: allow-subclassing-any
from __future__ import annotations

from django.core.management.base import BaseCommand

from baken.web.scan.keep import sweep


class Command(BaseCommand):
    """Throws away scans that are over their time."""

    help = "Throw away scans that are over their thirty days, or over their two years."

    def handle(self, *args: object, **options: object) -> None:
        """Sweep once and say how many went."""
        self.stdout.write(f"{sweep()} thrown away")
