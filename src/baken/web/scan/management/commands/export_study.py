"""``python -m baken.web.manage export_study > scans.jsonl``: the scans that owners gave for
study, one a line, for ``baken scan study``.
"""

# mypy: allow-subclassing-any
from __future__ import annotations

import json

from baken.web.command import OperatorCommand
from baken.web.scan.keep import study_lines


class Command(OperatorCommand):
    """Writes what owners agreed to give: answers with their day, without facts."""

    help = "Write the scans that owners gave for study, as JSON, one a line."

    def handle(self, *args: object, **options: object) -> None:
        """Write them, and how many there were to the other channel."""
        count = 0
        for count, line in enumerate(study_lines(), 1):  # noqa: B007
            self.stdout.write(json.dumps(line, ensure_ascii=False))
        self.stderr.write(f"{count} scans")
