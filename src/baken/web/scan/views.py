"""The pages /scan: one question a page, and where the firm stands.

The link holds a random token and nothing else; every change is a POST that leads to a page that
may be fetched again, so the button Back and a second window do no harm.
"""

# mypy: allow-untyped-decorators
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from baken.kernel.plain import plain
from baken.needs import load_needs
from baken.scan.items import domain_of, domains, words
from baken.web import ics
from baken.web.keeping import to_keep
from baken.web.negotiate import wants_json
from baken.web.owner import kept, six_words
from baken.web.owner.answered import out_of_browser
from baken.web.owner.errors import not_allowed
from baken.web.rate import sender
from baken.web.scan import course, keep, reminders, under_words
from baken.web.scan.models import Folder
from baken.web.scan.show import question_page, result_json, result_page
from baken.web.texts import text
from baken.web.typed import MOST_TYPED, line, mail_fault

View = Callable[..., HttpResponse]


def _private(view: View) -> View:
    """Only the owner's own browser keeps the page, and no search engine tells of it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        keep.sweep_in_passing()
        try:
            response = view(request, *args, **more)
        except keep.Gone:
            response = render(request, "scan/shut.html", status=404)
        # With answers "no-store": the button Back asks anew, and shows nothing that was wiped.
        response.headers["Cache-Control"] = "no-store" if "token" in more else "private, no-cache"
        response.headers["Vary"] = "Accept"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


@sensitive_post_parameters()
@_private
def scan(request: HttpRequest) -> HttpResponse:
    """``/scan``: what it is. A POST comes from an answer that was shown; ``begin`` starts it."""
    lang: str = request.lang
    if request.method not in ("GET", "HEAD", "POST"):
        return not_allowed(request, "GET, HEAD, POST")
    if request.method == "POST":
        post = request.POST
        needs = [code for code in post.getlist("need") if code in load_needs()]
        if "begin" not in post:
            carried = {name: plain(post.get(name, "")) for name in ("facts", "scan")}
            context = {"offered": True, "needs": needs, **carried}
            return render(request, "scan/intro.html", context)
        today = timezone.localdate()
        token = post.get("scan", "")
        if token and keep.there(token, today):
            return redirect(reverse(f"{lang}:scan_at", args=(token,)))
        facts = keep.coarse(post.get("facts", ""), today, lang)
        token = keep.make(main_need(needs), facts, today, token)
        return redirect(reverse(f"{lang}:scan_question", args=(token, 1)))
    if wants_json(request):
        says = {"title": text(lang, "scan.title"), "says": text(lang, "scan.lead")}
        return JsonResponse({**says, "command": "scan"}, json_dumps_params={"ensure_ascii": False})
    return render(request, "scan/intro.html", {"offered": False})


@sensitive_post_parameters()
@_private
def scan_at(request: HttpRequest, token: str) -> HttpResponse:
    """``/scan/<token>``: on to where the owner was. A POST takes in what a button says."""
    if request.method not in ("GET", "HEAD", "POST"):
        return not_allowed(request, "GET, HEAD, POST")
    today = timezone.localdate()
    folder = keep.find(token, today)
    if request.method != "POST":
        return _on(request, token, folder)
    post = request.POST
    match post.get("do", ""):
        case "answer":
            course.answer(folder, post.get("question", ""), post.get("answer", ""), today)
        case "domain":
            course.choose(folder, post.get("domain", ""))
        case "again":
            course.again(folder, today)
            keep.keep(folder, folder.kept, today)
        case "keep":
            keep.keep(folder, post.get("keep") == "1", today)
            keep.give(folder, post.get("study") == "1")
            return redirect(_kept(request, token))
        case "remind":
            mail = line(post.get("mail", ""), MOST_TYPED)
            if fault := mail_fault(mail):
                wrong = text(request.lang, f"send.wrong.{fault}")
                return _result(request, token, folder, {"mail": mail, "mail_wrong": wrong})
            reminders.keep(folder, mail, request.lang)
            keep.keep(folder, True, today)
            return redirect(_kept(request, token))
        case "stop":
            reminders.stop(folder)
            return redirect(_kept(request, token))
        case "words":
            return _words(request, token, folder, today)
        case "wipe":
            keep.wipe(folder)
            return out_of_browser(render(request, "scan/wiped.html"))
    return _on(request, token, folder)


@_private
def scan_question(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """``/scan/<token>/<number>``: one question, with the answer that was given if any."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    folder = keep.find(token, timezone.localdate())
    now = course.latest(folder)
    if not 1 <= number <= len(now.questions):
        return _on(request, token, folder)
    return render(request, "scan/question.html", question_page(request.lang, token, now, number))


