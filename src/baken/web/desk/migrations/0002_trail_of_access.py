"""The trail holds what happens to somebody's access too; and the database lets no line of it go
before its year is over.
"""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WHY = "a line of the trail stays for a year"
SQLITE = f"""
CREATE TRIGGER desk_trail_stays BEFORE DELETE ON desk_trail
WHEN julianday(OLD.at) > julianday('now', '-365 days')
BEGIN SELECT RAISE(ABORT, '{WHY}'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION desk_trail_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
IF OLD.at > now() - interval '365 days' THEN RAISE EXCEPTION '{WHY}'; END IF;
RETURN OLD;
END $$;
CREATE TRIGGER desk_trail_stays BEFORE DELETE ON desk_trail
FOR EACH ROW EXECUTE FUNCTION desk_trail_stays()
"""


def stays(apps: Any, editor: Any) -> None:
    """The trigger, in the words of the database that is used."""
    editor.execute(SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL)


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="trail",
            name="about",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="trail",
            index=models.Index(fields=["at"], name="desk_trail_at"),
        ),
        migrations.RunPython(stays, migrations.RunPython.noop, elidable=False),
    ]
