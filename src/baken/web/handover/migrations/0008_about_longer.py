"""What a letter is about can be longer than forty signs: a reminder of a plan is."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handover", "0007_mended_address")]

    operations = [
        migrations.AlterField("intent", "about", models.CharField(blank=True, max_length=200)),
    ]
