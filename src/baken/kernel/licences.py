"""Licences and attributions of all that Baken ships and runs on: code, data, model weights."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml

ATTRIBUTIONS = Path(__file__).parent / "data" / "attributions.yaml"


def everything() -> list[dict[str, Any]]:
    """Baken itself, the data and weights that travel with it, and the packages it runs on."""
    shipped: list[dict[str, Any]] = own_yaml(ATTRIBUTIONS)
    return shipped + [_package(name) for name in _required()]


def _required() -> list[str]:
    """The packages that the installed `baken` needs, and those that these need."""
    todo = sorted(_needs("baken")) or []
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        todo += sorted(_needs(name) - seen)
    return sorted(seen - {"baken"})


def _needs(name: str) -> set[str]:
    try:
        wanted = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return set()
    plain = [w for w in wanted if "extra ==" not in w]
    names = {re.split(r"[ ;<>=!~\[(]", w, maxsplit=1)[0].lower().replace("_", "-") for w in plain}
    return {n for n in names if _installed(n)}


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _package(name: str) -> dict[str, Any]:
    about = metadata.metadata(name)
    classifiers = [
        c.rsplit("::", 1)[-1].strip()
        for c in about.get_all("Classifier") or []
        if c.startswith("License")
    ]
    text = (
        about.json.get("license_expression")
        or "; ".join(classifiers)
        or about.json.get("license")
        or ""
    )
    words = str(text).strip()
    licence = words.splitlines()[0][:80] if words else "not stated by the package"
    return {"kind": "code", "name": f"{name} {about['Version']}", "licence": licence}
