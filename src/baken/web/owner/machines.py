"""What machines read: the landscape as a file, robots.txt and the sitemap."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from baken.landscape.export import FORMATS, export
from baken.landscape.stories import load_stories
from baken.registers.places import municipalities
from baken.web import catalogue
from baken.web.keeping import to_keep
from baken.web.owner.errors import not_allowed
from baken.web.production import is_production
from baken.web.reckon.model import tools
from baken.web.texts import LANGS


def export_file(request: HttpRequest, form: str) -> HttpResponse:
    """The whole landscape as a file."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    if form not in FORMATS:
        raise Http404
    made = _exported(catalogue.current_version(), form, _base(request), timezone.localdate())
    return to_keep(HttpResponse(made, content_type=FORMATS[form]), f"aanbod.{form}")


@lru_cache(maxsize=8)
def _exported(version: str, form: str, base: str, today: date) -> str:
    return export(catalogue.offers(), form, base, today)


def _base(request: HttpRequest) -> str:
    """The address of the site: in production the one that was told, never what a visitor says."""
    if is_production():
        return str(settings.BAKEN_URL)
    return str(request.build_absolute_uri("/")).rstrip("/")


def robots(request: HttpRequest) -> HttpResponse:
    """Records may be found by search engines; answers are nobody's but the owner's."""
    lines = [
        "User-agent: *",
        "Disallow: /resultaat",
        "Disallow: /meenemen",
        "Disallow: /scan",
        f"Sitemap: {_base(request)}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def sitemap(request: HttpRequest) -> HttpResponse:
    """The address of every page that stands still, by the sitemap protocol."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    base = _base(request)
    names = (
        "start", "browse", "doors", "reckon", "signals", "stories", "learned", "helped", "about",
        "glossary", "freshness", "data",
    )  # fmt: skip
    pages = [reverse(f"{lang}:{n}") for lang in LANGS for n in names]
    pages += [reverse(f"{lang}:reckon_tool", args=[t.slug]) for lang in LANGS for t in tools()]
    records = catalogue.offers()
    pages += [reverse(f"{lang}:record", args=[r.type, r.id]) for lang in LANGS for r in records]
    pages += [reverse("nl:story", args=[s.id]) for s in load_stories()]
    pages += [reverse("nl:doors_at", args=[nis]) for nis in municipalities()]
    lines = "".join(f"<url><loc>{escape(base + p)}</loc></url>\n" for p in pages)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{space}">\n{lines}</urlset>\n'
    return HttpResponse(text, content_type="application/xml")
