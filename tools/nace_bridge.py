"""The bridge between NACE-BEL 2008 and 2025, from labels and from the hand-made table.

Nobody ships the official table, so each row says how it was found:

* by hand: ``data/hand/nace_changes.csv``, read from the labels of both lists and from the
  known changes between NACE Rev. 2 and Rev. 2.1; it goes before everything else;
* equal: same code, same label in at least one of four languages: ``sure``;
* renumbered: the same label under one other code: ``sure``;
* alike: what is left gets the most similar labels nearby in the tree: always ``candidates``.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path

Labels = dict[str, list[str]]


def same(text: str) -> str:
    """A label made comparable: accents, signs and the two words for "other" fall away."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    plain = re.sub(r"\bm\.?u\.?v\.?\b\.?", "muv", plain)
    plain = re.sub(r"\bn\.?e\.?g\b\.?", "neg", plain).replace("overige", "andere")
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def read_hand(path: Path) -> dict[tuple[str, str], tuple[str, list[str], str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (r["from_version"], r["code"]): (r["kind"], r["codes"].split(), r["why"])
            for r in csv.DictReader(file)
        }


def expand(prefixes: list[str], codes: Labels) -> list[str]:
    missing = [p for p in prefixes if not any(c.startswith(p) for c in codes)]
    if missing:
        raise SystemExit(f"nace_changes.csv names codes that do not exist: {missing}")
    return sorted(c for c in codes if any(c.startswith(p) for p in prefixes))


def alike(code: str, texts: list[str], other: Labels) -> list[str]:
    """Up to four codes of the other list with the most similar Dutch label, same group first."""

    def score(item: tuple[str, list[str]]) -> float:
        near = 0.25 if item[0][:2] == code[:2] else 0.0
        return near + SequenceMatcher(None, same(texts[0]), same(item[1][0])).ratio()

    ranked = sorted(other.items(), key=score, reverse=True)[:4]
    best = score(ranked[0])
    return sorted(c for c, t in ranked if score((c, t)) >= best - 0.15)


Hand = dict[tuple[str, str], tuple[str, list[str], str]]


def forward(old: Labels, new: Labels, hand: Hand) -> dict[str, tuple[str, list[str], str]]:
    index: dict[tuple[int, str], set[str]] = defaultdict(set)
    for code, texts in new.items():
        for lang, text in enumerate(texts):
            index[lang, same(text)].add(code)
    out = {}
    for code, texts in old.items():
        if ("2008", code) in hand:
            kind, codes, why = hand["2008", code]
            out[code] = (kind, expand(codes, new), why)
            continue
        found = set().union(*(index.get((n, same(t)), set()) for n, t in enumerate(texts)))
        if code in found and len(found) == 1:
            out[code] = ("sure", [code], "zelfde code en zelfde omschrijving")
        elif len(found) == 1 and code not in new:
            out[code] = ("sure", sorted(found), "zelfde omschrijving, ander nummer")
        elif len(found) == 1 and same(texts[0]) == same(new[next(iter(found))][0]):
            out[code] = ("sure", sorted(found), "zelfde omschrijving; het oude nummer wisselde")
        elif found:
            out[code] = ("candidates", sorted(found | ({code} & set(new))), "gelijke omschrijving")
        else:
            out[code] = ("candidates", alike(code, texts, new), "lijkt op, niet nagekeken")
    return out


def bridge_rows(old: Labels, new: Labels, hand_path: Path) -> list[list[str]]:
    """Rows (from version, code, kind, codes, why) for every five-digit code, both ways."""
    hand = read_hand(hand_path)
    there = forward(old, new, hand)
    back: dict[str, list[str]] = defaultdict(list)
    for code, (kind, codes, _) in there.items():
        if kind != "channel":
            for target in codes:
                back[target].append(code)
    rows = [
        ["2008", c, "candidates" if k == "channel" or len(t) > 1 else k, " ".join(t), why]
        for c, (k, t, why) in sorted(there.items())
    ]
    for code in sorted(new):
        if ("2025", code) in hand:
            kind, codes, why = hand["2025", code]
            codes = sorted({*expand(codes, old), *back.get(code, [])})
            kind = "sure" if kind == "sure" and len(codes) == 1 else "candidates"
        elif code in back:
            codes = sorted(back[code])
            kind = "sure" if len(codes) == 1 else "candidates"
            unchecked = kind == "sure" and there[codes[0]][2].startswith("lijkt op")
            kind = "candidates" if unchecked else kind
            why = there[codes[0]][2] if len(codes) == 1 else "samengevoegd uit meer codes"
        else:
            kind, codes = "candidates", alike(code, new[code], old)
            why = "lijkt op, niet nagekeken"
        rows.append(["2025", code, kind, " ".join(codes), why])
    return rows
