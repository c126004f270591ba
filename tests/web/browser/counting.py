"""What a walk through the site costs its owner: answers, actions, visible words, minutes.

The rules stand in ``docs/owners.md``.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

APART = ("/stuur", "/stuur/nakijken")
"""What may go along (the permission), and the preview: told beside the rest."""
LEDGER = "BAKEN_WALKS"
"""The variable with the path of the file that walks leave a line in."""
WIDTH = 390
READ = 175 / 60
"""Words a second: the slow side of what most adults read in silence (Brysbaert 2019: 175-300)."""
LOOK_OVER = 5
"""Seconds for a prefilled answer, and for a tap on a choice (HL7 Da Vinci DTR)."""
TYPE = 10
"""Seconds for a short field: a place, a number. Ours."""
TELL = 30
"""Seconds for one's need in a sentence. Ours."""

WORDS = """() => {
  const shown = (node) => {
    const of = node.parentElement;
    if (!of.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
    if (of.closest(".hidden, script, style, textarea")) return false;
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].some((r) =>
      r.width > 1 && r.height > 1 && r.right > 0 && r.bottom + scrollY > 0);
  };
  const said = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode())
    if (walk.currentNode.data.trim() && shown(walk.currentNode)) said.push(walk.currentNode.data);
  const typed = "input:not([type=hidden], [type=checkbox], [type=radio]), textarea";
  for (const field of document.querySelectorAll(typed))
    if (field.checkVisibility()) said.push(field.value || field.placeholder);
  for (const list of document.querySelectorAll("select"))
    if (list.checkVisibility()) said.push(list.selectedOptions[0]?.text ?? "");
  return said.join(" ");
}"""
"""All text that the page shows, the values of its fields included; what is folded is not shown."""


def words_of(page: Page) -> int:
    """Visible words: runs of signs between blanks that hold a letter or a digit."""
    return sum(any(c.isalnum() for c in run) for run in page.evaluate(WORDS).split())


@dataclass
class Count:
    """What was counted: ``answers`` given, ``actions`` made, ``words`` seen, ``seconds`` needed."""

    answers: int = 0
    actions: int = 0
    words: int = 0
    seconds: float = 0

    def __add__(self, other: Count) -> Count:
        mine, theirs = asdict(self), asdict(other)
        return Count(**{name: mine[name] + theirs[name] for name in mine})

    @property
    def minutes(self) -> float:
        """Predicted, reading included."""
        return round((self.seconds + self.words / READ) / 60, 1)


@dataclass
class Walk:
    """An owner at a page. Pictures go to ``pictures`` where that is set."""

    page: Page
    pictures: Path | None = None
    own: Count = field(default_factory=Count)
    """Up to the sending, without the pages ``APART``."""
    apart: Count = field(default_factory=Count)
    views: list[tuple[str, int]] = field(default_factory=list)
    """Each page that was looked at, and its words."""

    @property
    def at(self) -> Count:
        """Where the page that is open now is counted."""
        address = self.page.evaluate("location.pathname")
        return self.apart if address in APART else self.own

    def open(self, address: str, prefilled: int = 0) -> None:
        """Begin at an address; what somebody else filled in is looked over."""
        self.page.goto(address)
        self.look()
        self.own.seconds += prefilled * LOOK_OVER

    def look(self) -> None:
        """Count the page that is open, once a view."""
        words = words_of(self.page)
        self.at.words += words
        self.views.append((self.page.evaluate("location.pathname"), words))
        if self.pictures is not None:
            self.pictures.mkdir(parents=True, exist_ok=True)
            path = self.pictures / f"{len(self.views)}.png"
            self.page.screenshot(path=path, full_page=True)

    def type(self, field: str, said: str, seconds: float = TYPE) -> None:
        """Type one answer."""
        self.page.fill(field, said)
        self.at.answers += 1
        self.at.actions += 1
        self.at.seconds += seconds

    def tick(self, box: str) -> None:
        """Choose by a tick."""
        self.page.check(box)
        self.at.answers += 1
        self.at.actions += 1
        self.at.seconds += LOOK_OVER

    def unfold(self, summary: str) -> None:
        """Open what is folded: what appears counts as seen."""
        before = words_of(self.page)
        self.page.click(summary)
        self.at.actions += 1
        opened = max(0, words_of(self.page) - before)
        self.at.words += opened
        self.views.append((f"{self.page.evaluate('location.pathname')} (opened fold)", opened))

    def press(self, button: str, answers: int = 0) -> None:
        """A button that leads to another page; ``answers``: it says something as well."""
        self.at.answers += answers
        self.at.actions += 1
        self.at.seconds += answers * LOOK_OVER
        with self.page.expect_navigation():
            self.page.locator(button).first.click()


def note(owner: str, walk: Walk, door: str, why: str) -> None:
    """Leave a line for the table that is printed when all tests are done, and with the pictures."""
    line = {
        "owner": owner,
        "door": door,
        "why": why,
        "own": asdict(walk.own) | {"minutes": walk.own.minutes},
        "both": asdict(whole := walk.own + walk.apart) | {"minutes": whole.minutes},
        "views": walk.views,
    }
    said = json.dumps(line, ensure_ascii=False) + "\n"
    if path := os.environ.get(LEDGER):
        with Path(path).open("a", encoding="utf-8") as lines:
            lines.write(said)
    if walk.pictures is not None:
        (walk.pictures / "walk.json").write_text(said, encoding="utf-8")


def table(lines: list[dict[str, Any]]) -> list[str]:
    """The walks as rows of text."""
    head = ("", "answers", "actions", "words", "minutes")
    rows = [f"{head[0]:<26}" + "".join(f"{h:>16}" for h in head[1:]) + "   sent to"]
    for line in sorted(lines, key=lambda found: str(found["owner"])):
        cells = (f"{line['own'][h]} ({line['both'][h]})" for h in head[1:])
        rows.append(
            f"{line['owner']:<26}" + "".join(f"{c:>16}" for c in cells) + f"   {line['door']}"
        )
    return rows
