"""Addresses: the same pages per language, Dutch without a prefix."""

from __future__ import annotations

from django.urls import include, path

from baken.web import health
from baken.web.api import api
from baken.web.desk import (
    account,
    coming,
    corrections,
    figures,
    house,
    people,
    presence,
    supply,
    trail_pages,
)
from baken.web.desk import views as desk
from baken.web.handover import follow, receiver, sending
from baken.web.owner import (
    books_page,
    browse,
    compare,
    doors,
    gaps,
    invited,
    learned,
    lookup,
    machines,
    pages,
    plan_pages,
    reckon,
    return_pages,
    stories,
    views,
    why_not,
)
from baken.web.scan import views as scan
from baken.web.signalen import views as signalen
from baken.web.upkeep import views as upkeep

_pages = [
    path("", views.start, name="start"),
    path("resultaat", views.result, name="result"),
    path("start", invited.invited_page, name="invited"),
    path("onderneming", lookup.lookup_page, name="lookup"),
    path("jaarrekening", books_page.books_page, name="accounts"),
    path("waarom-niet", why_not.why_not_page, name="why_not"),
    path("plan", plan_pages.plan_page, name="plan"),
    path("bewaar", return_pages.keep_page, name="keep"),
    path("terug", return_pages.return_page, name="return"),
    path("herinnering/<str:token>", return_pages.stop_page, name="plan_stop"),
    path("plan/agenda.ics", plan_pages.plan_calendar, name="plan_calendar"),
    path("naast-elkaar", compare.compare_page, name="compare"),
    path("meenemen", views.take_along, name="take_along"),
    path("over", pages.about, name="about"),
    path("toegankelijkheid", pages.accessibility, name="accessibility"),
    path("woorden", pages.glossary_page, name="glossary"),
    path("licenties", pages.licences, name="licences"),
    path("stijl", pages.style, name="style"),
    path("aanbod", browse.browse_page, name="browse"),
    path("aanbod/<slug:kind>/<slug:offer_id>", pages.record, name="record"),
    path("aanbod/<slug:kind>/<slug:offer_id>/klopt-niet", pages.report, name="report"),
    path("deuren", doors.doors_page, name="doors"),
    path("deuren/<slug:nis>", doors.doors_at_page, name="doors_at"),
    path("verhalen", stories.stories_page, name="stories"),
    path("verhalen/wat-leren-we", learned.learned_page, name="learned"),
    path("verhalen/wie-of-wat-hielp", learned.helped_page, name="helped"),
    path("verhalen/<slug:story_id>", stories.story_page, name="story"),
    path("rekenen", reckon.index, name="reckon"),
    path("rekenen/<slug:slug>", reckon.tool_page, name="reckon_tool"),
    path("signalen", signalen.signals, name="signals"),
    path("signalen/agenda.ics", signalen.next_look, name="signals_next"),
    path("stuur", sending.choose, name="send"),
    path("stuur/bereik", sending.reach, name="send_reach"),
    path("stuur/nakijken", sending.preview, name="send_preview"),
    path("stuur/verstuur", sending.deliver, name="send_deliver"),
    path("vervolg/<str:token>", follow.follow, name="follow"),
    path("dossier/<str:token>", receiver.receiver, name="receiver"),
    path("scan", scan.scan, name="scan"),
    path("scan/<str:token>", scan.scan_at, name="scan_at"),
    path("scan/<str:token>/<int:number>", scan.scan_question, name="scan_question"),
    path("scan/<str:token>/onderwerp", scan.scan_domain, name="scan_domain"),
    path("scan/<str:token>/agenda.ics", scan.scan_calendar, name="scan_calendar"),
    path("scan/<str:token>/uitkomst", scan.scan_result, name="scan_result"),
    path("bureau", desk.home, name="desk"),
    path("bureau/aanmelden", coming.login, name="desk_login"),
    path("bureau/afmelden", coming.logout, name="desk_logout"),
    path("bureau/dossier/<slug:public_id>", desk.file_page, name="desk_file"),
    path("bureau/dossier/<slug:public_id>.pdf", desk.file_copy, {"form": "pdf"}, "desk_pdf"),
    path("bureau/dossier/<slug:public_id>.json", desk.file_copy, {"form": "json"}, "desk_json"),
    path("bureau/dossier/<slug:public_id>/spoor", trail_pages.file_trail, name="desk_file_trail"),
    path("bureau/dossiers.csv", figures.files_csv, name="desk_files_csv"),
    path("bureau/maand", figures.month_page, name="desk_month"),
    path("bureau/maand.csv", figures.month_csv, name="desk_month_csv"),
    path("bureau/wat-ontbreekt", supply.supply_page, name="desk_supply"),
    path("bureau/wat-ontbreekt.csv", supply.supply_csv, name="desk_supply_csv"),
    path("bureau/verbeteringen", corrections.corrections_page, name="desk_corrections"),
    path("bureau/verbeteringen.csv", corrections.corrections_csv, name="desk_corrections_csv"),
    path("bureau/organisatie", house.house, name="desk_house"),
    path("bureau/wie-is-er", presence.presence, name="desk_presence"),
    path("bureau/mensen", people.people, name="desk_people"),
    path("bureau/spoor", trail_pages.all_trail, name="desk_trail"),
    path("bureau/spoor.csv", trail_pages.trail_csv, name="desk_trail_csv"),
    path("bureau/mijn-toegang", account.account, name="desk_account"),
    path("bureau/uitnodiging/<str:token>", people.invitation, name="desk_invitation"),
    path("gegevens", upkeep.data, name="data"),
    path("wat-ontbreekt", gaps.gaps_page, name="gaps"),
    path("versheid", pages.freshness, name="freshness"),
]
urlpatterns = [
    path("api/v1/", api.urls),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("aanbod.<slug:form>", machines.export_file),
    path("verhalen/wat-leren-we.<slug:form>", learned.learned_file),
    path("robots.txt", machines.robots),
    path("sitemap.xml", machines.sitemap),
    path("en/", include((_pages, "owner"), namespace="en")),
    path("fr/", include((_pages, "owner"), namespace="fr")),
    path("", include((_pages, "owner"), namespace="nl")),
]
handler400 = "baken.web.owner.errors.bad_request"
handler403 = "baken.web.owner.errors.forbidden"
handler404 = "baken.web.owner.errors.not_found"
handler500 = "baken.web.owner.errors.server_error"
