"""Questions on files that can be read in two ways, in three languages, and their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from baken.kernel.errors import BakenError
from baken.signals.read.numbers import Mark, number

Text = tuple[str, str, str]
"""Dutch, English, French."""
MARKS: dict[str, Mark] = {"comma": ",", "dot": "."}
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
    file: str, example: str, answers: Mapping[str, str], where: str = ""
) -> tuple[dict[str, object], Mark | None]:
    """Whether 1.234 is a thousand or has decimals, and what was answered; ``where`` says what it is
    a figure of, and each choice what it would be."""
    shown = example[:20]
    beside = f" ({where})" if where else ""
    sign = "." if "." in shown else ","
    asked = question(
        file,
        "decimal",
        (
            f"Hoeveel is '{shown}'{beside} in {file}?",
            f"How much is '{shown}'{beside} in {file}?",
            f"Combien fait '{shown}'{beside} dans {file} ?",
        ),
        [(value, _meant(shown, mark, sign)) for value, mark in MARKS.items()],
    )
    told = answer(asked, answers)
    return asked, None if told is None else MARKS[told]


def _meant(shown: str, mark: Mark, sign: str) -> Text:
    """What a figure is with this decimal sign, and what the sign in it then does."""
    value = number(shown, mark)
    dotted = shown if value is None else f"{value:f}"
    figures = (dotted.replace(".", ","), dotted, dotted.replace(".", ","))
    names = ("punt", "dot", "point") if sign == "." else ("komma", "comma", "virgule")
    does = (
        ("voor de decimalen", "before decimals", "précède les décimales")
        if mark == sign
        else ("tussen de duizendtallen", "between thousands", "sépare les milliers")
    )
    article = "le" if sign == "." else "la"
    return (
        f"{figures[0]}: de {names[0]} staat {does[0]}",
        f"{figures[1]}: the {names[1]} stands {does[1]}",
        f"{figures[2]} : {article} {names[2]} {does[2]}",
    )


class Answers(dict[str, str]):
    """Answers by the id of their question, which know those that a question was put for."""

    def __init__(self, given: Mapping[str, str]) -> None:
        super().__init__(given)
        self.used: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.used.add(name)
        return super().__getitem__(name)
