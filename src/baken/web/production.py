"""What a site that others use must have: asked of the environment at its start, told in words.

``BAKEN_PRODUCTION=1`` says that it is one. Then nothing is made up: a key that is missing stops
the start instead of shutting every link at the next one.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

KEY_LENGTH = 50
"""Signs that Django asks of a key (check ``security.W009``)."""
KEY_SIGNS = 5
RATE = 300
"""Requests a minute from one address; a workshop of forty owners behind one makes about 160."""


def is_production(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the environment says that others use this site."""
    return environment.get("BAKEN_PRODUCTION", "") == "1"


def lacking(environment: Mapping[str, str]) -> list[str]:
    """What a production site still needs, one sentence each."""
    key = environment.get("BAKEN_SECRET_KEY", "")
    found = []
    if len(key) < KEY_LENGTH or len(set(key)) < KEY_SIGNS:
        make = 'python -c "import secrets; print(secrets.token_urlsafe(50))"'
        found.append(f"BAKEN_SECRET_KEY must be {KEY_LENGTH} signs or more; make one: {make}")
    found += _of_address(hosts(environment), environment.get("BAKEN_URL", ""))
    if environment.get("BAKEN_DEBUG", "") == "1":
        found.append("BAKEN_DEBUG must not be 1: it shows the inside of the site")
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
        raise ImproperlyConfigured(f"BAKEN_PRODUCTION is 1, but {'; '.join(found)}.")


def rate(environment: Mapping[str, str] = os.environ) -> int:
    """Requests a minute that one address may make; 0 is without a bound.

    Raises:
        ImproperlyConfigured: when ``BAKEN_RATE`` is no whole number.
    """
    told = environment.get("BAKEN_RATE", "") or str(RATE if is_production(environment) else 0)
    if not told.isdecimal():
        raise ImproperlyConfigured("BAKEN_RATE is no whole number: expected requests a minute.")
    return int(told)
