"""When an owner threw a referral's content away."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = [("handover", "0001_initial")]

    operations = [
        migrations.AddField("referral", "wiped_at", models.DateTimeField(null=True)),
    ]
