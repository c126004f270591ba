"""``python -m baken.match.fill NAME``: embed texts (a JSON list on standard input) into the store
of vectors: a part of a long list that :func:`baken.match.vectors.kept` shares among the cores.
"""

from __future__ import annotations

import json
import sys

from baken.match.search import EMBEDDERS
from baken.match.vectors import kept


def main() -> int:
    """Read the texts, then embed what the store does not have."""
    name, texts = sys.argv[1], json.load(sys.stdin)
    kept(name, texts, EMBEDDERS[name], shared=False)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
