"""The need goes to the engine and nowhere else: not to an address, a log, a table or a report."""

from __future__ import annotations

import logging
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from django.views.debug import ExceptionReporter

from baken.kernel.errors import BakenError
from baken.web.owner.models import UnmetNeed
from tests.web.conftest import NEED, FakeEngine, fixture

SECRET = "geheim recept van de croissants"
KBO = "0403.170.701"


def test_the_address_tells_nothing(site: Client) -> None:
    response = site.post("/resultaat", {"need": SECRET, "kbo": KBO})
    assert response.request["PATH_INFO"] == "/resultaat"
    assert response.request["QUERY_STRING"] == ""
    for part in response.content.decode().split('href="')[1:]:
        assert "geheim" not in part.split('"')[0]
    assert 'method="get"' not in response.content.decode().lower()


@pytest.mark.parametrize("status", [200, 400, 403, 500])
def test_nothing_of_it_is_logged(
    client: Client, records: None, fake: FakeEngine, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client.raise_request_exception = False
    headers = {}
    if status == 400:
        fake.refuse = BakenError("need", SECRET)
    if status == 403:
        headers = {"Sec-Fetch-Site": "cross-site"}
    if status == 500:
        fake.refuse = RuntimeError(f"near {SECRET}: syntax error, {KBO}")
    response = client.post("/resultaat", {"need": SECRET, "kbo": KBO}, headers=headers)
    assert response.status_code == status
    assert "geheim" not in caplog.text
    assert KBO not in caplog.text
    for record in caplog.records:
        assert "geheim" not in repr(vars(record))
    if status == 500:
        assert "builtins.RuntimeError" in caplog.text
        assert "views.py" in caplog.text
        assert "geheim" not in response.content.decode()


def test_an_error_report_holds_no_body_and_no_variables() -> None:
    said = uuid4().hex
    request = RequestFactory().post("/resultaat", {"need": said})
    try:
        raise RuntimeError(str(len(said)))
    except RuntimeError as error:
        reporter = ExceptionReporter(request, type(error), error, error.__traceback__)
    assert said not in reporter.get_traceback_html()
    assert said not in reporter.get_traceback_text()


def test_no_cookie_is_set(site: Client) -> None:
    for response in (site.get("/"), site.get("/signalen"), site.post("/resultaat", {"need": NEED})):
        assert not response.cookies


PROMISES = [
    ("nl", "Zolang je niets verstuurt: geen cookies",
     "geen cookies zolang je geen vraag verstuurt"),
    ("en", "As long as you send nothing: no cookies", "no cookies as long as you send no question"),
    ("fr", "Tant que vous n'envoyez rien : pas de cookies",
     "pas de cookies tant que vous n'envoyez pas de question"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "at_start", "at_signals"), PROMISES)
def test_that_no_cookie_is_set_is_promised_until_a_question_is_sent(
    site: Client, lang: str, at_start: str, at_signals: str
) -> None:
    prefix = "" if lang == "nl" else f"/{lang}"
    for path, says in (("/", at_start), ("/signalen", at_signals)):
        page = unescape(site.get(f"{prefix}{path}").content.decode()).replace("\u00a0", " ")
        assert says in page


def test_an_unmet_need_is_noted_without_words(site: Client, fake: FakeEngine) -> None:
    fake.reply = "unmet"
    facts = '{"region":"vlaams-gewest","size":"small","municipality":"Aalst","kbo":"0403170701"}'
    page = site.post("/resultaat", {"need": SECRET, "facts": facts}).content.decode()
    assert "Hier kennen we geen aanbod voor" in page
    noted = UnmetNeed.objects.get()
    assert noted.needs == ["N07"]
    assert noted.noted_on.isoformat() == f"{fixture('unmet')['as_of'][:7]}-01", "the month, no day"
    assert (noted.region, noted.size, noted.channel) == ("vlaams-gewest", "small", "page")
    kept = repr(list(UnmetNeed.objects.values_list()))
    for word in ("geheim", "0403", "Aalst"):
        assert word not in kept


def test_one_owner_who_answers_on_is_counted_once(site: Client, fake: FakeEngine) -> None:
    fake.reply = "unmet"
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    assert 'name="counted" value="1"' in page
    site.post("/resultaat", {"need": NEED, "counted": "1", "question": "size", "answer": "null"})
    assert UnmetNeed.objects.count() == 1


def test_a_need_that_is_met_is_not_noted(site: Client) -> None:
    site.post("/resultaat", {"need": NEED})
    assert not UnmetNeed.objects.exists()


def test_the_table_has_no_room_for_words() -> None:
    names = {field.name for field in UnmetNeed._meta.get_fields()}
    assert names == {
        "id", "noted_on", "needs", "region", "province", "size", "sector_section", "failed",
        "channel", "catalogue_version",
    }  # fmt: skip
