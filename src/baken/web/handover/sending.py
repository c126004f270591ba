"""The owner sends a question: choose what goes along, see what the other side gets, send.

The site keeps nothing until the last button: everything travels in the forms. One page with an
answer sends once to each organisation, however often the button is pressed.
"""

# mypy: allow-untyped-decorators
from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from baken.kernel.errors import BakenError
from baken.refer.dossier import Dossier, items, select
from baken.refer.model import Handling, Who
from baken.web import engine
from baken.web.handover import back, links, proof, question, slots, store
from baken.web.handover import draft as drafts
from baken.web.handover.adjust import STEPS, adjust
from baken.web.handover.draft import Draft
from baken.web.handover.gather import gather
from baken.web.handover.models import Referral
from baken.web.handover.promise import Promise, promise
from baken.web.handover.reach import Door, called, door, next_doors
from baken.web.handover.sealed import Preview, Stale, rechosen, seal, unseal
from baken.web.handover.ticks import groups
from baken.web.handover.windows import by_day, windows
from baken.web.keeping import to_keep
from baken.web.owner import hidden
from baken.web.owner.answered import private, today
from baken.web.owner.asking import Asked, Problem, read_form
from baken.web.owner.context import languages
from baken.web.owner.errors import error_response, not_allowed
from baken.web.owner.listens import care
from baken.web.owner.pressing import CRISIS
from baken.web.owner.register import fill
from baken.web.texts import text
from baken.web.typed import line

AS_IT_IS = "language"
"""The buttons that show the first step as it was filled in: in another language, or again."""


class _Broken(Exception):
    """The hidden fields are not those of a page of ours."""


@sensitive_post_parameters()
def choose(request: HttpRequest) -> HttpResponse:
    """What goes along."""
    return _step(request, 1)


@sensitive_post_parameters()
def reach(request: HttpRequest) -> HttpResponse:
    """How and when the owner can be reached."""
    return _step(request, 2)


@sensitive_post_parameters()
def preview(request: HttpRequest) -> HttpResponse:
    """Exactly what the other side gets."""
    return _step(request, 3)


def _step(request: HttpRequest, number: int) -> HttpResponse:
    """A step, or the one before it that has a problem."""
    if request.method != "POST":
        return _nothing_here(request)
    try:
        asked, answer, to = _begun(request)
    except _Broken:
        return error_response(request, 400)
    draft = drafts.blank(request.POST)
    key = _key_now(draft.to, draft.key)
    sent = _sent(draft.to, key, question.answer_of(draft.key))
    if sent is not None:
        return _to_owner(request, sent, "al" if number == 1 else "anders")
    if not to.takes:
        context = {"door": to, "asked": asked, "key": draft.key}
        return private(render(request, "handover/own_way.html", context))
    promised, today = _promise(to, _crisis(answer), asked.lang), timezone.localdate()
    free = _free(to, answer)
    if number > 1 or request.POST.get("do") == AS_IT_IS:
        draft = drafts.read(request.POST, today, free, promised.by, promised.absences)
    if number == 1:
        return _choose(request, asked, answer, to, draft)
    wrong = drafts.WHAT if number == 2 else drafts.ALL
    for field, says in draft.problems:
        if field in wrong:
            asked.problems.append(Problem(field, text(asked.lang, says)))
    if any(problem.field in drafts.WHAT for problem in asked.problems):
        return _choose(request, asked, answer, to, draft, 400)
    if number == 2 or asked.problems:
        return _reach(request, asked, answer, to, draft)
    made = replace(_previewed(asked, answer, to, draft), key=key)
    gone = any(n.startswith("signals:") for n in draft.ticks - set(made.items))
    return show_preview(request, made, to, gone)


def _previewed(asked: Asked, answer: dict[str, Any], to: Door, draft: Draft) -> Preview:
    whole = gather(answer, asked, (to.id, to.name), draft)
    ticked = (draft.ticks & set(items(whole))) | {"contact"} | _written(whole)
    tied = question.answer_of(draft.key)
    after, stood = next_doors(answer.get("route") or {}, to.id), question.stood_at(tied)
    alternative, *later = [one for one in after if one not in stood] or [""]
    return Preview(
        key=draft.key,
        to=to.id,
        dossier=select(whole, ticked).model_dump(mode="json"),
        items=[name for name in items(whole) if name in ticked],
        lang=asked.lang,
        crisis=_crisis(answer),
        alternative=alternative,
        later=later,
        owner_address=draft.mail,
        may_pass_on=draft.may_pass_on,
        slot=slots.name(draft.slot) if draft.slot else "",
        asked=[[name, str(value)] for name, value in hidden.state(asked)],
        answer=tied,
        page=draft.key,
    )


