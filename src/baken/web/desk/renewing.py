"""New links for the files of an organisation: who left may still have one, on a device of the own.
Those before open nothing any more; the new ones go to the organisation's address.
"""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage

from django.db import transaction

from baken.kernel.errors import BakenError
from baken.refer.model import Who
from baken.web.desk.files import touch
from baken.web.desk.models import Member, Role
from baken.web.desk.roles import visible_to
from baken.web.handover import links, outbox
from baken.web.handover.models import Intent, Receiver, Referral
from baken.web.handover.post import enveloped, pages_of
from baken.web.texts import plural, text

LETTER = "new_links"


def renew(member: Member, now: datetime) -> None:
    """Make the links of all files of the own organisation anew, each with a line in the trail, and
    write the letter. Raises :class:`BakenError` for who is no administrator of one.
    """
    if member.role != Role.ADMINISTRATOR or member.receiver_id is None:
        raise BakenError("member", "you manage no organisation", "its administrator")
    open_ones = visible_to(member).filter(links__who=str(Who.RECEIVER), links__revoked_at=None)
    with transaction.atomic():
        for public_id in list(open_ones.order_by("pk").values_list("public_id", flat=True)):
            touch(member, public_id, "new_link", now, links.renew)
        about = f"receiver/{member.receiver_id}"
        key = f"{LETTER}/{member.receiver_id}/{now.isoformat()}"
        outbox.write(LETTER, str(Who.RECEIVER), about, key, now)


def letter(intent: Intent, now: datetime) -> EmailMessage | None:
    """The new links of the files that are open; None without any."""
    house = Receiver.objects.filter(pk=int(intent.about.partition("/")[2])).first()
    files = list(Referral.objects.filter(receiver=house, ended=False).order_by("sent_on", "pk"))
    if house is None or not files:
        return None
    lang = house.lang
    told = {"files": plural(lang, "desk.files", len(files))}
    lines = [text(lang, "letters.hello"), "", text(lang, f"letters.{LETTER}.text")]
    lines += pages_of(intent, files, lang, now)
    subject = text(lang, f"letters.{LETTER}.subject", **told)
    return enveloped(intent, house.address, subject, lines, lang, now)
