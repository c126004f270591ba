"""``python -m baken.web [--host HOST] [--port PORT]``: serve the site."""

from __future__ import annotations

import argparse
import os
import sys

# The server's threads share the cores already: those that numpy would start for each request wait
# for each other, and twice the time goes. It must be said before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from django.core.exceptions import ImproperlyConfigured

from baken.web.production import LAST_PORT, port, whole
from baken.web.serve import serve


def main() -> int:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m baken.web", description="Serve the site.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", help="port; 0 takes a free one")
    given = parser.parse_args()
    try:
        if given.port is None:
            at = port("PORT", 8000)
        else:
            at = whole("--port", 8000, "a port such as 8000", LAST_PORT, {"--port": given.port})
    except ImproperlyConfigured as e:
        parser.error(str(e))
    return serve(given.host, at)


if __name__ == "__main__":
    sys.exit(main())
