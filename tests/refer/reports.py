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
