"""The monthly letter, against a mail server on this machine."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from baken.cli.app import app
from baken.signals.mail import Server

DAY = "2026-01-31"


class Postbox:
    """A mail server that keeps what it gets; it speaks as much SMTP as is needed."""

    def __init__(self, refuses: bool = False) -> None:
        self.letters: list[str] = []
        self.refuses = refuses

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())

        say("220 here")
        while line := (await reader.readline()).decode().strip():
            verb = line.split(" ")[0].upper()
            if verb == "DATA":
                say("354 go on")
                text = []
                while (row := (await reader.readline()).decode()) not in (".\r\n", ""):
                    text.append(row)
                self.letters.append("".join(text))
                say("250 taken")
            elif verb == "QUIT":
                say("221 bye")
                break
            else:
                say("550 no" if self.refuses and verb == "RCPT" else "250 fine")
        writer.close()


@pytest.fixture
def postbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    def run() -> None:
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(asyncio.start_server(box.serve, "127.0.0.1", port))
        ready.set()
        loop.run_forever()
        server.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(5)
    monkeypatch.setenv("BAKEN_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("BAKEN_SMTP_PORT", str(port))
    monkeypatch.setenv("BAKEN_MAIL_FROM", "baken@example.org")
    yield box
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    """Three years of sales that fell by half in the last months."""
    rows = ["period,value,bad"]
    for at in range(37):
        value = 10_000 + 137 * (at * 7 % 11) - (5_000 if at >= 33 else 0)
        rows.append(f"{2023 + at // 12}-{at % 12 + 1:02d},{value},down")
    file = tmp_path / "sales.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


def watched(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["watch", *args, "--as-of", DAY])
    return result.exit_code, result.output


def test_a_letter_goes_once_a_month(postbox: Postbox, figures: Path) -> None:
    for _ in range(2):
        code, _ = watched(str(figures), "--mail", "owner@example.org")
        assert code == 0
    assert len(postbox.letters) == 1
    letter = postbox.letters[0]
    assert "To: owner@example.org" in letter and "Subject: Je cijfers: sales zakken" in letter
    assert "Kijk eerst: " in letter
    assert re.search(r"\nMessage-ID: <[^@ ]+@example\.org>\s", letter)
    assert re.search(r"\nDate: \w{3}, \d+ \w{3} \d{4} ", letter)
    assert max(len(line) for line in letter.splitlines()) <= 78


def test_that_nothing_could_be_read_is_told_once_and_the_letter_still_comes(
    postbox: Postbox, figures: Path
) -> None:
    text = figures.read_text(encoding="utf-8")
    for now, code, letters in (("", 2, 1), ("", 2, 1), (text, 0, 2), (text, 0, 2)):
        figures.write_text(now, encoding="utf-8")
        assert watched(str(figures), "--mail", "owner@example.org")[0] == code
        assert len(postbox.letters) == letters
    assert "we konden niets lezen" in postbox.letters[0]
    assert "sales zakken" in postbox.letters[1]


def test_a_refused_letter_is_tried_again(postbox: Postbox, figures: Path) -> None:
    postbox.refuses = True
    code, _ = watched(str(figures), "--mail", "owner@example.org")
    assert code == 2
    postbox.refuses = False
    code, _ = watched(str(figures), "--mail", "owner@example.org")
    assert (code, len(postbox.letters)) == (0, 1)


def test_a_switch_that_is_spelled_otherwise_sends_nothing(
    postbox: Postbox, figures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAKEN_SMTP_STARTTLS", "ja")
    address = ["--mail", "owner@example.org", "--as-of", DAY]
    result = CliRunner().invoke(app, ["watch", str(figures), *address])
    assert result.exit_code == 2
    assert "BAKEN_SMTP_STARTTLS: is neither on nor off" in result.stderr
    assert not postbox.letters
    for told in ("1", "TRUE", "yes"):
        monkeypatch.setenv("BAKEN_SMTP_STARTTLS", told)
        assert Server.from_environment().starttls


@pytest.mark.parametrize(
    ("setting", "address", "says"),
    [
        ("BAKEN_SMTP_HOST", "owner@example.org", "BAKEN_SMTP_HOST"),
        ("BAKEN_MAIL_FROM", "owner@example.org", "BAKEN_MAIL_FROM"),
        ("", "owner", "is no mail address"),
    ],
)
def test_what_lacks_is_told(
    postbox: Postbox, figures: Path, monkeypatch: pytest.MonkeyPatch,
    setting: str, address: str, says: str,
) -> None:  # fmt: skip
    if setting:
        monkeypatch.delenv(setting)
    result = CliRunner().invoke(app, ["watch", str(figures), "--mail", address, "--as-of", DAY])
    assert result.exit_code == 2
    assert says in result.stderr
    assert not postbox.letters