@sensitive_post_parameters()
def deliver(request: HttpRequest) -> HttpResponse:
    """Send what was previewed, once; or give it as a PDF, which sends nothing."""
    if request.method != "POST":
        return _nothing_here(request)
    try:
        made = unseal(request.POST.get("sealed", ""))
    except Stale as e:
        return _stale(request, e.asked)
    match request.POST.get("do"):
        case "pdf":
            return paper(made.paper())
        case "slot":
            to = door(made.to, request.lang)
            promised = _promise(to, made.crisis, request.lang)
            to_come = windows(timezone.localdate(), promised.by, promised.absences)
            made = rechosen(made, request.POST.get("slot", "")[:40], to_come)
            return show_preview(request, made, to)
        case "look":
            return show_preview(request, made, door(made.to, request.lang))
        case step if step in STEPS:
            return _adjusted(request, made, step)
    return send(request, made)


def _adjusted(request: HttpRequest, made: Preview, step: str) -> HttpResponse:
    try:
        changed = adjust(request, made, step)
    except Stale as e:
        return _stale(request, e.asked)
    if isinstance(changed, Preview):
        return show_preview(request, changed, door(changed.to, request.lang))
    return changed


def send(request: HttpRequest, made: Preview) -> HttpResponse:
    """Send an order and lead its owner to the page that follows it."""
    sent = _sent(made.to, made.key, made.answer)
    if sent is not None:
        return _to_owner(request, sent, "al" if _same(made, sent) else "anders")
    if not made.after and question.too_many(made.owner_address, timezone.localdate()):
        return error_response(request, 429, "often")
    if made.after and Referral.objects.filter(public_id=made.after).exclude(wiped_at=None).exists():
        return _stale(request, [])
    to = door(made.to, request.lang)
    if not to.takes:
        return render(request, "handover/own_way.html", {"door": to}, status=409)
    if made.promised and not made.slot:
        promised = _promise(to, made.crisis, request.lang)
        if promised.by.isoformat() > made.promised:
            return _moved(request, made, to, promised)
    try:
        row = store.move(made.order(), timezone.now(), made.key)
    except BakenError as e:
        if e.path == "slot":
            return _taken(request, made, to)
        return render(request, "handover/own_way.html", {"door": to}, status=409)
    return _to_owner(request, row, "nieuw")


def _taken(request: HttpRequest, made: Preview, to: Door) -> HttpResponse:
    """Another firm took the hour in the meantime: choose again, then see the preview again."""
    assert to.receiver is not None
    free = slots.free(to.receiver, timezone.now(), made.crisis)
    context = {"to": to, "sealed": seal(made), "slots": slots.choices(free, request.lang)}
    return private(render(request, "handover/slot_taken.html", context, status=409))


def _stale(request: HttpRequest, asked: list[list[str]]) -> HttpResponse:
    """Nothing was sent. Who comes with an old preview goes back to the answer it was made from."""
    back = hidden.inputs((name, value) for name, value in asked) if asked else ""
    return private(render(request, "handover/stale.html", {"back": back}, status=410))


def _moved(request: HttpRequest, made: Preview, to: Door, promised: Promise) -> HttpResponse:
    """What was shown as promised is a later day now: its owner decides once more, or goes back to
    the answer, or to the page of the door before.
    """
    made = replace(made, promised=promised.by.isoformat())
    before = Referral.objects.filter(public_id=made.after).first() if made.after else None
    context = {
        "to": to,
        "made": made,
        "sealed": seal(made),
        "promise": promised,
        "back": hidden.inputs((name, value) for name, value in made.asked),
        "before": before and door(before.receiver.record_id, request.lang).name,
        "before_at": before and links.link_for(before, Who.OWNER, before.sent_on)[1],
    }
    return private(render(request, "handover/moved.html", context, status=409))


def show_preview(request: HttpRequest, made: Preview, to: Door, gone: bool = False) -> HttpResponse:
    """The page with what the other side gets, and the button that sends it. ``gone``: an alarm that
    was ticked is no more.
    """
    promised = _promise(to, made.crisis, request.lang)
    made = replace(made, promised=promised.by.isoformat())
    context = {
        "gone": gone,
        "dossier": made.dossier,
        "sealed": seal(made),
        "version": made.text_version,
        "made": made,
        "to": to,
        "slot": (at := slots.named(made.slot)) and slots.in_words(request.lang, at),
        "promise": promised,
        "stands": _stands(request, made),
        "back": back.fields(made, promised),
        "languages": _languages(request, "send_preview"),
        "care": care(" ".join(made.dossier["tried"]), request.lang),
    }
    return private(render(request, "handover/preview.html", context))


def _stands(request: HttpRequest, made: Preview) -> list[tuple[str, str]]:
    """Where the same question stands already, but for the door that it leaves: the name, and the
    end of its page's address where this device may open that.
    """
    found = question.stands_at(made.answer)
    return [
        (
            called(row, request.lang),
            links.link_for(row, Who.OWNER, row.sent_on)[1] if proof.known(request, row) else "",
        )
        for row in found
        if row.public_id != made.after
    ]


