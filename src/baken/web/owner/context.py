"""What every template has: the language, the same page in the others, the stamp of the styles."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest

from baken.web.texts import DEFAULT, LANGS, text
from baken.web.words import semicolon

STATIC = Path(__file__).parent / "static"


def page(request: HttpRequest) -> dict[str, Any]:
    """Template context for ``request``."""
    lang = getattr(request, "lang", DEFAULT)
    return {
        "lang": lang,
        "colon": text(lang, "site.colon"),
        "semicolon": semicolon(lang),
        "host": request.get_host(),
        "languages": languages(request.path_info, lang),
        "stamp": _stamp(),
    }


def languages(path: str, lang: str) -> list[dict[str, Any]]:
    """The languages to choose from, each with the page's address in it."""
    return [
        {
            "code": code,
            "name": text(code, "site.language_name"),
            "url": in_language(path, code),
            "current": code == lang,
        }
        for code in LANGS
    ]


def in_language(path: str, lang: str) -> str:
    """The same page's address in another language."""
    for code in LANGS:
        if path == f"/{code}" or path.startswith(f"/{code}/"):
            path = path[len(code) + 1 :] or "/"
            break
    return path if lang == DEFAULT else f"/{lang}{path}"


@cache
def _stamp() -> str:
    """Changes with the styles, so that a browser fetches them anew."""
    digest = hashlib.sha256()
    for file in sorted(p for p in STATIC.rglob("*") if p.is_file()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]
