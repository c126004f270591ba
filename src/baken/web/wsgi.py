"""The site for a WSGI server. Migrate and load the catalogue first: see serve.py."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baken.web.settings")
application = get_wsgi_application()
