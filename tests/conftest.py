"""What the walks of owners cost, printed below the tests, also when these ran in workers."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest

# As `python -m baken.web` does, and for the same reason: threads of numpy wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import tests.examples  # noqa: F401 (it loads the profile of hypothesis)
from tests.web.browser import by_axe
from tests.web.browser.counting import LEDGER, table

ALL_WALKS = "browser and not slow and not again"
"""What `make browser` asks of pytest."""


def pytest_configure(config: pytest.Config) -> None:
    """The file that walks leave a line in; workers are started with this environment."""
    if not hasattr(config, "workerinput"):
        os.environ[LEDGER] = str(Path(tempfile.mkdtemp(prefix="baken-")) / "walks.jsonl")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A row per owner, where one was walked; workers have a reporter too, that nobody reads."""
    if hasattr(terminalreporter.config, "workerinput"):
        return
    path = Path(os.environ[LEDGER])
    if path.is_file():
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        terminalreporter.section("owners: up to the sending (with permission and preview)")
        for row in table(lines):
            terminalreporter.write_line(row)
    if _walks_all(terminalreporter.config):
        _axe(terminalreporter)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where all browser tests ran well, a page that axe never saw is a fault of the run."""
    if session.exitstatus == 0 and _walks_all(session.config) and by_axe.unseen():
        session.exitstatus = 1


def _walks_all(config: pytest.Config) -> bool:
    """Whether this is `make browser`: all the tests in a browser, and none chosen by name."""
    whole = config.args_source is not config.ArgsSource.ARGS and not config.option.keyword
    works = hasattr(config, "workerinput")
    return whole and not works and config.option.markexpr == ALL_WALKS


def _axe(reporter: pytest.TerminalReporter) -> None:
    unseen, every = sorted(by_axe.unseen()), len(by_axe.every_page())
    reporter.section("axe")
    reporter.write_line(f"{every - len(unseen)} of {every} pages")
    if unseen:
        reporter.write_line(f"never seen: {', '.join(unseen)}")


def pytest_unconfigure(config: pytest.Config) -> None:
    """The file goes, also where nobody walked."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(Path(os.environ.pop(LEDGER)).parent)
