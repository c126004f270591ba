"""The way through the questions of one round: which there are, which comes next, what is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from baken.scan.items import DONT_KNOW, POSTURE, Item, domain_of, domains, items, items_of
from baken.scan.read import read_scan
from baken.scan.scan import Scan, known
from baken.web.scan.keep import Gone
from baken.web.scan.models import Folder, Round


@dataclass(frozen=True)
class Course:
    """A round and its questions, in order: those on posture, then those on the domain."""

    row: Round
    scan: Scan
    questions: tuple[Item, ...]

    @property
    def next(self) -> int | None:
        """The number, from 1, of the first question without an answer; None where all have one."""
        left = (n for n, i in enumerate(self.questions, 1) if i.id not in self.scan.answers)
        return next(left, None)

    @property
    def must_choose(self) -> bool:
        """Whether the owner still has to say which domain it is about."""
        return self.next is None and self.scan.about is None and not self.row.passed

    @property
    def done(self) -> bool:
        """Whether nothing is left to ask."""
        return self.next is None and not self.must_choose

    def number_of(self, item_id: str) -> int | None:
        """The number of a question, from 1; None where it is not among them."""
        return next((n for n, i in enumerate(self.questions, 1) if i.id == item_id), None)


def course_of(row: Round) -> Course:
    """The course of a round. What a later version of the questions no longer has is left out."""
    said = {
        name: code
        for name, code in row.answers.items()
        if name in items() and code in (*items()[name].codes, DONT_KNOW)
    }
    raw = {
        "need": row.need or None,
        "domain": row.domain or None,
        "answers": said,
        "facts": row.folder.facts,
        "as_of": row.as_of.isoformat(),
    }
    scan, _ = read_scan(raw)
    about = [POSTURE, scan.about] if scan.about else [POSTURE]
    asked = [
        item
        for domain in about
        for item in items_of(domain)
        if item.id in said or (k := known(item, scan.facts)) is None or len(k.codes) > 1
    ]
    return Course(row, scan, tuple(asked))


def latest(folder: Folder) -> Course:
    """The course of the last round.

    Raises:
        Gone: when another window wiped it.
    """
    row = folder.rounds.select_related("folder").last()
    if row is None:
        raise Gone
    return course_of(row)


@contextmanager
def _alone(folder: Folder) -> Iterator[Course]:
    """The course of the last round, while no other window can change it."""
    with transaction.atomic():
        Folder.objects.select_for_update().filter(pk=folder.pk).first()
        yield latest(folder)


def before(course: Course) -> Course | None:
    """The course of the round before, as far as it has answers."""
    earlier = course.row.folder.rounds.filter(pk__lt=course.row.pk).exclude(answers={})
    row = earlier.select_related("folder").last()
    return course_of(row) if row else None


def answer(folder: Folder, item_id: str, code: str, today: date) -> bool:
    """Take in an answer of the last round; False where there is no such question or choice.

    Two windows may answer at once: each writes its own question, and the last word counts.
    """
    with _alone(folder) as course:
        row, number = course.row, course.number_of(item_id)
        if number is None or code not in (*course.questions[number - 1].codes, DONT_KNOW):
            return False
        row.answers = {**row.answers, item_id: code}
        row.as_of = today
        row.save(update_fields=["answers", "as_of"])
    return True


def choose(folder: Folder, domain: str) -> None:
    """Go on with a domain; with none, the round ends without one."""
    if domain and domain not in domains():
        return
    with _alone(folder) as course:
        row = course.row
        row.domain, row.passed = domain, not domain
        if row.need and domain_of(row.need) not in (None, domain):
            row.need = ""
        row.save(update_fields=["domain", "passed", "need"])


def again(folder: Folder, today: date) -> None:
    """Begin another round on the same domain, from the day after the last answer on. A round that
    is under way goes on instead: a double click begins one.
    """
    with _alone(folder) as course:
        row = course.row
        if row.as_of < today and course.done:
            folder.rounds.create(
                begun_on=today, as_of=today, need=row.need, domain=row.domain, passed=row.passed
            )
