"""The app of the adviser's desk."""

# mypy: allow-subclassing-any
from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Members of organisations, their invitations, and what they do with files."""

    name = "baken.web.desk"
    label = "desk"
