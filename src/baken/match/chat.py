"""Words that ask nothing: a greeting, a thank-you, a try, or what somebody says of who reads them.

Such a text is no need of a firm and no cry for help, however near to one its meaning lies: only a
whole text is read so, and never one in which somebody speaks of themselves.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from baken.kernel.files import own_yaml
from baken.match.words import fold

DATA = Path(__file__).parent / "data"
MOST = 8
"""A longer text says something."""


def is_chat(text: str) -> bool:
    """Whether a text is small talk or what is said of the reader, and nothing more.

    >>> is_chat("Hallo, hoe gaat het?"), is_chat("jullie zijn dom"), is_chat("you are my last hope")
    (True, True, False)
    """
    said = " ".join(re.sub(r"[^\w']+", " ", fold(text).replace("’", "'")).split())
    if not said or len(said.split()) > MOST:
        return False
    small, of_reader, own = _patterns()
    if small.fullmatch(f"{said} "):
        return True
    about = of_reader.match(said)
    return about is not None and own.search(said, about.end()) is None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Small talk as a whole, each part with a space behind it; how a text about the reader begins;
    and words of somebody who speaks of themselves or of another one.
    """
    found: dict[str, list[str]] = own_yaml(DATA / "chat.yaml")
    small, about, own = ("|".join(found[name]) for name in ("small_talk", "of_reader", "own"))
    return (
        re.compile(rf"(?:(?:{small}) )+"),
        re.compile(rf"(?:{about})\b"),
        re.compile(rf"\b(?:{own})\b"),
    )
