"""When an owner took back that a question may be passed on, and only that."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handover", "0011_in_time")]

    operations = [
        migrations.AddField("permission", "no_next_at", models.DateTimeField(null=True)),
    ]
