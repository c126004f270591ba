"""The reminder of a scan."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = [("scan", "0001_initial")]

    operations = [
        migrations.CreateModel(
            "ScanReminder",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seed", models.CharField(max_length=32, unique=True)),
                ("address", models.EmailField(blank=True, max_length=254)),
                ("lang", models.CharField(max_length=2)),
                ("due_on", models.DateField(db_index=True, null=True)),
                (
                    "folder",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminder",
                        to="scan.folder",
                    ),
                ),
            ],
        ),
    ]
