"""``python -m MODULE …`` without its imports: forked from a process that has done them.

What is run has the environment, the folder, the arguments and the two outputs of a process of its
own, and ends as one. Only what nobody's environment changes is imported before: libraries, and
what is below the site; settings are read anew by each. That a command starts from nothing at all
is for a test with a process of its own.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from django.conf import settings

LONGEST = 60
"""Seconds that something may run; then it ends by SIGALRM, as exit code -14 tells."""
BEFORE = """django.core.management.commands.migrate django.db.models django.http
django.core.handlers.wsgi django.template.engine django.db.backends.sqlite3.base psycopg pydantic
waitress.server icalendar lxml.html scipy.linalg baken.landscape.catalogue baken.match.engine
baken.signals.mail baken.refer.letters""".split()


def run(
    env: Mapping[str, str], module: str, *told: str, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """What a module does with a command line, as `subprocess.run` gives it."""
    server = _server()
    assert server.stdin is not None and server.stdout is not None
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        asked = {"module": module, "told": told, "env": dict(env), "cwd": str(cwd or Path.cwd())}
        server.stdin.write(json.dumps({**asked, "out": str(out), "err": str(err)}) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        line = [sys.executable, "-m", module, *told]
        return subprocess.CompletedProcess(line, code, out.read_text(), err.read_text())


@cache
def _server() -> subprocess.Popen[str]:
    """One for all tests of this process; it ends with it."""
    sets = ("BAKEN_", "DATABASE_", "DJANGO_", "PYTEST_")
    plain = {k: v for k, v in os.environ.items() if not k.startswith(sets)}
    env = {**plain, "PYTHONPATH": os.pathsep.join(sys.path), "OPENBLAS_NUM_THREADS": "1"}
    told, pipe = [sys.executable, "-m", __name__], subprocess.PIPE
    server = subprocess.Popen(told, env=env, stdin=pipe, stdout=pipe, text=True)
    atexit.register(server.communicate)
    return server


def serve() -> None:
    """Fork for each line that comes; tell how the child ended."""
    for name in BEFORE:
        import_module(name)
    assert not settings.configured and "baken.web" not in sys.modules, "told too early"
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            become(**json.loads(line))
            return
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def become(module: str, told: list[str], env: dict[str, str], cwd: str, out: str, err: str) -> None:
    """Be the process that was asked for, to its end."""
    signal.alarm(LONGEST)
    for number, path, how in ((0, os.devnull, os.O_RDONLY), (1, out, 0), (2, err, 0)):
        os.dup2(os.open(path, how or os.O_WRONLY | os.O_CREAT), number)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    sys.path[0] = cwd
    sys.argv[1:] = told
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    serve()
