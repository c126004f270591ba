"""The stories: read from their files, found again, counted, and parted in two halves.

``half`` parts stories by the site that published them, so that what is tuned on one half never
saw a page of the other half's sites (a split by group; Roberts et al. 2017, Ecography 40).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from baken.kernel.address import host_of
from baken.kernel.cache import cached_json
from baken.kernel.errors import BakenError
from baken.landscape.catalogue import DATA, digest_of, first_problem, read_yaml
from baken.landscape.story import Story

FOLDER = "stories"
FORMAT = 1
Half = Literal["develop", "test"]


def story_files(root: Path = DATA) -> list[Path]:
    """The stories' files below ``root``, in a fixed order."""
    return sorted((root / FOLDER).glob("*.yaml"))


def stories_version(root: Path = DATA) -> str:
    """Changes with every story file below ``root``."""
    return digest_of((path.name, path) for path in story_files(root))


def read_story(path: Path) -> Story:
    """One file as a story.

    Raises:
        BakenError: with the file and field, when it is too big, no YAML, or no story.
    """
    name = f"{FOLDER}/{path.name}"
    raw = read_yaml(path, name)
    try:
        story = Story.model_validate(raw)
    except ValidationError as e:
        raise first_problem(name, e) from e
    if story.id != path.stem:
        raise BakenError(f"{name}, id", f"the id is '{story.id}'", f"'{path.stem}', as the file")
    return story


def load_stories(root: Path = DATA) -> tuple[Story, ...]:
    """Every story below ``root``, by id.

    Raises:
        BakenError: for the first that cannot be used.
    """
    return _load(root, stories_version(root))


@lru_cache(maxsize=4)
def _load(root: Path, version: str) -> tuple[Story, ...]:
    raw = cached_json(
        "stories",
        f"{version}-{FORMAT}",
        lambda: [read_story(p).model_dump(mode="json") for p in story_files(root)],
    )
    return tuple(_STORIES.validate_python(raw))


def site(story: Story) -> str:
    """The site that published a story, without ``www.``; the unit of the split."""
    return host_of(story.source.url)


def halves(stories: Iterable[Story]) -> Mapping[str, Half]:
    """The half of each story by id: whole sites, drawn by the hash of their name.

    A site goes to the half that its hash says; which half that is never depends on the other
    stories, so a story that is added moves no other.
    """
    return {s.id: half_of(site(s)) for s in stories}


def half_of(name: str) -> Half:
    """The half of a site: by the last bit of the SHA-256 of its name."""
    odd = hashlib.sha256(name.encode()).digest()[-1] & 1
    return "test" if odd else "develop"


_STORIES: TypeAdapter[list[Story]] = TypeAdapter(list[Story])
