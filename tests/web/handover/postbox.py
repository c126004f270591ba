"""A mail server on this machine that keeps what it took, and a dialogue with it that can break
off anywhere.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path
from smtplib import SMTP
from typing import Any
from unittest.mock import patch


class Kept:
    """What ``aiosmtpd`` does with a message: one line of Message-ID and receiver in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def from_cli(cls, parser: Any, path: str) -> Kept:
        """Made by ``python -m aiosmtpd -c``."""
        return cls(Path(path))

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep it, then say so."""
        message = message_from_bytes(envelope.content)
        with self.path.open("a") as file:
            file.write(f"{message['Message-ID'].strip('<>')} {' '.join(envelope.rcpt_tos)}\n")
        return "250 kept"


@contextmanager
def server(path: Path) -> Iterator[int]:
    """The port of a mail server in a process of its own, which keeps its mail in ``path``."""
    path.touch()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    where = ["-n", "-l", f"127.0.0.1:{port}", "-c", f"{__name__}.Kept", str(path)]
    process = subprocess.Popen([sys.executable, "-m", "aiosmtpd", *where])
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the mail server did not start")


def kept(path: Path) -> dict[str, list[str]]:
    """Who got each Message-ID, as often as it came."""
    found = defaultdict(list)
    for line in path.read_text().splitlines():
        identifier, to = line.split(" ", 1)
        found[identifier].append(to)
    return dict(found)


@contextmanager
def at_each_reply(step: Callable[[], None]) -> Iterator[None]:
    """Call ``step`` just before and just after each answer of the mail server is read."""
    real = SMTP.getreply

    def getreply(smtp: SMTP) -> Any:
        step()
        reply = real(smtp)
        step()
        return reply

    with patch.object(SMTP, "getreply", getreply):
        yield
