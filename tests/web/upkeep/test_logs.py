"""The log: lines of JSON that tell what happened and nothing of who asked what."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from baken.web.logs import JsonLines
from tests.web.conftest import FakeEngine

SECRET = "geheim recept van de croissants"
TOKEN = "tokentokentokentokentokentokenaa"


class Lines:
    """What a handler like that of the settings wrote."""

    def __init__(self) -> None:
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(JsonLines())

    def all(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]


@pytest.fixture
def log() -> Iterator[Lines]:
    found = Lines()
    root = logging.getLogger()
    root.addHandler(found.handler)
    yield found
    root.removeHandler(found.handler)


def test_a_request_is_told_by_its_route(site: Client, log: Lines) -> None:
    site.post("/resultaat", {"need": SECRET, "kbo": "0403.170.701"})
    (line,) = [row for row in log.all() if row["logger"] == "baken.web.requests"]
    assert line.pop("at").endswith("+00:00")
    assert line.pop("ms") >= 0
    assert line == {
        "level": "info", "logger": "baken.web.requests", "says": "request",
        "method": "POST", "route": "/resultaat", "status": 200,
    }  # fmt: skip


PATHS = [
    f"/dossier/{TOKEN}",
    f"/nergens/{TOKEN}",
    f"/?q={TOKEN}",
    f"/start?need={TOKEN}&where={TOKEN}&kbo=0403.170.701&van={TOKEN}",
    f"/start?need={TOKEN}&heads=%FF%00",
    f"/fr/aanbod?q={TOKEN}",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_token_no_word_and_no_address(site: Client, log: Lines, path: str) -> None:
    site.get(path, REMOTE_ADDR="198.51.100.77", HTTP_USER_AGENT="Browser of one person")
    written = log.stream.getvalue()
    assert log.all()
    for word in (TOKEN, "198.51", "Browser of", "0403", "?"):
        assert word not in written


@pytest.mark.parametrize(
    ("logger", "template", "given", "says"),
    [
        ("waitress.queue", "Task queue depth is %d", [7], "Task queue depth is 7"),
        ("waitress", "Canceling %d pending task(s)", [2], "Canceling 2 pending task(s)"),
        ("waitress", "Exception when servicing %r", [SECRET], "Exception when servicing %r"),
        ("waitress", f"Client disconnected while serving {TOKEN}", [], ""),
        ("another", "%d is odd", [403170701], "%d is odd"),
    ],
)
def test_the_server_tells_how_long_its_queue_is_and_no_content(
    log: Lines, logger: str, template: str, given: list[Any], says: str
) -> None:
    logging.getLogger(logger).warning(template, *given)
    (line,) = log.all()
    assert line["says"] == says


def test_an_error_is_told_by_its_place(site: Client, fake: FakeEngine, log: Lines) -> None:
    fake.refuse = RuntimeError(f"near {SECRET}: 0403.170.701")
    site.raise_request_exception = False
    site.post("/resultaat", {"need": SECRET})
    (line,) = [row for row in log.all() if row["logger"] == "django.request"]
    assert line["says"] == "Internal Server Error on /resultaat"
    assert line["error"][-1] == "builtins.RuntimeError"
    assert "geheim" not in log.stream.getvalue() and "0403" not in log.stream.getvalue()


def test_a_library_is_told_by_its_template(log: Lines) -> None:
    logging.getLogger("some.library").warning("could not read %r", SECRET)
    logging.getLogger("some.library").warning(f"could not read {SECRET}")
    assert [row["says"] for row in log.all()] == ["could not read %r", ""]


def test_a_host_that_is_not_ours_is_not_repeated(site: Client, log: Lines) -> None:
    assert site.get("/over", HTTP_HOST="geheim.example").status_code == 400
    assert log.all()
    assert "geheim" not in log.stream.getvalue()
