"""What the preview showed, sealed, so that just that is sent and nothing else.

The site keeps nothing of a visit: the order travels in the form of the preview, signed with the
server's key, and holds for a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.core import signing

from baken.refer.dossier import Dossier
from baken.web.handover import slots
from baken.web.handover.models import Referral
from baken.web.handover.store import Order
from baken.web.handover.windows import whole_days

SALT = "baken.handover.preview"
HOLDS = 86_400
PERMISSION = "2026-11-27"
"""Version of the text by which an owner gives permission (``send.permission`` in the texts, or
``send.permission_pass_on``)."""


class Stale(Exception):
    """The seal is broken or older than a day; ``asked`` leads back to the answer that an
    old one was made from.
    """

    def __init__(self, asked: list[list[str]] | None = None) -> None:
        super().__init__()
        self.asked = asked or []


@dataclass(frozen=True)
class Preview:
    """An order as the owner sees it before sending. ``after``: the referral that it follows, and
    ``left`` the items of that one that do not go along; ``slot``: the chosen hour, as a form
    holds it; ``promised``: the day that was shown as promised, where there is no such hour;
    ``asked``: the answer's page as hidden fields, for the way back to it; ``answer`` ties all that
    is sent from that page, and ``page`` is that page's key.
    """

    key: str
    to: str
    dossier: dict[str, Any]
    items: list[str]
    lang: str
    crisis: bool
    alternative: str
    owner_address: str
    may_pass_on: bool
    after: str = ""
    left: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    slot: str = ""
    promised: str = ""
    asked: list[list[str]] = field(default_factory=list)
    text_version: str = PERMISSION
    answer: str = ""
    page: str = ""

    def order(self) -> Order:
        """What the store takes."""
        before = Referral.objects.filter(public_id=self.after).first() if self.after else None
        return Order(
            receiver=self.to,
            dossier=self.dossier,
            items=self.items,
            text_version=self.text_version,
            crisis=self.crisis,
            lang=self.lang,
            alternative=self.alternative,
            later=self.later,
            owner_address=self.owner_address,
            may_pass_on=self.may_pass_on,
            after=before,
            slot=slots.named(self.slot),
            answer=self.answer,
        )

    def paper(self) -> Dossier:
        """What the PDF is made of."""
        return Dossier.model_validate(self.dossier)


def rechosen(preview: Preview, typed: str, to_come: Sequence[str]) -> Preview:
    """The same with another hour, or with none: then whoever chose no window can be called at any
    moment of those ``to_come``.
    """
    at = slots.named(typed)
    hour = slots.in_words(preview.lang, at) if at else ""
    contact = {**preview.dossier["contact"], "appointment": hour}
    if at is None and not contact["when"]:
        contact |= {"any_time": True, "when": whole_days(preview.lang, to_come)}
    dossier = {**preview.dossier, "contact": contact}
    return replace(preview, slot=slots.name(at) if at else "", dossier=dossier)


def seal(preview: Preview) -> str:
    """The hidden field of the preview."""
    return str(signing.dumps(asdict(preview), salt=SALT, compress=True))


def unseal(sealed: str) -> Preview:
    """What was previewed. Raises :class:`Stale`."""
    try:
        made = Preview(**signing.loads(sealed, salt=SALT))
        signing.loads(sealed, salt=SALT, max_age=HOLDS)
    except signing.SignatureExpired as e:
        raise Stale(made.asked) from e
    except (signing.BadSignature, TypeError) as e:
        raise Stale from e
    return made
