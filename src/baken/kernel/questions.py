"""A question that was handed in, checked against its model: each complaint names the field, what is
wrong with it and what is expected, with file and line where there are some.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from baken.kernel.documents import Document, Where, said_at
from baken.kernel.errors import BakenError
from baken.kernel.fields import A_DAY, A_NUMBER, A_TEXT

Asked = TypeVar("Asked", bound=BaseModel)


class Strict(BaseModel):
    """A part of an input: an unknown field is an error, nothing is changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def problem_of(
    error: ErrorDetails, document: Document | None = None, model: type[BaseModel] | None = None
) -> BakenError:
    """One complaint of pydantic in Baken's shape: path of the field, problem, what is expected.

    With ``model``, the fields that are possible at a place are named.
    """
    where = _where(error)
    unknown = error["type"] == "extra_forbidden"
    names = _fields_at(model, where[:-1] if unknown else where) if model else []
    found = said_at(document, where, *_said(error, names))
    if unknown:
        found.near = get_close_matches(str(where[-1]), names, 3)
    return found


def _where(error: ErrorDetails) -> list[str | int]:
    """The path of a field, without the names of the forms that were tried for it."""
    whole = list(error["loc"])
    if len(whole) > 1 and whole[-1] in ("str", "int"):
        whole.pop()
    if whole[-1:] == ["[key]"]:
        whole = [*whole[:-2], str(whole[-2])]
    return [
        p
        for p in whole
        if isinstance(p, int) or not ("[" in p or p == "decimal" or p.startswith("function-"))
    ]


def _fields_at(model: type[BaseModel], where: Where) -> list[str]:
    """The names of the fields at a place of an input; none where no fields are."""
    found: list[Any] = [model]
    for step in where:
        found = [inner for kind in found for inner in _below(kind, step)]
    for kind in found:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return [field.alias or name for name, field in kind.model_fields.items()]
    return []


def _below(kind: Any, step: str | int) -> list[Any]:
    """The kinds that a field, an item or a value of a mapping may have."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = kind.model_fields.items()
        return [k for n, f in fields if step in (n, f.alias) for k in _kinds(f.annotation)]
    inner = get_args(kind)
    return _kinds(inner[-1]) if inner and get_origin(kind) in (list, dict, tuple) else []


def _kinds(annotation: Any) -> list[Any]:
    """What stands in an annotation: each member of a union, without its constraints."""
    inner = get_args(annotation)
    if not inner or get_origin(annotation) in (list, dict, tuple):
        return [annotation]
    if hasattr(annotation, "__metadata__"):
        return _kinds(inner[0])
    return [k for one in inner for k in _kinds(one)]


def _said(error: ErrorDetails, names: Sequence[str] = ()) -> tuple[str, str]:
    """What is wrong and what was expected; ``names`` are the fields that are possible there."""
    kind, context = error["type"], error.get("ctx") or {}
    raw = error.get("input")
    given = str(raw).lower() if isinstance(raw, bool) else str(raw)[:40]
    match kind:
        case "extra_forbidden":
            return "there is no such field", f"one of {', '.join(names)}" if names else "no field"
        case "model_type" | "model_attributes_type":
            return f"'{given}' can't be used", f"a mapping with {', '.join(names)}"
        case "string_pattern_mismatch":
            return f"'{given}' has not the form that is asked", "a code of two to five digits"
        case "missing":
            return "this field is missing", "a value"
        case "literal_error" | "enum":
            return f"'{given}' is not known", str(context.get("expected", ""))
        case "value_error":
            problem, _, expected = str(context.get("error", error["msg"])).partition("; expected ")
            return problem, expected
        case "greater_than_equal" | "less_than_equal" | "greater_than" | "less_than":
            return f"{given} is out of bounds", error["msg"].removeprefix("Input should be ")
        case "string_type":
            simple = not isinstance(raw, Mapping | list)
            return f"'{given}' is no text", A_TEXT if simple else "a text"
        case "too_short":
            return "there are too few of them", f"at least {context.get('min_length')}"
        case "too_long" | "string_too_long":
            return "this is too long", f"at most {context.get('max_length')}"
    plain = error["msg"].removeprefix("Input should be ")
    expected = next((said for start, said in _EXPECTED if kind.startswith(start)), plain)
    return f"'{given}' can't be used", expected


_EXPECTED = (
    ("date", A_DAY),
    ("int_", "a whole number"),
    ("decimal_", A_NUMBER),
    ("finite_number", A_NUMBER),
    ("bool_", "true or false"),
    ("list_", "a list"),
    ("tuple_", "a list"),
    ("dict_", "a mapping"),
)
"""What a kind of complaint, by how its name begins, is answered with."""


def first_of(
    error: ValidationError,
    document: Document | None = None,
    model: type[BaseModel] | None = None,
) -> BakenError:
    """Pydantic's complaints as one error: the first, with the others beside it."""
    found = error.errors(include_url=False)[:40]
    meant_form = [e for e in found if not _other_form(e)]
    first, *others = [problem_of(e, document, model) for e in (meant_form or found)[:20]]
    first.others = tuple(others)
    return first


def read_model(
    model: type[Asked], raw: Any, document: Document | None, problem: str, expected: str
) -> Asked:
    """A question as its model; a field that holds nothing counts as not given.

    Raises:
        BakenError: when it is no mapping, or at the first field that is wrong.
    """
    if not isinstance(raw, Mapping):
        raise said_at(document, (), problem, expected)
    refuse_open(raw, document)
    try:
        return model.model_validate(without_nulls(raw))
    except ValidationError as e:
        raise first_of(e, document, model) from e


OPEN = "open_answers"
"""Where a file says what its owner did not know."""


def refuse_open(raw: Mapping[str, Any], document: Document | None = None) -> None:
    """Refuse an input that says itself which answers are open: what it does not hold is not known,
    and is not none.

    Raises:
        BakenError: with the open answers, and how to go on.
    """
    given = raw.get(OPEN)
    if not given:
        return
    named = "; ".join(str(o) for o in given[:20]) if isinstance(given, list) else str(given)
    problem = f"answers are still open: {named[:600]}"
    raise said_at(document, (OPEN,), problem, f"these filled in, and then {OPEN} taken out")


def _other_form(error: ErrorDetails) -> bool:
    """A complaint that a list is no number, or a number no list, where either may stand."""
    form, given = str(error["loc"][-1]), error.get("input")
    return (
        isinstance(given, list)
        if form == "decimal" or form.endswith("decimal]")
        else (error["type"] == "list_type" and "[" in form)
    )


def without_nulls(value: Any) -> Any:
    """What was given, with fields that hold nothing left out; an enterprise without any stays."""
    if isinstance(value, Mapping):
        out = {k: without_nulls(v) for k, v in value.items() if v is not None}
        named = value.get("enterprises")
        if isinstance(named, Mapping):
            out["enterprises"] = {n: without_nulls(e or {}) for n, e in named.items()}
        return out
    return [without_nulls(v) for v in value] if isinstance(value, list) else value


def near_names(name: str, known: Mapping[str, Any]) -> list[str]:
    """At most five names that start alike or hold the same letters."""
    low = name.casefold()
    return [k for k in known if k.casefold().startswith(low[:2]) or low in k.casefold()][:5]
