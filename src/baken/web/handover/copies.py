"""The dossier to take along, as the other side sees it: by the link and at the desk alike."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from baken.refer.dossier import Dossier
from baken.web.handover.models import Referral
from baken.web.handover.sending import paper
from baken.web.handover.shown import as_shown
from baken.web.keeping import to_keep


def copy_of(row: Referral, form: str) -> HttpResponse:
    """The dossier of a file that was opened, as ``pdf``, else as JSON."""
    shown = as_shown(row)
    if form == "pdf":
        return paper(Dossier.model_validate(shown), named(row, form))
    data = JsonResponse(shown, json_dumps_params={"ensure_ascii": False, "indent": 2})
    return to_keep(data, named(row, form))


def named(row: Referral, form: str) -> str:
    """The name under which something of a file is kept."""
    return f"dossier-{row.number}.{form}"
