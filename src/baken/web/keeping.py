"""Answers that are files for the reader to keep."""

from __future__ import annotations

from django.http import HttpResponse


def to_keep(response: HttpResponse, name: str) -> HttpResponse:
    """An answer that a browser saves under this name."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
