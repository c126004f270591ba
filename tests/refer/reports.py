"""Reports of mail that did not arrive, as mail servers write them."""

from __future__ import annotations

MARK, OTHER = "0123456789abcdef" * 2, "fedcba9876543210" * 2


def report(
    action: str = "failed",
    status: str = "5.1.1",
    envelope: str = "",
    returned: str = f"Message-ID: <{MARK}@baken>",
    kind: str = "text/rfc822-headers",
    to: str = "bounces@baken.example",
    more: str = "",
) -> bytes:
    """A delivery report as mail servers write it."""
    lines = f"""From: MAILER-DAEMON@mail.example
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grens"

--grens
Content-Type: text/plain; charset=us-ascii

It did not arrive.

--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
{f"Original-Envelope-Id: {envelope}" if envelope else "X-Empty: 1"}

Final-Recipient: rfc822; huis@ontvanger.example
Action: {action}
Status: {status}
{more}
--grens
Content-Type: {kind}

{returned}
Subject: Een firma vraagt jullie hulp

--grens--
"""
    return lines.encode()


QMAIL = """\
Hi. This is the qmail-send program at ontvanger.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<a@ontvanger.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

"""
EXIM = """\
This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  a@ontvanger.example
    Unrouteable address

------ This is a copy of the message, including all the headers. ------

"""


def given_back(
    body: str = QMAIL,
    head: str = "",
    path: str = "<>",
    sender: str = "MAILER-DAEMON@ontvanger.example",
    to: str = "baken@baken.example",
    letter: str = f"Return-Path: <baken@baken.example>\nMessage-ID: <{MARK}@baken>\nSubject: x",
) -> bytes:
    """A letter that a server gives back as plain text, as qmail and older Exims do."""
    return (
        f"Return-Path: {path}\nFrom: {sender}\nTo: {to}\n{head}Subject: failure notice\n\n"
        f"{body}{letter}\n\nDag,\n"
    ).encode()
