"""Reports of mistakes in a record, for the editor."""

# mypy: allow-subclassing-any
from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the table of reports."""

    dependencies = (("owner", "0001_initial"),)
    operations = (
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reported_on", models.DateField()),
                ("type", models.CharField(max_length=20)),
                ("record_id", models.SlugField(max_length=200)),
                ("says", models.TextField(max_length=1000)),
                ("lang", models.CharField(max_length=2)),
                ("catalogue_version", models.CharField(max_length=64)),
            ],
        ),
    )
