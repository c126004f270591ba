"""The site as `docs/operate.md` says for two processes: started, watched and stopped."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

EVERY = 2.0
READY_WITHIN = 180.0
IDLE = 0.1
"""Seconds of processor time in five seconds that tell of a process that only waits."""


@dataclass
class Worker:
    """A process of the site. ``memory``: moment and resident kB."""

    port: int
    process: subprocess.Popen[bytes]
    memory: list[tuple[float, int]] = field(default_factory=list)

    def resident(self) -> int:
        """Resident memory now, in kB."""
        said = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in said.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1])

    def seconds(self) -> float:
        """Seconds of processor time so far."""
        said = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        user, system = said.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def environment(folder: Path) -> dict[str, str]:
    """The variables of a site for others, of this run only."""
    return {
        **os.environ,
        "BAKEN_PRODUCTION": "1",
        "BAKEN_SECRET_KEY": secrets.token_urlsafe(50),
        "BAKEN_HOSTS": "baken.example",
        "BAKEN_URL": "https://baken.example",
        "BAKEN_DB": str(folder / "site" / "baken.sqlite3"),
        "DJANGO_SETTINGS_MODULE": "baken.web.settings",
    }


@contextmanager
def served(count: int, variables: dict[str, str], folder: Path) -> Iterator[list[Worker]]:
    """So many processes of the site on free ports, ready, with their memory being noted."""
    workers = []
    over = threading.Event()
    try:
        for number in range(count):
            port = free_port()
            log = (folder / f"log-{number}").open("wb")
            command = [sys.executable, "-m", "baken.web", "--port", str(port)]
            made = subprocess.Popen(command, env=variables, stdout=log, stderr=log)
            workers.append(Worker(port, made))
        for worker in workers:
            until_ready(worker)
        until_warm(workers)
        threading.Thread(target=note, args=(workers, over), daemon=True).start()
        yield workers
    finally:
        over.set()
        for worker in workers:
            worker.process.terminate()
        for worker in workers:
            worker.process.wait(30)


def note(workers: list[Worker], over: threading.Event) -> None:
    """Write down the memory of all every two seconds."""
    while not over.wait(EVERY):
        for worker in workers:
            worker.memory.append((time.time(), worker.resident()))


def until_ready(worker: Worker) -> None:
    """Wait until a process says that it is ready."""
    address = f"http://127.0.0.1:{worker.port}/readyz"
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (OSError, urllib.error.URLError):
            if worker.process.poll() is not None:
                break
            time.sleep(0.2)
    raise SystemExit(f"the site on port {worker.port} did not get ready")


def until_warm(workers: list[Worker]) -> None:
    """Wait until the processes have made ready what the first visitors would wait for."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        before = [worker.seconds() for worker in workers]
        time.sleep(5)
        if all(w.seconds() - b < IDLE for w, b in zip(workers, before, strict=True)):
            return


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
