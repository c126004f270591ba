"""The monthly letter on its way: at most once a month for the same figures, to one mail server."""

from __future__ import annotations

import json
import os
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import localtime, make_msgid, parseaddr
from pathlib import Path

from baken.kernel.errors import BakenError
from baken.kernel.switch import switch
from baken.signals.letter import Letter

STATE = ".baken-watch.json"
"""Beside the data: which month was written about last."""
TIMEOUT = 20


class Folding(EmailPolicy):
    """Folds a subject so that it is read back as it was. As Python 3.11 folds by itself, a long one
    is read back (by its own parser too) with a space before it, two in it, or one lost.
    """

    def fold(self, name: str, value: str) -> str:
        """A header as its lines."""
        if name.lower() != "subject":
            return str(super().fold(name, value))
        lines = Header(str(value), header_name=name).encode(linesep=self.linesep)
        return f"{name}: {lines}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        """The same as bytes."""
        if name.lower() != "subject":
            return bytes(super().fold_binary(name, value))
        return self.fold(name, value).encode("ascii")


FOLDING = Folding()
"""How each letter of ours is put into lines."""


@dataclass(frozen=True)
class Server:
    """Where mail is handed over: ``BAKEN_SMTP_HOST``, ``_PORT``, ``_USER``, ``_PASSWORD``,
    ``_STARTTLS`` (on or off) and ``BAKEN_MAIL_FROM`` of the environment."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    sender: str

    @classmethod
    def from_environment(cls) -> Server:
        """The server that the operator set.

        Raises:
            BakenError: when there is none, the port is no number, or a switch no switch.
        """
        env = os.environ
        host, sender = env.get("BAKEN_SMTP_HOST", ""), env.get("BAKEN_MAIL_FROM", "")
        if not host or not sender:
            name = "BAKEN_SMTP_HOST" if not host else "BAKEN_MAIL_FROM"
            raise BakenError(name, "is not set", "the mail server and the sender of letters")
        port = env.get("BAKEN_SMTP_PORT", "") or "25"
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise BakenError("BAKEN_SMTP_PORT", f"'{port}' is no port", "a number such as 587")
        starttls = switch("BAKEN_SMTP_STARTTLS", env)
        user, password = env.get("BAKEN_SMTP_USER", ""), env.get("BAKEN_SMTP_PASSWORD", "")
        return cls(host, int(port), user, password, starttls, sender)

    @contextmanager
    def connected(self) -> Iterator[smtplib.SMTP]:
        """A dialogue with the server, signed in where it asks so."""
        with smtplib.SMTP(self.host, self.port, timeout=TIMEOUT) as smtp:
            if self.starttls:
                smtp.starttls()
            if self.user:
                smtp.login(self.user, self.password)
            yield smtp


def message(written: Letter, to: str, sender: str) -> EmailMessage:
    """A letter as it goes over the wire."""
    made = EmailMessage(FOLDING)
    made["Subject"] = written.subject
    made["From"], made["To"] = sender, to
    made["Date"] = localtime()
    made["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2] or "baken")
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(written.text, cte="quoted-printable")
    return made


def due(folder: Path, day: date, read: bool = True) -> bool:
    """Whether this month's letter is still to be written: also when the one that went told that
    nothing could be read, and now something could (``read``)."""
    try:
        state = json.loads((folder / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return True
    if not isinstance(state, dict) or state.get("month") != f"{day:%Y-%m}":
        return True
    return read and state.get("read") is False


def note(folder: Path, day: date, read: bool = True) -> None:
    """Note that this month's letter has gone, and whether there was anything to read."""
    text = json.dumps({"month": f"{day:%Y-%m}", "read": read})
    try:
        (folder / STATE).write_text(text + "\n", encoding="utf-8")
    except OSError as e:
        problem = f"can't be written: {e.strerror}"
        raise BakenError(str(folder / STATE), problem, "a folder that may be written") from e


def send(letter: EmailMessage, server: Server) -> None:
    """Hand a letter over.

    Raises:
        BakenError: when the server can't be reached or refuses it; nothing is noted then, so the
            next run tries again.
    """
    try:
        with server.connected() as smtp:
            smtp.send_message(letter)
    except (OSError, smtplib.SMTPException) as e:
        where = f"{server.host}:{server.port}"
        raise BakenError(where, f"the letter did not go: {e}", "a mail server that takes it") from e
