"""Every page of the desk with every role, at the own organisation and at another, and without a
second step.
"""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from baken.web.api import api
from baken.web.desk import inbox
from baken.web.desk.models import Holder, Trail
from baken.web.handover import shown
from baken.web.handover.models import EventRow, Referral
from baken.web.texts import text
from baken.web.urls import _pages
from tests.web.desk.made import HOUSE, OTHER, SECRET, anonymous, browser, file, member

pytestmark = pytest.mark.django_db
ROLES = {
    "adviser": ("adviser", HOUSE),
    "administrator": ("administrator", HOUSE),
    "adviser elsewhere": ("adviser", OTHER),
    "administrator elsewhere": ("administrator", OTHER),
    "coordinator": ("coordinator", None),
    "policy": ("policy", None),
    "operator": ("operator", None),
}
TABLE = {
    # page, method: status for each of the seven, in the order above
    ("bureau", "GET"): (200, 200, 200, 200, 200, 302, 302),
    ("bureau", "POST"): (200, 200, 200, 200, 200, 302, 302),
    ("bureau/dossiers.csv", "GET"): (200, 200, 200, 200, 200, 403, 403),
    ("bureau/dossiers.csv", "POST"): (200, 200, 200, 200, 200, 403, 403),
    ("bureau/maand", "GET"): (200, 200, 200, 200, 200, 200, 403),
    ("bureau/maand", "POST"): (200, 200, 200, 200, 200, 200, 403),
    ("bureau/maand.csv", "GET"): (200, 200, 200, 200, 200, 200, 403),
    ("bureau/maand.csv", "POST"): (200, 200, 200, 200, 200, 200, 403),
    ("bureau/wat-ontbreekt", "GET"): (403, 403, 403, 403, 200, 200, 403),
    ("bureau/wat-ontbreekt", "POST"): (403, 403, 403, 403, 200, 200, 403),
    ("bureau/wat-ontbreekt.csv", "GET"): (403, 403, 403, 403, 200, 200, 403),
    ("bureau/wat-ontbreekt.csv", "POST"): (403, 403, 403, 403, 200, 200, 403),
    ("bureau/verbeteringen", "GET"): (403, 403, 403, 403, 403, 200, 200),
    ("bureau/verbeteringen", "POST"): (403, 403, 403, 403, 403, 200, 200),
    ("bureau/verbeteringen.csv", "GET"): (403, 403, 403, 403, 403, 200, 200),
    ("bureau/verbeteringen.csv", "POST"): (403, 403, 403, 403, 403, 200, 200),
    ("bureau/organisatie", "GET"): (200, 200, 200, 200, 403, 403, 403),
    ("bureau/organisatie", "POST"): (400, 400, 400, 400, 403, 403, 403),
    ("bureau/dossier/<slug:public_id>", "GET"): (200, 200, 404, 404, 200, 403, 403),
    ("bureau/dossier/<slug:public_id>", "POST"): (302, 302, 404, 404, 400, 403, 403),
    ("bureau/dossier/<slug:public_id>.pdf", "GET"): (200, 200, 404, 404, 302, 403, 403),
    ("bureau/dossier/<slug:public_id>.pdf", "POST"): (405, 405, 405, 405, 405, 403, 403),
    ("bureau/dossier/<slug:public_id>.json", "GET"): (200, 200, 404, 404, 302, 403, 403),
    ("bureau/dossier/<slug:public_id>.json", "POST"): (405, 405, 405, 405, 405, 403, 403),
    ("bureau/dossier/<slug:public_id>/spoor", "GET"): (200, 200, 404, 404, 200, 403, 403),
    ("bureau/dossier/<slug:public_id>/spoor", "POST"): (200, 200, 404, 404, 200, 403, 403),
    ("bureau/spoor", "GET"): (403, 200, 403, 200, 403, 403, 200),
    ("bureau/spoor", "POST"): (403, 200, 403, 200, 403, 403, 200),
    ("bureau/spoor.csv", "GET"): (403, 200, 403, 200, 403, 403, 200),
    ("bureau/spoor.csv", "POST"): (403, 200, 403, 200, 403, 403, 200),
    ("bureau/wie-is-er", "GET"): (200, 200, 200, 200, 403, 403, 403),
    ("bureau/wie-is-er", "POST"): (400, 400, 400, 400, 403, 403, 403),
    ("bureau/mensen", "GET"): (403, 200, 403, 200, 403, 403, 200),
    ("bureau/mensen", "POST"): (403, 400, 403, 400, 403, 403, 400),
    ("bureau/mijn-toegang", "GET"): (200,) * 7,
    ("bureau/mijn-toegang", "POST"): (400,) * 7,
    ("bureau/afmelden", "GET"): (405,) * 7,
    ("bureau/afmelden", "POST"): (302,) * 7,
    ("bureau/aanmelden", "GET"): (200,) * 7,
    ("bureau/aanmelden", "POST"): (403,) * 7,
    ("bureau/uitnodiging/<str:token>", "GET"): (410,) * 7,
    ("bureau/uitnodiging/<str:token>", "POST"): (410,) * 7,
}
OPENS = ("bureau/dossier/<slug:public_id>", "bureau/dossier/<slug:public_id>.json")
"""Pages that hold what the firm shared, to be read; a PDF packs it."""
BEFORE_THE_DOOR = ("bureau/aanmelden", "bureau/uitnodiging/<str:token>")
CASES = [(*page, role) for page in TABLE for role in ROLES]


