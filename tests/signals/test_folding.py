"""A long subject is read back as it was written, by whichever parser."""

from __future__ import annotations

from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP, compat32, default

import pytest

from baken.signals.mail import FOLDING

SUBJECTS = [
    "Je vraag",
    "ABSU (Algemene Belgische Schoonmaakunie) is er niet op de beloofde dag",
    "ILVO (institut pour l'agriculture, la pêche et l'alimentation) is er niet op de beloofde dag",
    "We weten nog van geen contact met AWEX - Agence wallonne à l’Exportation",
    "Direction générale Transport aérien (drones) is er niet op de beloofde dag",
    "Vraag\u00a0: " + "één " * 60 + "einde",
]


@pytest.mark.parametrize("linesep", ["\n", "\r\n"])
@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_is_read_back_as_it_was(subject: str, linesep: str) -> None:
    message = EmailMessage(FOLDING)
    message["Subject"] = subject
    message.set_content("Dag,")
    written = message.as_bytes(policy=FOLDING.clone(linesep=linesep))
    for policy in (default, SMTP):
        assert message_from_bytes(written, policy=policy)["Subject"] == subject
    raw = message_from_bytes(written, policy=compat32)["Subject"]
    unfolded = str(make_header(decode_header(raw))).replace("\r\n", "").replace("\n", "")
    assert unfolded == subject
