"""Deposits of figures, and what their owners noted with the alarms in them."""

# mypy: allow-subclassing-any
from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """Makes both tables."""

    initial = True
    dependencies = ()
    operations = (
        migrations.CreateModel(
            name="Deposit",
            fields=[
                ("id", KEY),
                ("code_hash", models.CharField(max_length=64, unique=True)),
                ("folder", models.CharField(max_length=32, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(null=True)),
                ("size", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                ("id", KEY.clone()),
                (
                    "deposit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seen",
                        to="signalen.deposit",
                    ),
                ),
                ("series", models.CharField(max_length=200)),
                ("way", models.CharField(max_length=8)),
                ("since", models.CharField(max_length=12)),
                ("detected", models.CharField(max_length=12)),
                ("first_shown", models.DateField()),
                ("explained", models.CharField(blank=True, max_length=5)),
                ("until", models.CharField(blank=True, max_length=12)),
                ("why", models.CharField(blank=True, max_length=500)),
                ("did", models.CharField(blank=True, max_length=1000)),
                ("did_on", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("deposit", "series", "way", "since"), name="one_row_per_alarm"
                    )
                ],
            },
        ),
    )