def routes() -> set[str]:
    """The desk's addresses as the site knows them."""
    return {str(p.pattern) for p in _pages if str(p.pattern).startswith("bureau")}


def visit(client: Client, route: str, method: str, row: Referral, **headers: str) -> object:
    address = route.replace("<slug:public_id>", row.public_id).replace("<str:token>", "geen")
    ask = client.get if method == "GET" else client.post
    return ask(f"/{address}", {"do": "tried"} if method == "POST" else None, headers=headers)


def test_the_table_names_every_page_of_the_desk() -> None:
    assert {route for route, _ in TABLE} == routes()


def test_every_view_of_the_desk_lies_behind_its_door() -> None:
    for pattern in [*get_resolver().url_patterns, *_pages]:
        view = getattr(pattern, "callback", None)
        if view is not None and view.__module__.startswith("baken.web.desk"):
            assert str(pattern.pattern).split("/")[0] == "bureau"


def test_what_programs_reach_without_an_account_is_nothing_of_the_desk() -> None:
    paths = api.get_openapi_schema()["paths"]
    assert paths
    assert not [path for path in paths if "bureau" in path or "desk" in path]


@pytest.mark.parametrize(("route", "method", "role"), CASES)
def test_each_role_gets_what_the_table_says(route: str, method: str, role: str) -> None:
    row = file()
    shown.mark_opened(row, timezone.now())
    page = visit(browser(member(*ROLES[role])), route, method, row)
    expected = TABLE[route, method][list(ROLES).index(role)]
    assert page.status_code == expected
    own = role in ("adviser", "administrator")
    opens = own and route in OPENS and method == "GET"
    assert (SECRET in page.content.decode(errors="replace")) == opens
    if opens or page.content.startswith(b"%PDF"):
        assert Trail.objects.filter(file=row.public_id).exists(), "read without a line"
    assert page.content.startswith(b"%PDF") == (expected == 200 and route.endswith(".pdf"))
    if "elsewhere" in role and "<slug" not in route:
        assert row.public_id not in page.content.decode(errors="replace")
    if not own:
        kinds = EventRow.objects.order_by("pk").values_list("kind", flat=True)
        assert list(kinds) == ["sent", "seen"]


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize("which", inbox.FILTERS)
def test_a_list_names_the_files_of_the_own_organisation_only(which: str, accept: str) -> None:
    """A file in each list, at one organisation; somebody of each role of another looks."""
    row, mine = file(), member("adviser", HOUSE)
    day = timezone.localdate() - timedelta(days=1)
    late = {"laat": {"contact_by": day}, "uitkomst": {"ask_on": day}, "klaar": {"ended": True}}
    Referral.objects.update(**late.get(which, {}))
    if which == "mijn":
        Holder.objects.create(referral=row, member=mine)
    for address in (f"/bureau?toon={which}", f"/bureau/dossiers.csv?toon={which}"):
        found = browser(mine).get(address, headers={"accept": accept}).content.decode()
        assert row.public_id in found or row.number in found
        for role in ("adviser elsewhere", "administrator elsewhere"):
            other = browser(member(*ROLES[role], name=f"{role} {address}"))
            page = other.get(address, headers={"accept": accept})
            assert page.status_code == 200
            told = page.content.decode()
            assert row.public_id not in told and row.number not in told


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("lang", ["", "en/", "fr/"])
def test_a_password_alone_opens_nothing(role: str, lang: str) -> None:
    row = file()
    half = anonymous()
    half.force_login(member(*ROLES[role]))
    for route, method in (page for page in TABLE if page[0] not in BEFORE_THE_DOOR):
        for visitor in (half, anonymous()):
            page = visit(visitor, lang + route, method, row)
            asks = method == "POST" and route != "bureau/afmelden"
            assert page.status_code == (403 if asks else 302)
            where = "" if asks else page.headers["Location"]
            assert asks or where.startswith(f"/{lang}bureau/aanmelden")
            assert SECRET not in page.content.decode()
            data = visit(visitor, lang + route, method, row, accept="application/json")
            assert data.status_code == 403
    assert not Trail.objects.exists()
    assert EventRow.objects.count() == 1


