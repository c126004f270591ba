"""The landscape as CPSV-AP public services: all pass the shapes, a broken one does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF

import baken.landscape
from baken.landscape.catalogue import load_catalogue
from baken.landscape.cpsv import CPSV, CV, graph

SHAPES = Path(baken.landscape.__file__).parent / "shapes" / "cpsv_ap.ttl"
BASE = "https://baken.invalid"


@pytest.fixture(scope="module")
def whole() -> Graph:
    return graph(load_catalogue(), BASE, date(2026, 11, 24))


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SHAPES, format="turtle")


def test_the_whole_landscape_conforms(whole: Graph, shapes: Graph) -> None:
    conforms, _, report = validate(whole, shacl_graph=shapes)
    assert conforms, report[:2000]


def test_every_instrument_is_a_service_and_every_organisation_an_agent(whole: Graph) -> None:
    services = set(whole.subjects(RDF.type, CPSV.PublicService))
    instruments = [r for r in load_catalogue() if r.type != "organisation"]
    assert services == {URIRef(f"{BASE}/aanbod/{r.type}/{r.id}") for r in instruments}


def about(whole: Graph, me: URIRef) -> Graph:
    """What is told of a thing, and of the things that it is told to have."""
    told, todo = Graph(), {me}
    while todo:
        one = todo.pop()
        new = [t for t in whole.triples((one, None, None)) if t not in told]
        told += new
        todo |= {value for _, _, value in new if not isinstance(value, Literal)}
    return told


@pytest.mark.parametrize("path", [DCTERMS.title, DCTERMS.description, CV.hasCompetentAuthority])
def test_a_service_without_what_the_profile_asks_is_refused(
    whole: Graph, shapes: Graph, path: URIRef
) -> None:
    me = URIRef(f"{BASE}/aanbod/instrument/winwinlening")
    service = about(whole, me)
    assert validate(service, shacl_graph=shapes)[0]
    service.remove((me, path, None))
    assert not validate(service, shacl_graph=shapes)[0]


@pytest.mark.parametrize("form", ["turtle", "json-ld"])
def test_it_reads_back_the_same(whole: Graph, form: str) -> None:
    assert len(Graph().parse(data=whole.serialize(format=form), format=form)) == len(whole)
