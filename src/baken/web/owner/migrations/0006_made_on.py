"""The day on which a kept plan was made."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import migrations, models
from django.utils import timezone

STAY = timedelta(days=365)


def from_last_opening(apps: Any, schema_editor: Any) -> None:
    """Until now a plan was dated anew whenever it was opened: the last time a year before it
    ends.
    """
    kept = apps.get_model("owner", "KeptPlan")
    for row in kept.objects.only("expires_on"):
        kept.objects.filter(pk=row.pk).update(made_on=row.expires_on - STAY)


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = [("owner", "0005_reminders")]

    operations = [
        migrations.AddField(
            "KeptPlan",
            "made_on",
            models.DateField(default=timezone.localdate),
            preserve_default=False,
        ),
        migrations.RunPython(from_last_opening, migrations.RunPython.noop),
    ]
