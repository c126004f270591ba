"""Run the commands of the README's tour again and write what they print: the tour is real output.

.venv/bin/python tools/readme_tour.py            # rewrite README.md
.venv/bin/python tools/readme_tour.py --check    # exit code 1 when it would change
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
INDENT = "    "
PROMPT = f"{INDENT}$ "


def run(command: str) -> list[str]:
    """What a command prints, as lines of an indented block."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        shell=True,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    return [(INDENT + line).rstrip() for line in done.stdout.rstrip().splitlines()]


def tour(text: str) -> str:
    """The text with the output of every command of it renewed."""
    lines = text.splitlines()
    out: list[str] = []
    at = 0
    while at < len(lines):
        out.append(lines[at])
        if not lines[at].startswith(PROMPT):
            at += 1
            continue
        command = lines[at].removeprefix(PROMPT)
        while lines[at].endswith("\\"):
            at += 1
            out.append(lines[at])
            command = command[:-1] + lines[at].strip()
        at += 1
        while at < len(lines) and (lines[at].startswith(INDENT) or _inside(lines, at)):
            at += 1
        out += run(command)
    return "\n".join(out) + "\n"


def _inside(lines: list[str], at: int) -> bool:
    """Whether an empty line stands between two indented ones."""
    return not lines[at] and at + 1 < len(lines) and lines[at + 1].startswith(INDENT)


def main() -> int:
    old = README.read_text(encoding="utf-8")
    new = tour(old)
    if "--check" in sys.argv:
        return int(old != new)
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
