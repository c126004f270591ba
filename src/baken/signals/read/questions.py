"""Questions on files that can be read in two ways, in three languages, and their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from baken.kernel.errors import BakenError
from baken.signals.read.numbers import Mark

Text = tuple[str, str, str]
"""Dutch, English, French."""
LANGUAGES = ("nl", "en", "fr")


def question(
    file: str, what: str, text: Text, choices: Sequence[tuple[str, Text]]
) -> dict[str, object]:
    """A question as :class:`~baken.signals.series.Reading` holds it; its id is ``file:what``.

    With ``"free": True`` beside it, any other answer is taken too.
    """
    return {
        "id": f"{file}:{what}",
        "file": file,
        "text": dict(zip(LANGUAGES, text, strict=True)),
        "choices": [
            {"value": value, "text": dict(zip(LANGUAGES, said, strict=True))}
            for value, said in choices
        ],
    }


def answer(asked: Mapping[str, object], answers: Mapping[str, str]) -> str | None:
    """The answer to a question; None where there is none yet.

    Raises:
        BakenError: when the answer is none of the choices.
    """
    name = str(asked["id"])
    if name not in answers:
        return None
    if asked.get("free") and answers[name].strip():
        return answers[name].strip()[:80]
    choices = asked["choices"]
    values = [str(c["value"]) for c in choices] if isinstance(choices, list) else []
    if answers[name] not in values:
        problem = f"'{answers[name][:40]}' is no answer to {name}"
        raise BakenError(str(asked["file"]), problem, ", ".join(values))
    return answers[name]


def decimal_question(
    file: str, example: str, answers: Mapping[str, str]
) -> tuple[dict[str, object], Mark | None]:
    """Whether 1.234 is a thousand or has decimals, and what was answered."""
    shown = example[:20]
    asked = question(
        file,
        "decimal",
        (
            f"Hoe lees je '{shown}' in {file}?",
            f"How is '{shown}' in {file} read?",
            f"Comment lire '{shown}' dans {file} ?",
        ),
        [
            (
                "comma",
                (
                    "Een komma staat voor de decimalen, een punt voor de duizendtallen",
                    "A comma stands before decimals, a dot between thousands",
                    "La virgule précède les décimales, le point sépare les milliers",
                ),
            ),
            (
                "dot",
                (
                    "Een punt staat voor de decimalen, een komma voor de duizendtallen",
                    "A dot stands before decimals, a comma between thousands",
                    "Le point précède les décimales, la virgule sépare les milliers",
                ),
            ),
        ],
    )
    told = answer(asked, answers)
    return asked, None if told is None else ("," if told == "comma" else ".")
