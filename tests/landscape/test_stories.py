"""Stories: what a file must hold, how they are parted and counted, and who learned from whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from baken.kernel.errors import BakenError
from baken.landscape.catalogue import Catalogue, load_catalogue
from baken.landscape.stories import half_of, halves, load_stories, read_story, site
from baken.landscape.story import Story
from baken.landscape.story_check import check_stories
from baken.landscape.story_stats import crossed, helpers, need_by_helper, network, story_stats


def raw(**changes: Any) -> dict[str, Any]:
    """A story as it stands in a file; every field can be changed by name."""
    found: dict[str, Any] = {
        "id": "brood-blijft-vers",
        "title": "Brood dat langer vers blijft",
        "problem": "Ons brood is na een dag al oud en de winkels sturen het terug.",
        "firm": {"does": "bakkerij", "themes": ["agrofood"], "size": "micro"},
        "phase": "change",
        "trigger": "customer",
        "trigger_says": "De winkels stuurden brood terug.",
        "degree": "incremental",
        "partners": ["college"],
        "obstacle": "knowledge",
        "needs": ["N03"],
        "needed": "Iemand die het deeg kan meten.",
        "helped_by": [{"name": "Hogeschool X", "role": "knowledge"}],
        "outcome": "Het brood blijft twee dagen langer vers.",
        "result": "success",
        "source": {"n": 1, "url": "https://www.voorbeeld.be/brood", "seen": "2026-11-25"},
    }
    return found | changes


def story(**changes: Any) -> Story:
    """The story of ``raw``."""
    return Story.model_validate(raw(**changes))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"trigger": "verveling"}, "trigger"),
        ({"partners": []}, "partners"),
        ({"needs": ["N15"]}, "needs"),
        ({"needs": ["N01", "N02", "N03", "N04"]}, "needs"),
        ({"problem": "Te kort."}, "problem"),
        ({"firm": {"does": "bakkerij", "themes": ["brood"]}}, "is no theme"),
        (
            {"helped_by": [{"name": "VIVES", "id": "vives", "role": "knowledge"}]},
            "both type and id",
        ),
        ({"owner": "een naam"}, "owner"),
    ],
)
def test_a_story_that_is_none_is_refused(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        story(**changes)


def test_a_bad_file_names_itself_and_its_field(tmp_path: Path) -> None:
    path = tmp_path / "brood-blijft-vers.yaml"
    path.write_text(yaml.safe_dump(raw(result="geweldig")), encoding="utf-8")
    with pytest.raises(BakenError) as told:
        read_story(path)
    assert "stories/brood-blijft-vers.yaml, result" in told.value.path
    path.write_text(": : :", encoding="utf-8")
    with pytest.raises(BakenError, match="YAML"):
        read_story(path)


UNKNOWN = {"name": "X vzw", "type": "organisation", "id": "x", "role": "law"}


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"helped_by": [UNKNOWN]}, "no record"),
        ({"problem": "Hogeschool X moest ons brood vers houden, dachten wij."}, "helper's name"),
        ({"outcome": "Bel naar 011 22 33 44 voor het recept."}, "phone"),
    ],
)
def test_what_a_file_alone_cannot_see_is_found(changes: dict[str, Any], complaint: str) -> None:
    (found,) = check_stories([story(**changes)], load_catalogue())
    assert complaint in found.problem


def test_a_story_told_twice_is_found() -> None:
    twice = [story(), story(id="brood-nog-eens")]
    assert [f.path for f in check_stories(twice, load_catalogue())] == [
        "stories/brood-nog-eens.yaml, problem"
    ]


def test_a_site_is_wholly_in_one_half_and_stays_there() -> None:
    stories = load_stories()
    sides = halves(stories)
    for one in stories:
        assert sides[one.id] == half_of(site(one))
    assert min(list(sides.values()).count(h) for h in ("develop", "test")) >= 60
    assert site(story()) == "voorbeeld.be"


def test_the_stories_are_many_and_of_many_kinds() -> None:
    stories = load_stories()
    assert len(stories) >= 120
    assert len({site(s) for s in stories}) >= 60
    assert len({t for s in stories for t in s.firm.themes}) >= 15
    assert len({n for s in stories for n in s.needs}) >= 13
    assert sum(s.phase == "crisis" for s in stories) >= 15
    assert sum(s.result in ("failure", "partial") for s in stories) >= 15
    assert not check_stories(stories, load_catalogue())


EMPTY = Catalogue("", (), {})


def test_counting_by_hand_gives_the_same() -> None:
    two = [
        story(),
        story(id="b", trigger="law", partners=["college", "peer"], needs=["N03", "N09"]),
    ]
    found = story_stats(two, EMPTY)
    assert found["stories"] == 2
    assert found["questions"]["trigger"]["total"] == {"customer": 1, "law": 1}
    assert found["questions"]["need"]["by_size"] == {"N03": {"micro": 2}, "N09": {"micro": 1}}
    assert found["trigger_by_partner"]["law"] == {"peer": 1, "college": 1}
    assert need_by_helper(two, EMPTY) == {"N03": {"other": 2}, "N09": {"other": 1}}


@pytest.mark.parametrize(("rows", "columns"), [("trigger", "partner"), ("need", "degree")])
def test_a_cell_never_counts_more_than_its_row(rows: str, columns: str) -> None:
    stories = load_stories()
    totals = story_stats(stories, load_catalogue())["questions"][rows]["total"]
    for row, cells in crossed(stories, rows, columns).items():
        assert max(cells.values()) <= totals[row]


def learner(at: str, theme: str, body: str, role: str = "knowledge", record: bool = True) -> Story:
    """A story of a firm that was helped by ``body``, with or without a record."""
    helped = {"name": f"Naam van {body}", "role": role}
    helped |= {"type": "organisation", "id": body} if record else {}
    return story(id=at, firm={"does": "zaak", "themes": [theme]}, helped_by=[helped])


def test_a_body_that_taught_two_sectors_is_the_bridge() -> None:
    found = network(
        [
            learner("a", "agrofood", "brug"),
            learner("b", "construction", "brug"),
            learner("c", "agrofood", "eiland"),
            learner("d", "agrofood", "bank", role="money"),
        ],
        EMPTY,
    )
    bodies = {n["key"]: n for n in found["nodes"] if n["kind"] == "body"}
    assert set(bodies) == {"organisation/brug", "organisation/eiland"}
    bridge, island = bodies["organisation/brug"], bodies["organisation/eiland"]
    assert bridge["bridge"] > island["bridge"] == 0
    assert bridge["sectors"] == 2
    assert {"sector": "construction", "body": "organisation/brug", "stories": 1} in found["links"]
    rows = [n["row"] for n in found["nodes"] if n["kind"] == "sector"]
    assert sorted(rows) == [0, 1]


def test_a_free_name_is_no_body_and_all_sectors_is_no_sector() -> None:
    told = [
        learner("a", "agrofood", "brug"),
        learner("b", "agrofood", "vriend", record=False),
        learner("c", "construction", "vriend", record=False),
        learner("d", "horizontal", "brug"),
        learner("e", "horizontal", "eiland"),
    ]
    found = network(told, EMPTY)
    assert found["links"] == [{"sector": "agrofood", "body": "organisation/brug", "stories": 1}]
    counted = {n["key"]: n["stories"] for n in found["nodes"]}
    assert counted == {"agrofood": 2, "organisation/brug": 2}
    assert network(told, EMPTY, least=3) == {"nodes": [], "links": []}


def test_a_helper_has_the_dutch_name_of_its_record() -> None:
    catalogue = load_catalogue()
    told = [learner("a", "agrofood", "vlaio"), learner("b", "agrofood", "vriend", record=False)]
    names = {h["key"]: h["name"] for h in helpers(told, catalogue)}
    assert names["organisation/vlaio"] == catalogue.by_key["organisation", "vlaio"].names.nl
    assert names["Naam van vriend"] == "Naam van vriend"
    (body,) = [n for n in network(told, catalogue)["nodes"] if n["kind"] == "body"]
    assert body["name"] == names["organisation/vlaio"]
