"""What is wrong with a form is told by the site, at its field and in the language of the page; the
browser's own bubble, in the language of the browser, would come first and tell less.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

import baken

TEMPLATES = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted((Path(baken.__file__).parent / "web").rglob("templates/**/*.html"))
}
TAG = r"(?:[^>{]|\{[%{].*?[%}]\})*"
FORM = re.compile(rf"<form\b({TAG})>(.*?)</form>", re.S)
CHECKED = re.compile(
    rf"<(?:input|textarea|select)\b{TAG}?"
    r"(?:\srequired\b|type=\"(?:date|email|number|time|url)\"|\s(?:max|min|pattern|step)=)"
)
"""A field that the browser itself looks at before it sends a form."""
LEFT = {"story.html"}
"""Forms of which the site has no error of its own: a day that lies ahead becomes today, and of two
answers one must be chosen.
"""


def silent(template: str) -> list[str]:
    """The forms that a browser would stop."""
    return [
        inner for given, inner in FORM.findall(template)
        if CHECKED.search(inner) and "novalidate" not in given
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(TEMPLATES) - LEFT))
def test_no_browser_stops_a_form_before_the_site_tells_what_is_wrong(name: str) -> None:
    assert silent(TEMPLATES[name]) == []


def test_a_form_that_the_browser_looks_at_is_found() -> None:
    assert len(silent(TEMPLATES["story.html"])) == 2
    assert silent('<form method="post"><input type="date" name="a"></form>') != []
    assert silent('<form method="post" novalidate><input required></form>') == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "sent", "says"),
    [
        ("/signalen", {"code": " "}, "Typ de code die je de vorige keer kreeg."),
        ("/en/signalen", {"code": "x"}, "We don&#x27;t know this code."),
        ("/gegevens", {"typed": "", "do": "take"}, "Plak eerst minstens één link of code."),
        ("/resultaat", {"need": ""}, "Schrijf eerst wat je wil oplossen of bereiken."),
    ],
)
def test_an_empty_form_is_answered(address: str, sent: dict[str, str], says: str) -> None:
    page = Client().post(address, sent)
    assert page.status_code >= 400
    assert says in page.content.decode()
