"""Workers forked from a warm process, one that may be killed or many that begin at one moment, and
the site that they work on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from tests.web.handover.postbox import server


def forked(work: Callable[[], None]) -> int:
    """A child that does the work and ends; its exit code is 1 after an error. Gives its id."""
    child = os.fork()
    if child == 0:
        code = 0
        try:
            work()
        except BaseException as e:
            print(f"worker: {type(e).__name__}: {e}", file=sys.stderr)
            code = 1
        finally:
            os._exit(code)
    return child


def in_a_worker(work: Callable[[], None]) -> bool:
    """Run in a child forked from here; whether it was killed.

    Raises :class:`AssertionError` when it ended by an error of its own.
    """
    connections.close_all()
    _, status = os.waitpid(forked(work), 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0, "the worker failed"
    return False


def together(number: int, work: Callable[[], None]) -> None:
    """Run the work in so many workers that begin at one moment. Raises when one fails."""
    connections.close_all()
    read, write = os.pipe()

    def at_the_signal() -> None:
        os.close(write)
        os.read(read, 1)
        work()

    children = [forked(at_the_signal) for _ in range(number)]
    os.close(read)
    os.close(write)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert codes == [0] * number, f"workers ended by {codes}"


@contextmanager
def site(folder: Path) -> Iterator[Path]:
    """The tables, and a mail server that the site sends to; the file in which it keeps its mail."""
    call_command("migrate", verbosity=0)
    box = folder / "post.txt"
    with server(box) as port:
        settings.BAKEN_SMTP_HOST, settings.BAKEN_SMTP_PORT = "127.0.0.1", port
        settings.BAKEN_COORDINATOR = "coordinator@baken.example"
        yield box
