"""Whether contact came by the promised day, also of the referrals that are there."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

from typing import Any

from django.db import migrations, models

from baken.refer.clocks import promised_by
from baken.web.handover.store import before_contact


def fill(apps: Any, schema_editor: Any) -> None:
    """Look in the events of each referral with a contact which day was promised then."""
    rows = apps.get_model("handover", "Referral").objects.using(schema_editor.connection.alias)
    found = rows.exclude(contact_on=None).defer("dossier").prefetch_related("events")
    for row in found.iterator(chunk_size=500):
        in_time = row.contact_on <= promised_by(before_contact(row))
        rows.filter(pk=row.pk).update(in_time=in_time)


class Migration(migrations.Migration):
    dependencies = [("handover", "0010_link_anew")]

    operations = [
        migrations.AddField("referral", "in_time", models.BooleanField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
