"""A command of the operator: what its user can mend is told in one line, with exit code 2."""

# mypy: allow-subclassing-any
from __future__ import annotations

import sqlite3
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError, connection

from baken.kernel.errors import BakenError
from baken.web.place import database_path

NO_TABLES = (
    "the tables of the site are not there, or are those of an older version; "
    "start the site once (python -m baken.web), it makes them"
)


class OperatorCommand(BaseCommand):
    """What every command of ours is. A fault in the code still gives its traceback.

    Django's checks are of the code, not of the site: they take seconds, each few minutes for a
    scheduled job, and would keep a back-up from being put back. ``check --deploy`` does them.
    """

    requires_system_checks: ClassVar[list[str]] = []

    def execute(self, *args: Any, **options: Any) -> Any:
        """Do it."""
        try:
            return super().execute(*args, **options)
        except CommandError as e:
            e.returncode = 2
            raise
        except BakenError as e:
            raise CommandError(str(e), returncode=2) from e
        except (DatabaseError, sqlite3.Error) as e:
            why = why_no_database(e)
            if not why:
                raise
            raise CommandError(why, returncode=2) from e
        except OSError as e:
            raise CommandError(_of_file(e), returncode=2) from e


def why_no_database(error: Exception) -> str:
    """Why the database can't be used, and what was expected; empty where it is a fault of ours."""
    said = next(iter(str(error).splitlines()), "")
    if "no such " in said or ("does not exist" in said and said.startswith(("relation", "column"))):
        return NO_TABLES
    no_file = "unable to open" in said or "not a database" in said or "can't be opened" in said
    if connection.vendor == "sqlite" and no_file:
        expected = "a file of the site, or none yet, in a folder that its user may write"
        return f"BAKEN_DB, {database_path()}: {said}; expected {expected}"
    if isinstance(error, OperationalError | sqlite3.OperationalError):
        return f"the database can't be used: {said}; expected one that answers"
    return ""


def _of_file(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return (
        f"{where}{error.strerror or 'it cannot be used'}; expected what its user may read or write"
    )
