"""Run the commands of the README's tour again and write what they print: the tour is real output.

.venv/bin/python tools/readme_tour.py            # rewrite README.md
.venv/bin/python tools/readme_tour.py --check    # exit code 1 when it would change
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from baken.cli.app import app

README = Path(__file__).parents[1] / "README.md"
INDENT = "    "
PROMPT = f"{INDENT}$ "


def run(command: str) -> list[str]:
    """What a command prints, as lines of an indented block.

    ``baken`` runs in this process, so that the catalogue is read once for all of them; what it is
    piped into is run by the shell.
    """
    own, _, rest = command.partition(" | ")
    program, *args = shlex.split(own)
    if program != "baken":
        raise SystemExit(f"the tour runs baken only, and what it is piped into: {command}")
    printed = CliRunner().invoke(app, args).stdout
    if rest:
        done = subprocess.run(
            rest, shell=True, input=printed, capture_output=True, text=True, check=False
        )
        printed = done.stdout
    return [(INDENT + line).rstrip() for line in printed.rstrip().splitlines()]


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
