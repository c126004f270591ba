"""``python -m baken.web.manage COMMAND``: the site's commands, with its settings.

A setting that is wrong and a database that can't be used are told in one line, with exit code 2
(``python -m django`` gives a traceback for a wrong setting).
"""

from __future__ import annotations

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError


def main() -> int:
    """Do the command of the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baken.web.settings")
    try:
        execute_from_command_line()
    except ImproperlyConfigured as e:
        print(e, file=sys.stderr)
        return 2
    except DatabaseError as e:
        from baken.web.command import why_no_database

        why = why_no_database(e)
        if not why:
            raise
        print(why, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
