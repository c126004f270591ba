"""NACE-BEL: codes, labels and tree, in the versions 2025, 2008 and (to look up only) 2003.

A code is kept as digits without points ("10712"), always with its version, because one
number can mean two things: 25.62 is machining in 2008 and locks and hinges in 2025.
Source: ``data/nace_*.csv`` (see ``data/SOURCES.md``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from baken.kernel.errors import BakenError
from baken.registers.text import fold, rows

VERSIONS = ("2025", "2008")
LANGUAGES = ("nl", "fr", "de", "en")
_SHAPE = re.compile(r"[0-9]{2,5}")
_EXPECTED = "a NACE code of two to five digits, such as 10.71 or 10712"

_SECTIONS = {
    "2008": "A01-03 B05-09 C10-33 D35-35 E36-39 F41-43 G45-47 H49-53 I55-56 J58-63 K64-66 L68-68 "
    "M69-75 N77-82 O84-84 P85-85 Q86-88 R90-93 S94-96 T97-98 U99-99",
    "2025": "A01-03 B05-09 C10-33 D35-35 E36-39 F41-43 G46-47 H49-53 I55-56 J58-60 K61-63 L64-66 "
    "M68-68 N69-75 O77-82 P84-84 Q85-85 R86-88 S90-93 T94-96 U97-98 V99-99",
}


@dataclass(frozen=True, slots=True)
class NaceCode:
    """One code of one version. ``differs``: it also exists in the other version, where it
    means something else, or only a part of this."""

    version: str
    code: str
    nl: str
    fr: str
    de: str = ""
    en: str = ""
    differs: bool = False

    @property
    def dotted(self) -> str:
        """The code as people write it: 10.712."""
        return dotted(self.code)

    @property
    def section(self) -> str:
        """The letter of the section, A to U (2008) or A to V (2025)."""
        return section(self.code, self.version)

    def label(self, lang: str = "nl") -> str:
        """The label in ``lang``; English and German fall back on Dutch."""
        return str(getattr(self, lang, "") or self.nl)


def dotted(code: str) -> str:
    """
    >>> dotted("10712"), dotted("10")
    ('10.712', '10')
    """
    return f"{code[:2]}.{code[2:]}" if len(code) > 2 else code


def normalise(text: str, path: str = "nace") -> str:
    """Two to five digits without points; :class:`BakenError` for any other shape.

    Whether the code exists is for :func:`lookup` to say.

    >>> normalise(" 10.71 "), normalise("47.24-1")
    ('1071', '47241')
    """
    digits = re.sub(r"[\s.\-]", "", str(text)).upper().removeprefix("NACE").lstrip("BEL:")
    if not _SHAPE.fullmatch(digits):
        raise BakenError(path, f"{text} is no NACE code", _EXPECTED)
    return digits


@cache
def table(version: str) -> dict[str, tuple[str, ...]]:
    """Code to labels (nl, fr, de, en) of one version, sections (letters) included."""
    if version not in (*VERSIONS, "2003"):
        raise BakenError("nace_version", f"{version} is no version", "2025, 2008 or 2003")
    return {code: tuple(labels) for code, *labels in rows(f"nace_{version}.csv")}


@cache
def leaf_codes(version: str) -> tuple[str, ...]:
    """All five-digit codes of a version, sorted."""
    return tuple(sorted(c for c in table(version) if len(c) == 5))


@cache
def leaves(code: str, version: str) -> tuple[str, ...]:
    """The five-digit codes below a code, itself when it has five; empty when unknown."""
    return tuple(c for c in leaf_codes(version) if c.startswith(code))


def parents(code: str, version: str) -> tuple[str, ...]:
    """The codes above, nearest first: 10712 gives 1071, 107, 10."""
    known = table(version)
    return tuple(code[:n] for n in range(len(code) - 1, 1, -1) if code[:n] in known)


def children(code: str, version: str) -> tuple[str, ...]:
    """The codes one digit longer."""
    longer = len(code) + 1
    return tuple(sorted(c for c in table(version) if len(c) == longer and c.startswith(code)))


@cache
def _divisions(version: str) -> dict[str, str]:
    out = {}
    for part in _SECTIONS[version].split():
        first, last = part[1:].split("-")
        for number in range(int(first), int(last) + 1):
            out[f"{number:02d}"] = part[0]
    return out


def section(code: str, version: str) -> str:
    """The letter of the section of a code; :class:`BakenError` when there is none."""
    found = _divisions(version).get(code[:2])
    if found is None:
        raise BakenError("nace", f"{dotted(code)} belongs to no section of {version}", _EXPECTED)
    return found


def sections(version: str = "2025") -> dict[str, str]:
    """Letter to Dutch label."""
    return {c: labels[0] for c, labels in sorted(table(version).items()) if c.isalpha()}


def lookup(code: str, version: str | None = None, path: str = "nace") -> list[NaceCode]:
    """What a code means: one entry per version in which it exists, newest first.

    Without ``version`` 2025 and 2008 are both searched; an entry of which the other version
    means something else has ``differs``. :class:`BakenError` names near codes when nothing has it.
    """
    digits = normalise(code, path)
    searched = (str(version),) if version else VERSIONS
    found = [v for v in searched if digits in table(v)]
    if not found:
        raise _unknown(digits, searched, path)
    differs = all(digits in table(v) for v in VERSIONS) and meaning_differs(digits)
    out = []
    for v in found:
        nl, fr, *more = table(v)[digits]
        de, en = more or ("", "")
        out.append(NaceCode(v, digits, nl, fr, de, en, differs and v in VERSIONS))
    return out


def read_bare(text: str) -> str | None:
    """The digits of a text that is nothing but a code that exists; None for other words.

    >>> read_bare("62.010"), read_bare("NACE 10711"), read_bare("bakker"), read_bare("1000")
    ('62010', '10711', None, None)
    """
    if not any(c.isdigit() for c in text):
        return None
    try:
        digits = normalise(text)
    except BakenError:
        return None
    return digits if any(digits in table(v) for v in VERSIONS) else None


def in_words(text: str, lang: str = "nl") -> str:
    """A bare code with its label, in both versions where they differ; other text as it is.

    >>> in_words("62010", "en"), in_words("bakker")
    ('Computer programming activities (NACE 62.010)', 'bakker')
    """
    digits = read_bare(text)
    if digits is None:
        return text
    found = lookup(digits)
    if not found[0].differs:
        return f"{found[0].label(lang)} (NACE {found[0].dotted})"
    return "; ".join(f"{c.label(lang)} (NACE-BEL {c.version} {c.dotted})" for c in found)


def meaning_differs(code: str) -> bool:
    """True when a code of both versions has other words and other contents in each."""
    from baken.registers.bridge import bridge

    old, new = table("2008").get(code), table("2025").get(code)
    if old is None or new is None:
        return False
    if any(fold(a) == fold(b) for a, b in zip(old, new, strict=True) if a):
        return False
    moved = {c for leaf in leaves(code, "2008") for c in bridge(leaf, "2008", "2025").codes}
    return not moved <= set(leaves(code, "2025"))


def _unknown(digits: str, searched: tuple[str, ...], path: str) -> BakenError:
    known = sorted({c for v in searched for c in table(v) if c.isdigit()})
    shorter = next((digits[:n] for n in range(len(digits) - 1, 1, -1) if digits[:n] in known), "")
    close = [c for c in known if shorter and c.startswith(shorter) and len(c) <= len(digits)]
    versions = " or ".join(searched)
    return BakenError(
        path,
        f"NACE code {dotted(digits)} does not exist in NACE-BEL {versions}",
        _EXPECTED,
        [dotted(c) for c in close[:5]],
    )
