"""The landscape as public services of CPSV-AP 3, in RDF.

An instrument and a training are a ``cpsv:PublicService``; an organisation is an agent, and a
``cv:PublicOrganisation`` when it is one. Conditions are requirements that the service holds
(CCCEV), figures that a firm pays are not said as costs: what a measure gives is an output.
``shapes/cpsv_ap.ttl`` holds what is asked of the result, and the tests check it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, RDF, SKOS

from baken.landscape.area import bound_to
from baken.landscape.availability import availability
from baken.landscape.model import Instrument, Offer, Organisation, Training
from baken.landscape.told import told
from baken.needs import load_needs

CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
ADMS = Namespace("http://www.w3.org/ns/adms#")
STATUS = Namespace("http://purl.org/adms/status/")
LANGUAGE = Namespace("http://publications.europa.eu/resource/authority/language/")
COUNTRY = URIRef("http://publications.europa.eu/resource/authority/country/BEL")
NUTS = Namespace("http://data.europa.eu/nuts/code/")
REGIONS = {
    "brussels-hoofdstedelijk-gewest": NUTS.BE1,
    "vlaams-gewest": NUTS.BE2,
    "waals-gewest": NUTS.BE3,
}
PROVINCES = {
    "Antwerpen": NUTS.BE21,
    "Limburg": NUTS.BE22,
    "Oost-Vlaanderen": NUTS.BE23,
    "Vlaams-Brabant": NUTS.BE24,
    "West-Vlaanderen": NUTS.BE25,
    "Waals-Brabant": NUTS.BE31,
    "Henegouwen": NUTS.BE32,
    "Luik": NUTS.BE33,
    "Luxemburg": NUTS.BE34,
    "Namen": NUTS.BE35,
}
"""Regions and provinces as NUTS 2021 codes (Regulation (EC) No 1059/2003)."""
SPOKEN = {"nl": LANGUAGE.NLD, "fr": LANGUAGE.FRA, "en": LANGUAGE.ENG}
LANGS = ("nl", "en", "fr")
STATES = {"open": STATUS.Completed, "call": STATUS.Completed, "closed": STATUS.Withdrawn}
"""ADMS states of an availability; what is not known has none."""
PUBLIC = frozenset({"agency", "province", "intercommunale", "university", "college"})
"""Kinds of organisation that are public bodies in this catalogue."""


def graph(records: Iterable[Offer], base: str, as_of: date) -> Graph:
    """All records as one graph; ``base`` is the address under which their pages stand."""
    listed = list(records)
    found = Graph()
    for prefix, space in (("cpsv", CPSV), ("cv", CV), ("adms", ADMS), ("dct", DCTERMS)):
        found.bind(prefix, space)
    for record in listed:
        if isinstance(record, Organisation):
            _organisation(found, record, base)
    bodies = {r.id for r in listed if isinstance(r, Organisation)}
    names = {r.id: r.names.nl or r.id for r in listed if isinstance(r, Organisation)}
    for record in listed:
        if isinstance(record, Instrument | Training):
            _service(found, record, base, as_of, bodies, names)
    return found


def _address(base: str, kind: str, record_id: str) -> URIRef:
    return URIRef(f"{base.rstrip('/')}/aanbod/{kind}/{record_id}")


def _organisation(g: Graph, r: Organisation, base: str) -> None:
    me = _address(base, "organisation", r.id)
    g.add((me, RDF.type, CV.PublicOrganisation if r.kind in PUBLIC else ORG.Organization))
    g.add((me, DCTERMS.identifier, Literal(r.id)))
    _area(g, me, r)
    for lang in LANGS:
        name = getattr(r.names, lang)
        if name:
            g.add((me, SKOS.prefLabel, Literal(name, lang=lang)))
            g.add((me, DCTERMS.title, Literal(name, lang=lang)))
    if r.url:
        g.add((me, FOAF.homepage, URIRef(r.url)))


def _service(
    g: Graph,
    r: Instrument | Training,
    base: str,
    as_of: date,
    bodies: set[str],
    names: dict[str, str],
) -> None:
    me = _address(base, r.type, r.id)
    g.add((me, RDF.type, CPSV.PublicService))
    g.add((me, DCTERMS.identifier, Literal(r.id)))
    _area(g, me, r)
    for spoken in _spoken(r):
        g.add((me, DCTERMS.language, SPOKEN[spoken]))
    for alias in r.aliases:
        g.add((me, DCTERMS.alternative, Literal(alias)))
    state = STATES.get(availability(r, as_of))
    if state is not None:
        g.add((me, ADMS.status, state))
    for lang in LANGS:
        name, words = getattr(r.names, lang), getattr(r.summary, lang)
        if name:
            g.add((me, DCTERMS.title, Literal(name, lang=lang)))
        if words:
            g.add((me, DCTERMS.description, Literal(words, lang=lang)))
    for word in r.keywords:
        g.add((me, DCAT.keyword, Literal(word, lang="nl")))
    for need in r.needs:
        area = URIRef(f"{base.rstrip('/')}/aanbod?need={need}")
        g.add((me, CV.thematicArea, area))
        g.add((area, RDF.type, SKOS.Concept))
        g.add((area, SKOS.notation, Literal(need)))
        for lang, label in load_needs()[need].label.items():
            g.add((area, SKOS.prefLabel, Literal(label, lang=lang)))
    for source in r.sources:
        g.add((me, DCTERMS.source, URIRef(source.url)))
    _authority(g, me, r, base, bodies)
    _requirements(g, me, r)
    _output(g, me, r, as_of, names)


def _area(g: Graph, me: URIRef, r: Offer) -> None:
    """Where it works: provinces, else regions; the country for all of it, or when not said."""
    places = [PROVINCES[p] for p in sorted(bound_to(r.area)) if p in PROVINCES]
    regions = [REGIONS[x] for x in r.area.regions if x in REGIONS]
    if not places and len(regions) in (0, len(REGIONS)):
        places = [COUNTRY]
    for place in places or regions:
        g.add((me, DCTERMS.spatial, place))


def _spoken(r: Instrument | Training) -> list[str]:
    """The languages of a course as far as they are known; of a measure those of its regions."""
    if isinstance(r, Training):
        return [lang for lang in r.languages if lang in SPOKEN]
    regions = set(r.area.regions) or set(REGIONS)
    dutch = regions & {"vlaams-gewest", "brussels-hoofdstedelijk-gewest"}
    french = regions & {"waals-gewest", "brussels-hoofdstedelijk-gewest"}
    return [*(["nl"] if dutch else []), *(["fr"] if french else [])]


def _authority(g: Graph, me: URIRef, r: Instrument | Training, base: str, bodies: set[str]) -> None:
    known = [i for i in r.provider_ids if i in bodies]
    if known:
        g.add((me, CV.hasCompetentAuthority, _address(base, "organisation", known[0])))
        return
    body = URIRef(f"{me}#provider")
    g.add((me, CV.hasCompetentAuthority, body))
    g.add((body, RDF.type, ORG.Organization))
    g.add((body, DCTERMS.identifier, Literal(f"{r.id}-provider")))
    g.add((body, SKOS.prefLabel, Literal(r.provider, lang="nl")))
    g.add((body, DCTERMS.title, Literal(r.provider, lang="nl")))
    g.add((body, DCTERMS.spatial, COUNTRY))


def _requirements(g: Graph, me: URIRef, r: Offer) -> None:
    for c in r.conditions:
        requirement = URIRef(f"{me}#{c.id}")
        g.add((me, CV.holdsRequirement, requirement))
        g.add((requirement, RDF.type, CV.Requirement))
        g.add((requirement, DCTERMS.identifier, Literal(f"{r.type}/{r.id}#{c.id}")))
        for lang in LANGS:
            words = getattr(c.says, lang)
            if words:
                g.add((requirement, DCTERMS.title, Literal(words, lang=lang)))


def _output(g: Graph, me: URIRef, r: Offer, as_of: date, names: dict[str, str]) -> None:
    """What one gets, as the page says it in Dutch."""
    parts = {p.name: p for p in told(r, "nl", as_of, names)}
    if "you_get" not in parts:
        return
    output = URIRef(f"{me}#output")
    g.add((me, CPSV.produces, output))
    g.add((output, RDF.type, CV.Output))
    g.add((output, DCTERMS.identifier, Literal(f"{r.id}-output")))
    says = " ".join(line.says for line in parts["you_get"].lines)
    g.add((output, DCTERMS.title, Literal(says, lang="nl")))
