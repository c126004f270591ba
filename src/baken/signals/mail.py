"""The monthly letter: what moved, in plain words, at most once a month for the same figures."""

from __future__ import annotations

import json
import os
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from pathlib import Path

from baken.kernel.errors import BakenError
from baken.signals.alarms import Alarm
from baken.signals.kinds import say
from baken.signals.periods import in_words, last_day
from baken.signals.watch import Watch

STATE = ".baken-watch.json"
"""Beside the data: which month was written about last."""
TIMEOUT = 20
SUBJECT = {
    "nl": ("Je cijfers: niets bijzonders", "Je cijfers: {n} signaal", "Je cijfers: {n} signalen"),
    "en": ("Your figures: all is quiet", "Your figures: {n} signal", "Your figures: {n} signals"),
    "fr": ("Vos chiffres : rien de spécial", "Vos chiffres : {n} signal",
           "Vos chiffres : {n} signaux"),
}  # fmt: skip
LETTER = {
    "nl": ("Dag,", "Dit zagen we in je cijfers tot en met {day}.", "Doe eerst: {check}",
           "We keken naar {n} reeksen.", "Dit is een automatisch bericht van Baken."),
    "en": ("Hello,", "This is what we saw in your figures up to {day}.", "First do: {check}",
           "We watched {n} series.", "This is an automatic message from Baken."),
    "fr": ("Bonjour,", "Voici ce que nous avons vu dans vos chiffres jusqu'à {day}.",
           "À faire d'abord : {check}", "Nous avons suivi {n} séries.",
           "Ceci est un message automatique de Baken."),
}  # fmt: skip


@dataclass(frozen=True)
class Server:
    """Where mail is handed over: ``BAKEN_SMTP_HOST``, ``_PORT``, ``_USER``, ``_PASSWORD``,
    ``_STARTTLS`` (yes or no) and ``BAKEN_MAIL_FROM`` of the environment."""

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
            BakenError: when there is none, or the port is no number.
        """
        env = os.environ
        host, sender = env.get("BAKEN_SMTP_HOST", ""), env.get("BAKEN_MAIL_FROM", "")
        if not host or not sender:
            name = "BAKEN_SMTP_HOST" if not host else "BAKEN_MAIL_FROM"
            raise BakenError(name, "is not set", "the mail server and the sender of letters")
        port = env.get("BAKEN_SMTP_PORT", "25")
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise BakenError("BAKEN_SMTP_PORT", f"'{port}' is no port", "a number such as 587")
        starttls = env.get("BAKEN_SMTP_STARTTLS", "no") == "yes"
        user, password = env.get("BAKEN_SMTP_USER", ""), env.get("BAKEN_SMTP_PASSWORD", "")
        return cls(host, int(port), user, password, starttls, sender)


def letter(found: Watch, to: str, sender: str, day: date, lang: str = "nl") -> EmailMessage:
    """The letter about what stands now: the alarms in words, or that nothing is wrong."""
    standing = [a for a in found.alarms if a.cleared is None]
    none, one, many = SUBJECT[lang]
    subject = none if not standing else (one if len(standing) == 1 else many)
    hello, saw, first, watched, foot = LETTER[lang]
    lines = [hello, "", saw.format(day=_until(found, day, lang)), ""]
    lines += _told(standing, first, lang) or [say("quiet")[lang], ""]
    lines += [watched.format(n=len(found.judged)), "", foot]
    message = EmailMessage()
    message["Subject"] = subject.format(n=len(standing))
    message["From"], message["To"] = sender, to
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join(lines))
    return message


def _until(found: Watch, day: date, lang: str) -> str:
    """The last period of which there are figures, in words; the day where none is of a calendar."""
    ends: list[tuple[date, str]] = []
    for one in (j.series for j in found.judged):
        known = [p for p, v in zip(one.periods, one.values, strict=True) if v is not None]
        ended = last_day(known[-1], one.frequency) if known else None
        if ended is not None:
            ends.append((ended, in_words(known[-1], one.frequency)[lang]))
    return max(ends)[1] if ends else day.isoformat()


def _told(standing: Sequence[Alarm], first: str, lang: str) -> list[str]:
    lines: list[str] = []
    for alarm in standing:
        lines += [f"* {alarm.says[lang]}", f"  {first.format(check=alarm.check[lang])}", ""]
    return lines


def due(folder: Path, day: date) -> bool:
    """Whether this month's letter is still to be written."""
    try:
        state = json.loads((folder / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return True
    return not isinstance(state, dict) or state.get("month") != f"{day:%Y-%m}"


def written(folder: Path, day: date) -> None:
    """Note that this month's letter has gone."""
    text = json.dumps({"month": f"{day:%Y-%m}"})
    try:
        (folder / STATE).write_text(text + "\n", encoding="utf-8")
    except OSError as e:
        problem = f"can't be written: {e.strerror}"
        raise BakenError(str(folder / STATE), problem, "a folder that may be written") from e


def send(message: EmailMessage, server: Server) -> None:
    """Hand a letter over.

    Raises:
        BakenError: when the server can't be reached or refuses it; nothing is noted then, so the
            next run tries again.
    """
    try:
        with smtplib.SMTP(server.host, server.port, timeout=TIMEOUT) as smtp:
            if server.starttls:
                smtp.starttls()
            if server.user:
                smtp.login(server.user, server.password)
            smtp.send_message(message)
    except (OSError, smtplib.SMTPException) as e:
        where = f"{server.host}:{server.port}"
        raise BakenError(where, f"the letter did not go: {e}", "a mail server that takes it") from e
