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

from baken.landscape.availability import availability
from baken.landscape.model import Instrument, Offer, Organisation, Training
from baken.landscape.told import told

CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
ADMS = Namespace("http://www.w3.org/ns/adms#")
STATUS = Namespace("http://purl.org/adms/status/")
LANGUAGE = Namespace("http://publications.europa.eu/resource/authority/language/")
COUNTRY = URIRef("http://publications.europa.eu/resource/authority/country/BEL")
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
    g.add((me, DCTERMS.spatial, COUNTRY))
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
    g.add((me, DCTERMS.spatial, COUNTRY))
    g.add((me, DCTERMS.language, LANGUAGE.NLD))
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
        g.add((me, CV.thematicArea, URIRef(f"{base.rstrip('/')}/aanbod?need={need}")))
    for source in r.sources:
        g.add((me, DCTERMS.source, URIRef(source.url)))
    _authority(g, me, r, base, bodies)
    _requirements(g, me, r)
    _output(g, me, r, as_of, names)


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
        g.add((requirement, DCTERMS.identifier, Literal(c.id)))
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
