"""The words that owners trip over: explained on one page, linked from where they stand.

>>> str(linked("Je bent een kmo.", "nl", "/woorden"))
'Je bent een <a class="word" href="/woorden#kmo">kmo</a>.'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from baken.kernel.files import own_yaml
from baken.web.texts import HERE


@cache
def _words() -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = own_yaml(HERE / "glossary.yaml")
    return found


@cache
def entries(lang: str) -> list[dict[str, str]]:
    """Every word in ``lang``, by alphabet: ``id``, ``word`` and what it ``says``."""
    found = [
        {"id": key, "word": row[lang]["forms"][0], "says": row[lang]["says"]}
        for key, row in _words().items()
    ]
    return sorted(found, key=lambda e: e["word"].casefold())


@cache
def _pattern(lang: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    keys = {f.casefold(): key for key, row in _words().items() for f in row[lang]["forms"]}
    words = "|".join(re.escape(form) for form in sorted(keys, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE), keys


def linked(says: str, lang: str, page: str) -> SafeString:
    """The text as HTML, the first place of each word a link to its explanation on ``page``."""
    pattern, keys = _pattern(lang)
    seen: set[str] = set()
    out, at = [], 0
    for match in pattern.finditer(says):
        key = keys[match[0].casefold()]
        if key in seen:
            continue
        seen.add(key)
        out.append(escape(says[at : match.start()]))
        out.append(f'<a class="word" href="{escape(page)}#{key}">{escape(match[0])}</a>')
        at = match.end()
    out.append(escape(says[at:]))
    return mark_safe("".join(out))  # noqa: S308  every part is escaped above
