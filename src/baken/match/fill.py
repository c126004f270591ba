"""``python -m baken.match.fill NAME``: embed texts (a JSON list on standard input) into the store
of vectors: a part of a long list that :func:`baken.match.vectors.kept` shares among the cores.
"""

from __future__ import annotations

import json
import os
import sys


def main() -> int:
    """Read the texts, then embed what the store does not have, for as long as the process that
    asked for it is there: who stops it stops this too.
    """
    asked_by = os.getppid()
    texts = json.load(sys.stdin)
    from baken.match.search import EMBEDDERS
    from baken.match.vectors import Vectors, kept

    def embed(part: list[str]) -> Vectors:
        if os.getppid() != asked_by:
            raise SystemExit(0)
        return EMBEDDERS[sys.argv[1]](part)

    kept(sys.argv[1], texts, embed, shared=False)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