@pytest.mark.parametrize("role", ROLES)
def test_a_form_from_elsewhere_or_from_nowhere_is_refused(role: str) -> None:
    row = file()
    client = browser(member(*ROLES[role]))
    for told in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elders.example"}):
        other = Client(headers=told)
        other.cookies = client.cookies
        assert other.post(f"/bureau/dossier/{row.public_id}", {"do": "accept"}).status_code == 403
    silent = Client()
    silent.cookies = client.cookies
    assert silent.post(f"/bureau/dossier/{row.public_id}", {"do": "accept"}).status_code == 403
    assert EventRow.objects.count() == 1


def test_who_leaves_is_out_at_once_and_the_rest_of_the_site_knows_no_cookie() -> None:
    who = member("adviser", HOUSE)
    client = browser(who)
    assert client.get("/bureau").status_code == 200
    who.is_active = False
    who.save()
    assert client.get("/bureau").status_code == 302
    visitor = anonymous()
    visitor.get("/over")
    assert not visitor.cookies


@pytest.mark.parametrize("state", ["withdrawn", "expired"])
def test_a_file_whose_permission_ended_shows_its_state_and_no_content(state: str) -> None:
    row = file()
    shown.mark_opened(row, timezone.now())
    Referral.objects.update(handling=state, ended=True)
    client = browser(member("adviser", HOUSE))
    page = client.get(f"/bureau/dossier/{row.public_id}")
    assert page.status_code == 200
    assert SECRET not in page.content.decode()
    assert client.post(f"/bureau/dossier/{row.public_id}", {"do": "tried"}).status_code == 400


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_the_menu_names_what_opens_for_a_role_and_marks_where_one_is(lang: str, role: str) -> None:
    client = browser(member(*ROLES[role]))
    page = client.get(f"{lang}/bureau", follow=True).content.decode()
    menu = page.split('<nav class="links no-print"')[1].split("</nav>")[0]
    there = [part.split('"')[0] for part in menu.split('href="')[1:]]
    assert len(there) >= 3
    for address in there:
        opened = client.get(address)
        assert opened.status_code == 200
        assert f'href="{address}" aria-current="page"' in opened.content.decode()


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_a_page_of_another_role_says_so_and_leads_back_to_the_desk(lang: str) -> None:
    client, at = browser(member("operator")), "" if lang == "nl" else f"/{lang}"
    page = client.get(f"{at}/bureau/maand")
    assert page.status_code == 403
    assert text(lang, "error_pages.role.title") in html.unescape(page.content.decode())
    assert f'<a class="button" href="{at}/bureau">' in page.content.decode()
    data = client.get(f"{at}/bureau/maand", headers={"accept": "application/json"}).json()
    assert data["error"]["problem"] == text(lang, "error_pages.role.title")
    data = anonymous().get(f"{at}/bureau", headers={"accept": "application/json"}).json()
    assert data["error"]["problem"] == text(lang, "error_pages.login.title")
