"""What a site that others use must have: asked of the environment at its start, told in words.

``BAKEN_PRODUCTION=1`` says that it is one. Then nothing is made up: a key that is missing stops
the start instead of shutting every link at the next one.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from email.utils import parseaddr
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from baken.kernel.errors import BakenError
from baken.kernel.switch import switch as told_switch
from baken.web.typed import is_mail

KEY_LENGTH = 50
"""Signs that Django asks of a key (check ``security.W009``)."""
KEY_SIGNS = 5
LAST_PORT = 65535
RATE = 300
"""Requests a minute from one address; a workshop of forty owners behind one makes about 160."""


def is_production(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the environment says that others use this site."""
    return switch("BAKEN_PRODUCTION", environment=environment)


def lacking(environment: Mapping[str, str]) -> list[str]:
    """What a production site still needs, one sentence each."""
    key = environment.get("BAKEN_SECRET_KEY", "")
    found = []
    if len(key) < KEY_LENGTH or len(set(key)) < KEY_SIGNS:
        make = 'python -c "import secrets; print(secrets.token_urlsafe(50))"'
        found.append(f"BAKEN_SECRET_KEY must be {KEY_LENGTH} signs or more; make one: {make}")
    found += _of_address(hosts(environment), environment.get("BAKEN_URL", ""))
    if switch("BAKEN_DEBUG", environment=environment):
        found.append("BAKEN_DEBUG must be off: it shows the inside of the site")
    return found


def hosts(environment: Mapping[str, str] = os.environ) -> list[str]:
    """The names of ``BAKEN_HOSTS``."""
    told = environment.get("BAKEN_HOSTS", "").split(",")
    return [name.strip() for name in told if name.strip()]


def _of_address(names: list[str], address: str) -> list[str]:
    """What lacks of the names and the address of a site; the address must be one of the names."""
    found = []
    if not names:
        found.append("BAKEN_HOSTS must name the site, such as baken.example")
    if "*" in names:
        found.append("BAKEN_HOSTS must name the site: * lets anybody give it another name")
    host = urlsplit(address).hostname or ""
    if not address.startswith("https://") or not host:
        found.append("BAKEN_URL must be its address, such as https://baken.example")
    elif not found and not validate_host(host, names):
        found.append("BAKEN_URL must be an address of one of the names in BAKEN_HOSTS")
    return found


def must_be_complete(environment: Mapping[str, str] = os.environ) -> None:
    """Go on only when nothing is lacking.

    Raises:
        ImproperlyConfigured: with every variable that is missing or wrong; no value is repeated.
    """
    found = lacking(environment)
    if found:
        raise ImproperlyConfigured(f"BAKEN_PRODUCTION is on, but {'; '.join(found)}.")


def rate(environment: Mapping[str, str] = os.environ) -> int:
    """Requests a minute that one address may make; 0 is without a bound.

    Raises:
        ImproperlyConfigured: when ``BAKEN_RATE`` is no whole number.
    """
    usual = RATE if is_production(environment) else 0
    return whole("BAKEN_RATE", usual, "requests a minute", environment=environment)


def switch(name: str, usual: bool = False, *, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a switch is on, in any of its spellings.

    Raises:
        ImproperlyConfigured: when it is neither on nor off.
    """
    try:
        return told_switch(name, environment, usual)
    except BakenError as e:
        raise ImproperlyConfigured(f"{name} {e.problem}: expected {e.expected}.") from e


def mail(name: str, usual: str = "", environment: Mapping[str, str] = os.environ) -> str:
    """The mail address of a variable, with or without a name before it.

    Raises:
        ImproperlyConfigured: when it is none.
    """
    told = environment.get(name, "").strip() or usual
    if told and not is_mail(parseaddr(told)[1]):
        raise ImproperlyConfigured(f"{name} is no mail address: expected name@host.")
    return told


def subscription(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """The key of another's service that a variable holds; empty where there is none.

    Raises:
        ImproperlyConfigured: when it can't be one: it goes in a header, and no request could leave.
    """
    told = environment.get(name, "").strip()
    if not (told.isascii() and told.isprintable()):
        expected = "expected the key as the service gave it, in plain letters and figures"
        raise ImproperlyConfigured(f"{name} holds a sign that no key has: {expected}.")
    return told


def web(name: str, usual: str = "", environment: Mapping[str, str] = os.environ) -> str:
    """The address of a site or service that a variable tells, without a stroke at its end.

    Raises:
        ImproperlyConfigured: when it is none.
    """
    told = environment.get(name, "").strip().rstrip("/") or usual
    try:
        there = urlsplit(told)
        right = there.scheme in ("http", "https") and there.hostname and there.port != 0
    except ValueError:
        right = False
    if told and not right:
        expected = "expected one that begins with https:// or http:// and names a host"
        raise ImproperlyConfigured(f"{name} is no address: {expected}.")
    return told


def proxy(environment: Mapping[str, str] = os.environ) -> str:
    """The proxy whose word is believed (``BAKEN_PROXY``); empty where there is none.

    Raises:
        ImproperlyConfigured: when it is no address by which a machine is known.
    """
    usual = "127.0.0.1" if is_production(environment) else ""
    told = environment.get("BAKEN_PROXY", "").strip() or usual
    try:
        if told not in ("", "*"):
            ip_address(told)
    except ValueError:
        expected = "expected one in numbers, such as 127.0.0.1"
        raise ImproperlyConfigured(f"BAKEN_PROXY is no address: {expected}.") from None
    return told


def port(name: str, usual: int, environment: Mapping[str, str] = os.environ) -> int:
    """The port that a variable tells; 0, where any will do, only by ``PORT``.

    Raises:
        ImproperlyConfigured: when it is none.
    """
    found = whole(name, usual, "a port such as 587", LAST_PORT, environment)
    if found == 0 and name != "PORT":
        raise ImproperlyConfigured(f"{name} is 0: expected a port such as 587.")
    return found


def whole(
    name: str,
    usual: int,
    expected: str,
    most: int | None = None,
    environment: Mapping[str, str] = os.environ,
) -> int:
    """The number of a variable, or the usual one where it is not set.

    Raises:
        ImproperlyConfigured: when it is no whole number, below nought or too big; it is named.
    """
    told = environment.get(name, "").strip() or str(usual)
    if not (told.isascii() and told.isdecimal()):
        raise ImproperlyConfigured(f"{name} is no whole number: expected {expected}.")
    if most is not None and int(told) > most:
        raise ImproperlyConfigured(f"{name} is above {most}: expected {expected}.")
    return int(told)
