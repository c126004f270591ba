"""``make owners``: walk the six owners again and keep their pictures and counts in the docs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "owners.md"
IMAGES = ROOT / "docs" / "img" / "owners"
MARK = "<!-- written by make owners: do not edit below -->"
WIDE, GAP, COLOURS = 300, 12, 32
"""Pixels of a page in a strip and between pages, and colours of a strip."""


def strip(pages: list[Path], to: Path) -> None:
    """The pages of one walk side by side, from left to right."""
    shots = [Image.open(path).convert("RGB") for path in pages]
    small = [
        s.resize((WIDE, round(s.height * WIDE / s.width)), Image.Resampling.LANCZOS) for s in shots
    ]
    size = (len(small) * (WIDE + GAP) - GAP, max(s.height for s in small))
    whole = Image.new("RGB", size, "white")
    for at, page in enumerate(small):
        whole.paste(page, (at * (WIDE + GAP), 0))
    whole.quantize(COLOURS).save(to, optimize=True)


def told(name: str, line: dict[str, Any]) -> str:
    """One owner's part of the page."""
    own, both = line["own"], line["both"]
    counted = "; ".join(f"{own[h]} ({both[h]}) {h}" for h in ("answers", "actions", "words"))
    views = ", ".join(f"`{address}` {words}" for address, words in line["views"])
    return (
        f"## {line['owner'].capitalize()}\n\n{counted}; predicted {own['minutes']} "
        f"({both['minutes']}) minutes. Words a page: {views}.\n\n"
        f"Sent to **{line['door']}**, because: {seen(line['why'])}\n\n"
        f"![The pages](img/owners/{name}.png)\n"
    )


def seen(why: str) -> str:
    """The reasons without what only a screen reader is told."""
    return " ".join(why.replace("(opent een andere site)", "").split())


def main() -> None:
    """Walk, put the pictures together, write the page."""
    with tempfile.TemporaryDirectory() as folder:
        run = [sys.executable, "-m", "pytest", "-q", "tests/web/browser/test_owners.py"]
        subprocess.run(run, cwd=ROOT, check=True, env={**os.environ, "BAKEN_OWNERS": folder})
        IMAGES.mkdir(parents=True, exist_ok=True)
        parts = []
        for walk in sorted(Path(folder).iterdir()):
            strip(sorted(walk.glob("*.png")), IMAGES / f"{walk.name}.png")
            parts.append(told(walk.name, json.loads((walk / "walk.json").read_text("utf-8"))))
    head = PAGE.read_text("utf-8").split(MARK)[0]
    PAGE.write_text(f"{head}{MARK}\n\n" + "\n".join(parts), "utf-8")


if __name__ == "__main__":
    main()
