"""Switches in the environment: on or off, spelled in the usual ways."""

from __future__ import annotations

from collections.abc import Mapping

from baken.kernel.errors import BakenError

ON = frozenset({"1", "yes", "true", "on"})
OFF = frozenset({"0", "no", "false", "off"})


def switch(name: str, environment: Mapping[str, str], usual: bool = False) -> bool:
    """Whether a switch is on; the usual way where it is not set, or empty.

    Raises:
        BakenError: when it is spelled otherwise: what was meant can't be told.
    """
    told = environment.get(name, "").strip().lower()
    if told in ON:
        return True
    if told and told not in OFF:
        expected = "1, yes, true or on, or 0, no, false or off"
        raise BakenError(name, "is neither on nor off", expected)
    return usual if not told else False
