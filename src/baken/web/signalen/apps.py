"""The app of the pages /signalen."""

# mypy: allow-subclassing-any
from __future__ import annotations

from django.apps import AppConfig


class SignalenConfig(AppConfig):
    """Figures that an owner hands in, for an hour or for as long as the owner wants."""

    name = "baken.web.signalen"
    label = "signalen"
