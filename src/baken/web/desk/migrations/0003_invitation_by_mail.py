"""An invitation can go by mail: what its token is made of, and the language of its letter."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_trail_of_access")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="lang",
            field=models.CharField(default="nl", max_length=2),
        ),
        migrations.AddField(
            model_name="invitation",
            name="seed",
            field=models.CharField(blank=True, max_length=32),
        ),
    ]
