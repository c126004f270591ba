"""While a question is made ready its owner can choose another language: what was ticked and typed
stays, and nothing is told to be wrong that was not sent yet.
"""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from tests.web.handover import path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]
OTHER = {"do": "language"}


def page_of(site: Client, address: str, **more: Any) -> str:
    page = site.post(address, path.state(**more))
    assert page.status_code == 200
    return html.unescape(page.content.decode())


def offered(page: str) -> list[str]:
    """The addresses behind the choice of a language."""
    return re.findall(r'form="stuur" formaction="([^"]+)" name="do" value="language"', page)


def test_what_was_ticked_and_typed_comes_along_in_the_first_step(site: Client) -> None:
    assert offered(page_of(site, "/stuur")) == ["/stuur", "/en/stuur", "/fr/stuur"]
    typed = {"item": ["facts:headcount"], "tried": "de bakker gebeld", "may_pass_on": "1"}
    page = page_of(site, "/en/stuur", **typed, **OTHER)
    assert "What goes along?" in page
    assert re.findall(r'name="item" value="([^"]+)" checked', page) == ["facts:headcount"]
    assert "de bakker gebeld</textarea>" in page
    assert 'name="may_pass_on" value="1" checked' in page


def test_and_in_the_second(site: Client) -> None:
    typed = {"item": ["facts:headcount"], "name": "de bakker", "phone": "12", **OTHER}
    page = page_of(site, "/fr/stuur/bereik", **typed)
    assert 'lang="fr"' in page and 'value="de bakker"' in page and 'value="12"' in page
    assert '<input type="hidden" name="item" value="facts:headcount">' in page
    assert "field-error" not in page, "nothing was sent yet"


@pytest.mark.parametrize(
    ("wrong", "step"), [({"phone": "12"}, "/stuur/bereik"), ({"tried": "x" * 1001}, "/stuur")]
)
def test_from_a_page_with_an_error_it_does_not_go_on(
    site: Client, wrong: dict[str, str], step: str
) -> None:
    page = site.post("/stuur/nakijken", path.state(item=["need"], **wrong))
    assert page.status_code == 400
    assert offered(page.content.decode()) == [step, f"/en{step}", f"/fr{step}"]


@pytest.mark.parametrize("address", ["/stuur", "/stuur/bereik"])
def test_the_enter_key_goes_on_and_changes_no_language(site: Client, address: str) -> None:
    page = page_of(site, address)
    buttons = re.findall(r"<button [^>]*>", page)
    first = next(one for one in buttons if 'form="stuur"' in one)
    assert "formaction" not in first and "name=" not in first


def test_a_door_that_takes_nothing_is_shown_in_another_language_too(site: Client) -> None:
    page = page_of(site, "/stuur", to="ondernemersloket")
    assert offered(page) == ["/stuur", "/en/stuur", "/fr/stuur"]
    assert f'name="key" value="{path.KEY}"' in page
    assert "Baken cannot send anything" in page_of(site, "/en/stuur", to="ondernemersloket")
