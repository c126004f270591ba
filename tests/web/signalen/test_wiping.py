"""What is wiped is nowhere any more: not in the folder, not in the database, not in its log."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from baken.web.settings import DATABASES
from baken.web.signalen import keep
from baken.web.signalen.models import Seen
from datetime import date
from pathlib import Path

def has(words):
    here = Path(DATABASES["default"]["NAME"])
    return any(words in p.read_bytes() for p in here.parent.rglob("*") if p.is_file())

came = keep.incoming()
(came / "omzet.csv").write_text("geheim cijfer")
deposit, code = keep.make(True, came)
for n in range(40):
    Seen.objects.create(deposit=deposit, series=f"s{n}", way="down", since="2025-07",
                        detected="2025-08", first_shown=date.today(), why="ik sloot in juli" * 20)
print(has(b"ik sloot in juli"), has(b"geheim cijfer"))
keep.wipe(deposit)
print(has(b"ik sloot in juli"), has(b"geheim cijfer"), has(deposit.folder.encode()))
"""


def test_wiped_figures_and_notes_leave_no_byte(tmp_path: Path) -> None:
    env = os.environ | {
        "BAKEN_DB": str(tmp_path / "baken.sqlite"),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "baken.web.settings",
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:2] == ["True True", "False False False"]
