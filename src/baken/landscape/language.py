"""How the Dutch texts read: a readability figure per text, and which words no dictionary knows.

The figure is Flesch-Douma (Douma 1960), Flesch's reading ease for Dutch: 206.84 minus 0.77 times
the syllables per hundred words minus 0.93 times the words per sentence. Syllables are counted by
the places where a word may be hyphenated (pyphen), which misses a few. What it can't see: whether
a word is known to the reader, and whether the text is right. It was made for running text, so
texts of fewer than ``MIN_WORDS`` words get no figure. About 60 and up is easy; under ``HARD`` a
text is worth a second look, no more: one long name ("ondernemingsrechtbank") can bring it there.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import pyphen

from baken.kernel.errors import BakenError
from baken.landscape.check import Finding
from baken.landscape.model import Offer
from baken.landscape.story import Story

MIN_WORDS = 12
HARD = 30.0
LONG_SENTENCE = 25
"""More words than this in one sentence is too long for an owner in a hurry."""
OWN_WORDS = Path(__file__).parent / "data" / "words.txt"
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")

Level = Literal["easy", "fair", "hard"]


@dataclass(frozen=True)
class Reading:
    """How a text reads: its words and sentences, the longest sentence, and the figure.

    ``ease`` is None for a text that is too short for it.
    """

    words: int
    sentences: int
    longest: int
    ease: float | None

    @property
    def level(self) -> Level | None:
        """The figure in a word; None where there is none."""
        if self.ease is None:
            return None
        return "hard" if self.ease < HARD else "fair" if self.ease < 60 else "easy"


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl_NL", left=1, right=1)


@cache
def syllables(word: str) -> int:
    """How many syllables a Dutch word has, at least one.

    >>> [syllables(w) for w in ("brood", "bakker", "onderneming")]
    [1, 2, 4]
    """
    return len(_hyphenation().positions(word)) + 1


def reading(text: str) -> Reading:
    """How a Dutch text reads.

    >>> reading("Je hebt een zaak. Je zoekt geld.").sentences
    2
    """
    sentences = [s for s in re.split(r"(?<=[.!?;:])\s+", text.strip()) if WORD.search(s)]
    counts = [len(WORD.findall(s)) for s in sentences]
    words = WORD.findall(text)
    ease = None
    if len(words) >= MIN_WORDS:
        per_hundred = 100 * sum(syllables(w.lower()) for w in words) / len(words)
        ease = round(206.84 - 0.77 * per_hundred - 0.93 * len(words) / len(sentences), 1)
    return Reading(len(words), len(sentences), max(counts, default=0), ease)


def texts_of(record: Offer) -> Iterator[tuple[str, str]]:
    """The Dutch texts of a record that an owner reads, each with its field."""
    yield "summary", record.summary.nl
    if record.first_step:
        yield "first_step", record.first_step.nl
    for condition in record.conditions:
        yield f"conditions.{condition.id}", condition.says.nl
        if condition.text:
            yield f"conditions.{condition.id}.text", condition.text
    if record.texts:
        for at, part in enumerate(record.texts.parts()):
            yield f"texts[{at}]", part.nl


def texts_of_story(story: Story) -> Iterator[tuple[str, str]]:
    """The texts of a story, each with its field."""
    yield "title", story.title
    yield "problem", story.problem
    yield "needed", story.needed
    yield "outcome", story.outcome
    yield "trigger_says", story.trigger_says
    if story.obstacle_says:
        yield "obstacle_says", story.obstacle_says


def all_texts(records: Iterable[Offer], stories: Iterable[Story]) -> Iterator[tuple[str, str]]:
    """Every Dutch text of the landscape, with the path of its file and field."""
    for r in records:
        for field, text in texts_of(r):
            yield f"{r.type}/{r.id}, {field}", text
    for s in stories:
        for field, text in texts_of_story(s):
            yield f"stories/{s.id}, {field}", text


def levels(texts: Iterable[tuple[str, str]]) -> Mapping[str, Reading]:
    """The reading of each text by its path."""
    return {path: reading(text) for path, text in texts}


def hard_texts(texts: Iterable[tuple[str, str]]) -> list[Finding]:
    """Warnings for texts that read hard or hold a very long sentence."""
    found = []
    for path, text in texts:
        read = reading(text)
        if read.longest > LONG_SENTENCE:
            problem = f"a sentence of {read.longest} words"
            found.append(Finding("warning", path, problem, f"at most {LONG_SENTENCE}"))
        elif read.level == "hard":
            problem = f"reads hard: {read.ease} (Flesch-Douma)"
            found.append(Finding("warning", path, problem, f"{HARD:.0f} or more"))
    return found


def own_words() -> frozenset[str]:
    """Words and names that stand in no dictionary and are right all the same."""
    lines = OWN_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())


def misspelt(texts: Iterable[tuple[str, str]], allowed: frozenset[str]) -> list[Finding]:
    """Errors for words that neither hunspell's Dutch dictionary nor ``allowed`` knows.

    Raises:
        BakenError: when hunspell or its Dutch dictionary is not installed.
    """
    program = shutil.which("hunspell")
    if program is None:
        raise BakenError(
            "hunspell", "hunspell is not installed", "apt-get install hunspell hunspell-nl"
        )
    every = list(texts)
    told = subprocess.run(  # noqa: S603  a fixed command, our own texts as its input
        [program, "-d", "nl_NL", "-i", "utf-8", "-l"],
        input="\n".join(text for _, text in every),
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise BakenError("hunspell", told.stderr.strip()[:200], "apt-get install hunspell-nl")
    unknown = {w.strip("-.") for w in told.stdout.split()} - allowed - {""}
    found = []
    for path, text in every:
        here = {w for w in unknown if re.search(rf"(?<!\w){re.escape(w)}(?!\w)", text)}
        for word in sorted(here):
            expected = "a word of the dictionary, or one of data/words.txt"
            found.append(Finding("error", path, f"'{word}' is in no dictionary", expected))
    return found
