"""The site's commands, from a clone: ``.venv/bin/python manage.py check --deploy``."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baken.web.settings")
    try:
        execute_from_command_line()
    except ImproperlyConfigured as e:
        print(e, file=sys.stderr)
        sys.exit(2)
    except DatabaseError as e:
        from baken.web.command import why_no_database

        why = why_no_database(e)
        if not why:
            raise
        print(why, file=sys.stderr)
        sys.exit(2)
