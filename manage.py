"""The site's commands, from a clone: ``.venv/bin/python manage.py check --deploy``."""

import os

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baken.web.settings")
    execute_from_command_line()
