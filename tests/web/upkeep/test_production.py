"""A site for others: what it must be told, what Django's own check says, what the proxy may say."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from baken.web import production
from baken.web.place import for_owner_only
from baken.web.production import is_production, lacking, port, rate, switch
from tests.web import warm

GIVEN = {
    "BAKEN_PRODUCTION": "1",
    "BAKEN_SECRET_KEY": "Zq3-" * 4 + "".join(chr(c) for c in range(ord("A"), ord("A") + 40)),
    "BAKEN_HOSTS": "baken.example",
    "BAKEN_URL": "https://baken.example",
}


MANAGE = Path(__file__).parents[3] / "manage.py"


def plain(folder: Path) -> dict[str, str]:
    """An environment that tells nothing of the site but where its rows are."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("BAKEN_", "DJANGO_"))}
    return {**plain, "BAKEN_DB": str(folder / "site.sqlite3")}


def django(folder: Path, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return warm.run({**plain(folder), **environment}, "baken.web.manage", *command.split())


@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="the rows are in PostgreSQL")
def test_the_rows_are_for_their_owner_only_also_those_of_an_older_version(tmp_path: Path) -> None:
    rows = tmp_path / "site.sqlite3"
    assert django(tmp_path, "migrate desk 0001 --skip-checks").returncode == 0
    assert stat.S_IMODE(rows.stat().st_mode) == 0o600
    rows.chmod(0o644)
    told = [sys.executable, MANAGE, "showmigrations", "desk", "--skip-checks"]
    assert subprocess.run(told, env=plain(tmp_path), check=False).returncode == 0
    assert stat.S_IMODE(rows.stat().st_mode) == 0o600


