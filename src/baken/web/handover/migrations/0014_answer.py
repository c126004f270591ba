"""What ties the questions that were sent from one answer."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handover", "0013_gone")]

    operations = [
        migrations.AddField(
            "referral",
            "answer",
            models.CharField(max_length=32, blank=True, default="", db_index=True),
        ),
    ]
