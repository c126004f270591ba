"""One address may ask a minute's worth at once, then evenly; others are not touched by it."""

from __future__ import annotations

import pytest
from django.test import Client

from baken.web import rate
from baken.web.rate import Allowance, sender


def test_a_burst_then_evenly() -> None:
    now = [1000.0]
    bound = Allowance(60, lambda: now[0])
    assert [bound.wait("a") for _ in range(60)] == [0.0] * 60
    assert bound.wait("a") == pytest.approx(1.0)
    assert bound.wait("b") == 0.0
    now[0] += 1
    assert bound.wait("a") == 0.0
    assert bound.wait("a") > 0
    now[0] += 60
    assert [bound.wait("a") for _ in range(60)] == [0.0] * 60


def test_it_remembers_no_more_than_its_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "MOST", 100)
    now = [0.0]
    bound = Allowance(60, lambda: now[0])
    for at in range(1000):
        now[0] += 0.001
        bound.wait(str(at))
        assert len(bound._used) <= 100


@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_whose_address_it_is(address: str, who: str) -> None:
    assert sender(address) == who


@pytest.mark.parametrize(
    ("path", "says"),
    [("/over", "Even rustig aan"), ("/en/over", "One moment"), ("/fr/over", "Un instant")],
)
def test_the_refusal_is_a_page_in_words(settings, path: str, says: str) -> None:  # type: ignore[no-untyped-def]
    Client().get(path)  # the first page of a process takes seconds on a busy machine
    settings.BAKEN_RATE = 2
    client = Client()
    assert [client.get(path).status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get(path)
    assert says in refused.content.decode()
    assert refused.headers["Retry-After"] == "30"
    assert client.get("/healthz").status_code == 200
