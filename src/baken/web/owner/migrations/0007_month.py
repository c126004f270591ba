"""Of what was missing the month is kept, and no day."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

from typing import Any

from django.db import migrations


def to_the_month(apps: Any, schema_editor: Any) -> None:
    """The days that were kept until now become the first of their month."""
    unmet = apps.get_model("owner", "UnmetNeed")
    for day in set(unmet.objects.values_list("noted_on", flat=True)):
        unmet.objects.filter(noted_on=day).update(noted_on=day.replace(day=1))


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = [("owner", "0006_made_on")]

    operations = [migrations.RunPython(to_the_month, migrations.RunPython.noop)]
