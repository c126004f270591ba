"""A question can be taken back from a door that had ended it."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handover", "0008_about_longer")]

    operations = [
        migrations.AddField("referral", "taken_back", models.BooleanField(default=False)),
    ]
