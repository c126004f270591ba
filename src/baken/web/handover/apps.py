"""The app of handovers."""

# mypy: allow-subclassing-any
from __future__ import annotations

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """Referrals, their events, and messages that must not be lost."""

    name = "baken.web.handover"
    label = "handover"
