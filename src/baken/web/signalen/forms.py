"""What an owner says of an alarm: known, left out, done; and the rows that remember it."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict
from django.utils import timezone

from baken.kernel.plain import plain
from baken.web.signalen.judge import Found, Item, Story
from baken.web.signalen.models import Deposit, Seen
from baken.web.typed import line

MOST_WHY, MOST_DID = 500, 1000
MOST_ROWS = 500


def rows(deposit: Deposit) -> list[Seen]:
    """What was said of the alarms of a deposit."""
    return list(deposit.seen.order_by("id"))


def note_shown(deposit: Deposit, found: Found) -> bool:
    """Remember on which day each alarm that stands, and what lasts, was first shown; whether any
    is new."""
    items = [i for s in found.stories for i in s.items] + found.explained + found.lasting
    new = [i for i in items if i.seen is None]
    if deposit.seen.count() + len(new) > MOST_ROWS:
        return False
    Seen.objects.bulk_create(
        [_row(deposit, i, timezone.localdate()) for i in new], ignore_conflicts=True
    )
    return bool(new)


def _row(deposit: Deposit, item: Item, today: date) -> Seen:
    series, way, since = item.key.split("|")
    return Seen(
        deposit=deposit, series=series[:200], way=way, since=since[:12],
        detected=item.alarm.detected[:12], first_shown=today,
    )  # fmt: skip


def explain(deposit: Deposit, story: Story, post: QueryDict) -> None:
    """Take note that the owner knows the reason: once only, or to stay."""
    once = post.get("explain") == "once"
    for item in story.items:
        row = _of(deposit, item)
        if row is None:
            continue
        row.explained = "once" if once and item.series is not None else "stays"
        row.why = line(post.get("why", ""), MOST_WHY)
        row.until = line(post.get("until", ""), 12) if once else ""
        row.save()


def done(deposit: Deposit, story: Story, post: QueryDict) -> None:
    """Take note of what was done about a story; without words, take it back."""
    row = _of(deposit, story.lead)
    if row is None:
        return
    row.did = plain(post.get("did", "")).strip()[:MOST_DID]
    row.did_on = _day(post.get("did_on", "")) if row.did else None
    row.save()


def _day(typed: str) -> date:
    """The day that was given; today where that is none, or lies ahead."""
    today: date = timezone.localdate()
    try:
        return min(date.fromisoformat(typed), today)
    except ValueError:
        return today


def undo(deposit: Deposit, number: str) -> None:
    """An alarm that was turned off, turned on again, with those that were with it."""
    row = deposit.seen.filter(pk=int(number)).first() if number.isdigit() else None
    if row is not None:
        same = deposit.seen.filter(explained=row.explained, why=row.why, until=row.until)
        same.update(explained="", why="", until="")


def _of(deposit: Deposit, item: Item) -> Seen | None:
    series, way, since = item.key.split("|")
    if item.seen is not None:
        return item.seen
    found: Seen | None = deposit.seen.filter(series=series, way=way, since=since).first()
    return found
