"""The app ``upkeep``: commands only, no tables."""

# mypy: allow-subclassing-any
from __future__ import annotations

from django.apps import AppConfig


class Upkeep(AppConfig):
    """Names the app."""

    name = "baken.web.upkeep"
