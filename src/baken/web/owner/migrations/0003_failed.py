"""The sort of condition that kept organisations off an unmet need."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = [("owner", "0002_report")]

    operations = [
        migrations.AddField(
            "unmetneed",
            "failed",
            models.CharField(blank=True, default="", max_length=10),
            preserve_default=False,
        ),
    ]
