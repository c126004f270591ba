"""The doors after the next one."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = [("handover", "0003_hours")]

    operations = [migrations.AddField("referral", "later", models.JSONField(default=list))]
