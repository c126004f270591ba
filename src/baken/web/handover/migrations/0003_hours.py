"""Hours that organisations offer, and the one that an owner chose."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = [("handover", "0002_wiped")]

    operations = [
        migrations.CreateModel(
            name="OfficeHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weekday", models.PositiveSmallIntegerField(null=True)),
                ("day", models.DateField(null=True)),
                ("first", models.TimeField()),
                ("last", models.TimeField()),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="handover.receiver",
                    ),
                ),
            ],
        ),
        migrations.AddField("referral", "slot_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "referral",
            models.UniqueConstraint(fields=("receiver", "slot_at"), name="one_firm_per_hour"),
        ),
    ]
