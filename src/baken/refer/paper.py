"""A dossier as one PDF that everybody can read: PDF/UA-1 and PDF/A-2a, by typst.

Text goes in as data, never as markup. One sign that no font has stops typst, so each such sign is
replaced by one that can be seen (``□``), and signs that steer (control, direction) go.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import matplotlib
import typst
from fontTools.ttLib import TTFont

from baken.kernel.files import own_yaml
from baken.refer.dossier import Dossier

DATA = Path(__file__).parent / "data"
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
"""DejaVu Sans as matplotlib ships it: the paper looks the same on every machine."""
SHOWN = "□"


def pdf(dossier: Dossier) -> bytes:
    """The dossier as a PDF. The same dossier gives the same bytes."""
    data = json.dumps(_clean(_data(dossier)), ensure_ascii=False)
    made: bytes = typst.compile(
        DATA / "dossier.typ",
        root=DATA,
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"data": data},
        pdf_standards=["ua-1", "a-2a"],
    )
    return made


def _data(dossier: Dossier) -> dict[str, Any]:
    words = dict(_words()[dossier.lang])
    told = {"to": dossier.to, "day": f"{dossier.made_on:%d/%m/%Y}"}
    title, intro = (words.pop(k).format(**told) for k in ("title", "intro"))
    day = dossier.made_on
    return {
        **dossier.model_dump(mode="json"),
        "fitting": [v.model_dump(mode="json") for v in dossier.fitting],
        "excluded": [v.model_dump(mode="json") for v in dossier.excluded],
        "title": title,
        "intro": intro,
        "words": words,
        "day": [day.year, day.month, day.day],
    }


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return value


def clean(text: str) -> str:
    """Text with only signs that the font has: others as ``□``, signs that steer left out. Signs of
    private use (icons of a font) mean nothing elsewhere, and PDF/A-2a knows none of them.

    >>> clean("caf\\u00e9 \\u4e2d\\uf400\\u202e!")
    'café □□!'
    """
    kept = []
    for sign in unicodedata.normalize("NFC", text):
        if sign in "\n\t":
            kept.append(sign)
        elif unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp"):
            continue
        else:
            private = unicodedata.category(sign) == "Co"
            kept.append(sign if ord(sign) in _signs() and not private else SHOWN)
    return "".join(kept)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


@lru_cache(maxsize=1)
def _signs() -> frozenset[int]:
    regular = TTFont(FONTS / "DejaVuSans.ttf").getBestCmap()
    bold = TTFont(FONTS / "DejaVuSans-Bold.ttf").getBestCmap()
    return frozenset(regular) & frozenset(bold)


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = own_yaml(DATA / "paper.yaml")
    return found
