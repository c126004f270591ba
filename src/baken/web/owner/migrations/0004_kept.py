"""Plans that are kept under six words, and wrong codes."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = [("owner", "0003_failed")]

    operations = [
        migrations.CreateModel(
            "KeptPlan",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("found_by", models.CharField(max_length=64, db_index=True)),
                ("code_hash", models.CharField(max_length=200)),
                ("state", models.JSONField()),
                ("lang", models.CharField(max_length=2)),
                ("expires_on", models.DateField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            "WrongCode",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sender", models.CharField(max_length=64, db_index=True)),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
