"""Whether an organisation is there no more."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handover", "0012_no_next")]

    operations = [
        migrations.AddField("receiver", "gone", models.BooleanField(default=False)),
    ]
