"""The owner app."""

# mypy: allow-subclassing-any
from __future__ import annotations

from django.apps import AppConfig


class OwnerConfig(AppConfig):
    """Pages for owners, the catalogue as a table, and the record of unmet needs."""

    name = "baken.web.owner"
    label = "owner"
