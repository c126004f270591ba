"""The way back from the preview: what the steps before it hold, as it was filled in."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.safestring import SafeString

from baken.refer.dossier import Contact
from baken.web.handover import draft as drafts
from baken.web.handover import slots
from baken.web.handover.draft import Draft
from baken.web.handover.promise import Promise
from baken.web.handover.sealed import Preview
from baken.web.handover.windows import ANY, windows
from baken.web.owner import hidden


def fields(made: Preview, promised: Promise) -> SafeString | str:
    """The hidden fields of the form that leads back; nothing where no step came before, for the
    question leaves another door.
    """
    return "" if made.after or not made.asked else hidden.inputs(_fields(made, promised))


def reached(draft: Draft) -> SafeString:
    """How and when the owner can be reached, as hidden fields."""
    return hidden.inputs(_reached(draft))


def _fields(made: Preview, promised: Promise) -> Iterator[hidden.Field]:
    yield from ((name, value) for name, value in made.asked)
    yield from (("to", made.to), ("key", made.page or made.key))
    yield from (("item", name) for name in made.items)
    yield from (("tried", told) for told in made.dossier["tried"])
    if made.may_pass_on:
        yield "may_pass_on", 1
    to_come = windows(timezone.localdate(), promised.by, promised.absences)
    contact = Contact.model_validate(made.dossier["contact"])
    chosen = Draft(made.to, "", slot=slots.named(made.slot))
    yield from _reached(drafts.of(contact, chosen, to_come, made.lang))


def _reached(draft: Draft) -> Iterator[hidden.Field]:
    typed = (("name", draft.name), ("phone", draft.phone), ("mail", draft.mail))
    yield from ((name, value) for name, value in typed if value)
    yield from (("when", window) for window in ([ANY] if draft.any_time else draft.when))
    if draft.slot:
        yield "slot", slots.name(draft.slot)
