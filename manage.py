"""The site's commands, from a clone: ``.venv/bin/python manage.py check --deploy``."""

import sys

from baken.web.manage import main

if __name__ == "__main__":
    sys.exit(main())
