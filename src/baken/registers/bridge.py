"""From one version of NACE-BEL to the other, never with a silent choice.

Every five-digit code of 2008 and 2025 has a row in ``data/nace_bridge.csv``, derived by
``tools/registers_data.py`` from equal labels and from the hand-made table
``data/hand/nace_changes.csv``. The official conversion table ships in no package, so ``sure``
means: the labels leave no doubt; ``candidates``: one (or more) of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from baken.kernel.errors import BakenError
from baken.registers import nace
from baken.registers.notices import language, tell
from baken.registers.text import rows

Kind = Literal["sure", "candidates"]


@dataclass(frozen=True, slots=True)
class BridgeResult:
    """``codes`` of the other version, never empty; one code when ``sure``; ``why`` in Dutch."""

    kind: Kind
    codes: tuple[str, ...]
    why: str


class NaceElement(NamedTuple):
    """An activity as candidate five-digit codes in each version, and what must be told."""

    codes_2025: frozenset[str]
    codes_2008: frozenset[str]
    notices: tuple[str, ...]


@cache
def _bridges() -> dict[tuple[str, str], BridgeResult]:
    out = {}
    for version, code, kind, codes, why in rows("nace_bridge.csv"):
        sure: Kind = "sure" if kind == "sure" else "candidates"
        out[version, code] = BridgeResult(sure, tuple(codes.split()), why)
    return out


def bridge(code: str, from_version: str, to_version: str) -> BridgeResult:
    """The codes of ``to_version`` that a code of ``from_version`` can be.

    A code of two to four digits goes by its five-digit codes: ``sure`` when all of these are
    and only one code comes out. :class:`BakenError` when the code or a version is unknown.
    """
    digits = nace.normalise(code)
    for version in (from_version, to_version):
        if version not in nace.VERSIONS:
            raise BakenError("nace_version", f"{version} has no bridge", "2025 or 2008")
    below = nace.leaves(digits, from_version)
    if not below:
        nace.lookup(digits, from_version)
    if from_version == to_version:
        kind: Kind = "sure" if len(below) == 1 else "candidates"
        return BridgeResult(kind, below, "zelfde versie")
    if len(digits) == 5:
        return _bridges()[from_version, digits]
    parts = [_bridges()[from_version, leaf] for leaf in below]
    codes = tuple(sorted({c for part in parts for c in part.codes}))
    sure = len(codes) == 1 and all(p.kind == "sure" for p in parts)
    return BridgeResult(
        "sure" if sure else "candidates", codes, f"via de {len(below)} codes onder {digits}"
    )


def element(code: str, version: str | None = None, path: str = "nace") -> NaceElement:
    """The candidate five-digit codes of an activity in 2025 and in 2008.

    Without ``version`` the code is read in each version where it exists and the candidates
    are joined; a notice says so when the meanings differ. With a version, a notice says when
    the other version has more than one candidate.
    """
    found = nace.lookup(code, version, path)
    codes: dict[str, set[str]] = {"2025": set(), "2008": set()}
    notices = []
    for entry in found:
        if entry.version not in nace.VERSIONS:
            raise BakenError(path, "codes of NACE-BEL 2003 have no bridge", "2025 or 2008")
        other = "2008" if entry.version == "2025" else "2025"
        codes[entry.version].update(nace.leaves(entry.code, entry.version))
        codes[other].update(bridge(entry.code, entry.version, other).codes)
    first = found[0]
    if len(found) > 1 and first.differs:
        meanings = f" {tell('and')} ".join(
            tell("nace_meaning", version=e.version, label=e.label(language())) for e in found
        )
        notices.append(tell("nace_two_meanings", code=first.dotted, meanings=meanings))
    elif len(found) == 1 and len(first.code) == 5:
        other = "2008" if first.version == "2025" else "2025"
        step = bridge(first.code, first.version, other)
        if step.kind == "candidates":
            many = ", ".join(nace.dotted(c) for c in step.codes[:6])
            more = " \u2026" if len(step.codes) > 6 else ""
            notices.append(
                tell(
                    "nace_candidates",
                    code=first.dotted,
                    version=first.version,
                    other=other,
                    many=many + more,
                    why=step.why,
                )
            )
    return NaceElement(frozenset(codes["2025"]), frozenset(codes["2008"]), tuple(notices))
