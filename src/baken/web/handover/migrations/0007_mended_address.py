"""An address that was mended opens a door to which our letters did not come."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handover", "0006_listed")]

    operations = [
        migrations.AddField(
            model_name="receiver",
            name="address_since",
            field=models.DateTimeField(null=True),
        ),
    ]