def paper(dossier: Dossier, name: str = "dossier.pdf") -> HttpResponse:
    """The dossier as a PDF to keep."""
    from baken.refer.paper import pdf

    return to_keep(HttpResponse(pdf(dossier), content_type="application/pdf"), name)


def _begun(request: HttpRequest) -> tuple[Asked, dict[str, Any], Door]:
    """What was asked, its answer and the door, from the hidden fields."""
    asked = read_form(request.POST, request.lang)
    if asked.problems or not drafts.blank(request.POST).key:
        raise _Broken
    fill(asked, today())
    try:
        answer = engine.answer(asked.query(today()))
    except BakenError:
        raise _Broken from None
    to = door(line(request.POST.get("to", ""), 200), request.lang)
    if not to.known:
        raise _Broken
    return asked, answer, to


def _choose(
    request: HttpRequest,
    asked: Asked,
    answer: dict[str, Any],
    to: Door,
    draft: Draft,
    status: int = 200,
) -> HttpResponse:
    # What was typed has no tick of its own, and may be too long for a dossier.
    whole = gather(answer, asked, (to.id, to.name), Draft(draft.to, draft.key))
    context = {
        "asked": asked,
        "draft": draft,
        "to": to,
        "groups": groups(whole, draft.ticks),
        "reached": back.reached(draft),
        "languages": _languages(request, "send"),
    }
    return private(render(request, "handover/choose.html", context, status=status))


def _reach(
    request: HttpRequest, asked: Asked, answer: dict[str, Any], to: Door, draft: Draft
) -> HttpResponse:
    lang: str = request.lang
    promised = _promise(to, _crisis(answer), lang)
    context = {
        "asked": asked,
        "draft": draft,
        "to": to,
        "slots": slots.choices(_free(to, answer), lang),
        "slot": slots.name(draft.slot) if draft.slot else "",
        "days": by_day(lang, timezone.localdate(), promised.by, promised.absences),
        "promise": promised,
        "languages": _languages(request, "send_reach"),
        "care": care(draft.tried, lang),
    }
    status = 400 if asked.problems else 200
    return private(render(request, "handover/reach.html", context, status=status))


def _languages(request: HttpRequest, name: str) -> list[dict[str, Any]]:
    """The languages, each with the address of the page that this is: where another one's address
    brought it, for something was wrong, a choice of language does not go on to that one.
    """
    return languages(reverse(f"{request.lang}:{name}"), request.lang)


def _crisis(answer: dict[str, Any]) -> bool:
    return (answer.get("route") or {}).get("id") == CRISIS


def _free(to: Door, answer: dict[str, Any]) -> list[datetime]:
    if to.receiver is None:
        return []
    return slots.free(to.receiver, timezone.now(), _crisis(answer))


def _promise(to: Door, crisis: bool, lang: str) -> Promise:
    return promise(to.receiver, crisis, timezone.now(), lang)


def _written(whole: Dossier) -> set[str]:
    """What the owner typed on the page itself goes along."""
    return {name for name in items(whole) if name.startswith("tried:")}


def _sent(to: str, key: str, answer: str = "") -> Referral | None:
    """What was sent to an organisation under a key; or came there from the same ``answer``."""
    found: Referral | None = Referral.objects.filter(public_id=store.public_id_of(to, key)).first()
    if found is not None or not answer:
        return found
    came = Referral.objects.filter(receiver__record_id=to, answer=answer).order_by("-pk")
    return next((row for row in came if not _withdrawn(row)), None)


def _same(made: Preview, sent: Referral) -> bool:
    """Whether a preview holds just what was sent: a double click, not a change."""
    now = made.dossier, made.owner_address, made.may_pass_on
    return now == (sent.dossier, sent.owner_address, sent.permission.may_pass_on)


def _key_now(to: str, key: str) -> str:
    """The key under which this answer is sent to an organisation: another one once its owner
    withdrew what was sent, so that it can be sent again, and again only once.
    """
    while (sent := _sent(to, key)) is not None and _withdrawn(sent):
        key = hashlib.sha256(f"{key}/again".encode()).hexdigest()
    return key


def _withdrawn(row: Referral) -> bool:
    """Whether the owner took it back; not what was wiped, or went to another door."""
    taken_back = row.taken_back or row.handling == Handling.WITHDRAWN
    return taken_back and row.wiped_at is None and not row.next.exists()


def _to_owner(request: HttpRequest, row: Referral, note: str) -> HttpResponse:
    if row.wiped_at:
        gone = {"title": "follow.shut_title_wiped", "why": "follow.shut_wiped", "ask": True}
        return render(request, "handover/shut.html", gone, status=410)
    _, token = links.link_for(row, Who.OWNER, row.sent_on)
    response = HttpResponseRedirect(
        f"{reverse(f'{request.lang}:follow', args=(token,))}?{note}=1", status=303
    )
    proof.remember(request, response, row)
    return response


def _nothing_here(request: HttpRequest) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD, POST")
    return render(request, "owner/empty.html")
