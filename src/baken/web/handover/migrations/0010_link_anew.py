"""An organisation can have the links of its files made anew."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handover", "0009_taken_back")]

    operations = [
        migrations.AddField("link", "turn", models.PositiveSmallIntegerField(default=0)),
    ]