@_private
def scan_result(request: HttpRequest, token: str) -> HttpResponse:
    """``/scan/<token>/uitkomst``: where the firm stands, by the answers that there are."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    folder = keep.find(token, timezone.localdate())
    if wants_json(request) or request.GET.get("als") == "json":
        response = JsonResponse(
            result_json(request.lang, course.latest(folder)),
            json_dumps_params={"ensure_ascii": False, "indent": 2},
        )
        return to_keep(response, "scan.json")
    return _result(request, token, folder)


@_private
def scan_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """``/scan/<token>/agenda.ics``: a day in half a year, with the link, for the own calendar."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    lang: str = request.lang
    day = reminders.due_on(keep.find(token, timezone.localdate()))
    address = request.build_absolute_uri(reverse(f"{lang}:scan_at", args=(token,)))
    title, says = text(lang, "scan.ics_title"), text(lang, "scan.ics_text")
    made = ics.event(title, day, bell=ics.AT_NINE, uid=ics.uid_of(token), says=says, url=address)
    return ics.answer([made], "scan.ics")


def _kept(request: HttpRequest, token: str) -> str:
    """The part of the result that tells what is kept."""
    return f"{reverse(f'{request.lang}:scan_result', args=(token,))}#bewaren"


def _words(request: HttpRequest, token: str, folder: Folder, today: date) -> HttpResponse:
    """Put the scan under the six words that were typed; with none, under new ones, told once."""
    lang: str = request.lang
    typed = line(request.POST.get("code", ""), six_words.MAX_TYPED)
    if not typed:
        code = under_words.words_for(folder, lang, today)
        return render(request, "scan/words.html", {"token": token, "code": code})
    try:
        plan = kept.find(typed, sender(request.META.get("REMOTE_ADDR", "")), today)
    except kept.TooMany:
        wrong = {"code": typed, "code_wrong": text(lang, "journey.code.too_many")}
        return _result(request, token, folder, wrong, 429)
    if plan is None:
        wrong = {"code": typed, "code_wrong": kept.why_not(typed, lang)}
        return _result(request, token, folder, wrong)
    under_words.put(plan, folder, today)
    return redirect(_kept(request, token))


def _result(
    request: HttpRequest,
    token: str,
    folder: Folder,
    wrong: Mapping[str, str] | None = None,
    status: int = 400,
) -> HttpResponse:
    """The result; ``wrong``: what was typed in a field and can't be used, and why."""
    address = reverse(f"{request.lang}:scan_at", args=(token,))
    here = request.build_absolute_uri(address)
    shown = result_page(request.lang, token, folder, here, timezone.localdate())
    shown |= {"by_mail": bool(settings.BAKEN_SMTP_HOST), **(wrong or {})}
    return render(request, "scan/result.html", shown, status=status if wrong else 200)


def _on(request: HttpRequest, token: str, folder: Folder) -> HttpResponse:
    """To the first question that has no answer, to the choice of a domain, or to the result."""
    now = course.latest(folder)
    lang: str = request.lang
    if now.next is not None:
        return redirect(reverse(f"{lang}:scan_question", args=(token, now.next)))
    if now.must_choose:
        return redirect(reverse(f"{lang}:scan_domain", args=(token,)))
    return redirect(reverse(f"{lang}:scan_result", args=(token,)))


@_private
def scan_domain(request: HttpRequest, token: str) -> HttpResponse:
    """``/scan/<token>/onderwerp``: which of the six domains it is about."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    keep.find(token, timezone.localdate())
    lang: str = request.lang
    context = {
        "token": token,
        "ask": words()["choose_domain"][lang],
        "domains": [{"id": d.id, "label": d.label[lang]} for d in domains().values()],
    }
    return render(request, "scan/domain.html", context)


def main_need(codes: Sequence[str]) -> str:
    """Of the needs of an answer, the main one first, the one that a scan begins with: the first
    that points to a domain, else the first.
    """
    return next((c for c in codes if domain_of(c)), codes[0] if codes else "")
