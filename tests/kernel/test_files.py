"""What ships with Baken tells no field twice: the second would silently win."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import baken

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def twice(node: yaml.Node | None) -> Iterator[str]:
    """The fields that stand twice in a mapping, with their line."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield f"line {key.start_mark.line + 1}: {key.value}"
            seen.add(key.value)
            yield from twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from twice(value)


def test_no_file_of_ours_tells_a_field_twice() -> None:
    files = sorted(Path(baken.__file__).parent.rglob("*.yaml"))
    assert len(files) > 1_000
    found = {f: list(twice(yaml.compose(f.read_text("utf-8"), Loader=LOADER))) for f in files}
    assert {f.name: fields for f, fields in found.items() if fields} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\nb: 2", []),
        ("a: 1\nb: 2\na: 3", ["line 3: a"]),
        ("a:\n- {x: 1, y: 2}\n- {x: 1, x: 2}", ["line 3: x"]),
        ("", []),
    ],
)
def test_a_field_that_stands_twice_is_found(text: str, found: list[str]) -> None:
    assert list(twice(yaml.compose(text, Loader=LOADER))) == found
