"""What lists and figures tell of a referral stands beside it, also of those that are there."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

from typing import Any

from django.db import migrations, models

from baken.refer.listed import listed
from baken.web.handover.store import state_of


def fill(apps: Any, schema_editor: Any) -> None:
    """Write the copy of each referral anew, by its events; what came later has columns later."""
    rows = apps.get_model("handover", "Referral").objects.using(schema_editor.connection.alias)
    for row in rows.defer("dossier").prefetch_related("events").iterator(chunk_size=500):
        copy = vars(listed(state_of(row)))
        known = {field.name for field in row._meta.fields}
        rows.filter(pk=row.pk).update(**{n: v for n, v in copy.items() if n in known})


class Migration(migrations.Migration):
    dependencies = [("handover", "0005_letters_of_others")]

    operations = [
        migrations.AddField("referral", "contact_by", models.DateField(null=True)),
        migrations.AddField("referral", "contact_on", models.DateField(null=True)),
        migrations.AddField("referral", "ask_on", models.DateField(null=True)),
        migrations.AddField(
            "referral",
            "owner_says",
            models.CharField(blank=True, default="", max_length=12),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
