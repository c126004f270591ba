"""The mail server that takes a letter, and what its answer means for that letter.

Only an answer that speaks of the address itself gives a letter up: the status codes 5.1.x (no such
address) and 5.2.x (its mailbox) of RFC 3463, or without such a code the replies 550, 551 and 553 of
RFC 5321. Once the server has the text only those codes do: a bare 550 may speak of the text then. A
server that is not there, asks for a password or won't relay is the operator's to mend: no letter is
counted as tried by it, and none comes back.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage

from django.conf import settings

from baken.signals.mail import Server
from baken.web.handover.models import Intent
from baken.web.handover.outbox import CutOff, NotRelayed, Refused, Send, ServerDown, Temporary
from baken.web.handover.post import letter

OF_THE_ADDRESS = re.compile(rb"\b5\.(?:1\.(?![78]\b)|2\.)\d")
"""5.1.7 and 5.1.8 speak of our own address as the sender."""
STATUS = re.compile(rb"\b5\.\d{1,3}\.\d{1,3}\b")
OF_US = re.compile(rb"relay|authentic|starttls", re.IGNORECASE)
NEEDS_A_LOGIN = 530
NO_SUCH_ADDRESS = (550, 551, 553)


def hand_over(message: EmailMessage) -> None:
    """Give a letter to the mail server, so marked that a report of it can be told apart
    (:mod:`baken.refer.bounces`). Raises :class:`Temporary`, also as one of its kinds, or
    :class:`Refused`.
    """
    mark = message["Message-ID"].strip("<>").partition("@")[0]
    there = False
    try:
        with _server().connected() as smtp:
            smtp.ehlo_or_helo_if_needed()
            there = True
            dsn = smtp.has_extn("dsn")
            smtp.send_message(
                message,
                from_addr=_return_path(mark),
                mail_options=[f"ENVID={mark}", "RET=HDRS"] if dsn else (),
                rcpt_options=["NOTIFY=FAILURE"] if dsn else (),
            )
    except smtplib.SMTPRecipientsRefused as e:
        raise _refused(list(e.recipients.values())) from e
    except smtplib.SMTPSenderRefused as e:
        raise ServerDown(f"the mail server refuses our address: {e.smtp_code}") from e
    except smtplib.SMTPDataError as e:
        raise _refused_with_text(e.smtp_code, e.smtp_error) from e
    except smtplib.SMTPResponseException as e:
        kind = Temporary if there else ServerDown
        raise kind(f"the mail server said {e.smtp_code}") from e
    except (OSError, smtplib.SMTPException) as e:
        kind, what = (CutOff, "broke off") if there else (ServerDown, "can't be reached")
        raise kind(f"the mail server {what}: {type(e).__name__}") from e


def _refused(answers: list[tuple[int, bytes]]) -> Temporary | Refused:
    """What it means that no address of a letter is taken."""
    codes = [code for code, _ in answers]
    if any(code == NEEDS_A_LOGIN or (code >= 500 and OF_US.search(says)) for code, says in answers):
        return NotRelayed(f"the mail server does not relay for us: {codes}")
    if all(_for_good(code, says) for code, says in answers):
        return Refused(f"the address is refused: {codes}")
    return Temporary(f"the address is not taken now: {codes}")


def _refused_with_text(code: int, says: bytes | str) -> Temporary | Refused:
    """What it means that the server took the address, and refuses once it has the text."""
    said = says if isinstance(says, bytes) else says.encode()
    if code >= 500 and OF_THE_ADDRESS.search(said):
        return Refused(f"the address is refused: [{code}]")
    return Temporary(f"the mail server said {code}")


def _for_good(code: int, says: bytes) -> bool:
    if code < 500:
        return False
    if STATUS.search(says):
        return OF_THE_ADDRESS.search(says) is not None
    return code in NO_SUCH_ADDRESS


def _return_path(mark: str) -> str | None:
    """Where reports go: the operator's address for them with the mark behind a plus sign, or the
    letter's own sender.
    """
    name, at, host = settings.BAKEN_BOUNCES.rpartition("@")
    return f"{name}+{mark}@{host}" if at else None


def _server() -> Server:
    return Server(
        settings.BAKEN_SMTP_HOST,
        settings.BAKEN_SMTP_PORT,
        settings.BAKEN_SMTP_USER,
        settings.BAKEN_SMTP_PASSWORD,
        settings.BAKEN_SMTP_STARTTLS,
        settings.BAKEN_MAIL_FROM,
    )


def sender(clock: Callable[[], datetime]) -> Send:
    """What :func:`baken.web.handover.outbox.drain` sends with."""

    def send(intent: Intent) -> bool:
        message = letter(intent, clock())
        if message is None:
            return False
        hand_over(message)
        return True

    return send
