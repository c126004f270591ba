"""A series as a small picture: what was expected, what came, the change and the alarm.

matplotlib draws it as SVG; what comes out is stripped to shapes, attributes and classes, so that
the page's own styles give the colours by day, by night and on paper, and no style stands in the
markup (the policy of content forbids it).
"""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

import matplotlib as mpl
import matplotlib.ticker
from lxml import etree
from matplotlib.figure import Figure

from baken.signals.expected import Point

SIZE = (4.1, 2.75)
"""Inches of 72 units: the picture is 295 by 198, and its letters are of 11 units."""
MOST = {"day": 120, "week": 80}
MOST_ELSE = 40
KEPT = ("stroke-width", "stroke-dasharray", "text-anchor", "stroke-linecap", "stroke-linejoin")
ROLES = re.compile(r"^(band|middle|line|after|since|alarm|grid|axis|label)\d*$")
LONG = re.compile(r"-?\d+\.\d+")
SVG = "{http://www.w3.org/2000/svg}"
_one_at_a_time = threading.Lock()


def chart(
    points: Sequence[Point],
    frequency: str,
    name: str,
    number: Callable[[float], str],
    since: str | None = None,
    detected: str | None = None,
) -> str:
    """The SVG of a series.

    ``name`` is its accessible name; ``number`` writes a value at the axis; ``since`` and
    ``detected`` are the periods of the change and the alarm.
    """
    shown = list(points)[-MOST.get(frequency, MOST_ELSE) :]
    if since in {p.period for p in points[: -len(shown)]}:
        since = shown[0].period  # all that is shown came after it
    with _one_at_a_time, mpl.rc_context({"svg.fonttype": "none", "font.size": 11}):
        figure = Figure(figsize=SIZE, layout="constrained")
        axes = figure.subplots()
        _draw(axes, shown, since, detected)
        _axes(axes, shown, frequency, number)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return _plain(out.getvalue(), name)


def _draw(axes: Any, shown: Sequence[Point], since: str | None, detected: str | None) -> None:
    at = range(len(shown))
    nothing = float("nan")
    value = [nothing if p.value is None else p.value for p in shown]
    middle, low, high = (
        [nothing if (v := getattr(p, end)) is None else v for p in shown]
        for end in ("middle", "low", "high")
    )
    periods = [p.period for p in shown]
    axes.fill_between(at, low, high, linewidth=0, gid="band")
    axes.plot(at, middle, linewidth=1, linestyle=(0, (3, 2)), gid="middle")
    axes.plot(at, value, linewidth=1.5, gid="line")
    if since in periods:
        start = periods.index(since)
        axes.axvline(start - 0.5, linewidth=1, linestyle=(0, (1, 2)), gid="since")
        axes.plot(at[start:], value[start:], linewidth=2.4, gid="after")
    if detected in periods and value[periods.index(detected)] == value[periods.index(detected)]:
        seen = periods.index(detected)
        axes.plot([seen], [value[seen]], marker="D", markersize=6.5, linewidth=0, gid="alarm")


def _axes(
    axes: Any, shown: Sequence[Point], frequency: str, number: Callable[[float], str]
) -> None:
    known = [v for p in shown for v in (p.value, p.low, p.high) if v is not None]
    low, high = min(known, default=0.0), max(known, default=1.0)
    if low >= 0 and low < 0.6 * high:
        axes.set_ylim(0, high * 1.06 or 1)
    axes.set_xlim(-0.8, len(shown) - 0.2)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_gid("axis")
    axes.yaxis.set_major_locator(mpl.ticker.MaxNLocator(4, integer=_whole(shown)))
    axes.yaxis.set_major_formatter(mpl.ticker.FuncFormatter(lambda v, _: number(v)))
    axes.grid(axis="y", linewidth=0.6)
    for i, line in enumerate(axes.yaxis.get_gridlines()):
        line.set_gid(f"grid{i}")
    ticks = _ticks([p.period for p in shown], frequency)
    axes.set_xticks([i for i, _ in ticks], [label for _, label in ticks])
    axes.tick_params(length=0, pad=3)


def _whole(shown: Sequence[Point]) -> bool:
    return all(p.value is None or p.value == int(p.value) for p in shown)


def _ticks(periods: Sequence[str], frequency: str) -> list[tuple[int, str]]:
    """Where a year begins; else a few periods."""
    years = [p[:4] if frequency != "position" else "" for p in periods]
    starts = [i for i in range(1, len(years)) if years[i] != years[i - 1] and years[i]]
    if frequency in ("month", "quarter", "week", "day") and starts:
        every = 1 + len(starts) // 6
        return [(i, years[i]) for i in starts[::every]]
    every = max(1, -(-len(periods) // 5))
    return [(i, p) for i, p in enumerate(periods) if i % every == 0]


def _plain(raw: str, name: str) -> str:
    """The picture without styles, numbers of its own and what only editors need."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root: Any = etree.fromstring(raw.encode(), parser)
    own = sha256(raw.encode() + name.encode()).hexdigest()[:8]
    for away in [*root.iter(f"{SVG}metadata"), *root.iter(f"{SVG}style")]:
        away.getparent().remove(away)
    for element in [*root.iter(etree.Element)]:
        _rename(element, own)
        _style(element)
        _shorten(element)
    for size in ("width", "height", "version"):
        root.attrib.pop(size, None)
    root.set("class", "chart")
    root.set("role", "img")
    root.set("aria-label", name)
    etree.cleanup_namespaces(root)
    return re.sub(r"\s*\n\s*", " ", etree.tostring(root, encoding="unicode"))


def _rename(element: Any, own: str) -> None:
    """Names that are this picture's own, so that a page may hold many; roles become classes."""
    gid = element.get("id", "")
    element.attrib.pop("id", None)
    if gid in ("patch_1", "patch_2"):
        element.getparent().remove(element)
    elif gid and element.tag in (f"{SVG}path", f"{SVG}clipPath"):
        element.set("id", f"{gid}-{own}")
    elif m := ROLES.match(gid):
        element.set("class", f"chart__{m[1]}")
    for key, value in element.attrib.items():
        if key == "clip-path":
            element.set(key, value.replace(")", f"-{own})"))
        elif key.endswith("}href"):
            del element.attrib[key]
            element.set("href", f"{value}-{own}")


def _style(element: Any) -> None:
    """Of a style what is no colour, as attributes."""
    parts = element.get("style", "").split(";")
    element.attrib.pop("style", None)
    for part in parts:
        name, _, value = (p.strip() for p in part.partition(":"))
        if name in KEPT or (name in ("fill", "stroke") and value == "none"):
            element.set(name, value)
        elif name in ("font", "font-size"):
            element.set("font-size", "11")


def _shorten(element: Any) -> None:
    """Coordinates to a tenth of a unit: a page holds many pictures."""
    if element.get("transform", "").startswith("rotate(-0"):
        del element.attrib["transform"]
    for name in ("d", "x", "y"):
        if name in element.attrib:
            short = LONG.sub(lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), element.get(name))
            element.set(name, " ".join(short.split()))
