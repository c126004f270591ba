"""Settings of the site. What differs from place to place comes from the environment:

``BAKEN_DB`` (path of the SQLite file), ``DATABASE_URL`` (PostgreSQL instead), ``BAKEN_SECRET_KEY``,
``BAKEN_HOSTS`` (names with commas, beside localhost), ``BAKEN_DEBUG`` (1 for developers),
``BAKEN_PRODUCTION`` (1 where others use it). All of them stand in ``docs/operate.md``.
"""

from __future__ import annotations

import os

from baken.registers.nbb import DAILY
from baken.web.place import database, database_path, secret_key
from baken.web.production import (
    hosts,
    is_production,
    mail,
    must_be_complete,
    port,
    proxy,
    rate,
    subscription,
    switch,
    web,
    whole,
)

PRODUCTION = is_production()
if PRODUCTION:
    must_be_complete()
DEBUG = switch("BAKEN_DEBUG")
SECRET_KEY = secret_key()
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *hosts(),
]

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "baken.web.owner",
    "baken.web.signalen",
    "baken.web.handover",
    "baken.web.scan",
    "baken.web.upkeep",
    "baken.web.desk",
]
# Sessions and their cookie are there below /bureau only (`Guard`); `OwnSiteOnly` refuses forms
# from other sites.
MIDDLEWARE = [
    "baken.web.middleware.Headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "baken.web.logs.Requests",
    "baken.web.middleware.AnyName",
    "baken.web.rate.RateLimit",
    "baken.web.middleware.Bounds",
    "baken.web.middleware.OwnSiteOnly",
    "django.middleware.common.CommonMiddleware",
    "baken.web.middleware.OneShape",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "baken.web.desk.guard.Guard",
]
ROOT_URLCONF = "baken.web.urls"
WSGI_APPLICATION = "baken.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["baken.web.owner.context.page", "baken.web.desk.context.member"],
            "builtins": ["baken.web.owner.templatetags.baken"],
        },
    }
]

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
# Files are served from where they lie: nothing to collect before a start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

USE_I18N = False
USE_TZ = True
TIME_ZONE = "Europe/Brussels"
LANGUAGE_CODE = "nl-be"

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# A folder of invoices on /signalen; elsewhere the bound on the body comes long before.
DATA_UPLOAD_MAX_NUMBER_FILES = 5_100
# What /signalen takes: 50 MB of files, and what a form adds to it.
SIGNALS_MAX_BODY = 52_000_000
# Figures that owners hand in: for an hour, or until they throw them away (signalen/keep.py).
SIGNALS_ROOT = database_path().parent / "signalen"
# Handovers: where letters lead to, and how they go. Without a mail server they wait in the outbox.
BAKEN_URL = web("BAKEN_URL", "http://localhost:8000")
BAKEN_MAIL_FROM = mail("BAKEN_MAIL_FROM", "baken@localhost")
BAKEN_BOUNCES = mail("BAKEN_BOUNCES")
BAKEN_COORDINATOR = mail("BAKEN_COORDINATOR")
# Who answers for the site, and on what legal basis: the register on /gegevens tells it.
BAKEN_OPERATOR = os.environ.get("BAKEN_OPERATOR", "")
BAKEN_LEGAL_BASIS = os.environ.get("BAKEN_LEGAL_BASIS", "")
BAKEN_SMTP_HOST = os.environ.get("BAKEN_SMTP_HOST", "")
BAKEN_SMTP_PORT = port("BAKEN_SMTP_PORT", 25)
BAKEN_SMTP_USER = os.environ.get("BAKEN_SMTP_USER", "")
BAKEN_SMTP_PASSWORD = os.environ.get("BAKEN_SMTP_PASSWORD", "")
BAKEN_SMTP_STARTTLS = switch("BAKEN_SMTP_STARTTLS")
# The desk: a working day without logging in again; the cookie is the browser's for that long only.
AUTH_USER_MODEL = "desk.Member"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "baken.web.desk.guessed.CommonplaceValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
SESSION_COOKIE_NAME = "baken_bureau"
SESSION_COOKIE_AGE = 9 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# The extract of the KBO, where one was taken in (owner/register.py).
BAKEN_KBO = os.environ.get("BAKEN_KBO") or "var/kbo.sqlite"
# Annual accounts by number, where the operator has a key (owner/books_fetch.py).
BAKEN_NBB = {
    "BAKEN_NBB_KEY": subscription("BAKEN_NBB_KEY"),
    "BAKEN_NBB_ADDRESS": web("BAKEN_NBB_ADDRESS"),
    "BAKEN_NBB_DAILY": str(whole("BAKEN_NBB_DAILY", DAILY, "requests a day")),
}
# Annual accounts as files: so little that nothing of them goes to a disk (2.5 MB would).
BOOKS_MAX_BODY = 2_000_000
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# TLS ends at the proxy, which says so (serve.py). Who watches asks without it.
BAKEN_PROXY = proxy()
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
_below = switch("BAKEN_HSTS_SUBDOMAINS", usual=True)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION and _below
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
# Forms of other sites are refused by `OwnSiteOnly`, by what the browser says and not by a token.
SILENCED_SYSTEM_CHECKS = ["security.W003"]
BAKEN_RATE = rate()

# What an owner writes stays out of every log and report: see privacy.py.
DEFAULT_EXCEPTION_REPORTER_FILTER = "baken.web.privacy.NothingSaid"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"nothing_said": {"()": "baken.web.privacy.WithoutWords"}},
    "formatters": {"line": {"()": "baken.web.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"level": "INFO"},
        "django.request": {"filters": ["nothing_said"], "level": "ERROR"},
        "django.security": {"filters": ["nothing_said"], "level": "ERROR"},
        "baken.web": {"filters": ["nothing_said"], "level": "INFO"},
    },
}
