"""The catalogue's table and the record of unmet needs."""

# mypy: allow-subclassing-any
from __future__ import annotations

from django.db import migrations, models


def _id() -> models.BigAutoField:
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    """The first tables."""

    initial = True
    dependencies = ()
    operations = (
        migrations.CreateModel(
            name="UnmetNeed",
            fields=[
                ("id", _id()),
                ("noted_on", models.DateField()),
                ("needs", models.JSONField(default=list)),
                ("region", models.CharField(blank=True, max_length=40)),
                ("province", models.CharField(blank=True, max_length=40)),
                ("size", models.CharField(blank=True, max_length=10)),
                ("sector_section", models.CharField(blank=True, max_length=1)),
                ("channel", models.CharField(max_length=10)),
                ("catalogue_version", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="CatalogueRecord",
            fields=[
                ("id", _id()),
                ("type", models.CharField(max_length=20)),
                ("record_id", models.SlugField(max_length=200)),
                ("name", models.CharField(max_length=300)),
                ("json", models.JSONField()),
                ("version", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["type", "record_id"], name="one_record_per_type_and_id"
                    )
                ],
            },
        ),
    )
