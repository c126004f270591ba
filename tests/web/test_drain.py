"""Too much, sent to the real server by a browser without scripts: a page with a way on."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from waitress.parser import HTTPRequestParser

from baken.web.drain import MOST, Parser
from baken.web.serve import MAX_BODY, server_of
from baken.web.wsgi import application

PART = bytes(1_000_000)
MEGA = 1_000_000
FORM = "multipart/form-data; boundary=x"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The real server, in a thread."""
    server = server_of(application, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    server.close()
    server.task_dispatcher.shutdown()


def sent(port: int, path: str, megabytes: int) -> tuple[int, str, Any]:
    """All of a body sent first, and only then the answer read, as a browser does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": FORM, "Content-Length": str(megabytes * MEGA)}
    connection.request("POST", path, (PART for _ in range(megabytes)), headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.request("GET", "/healthz")
    assert connection.getresponse().status == 200, "the same connection goes on"
    connection.close()
    return answer.status, page, answer.headers


WAYS = [
    ("/signalen", 60, "Dat is te veel in één keer. Hoogstens 50 MB", 'id="geef"'),
    ("/en/signalen", 60, "50 MB", 'id="geef"'),
    ("/jaarrekening", 60, "<h1>", "<form"),
    ("/resultaat", 60, "Eén of twee zinnen zijn genoeg.", 'class="button" href="/"'),
    ("/nergens", 60, "Dit is te veel", 'class="button" href="/"'),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "megabytes", "says", "way_on"), WAYS)
def test_who_sends_too_much_reads_a_page_with_a_way_on(
    port: int, path: str, megabytes: int, says: str, way_on: str
) -> None:
    status, page, headers = sent(port, path, megabytes)
    assert status == 413
    assert says in page and way_on in page
    assert "/static/css/" in page, "in the house style"
    assert headers["Content-Security-Policy"]


@pytest.mark.slow
@pytest.mark.django_db
def test_two_gigabytes_too(port: int) -> None:
    status, page, _ = sent(port, "/signalen", 2_000)
    assert status == 413
    assert "Hoogstens 50 MB" in page and 'id="geef"' in page


class Adjusted:
    """What the parser looks at of the server's settings."""

    max_request_header_size = 100_000
    max_request_body_size = MAX_BODY
    inbuf_overflow = 500_000
    url_scheme = "http"


def head(length: int) -> bytes:
    return f"POST /signalen HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode()


def test_nothing_of_it_is_kept_and_what_follows_is_another_request() -> None:
    reader = Parser(Adjusted())
    opening = head(60 * MEGA)
    assert reader.received(opening) == len(opening)
    for _ in range(59):
        assert reader.received(PART) == MEGA
    assert not reader.completed
    assert reader.received(PART + b"GET / HTTP/1.1") == MEGA
    assert reader.completed and reader.error is None
    assert reader.get_body_stream().read() == b""
    assert reader.headers["CONTENT_LENGTH"] == str(60 * MEGA)
    reader.close()


@pytest.mark.parametrize("length", [1, MAX_BODY - 1, MOST + 1])
def test_other_bodies_are_read_as_ever(length: int) -> None:
    ours, theirs = Parser(Adjusted()), HTTPRequestParser(Adjusted())
    for reader in (ours, theirs):
        reader.received(head(length))
    assert ours.completed == theirs.completed == (length > MOST)
    assert type(ours.error) is type(theirs.error)
    assert type(ours.body_rcv) is type(theirs.body_rcv)
