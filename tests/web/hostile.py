"""Text that means harm, for any field: marks of a page, of a spreadsheet and of a template, signs
that nobody sees and signs that turn what follows around.
"""

from __future__ import annotations

from django.http import HttpResponse

MARKS = ('<script>alert("x")</script>', '"><img src=x onerror=alert(1)>')
HOSTILE = f"{MARKS[0]}{MARKS[1]}=1+1{{{{7*7}}}}\x00\x07\x1b[31m\u202egnp.exe\u2066"


def harmless(page: HttpResponse) -> bool:
    """Whether a page did not fail and shows none of it as marks."""
    shown = page.content.decode() if "text/html" in page.headers.get("Content-Type", "") else ""
    return page.status_code < 500 and not any(mark in shown for mark in MARKS)
