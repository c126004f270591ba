"""Reminders of a kept plan."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = [("owner", "0004_kept")]

    operations = [
        migrations.CreateModel(
            "PlanReminder",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seed", models.CharField(max_length=32, unique=True)),
                ("address", models.EmailField(max_length=254)),
                ("days", models.JSONField(default=list)),
                ("next_on", models.DateField(db_index=True, null=True)),
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminder",
                        to="owner.keptplan",
                    ),
                ),
            ],
        ),
    ]