def test_what_sqlite_removes_beside_its_file_disturbs_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last connection that closes removes the log while another one opens."""
    rows, beside, shut = tmp_path / "site", tmp_path / "site-wal", Path.chmod

    def gone(path: Path, mode: int) -> None:
        if path == beside:
            beside.unlink()
        shut(path, mode)

    beside.touch()
    beside.chmod(0o644)
    monkeypatch.setattr(Path, "chmod", gone)
    for_owner_only(rows)
    assert rows.is_file() and not beside.exists()


def test_django_warns_of_nothing(tmp_path: Path) -> None:
    done = django(tmp_path, "check --deploy --fail-level WARNING", **GIVEN)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_same_check_warns_where_it_is_no_site_for_others(tmp_path: Path) -> None:
    done = django(tmp_path, "check --deploy --fail-level WARNING", BAKEN_SECRET_KEY="short")
    assert done.returncode == 1
    assert "security.W004" in done.stderr and "security.W009" in done.stderr


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"BAKEN_SECRET_KEY": ""}, "BAKEN_SECRET_KEY must be 50 signs"),
        ({"BAKEN_SECRET_KEY": "kort"}, "BAKEN_SECRET_KEY must be 50 signs"),
        ({"BAKEN_SECRET_KEY": "a" * 60}, "BAKEN_SECRET_KEY must be 50 signs"),
        ({"BAKEN_HOSTS": " "}, "BAKEN_HOSTS must name the site"),
        ({"BAKEN_URL": "http://baken.example"}, "BAKEN_URL must be its address, such as https://"),
        ({"BAKEN_URL": "https://"}, "BAKEN_URL must be its address"),
        ({"BAKEN_URL": "https://other.example"}, "BAKEN_URL must be an address of one of the"),
        ({"BAKEN_HOSTS": "*"}, "BAKEN_HOSTS must name the site: *"),
        ({"BAKEN_HOSTS": "baken.example, *"}, "BAKEN_HOSTS must name the site: *"),
        ({"BAKEN_DEBUG": "1"}, "BAKEN_DEBUG must be off"),
        ({"BAKEN_DEBUG": "True"}, "BAKEN_DEBUG must be off"),
    ],
)
def test_what_is_missing_is_told_in_words(change: dict[str, str], says: str) -> None:
    assert lacking(GIVEN) == []
    (found,) = lacking({**GIVEN, **change})
    assert found.startswith(says)
    assert "kort" not in found


@pytest.mark.parametrize(
    ("hosts", "url"),
    [
        ("baken.example", "https://baken.example/"),
        ("baken.example", "https://Baken.Example:8443"),
        ("oud.example, baken.example", "https://baken.example"),
        (".baken.example", "https://www.baken.example"),
    ],
)
def test_the_address_is_one_of_the_names(hosts: str, url: str) -> None:
    assert lacking({**GIVEN, "BAKEN_HOSTS": hosts, "BAKEN_URL": url}) == []


def test_without_them_the_site_does_not_start(tmp_path: Path) -> None:
    env = {**os.environ, "BAKEN_DB": str(tmp_path / "site.sqlite3"), "BAKEN_PRODUCTION": "1"}
    told = [sys.executable, "-m", "baken.web", "--port", "0"]
    done = subprocess.run(told, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    for name in ("BAKEN_SECRET_KEY", "BAKEN_HOSTS", "BAKEN_URL"):
        assert name in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, 0),
        ({"BAKEN_PRODUCTION": "1"}, 300),
        ({"BAKEN_PRODUCTION": "yes"}, 300),
        ({"BAKEN_RATE": "40"}, 40),
        ({"BAKEN_PRODUCTION": "1", "BAKEN_RATE": "0"}, 0),
    ],
)
def test_requests_a_minute(told: dict[str, str], expected: int) -> None:
    assert rate(told) == expected


def test_a_bound_that_is_no_number_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="BAKEN_RATE is no whole number"):
        rate({"BAKEN_RATE": "veel"})


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("BAKEN_SMTP_PORT", "abc", "BAKEN_SMTP_PORT is no whole number: expected a port"),
        ("BAKEN_SMTP_PORT", "0", "BAKEN_SMTP_PORT is 0"),
        ("BAKEN_SMTP_PORT", "70000", "BAKEN_SMTP_PORT is above 65535"),
        ("BAKEN_NBB_DAILY", "-1", "BAKEN_NBB_DAILY is no whole number: expected requests a day"),
        ("BAKEN_NBB_KEY", "été", "BAKEN_NBB_KEY holds a sign that no key has: expected the key"),
        ("BAKEN_NBB_KEY", "first\nsecond", "BAKEN_NBB_KEY holds a sign that no key has"),
        ("BAKEN_RATE", "veel", "BAKEN_RATE is no whole number: expected requests a minute"),
        ("PORT", "abc", "PORT is no whole number: expected a port"),
        ("BAKEN_PRODUCTION", "ja", "BAKEN_PRODUCTION is neither on nor off: expected 1, yes"),
        ("BAKEN_PROXY", "localhost", "BAKEN_PROXY is no address: expected one in numbers"),
    ],
)
def test_what_can_not_be_used_stops_the_start_in_one_line(
    name: str, value: str, says: str, tmp_path: Path
) -> None:
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("BAKEN_", "DATABASE_"))}
    env = {**plain, "BAKEN_DB": str(tmp_path / "site.sqlite3"), name: value}
    done = warm.run(env, "baken.web", *(["--port", "0"] if name != "PORT" else []))
    assert done.returncode == 2
    assert says in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_command_stops_in_one_line_as_well(tmp_path: Path) -> None:
    told = "-m baken.web.manage handover".split()
    wrong = {**os.environ, "BAKEN_DB": str(tmp_path / "site.sqlite3"), "BAKEN_RATE": "veel"}
    done = subprocess.run(
        [sys.executable, *told], env=wrong, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == "BAKEN_RATE is no whole number: expected requests a minute.\n"


@pytest.mark.parametrize("given", ["70000", "-1", "x"])
def test_a_port_of_the_command_line_is_one(given: str) -> None:
    done = warm.run(os.environ, "baken.web", "--port", given)
    assert done.returncode == 2
    assert "--port" in done.stderr.splitlines()[-1] and "a port such as 8000" in done.stderr


SWITCHES = [
    (["1", "yes", "TRUE", "on", " Yes "], True),
    (["0", "no", "False", "OFF"], False),
]


@pytest.mark.parametrize("usual", [False, True])
@pytest.mark.parametrize(("spelled", "on"), SWITCHES)
def test_a_switch_is_spelled_in_the_usual_ways(spelled: list[str], on: bool, usual: bool) -> None:
    assert {switch("X", usual, environment={"X": told}) for told in spelled} == {on}
    assert is_production({"BAKEN_PRODUCTION": spelled[0]}) is on
    for empty in ({}, {"X": ""}, {"X": " "}):
        assert switch("X", usual, environment=empty) is usual


@pytest.mark.parametrize("told", ["ja", "2", "tru", "yes please"])
def test_a_switch_that_is_spelled_otherwise_is_refused(told: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="X is neither on nor off") as refused:
        switch("X", environment={"X": told})
    assert told not in str(refused.value).replace("expected 1, yes, true", "")


@pytest.mark.parametrize(
    ("read", "right", "wrong"),
    [
        ("mail", ["", "a@b.example", "baken@localhost", "Baken <a@b.example>"], ["a", "a@", "@b"]),
        (
            "web",
            ["", "https://b.example", "http://localhost:8000"],
            ["b.example", "ftp://b", "https://", "http://b:x"],
        ),
    ],
)
def test_an_address_is_one(read: str, right: list[str], wrong: list[str]) -> None:
    of = getattr(production, read)
    assert [of("X", environment={"X": told}) for told in right] == right
    for told in wrong:
        with pytest.raises(ImproperlyConfigured, match=r"X is no .*address: expected"):
            of("X", environment={"X": told})


@pytest.mark.parametrize(
    ("told", "found"),
    [({}, ""), ({"BAKEN_PRODUCTION": "1"}, "127.0.0.1"), ({"BAKEN_PROXY": "::1"}, "::1")],
)
def test_the_proxy_is_an_address_in_numbers(told: dict[str, str], found: str) -> None:
    assert production.proxy(told) == found
    with pytest.raises(ImproperlyConfigured, match="BAKEN_PROXY"):
        production.proxy({**told, "BAKEN_PROXY": "proxy.example"})


def test_a_number_that_is_not_set_or_empty_is_the_usual_one() -> None:
    assert port("BAKEN_SMTP_PORT", 25, {}) == port("BAKEN_SMTP_PORT", 25, {"X": ""}) == 25
    assert port("BAKEN_SMTP_PORT", 25, {"BAKEN_SMTP_PORT": " 587 "}) == 587


def test_tls_is_what_the_proxy_says_and_nobody_else(tmp_path: Path) -> None:
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("BAKEN_", "DATABASE_"))}
    env = {**plain, **GIVEN, "BAKEN_DB": str(tmp_path / "var" / "site.sqlite3"), "BAKEN_RATE": "9"}
    told = [sys.executable, "-m", "baken.web", "--port", "0"]
    with subprocess.Popen(
        told, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as site:
        try:
            assert site.stdout is not None
            at = next(line for line in site.stdout if "http://" in line).split()[3]
            assert ask(f"{at}/healthz")[0] == 200
            assert ask(f"{at}/readyz")[0] == 200
            status, headers = ask(f"{at}/over")
            assert (status, headers["Location"]) == (
                301,
                f"https://{at.removeprefix('http://')}/over",
            )
            status, headers = ask(f"{at}/over", {"X-Forwarded-Proto": "https"})
            assert status == 200
            assert (
                headers["Strict-Transport-Security"]
                == "max-age=31536000; includeSubDomains; preload"
            )
            each = [ask(f"{at}/over", from_proxy("198.51.100.7"))[0] for _ in range(11)]
            assert each[:9] == [200] * 9 and each[-1] == 429
            assert ask(f"{at}/over", from_proxy("198.51.100.8"))[0] == 200
        finally:
            site.terminate()
            site.wait(timeout=10)


def from_proxy(address: str) -> dict[str, str]:
    return {"X-Forwarded-Proto": "https", "X-Forwarded-For": address}


class Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer."""

    def redirect_request(self, *given: object) -> None:  # type: ignore[override]
        return None


def ask(address: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str]]:
    request = urllib.request.Request(address, headers=headers or {})
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=30) as response:
            return response.status, dict(response.headers)
    except urllib.error.HTTPError as refused:
        return refused.code, dict(refused.headers)
