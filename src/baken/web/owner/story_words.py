"""Stories in words: the values of their fields, who helped, and what both are called."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from baken.landscape.catalogue import Catalogue, load_catalogue
from baken.landscape.stories import load_stories
from baken.landscape.story import HelpedBy, Story
from baken.landscape.story_stats import helper_key
from baken.web.owner.facets import choice_label
from baken.web.texts import known, text

ANY = "any"
"""The value of ``taught`` for stories in which the firm learned from anybody."""


@cache
def stories() -> tuple[Story, ...]:
    """The stories, read once per process as the table of records is."""
    return load_stories()


def story_of(story_id: str) -> Story | None:
    """The story of this id, or None."""
    return _by_id().get(story_id)


@cache
def _by_id() -> Mapping[str, Story]:
    return {story.id: story for story in stories()}


@cache
def records() -> Catalogue:
    """The catalogue, read once per process."""
    return load_catalogue()


@cache
def told_helpers() -> Mapping[str, HelpedBy]:
    """Everybody who helped, by key."""
    return {helper_key(h): h for s in stories() for h in s.helped_by}


def label_of(name: str, value: str, lang: str) -> str:
    """A value of a question, cut or filter in words."""
    if name in ("need", "theme"):
        return choice_label(name, value, lang)
    if name == "kind":
        key = f"browse.kind.{value}"
        return text(lang, key) if known(lang, key) else text(lang, "stories.kind_other")
    if name == "taught" and value == ANY:
        return text(lang, "stories.anybody")
    if name in ("help", "taught"):
        told = told_helpers().get(value)
        return helper_name(told, lang)[0] if told else value
    key = f"stories.{name}.{value}"
    return text(lang, key) if known(lang, key) else value


def helper_name(helper: HelpedBy, lang: str) -> tuple[str, str]:
    """What a helper is called, and the language of that name; a told name is Dutch."""
    found = records().by_key.get((helper.type or "", helper.id or ""))
    if found is None:
        return helper.name, "nl"
    names = {k: v for k, v in found.names.model_dump().items() if v}
    own = next((k for k in (lang, "nl") if k in names), next(iter(names)))
    return names[own], own
