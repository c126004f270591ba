"""What the other side still sees of a file, once it is no longer theirs."""

from __future__ import annotations

from typing import Any

from baken.refer.model import Handling
from baken.web.handover.models import Referral

LET_GO = (Handling.REFUSED, Handling.WITHDRAWN, Handling.EXPIRED)
"""Refused (or passed on), taken back, shut: there is nothing left to call for."""


def let_go(row: Referral) -> bool:
    """Whether the file is no longer theirs."""
    return row.handling in LET_GO


def as_shown(row: Referral) -> dict[str, Any]:
    """The dossier as the organisation sees it: without how to reach the firm, once it let go."""
    return {**row.dossier, "contact": None} if let_go(row) and row.dossier else dict(row.dossier)
