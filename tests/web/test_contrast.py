"""Every pair of colours that is used together can be read, by day and by night."""

from __future__ import annotations

import re

import pytest

from baken.web.owner.context import STATIC

TEXT, EDGE = 4.5, 3.0
PAIRS = [
    ("ink", "paper", TEXT),
    ("ink", "surface", TEXT),
    ("ink", "accent-soft", TEXT),
    ("ink", "open-soft", TEXT),
    ("ink", "fits-soft", TEXT),
    ("ink-soft", "paper", TEXT),
    ("ink-soft", "surface", TEXT),
    ("ink-soft", "accent-soft", TEXT),
    ("accent", "paper", TEXT),
    ("accent", "surface", TEXT),
    ("accent", "accent-soft", TEXT),
    ("button-ink", "button", TEXT),
    ("button-ink", "button-over", TEXT),
    ("night-ink", "night", TEXT),
    ("night-soft", "night", TEXT),
    ("fits", "fits-soft", TEXT),
    ("fits", "surface", TEXT),
    ("open", "open-soft", TEXT),
    ("open", "surface", TEXT),
    ("excluded", "excluded-soft", TEXT),
    ("excluded", "surface", TEXT),
    *(("heat-low-ink", f"heat-{shade}", TEXT) for shade in (1, 2, 3)),
    *(("heat-high-ink", f"heat-{shade}", TEXT) for shade in (4, 5)),
    *((line, "heat-2", EDGE) for line in ("ink", "ink-soft", "excluded")),
    ("excluded", "ink", 1.5),
    ("line-strong", "surface", EDGE),
    ("line-strong", "paper", EDGE),
    ("focus", "paper", EDGE),
    ("focus", "surface", EDGE),
    ("beacon", "night", EDGE),
    ("focus-halo", "focus", EDGE),
]


def colours() -> dict[str, dict[str, str]]:
    """The colour tokens by day and by night; the night changes some of the day's."""
    text = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    day, night = text.split("@media screen and (prefers-color-scheme: dark)")
    found = [dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", part)) for part in (day, night)]
    return {"day": found[0], "night": {**found[0], **found[1]}}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """From 1 (equal) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_21() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(scheme: str, front: str, back: str, least: float) -> None:
    known = colours()[scheme]
    assert contrast(known[front], known[back]) >= least


def test_parts_take_their_colours_from_the_tokens() -> None:
    for name in ("parts", "result"):
        text = (STATIC / "css" / f"{name}.css").read_text(encoding="utf-8")
        assert not re.search(r"#[0-9a-f]{3,6}\b", text)
