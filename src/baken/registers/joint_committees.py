"""Joint committees (paritaire comités): which one the employees of a firm fall under.

The number of a sub-committee starts with that of its committee: 318.02 is a sub-committee of
318. The normal form is ``118`` or ``318.02``. Source: ``data/joint_committees.csv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from baken.kernel.errors import BakenError
from baken.registers.stems import stems
from baken.registers.text import distance_allowed, rows

_CODE = re.compile(
    r"^(?:(?:PARITAIR|SUB)?\s*COMIT[EÉ]|P\.?S?\.?C\.?|(?:S\.?)?C\.?P\.?)?\s*(?:N[R°]\.?)?\s*"
    r"(\d{3})(?:[.,\s]?(\d{1,2}))?$",
    re.IGNORECASE,
)
_EXPECTED = "a number such as 118 or 318.02, or words such as 'voedingsnijverheid'"
SUCCESSORS = {"218": "200"}
"""Committees that stopped, with the one that took over (PC 218 became PC 200 in 2015)."""


@dataclass(frozen=True, slots=True)
class JointCommittee:
    """``code`` is ``118`` or ``318.02``; ``parent`` the committee of a sub-committee."""

    code: str
    nl: str
    fr: str
    parent: str | None
    successor: str | None = None


@cache
def all_committees() -> dict[str, JointCommittee]:
    """Code to committee."""
    out = {}
    for digits, nl, fr in rows("joint_committees.csv"):
        sub = digits[3:]
        code = f"{digits[:3]}.{sub}" if sub else digits
        parent = digits[:3] if sub else None
        out[code] = JointCommittee(code, nl, fr, parent, SUCCESSORS.get(code))
    return out


def normalise(text: str, path: str = "joint_committee") -> str:
    """The normal form of a number; ``200.00`` is the committee itself.

    :class:`BakenError` when it is no number or the committee does not exist; near ones are
    the sub-committees, or the committee of an unknown sub-committee.
    """
    match = _CODE.match(str(text).strip())
    if not match:
        raise BakenError(path, f"{text} is no number of a joint committee", _EXPECTED)
    main, sub = match[1], match[2] or ""
    sub = "" if set(sub) <= {"0"} else sub.zfill(2)
    code = f"{main}.{sub}" if sub else main
    known = all_committees()
    if code not in known:
        close = [c for c in known if c[:3] == main] or [c for c in known if c[:2] == main[:2]]
        raise BakenError(path, f"joint committee {code} does not exist", _EXPECTED, close[:5])
    return code


@cache
def _index() -> list[tuple[JointCommittee, frozenset[str]]]:
    return [
        (c, frozenset({*stems(c.nl, "nl"), *stems(c.fr, "fr")})) for c in all_committees().values()
    ]


def find(text: str, limit: int = 5, path: str = "joint_committee") -> list[JointCommittee]:
    """Committees by number (one) or by Dutch or French words (best first).

    Typing errors of a letter or two are taken; words match inside compounds
    ("voeding" finds "voedingsnijverheid"). :class:`BakenError` when nothing looks like it.
    """
    if re.search(r"\d{3}", str(text)):
        return [all_committees()[normalise(text, path)]]
    wanted = list(dict.fromkeys([*stems(text, "nl"), *stems(text, "fr")]))
    wanted = [w for w in wanted if w not in {"pc", "psc", "cp", "paritair", "comit", "commiss"}]
    scored = []
    for committee, known in _index():
        score = sum(max((_likeness(w, k) for k in known), default=0.0) for w in wanted)
        if score:
            scored.append((-score, len(known), committee.code, committee))
    if not scored:
        raise BakenError(path, f"no joint committee with '{text}'", _EXPECTED)
    return [entry[3] for entry in sorted(scored, key=lambda entry: entry[:3])[:limit]]


def _likeness(wanted: str, known: str) -> float:
    if wanted == known:
        return 1.0
    if len(wanted) >= 4 and (
        known.startswith(wanted) or (wanted.startswith(known) and len(known) > 4)
    ):
        return 0.8
    if len(wanted) >= 5 and wanted in known:
        return 0.6
    from rapidfuzz.distance import OSA

    allowed = distance_allowed(wanted)
    return 0.7 if allowed and OSA.distance(wanted, known, score_cutoff=allowed) <= allowed else 0.0
