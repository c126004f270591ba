"""Run a command with a PostgreSQL of its own: a private cluster in a temporary folder.

    python tools/postgres.py pytest -q tests/web
    python tools/postgres.py --durable python bench/web/load.py

The server listens on a socket in that folder only, its data go with it, and ``DATABASE_URL`` tells
the command where it is. PostgreSQL refuses to run as root: then it runs as the user ``postgres``,
which Debian's package makes. ``--durable`` keeps the writes as safe as a server of others does, for
measuring; else they are quick and may be lost. Who stops this by SIGTERM stops the command and the
server with it.
"""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

USER = "postgres"
FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
"""The data are thrown away: what a power cut would leave of them is nobody's matter."""


def programs() -> Path:
    """The folder of the newest server on this machine (Debian's place)."""
    found = [initdb.parent for initdb in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not found:
        sys.exit("PostgreSQL's server is needed (Debian: apt-get install postgresql)")
    return max(found, key=lambda folder: int(folder.parent.name))


@contextmanager
def cluster(durable: bool = False) -> Iterator[str]:
    """The address of a database of a new cluster, which is stopped and removed afterwards."""
    bin_folder = programs()
    with tempfile.TemporaryDirectory(prefix="baken-pg-") as temporary:
        folder = Path(temporary)
        if os.geteuid() == 0:
            os.chown(folder, pwd.getpwnam(USER).pw_uid, -1)
        data = str(folder / "data")
        _as_user([bin_folder / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "-N"])
        options = f"-k {folder} -c listen_addresses='' {'' if durable else FAST}"
        control = [bin_folder / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
        _as_user([*control, "-o", options, "start"])
        try:
            _as_user([bin_folder / "createdb", "-h", folder, "-U", USER, "baken"])
            yield f"postgresql://{USER}@{quote(str(folder), safe='')}/baken"
        finally:
            _as_user([*control, "-m", "immediate", "stop"])


def _as_user(command: Sequence[object]) -> None:
    as_user = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    told = [*as_user, *map(str, command)]
    done = subprocess.run(told, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode:
        sys.exit(f"{told}: {done.stderr.decode(errors='replace')}")


def main() -> int:
    """Run the command of the arguments; its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    durable = sys.argv[1:2] == ["--durable"]
    with cluster(durable) as address:
        environment = {**os.environ, "DATABASE_URL": address}
        command = subprocess.Popen(sys.argv[2:] if durable else sys.argv[1:], env=environment)
        try:
            return command.wait()
        finally:
            command.terminate()
            command.wait()


if __name__ == "__main__":
    sys.exit(main())
