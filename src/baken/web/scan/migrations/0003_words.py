"""The six words of a scan."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = [
        ("owner", "0005_reminders"),
        ("scan", "0002_reminder"),
    ]

    operations = [
        migrations.CreateModel(
            "ScanWords",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seed", models.CharField(max_length=32, unique=True)),
                (
                    "folder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="scan.folder",
                    ),
                ),
                (
                    "plan",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="scan_words",
                        to="owner.keptplan",
                    ),
                ),
            ],
        ),
    ]
