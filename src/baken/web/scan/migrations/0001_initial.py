"""Scans of owners and the rounds of each."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Folder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("expires_on", models.DateField(db_index=True)),
                ("kept", models.BooleanField(default=False)),
                ("facts", models.JSONField(default=dict)),
                ("study", models.CharField(blank=True, max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begun_on", models.DateField()),
                ("as_of", models.DateField()),
                ("need", models.CharField(blank=True, max_length=3)),
                ("domain", models.CharField(blank=True, max_length=40)),
                ("passed", models.BooleanField(default=False)),
                ("answers", models.JSONField(default=dict)),
                (
                    "folder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rounds",
                        to="scan.folder",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("folder", "begun_on"), name="one_round_a_day")
                ],
            },
        ),
    ]
